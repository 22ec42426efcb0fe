"""Paths, for admins: several courses that together earn a certificate. A path is its award."""

import secrets
from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates import awarding
from certificates.resources import Award, Awards
from lms.forms import create_form, handle_form_submission
from lms.permissions import Permission
from lms.services import awards
from lms.services.earning import subject_of
from lms.services.folding import place_in_order
from lms.views.award_form import path_schema, settings_from, values_of
from lms.views.award_words import rule_lines, validity_words

_ = TranslationStringFactory("tutela")


def is_path(award: Award) -> bool:
    """Whether an award is one that has its page here."""
    return subject_of(award)[0] == "path"


class PathPages:
    """What the pages of all paths and of one have in common. Another award has none here."""

    def __init__(self, context, request):
        if isinstance(context, Award) and not is_path(context):
            raise HTTPNotFound
        self.context = context
        self.request = request
        self.room = request.root.certificates.awards

    def form(self, award: Award | None):
        titles = [(each.__name__, each.title) for each in self.request.root.courses.values()]
        titles.sort(key=lambda course: place_in_order(course[1]))
        schema = path_schema(award, self.request.root.certificates, titles)
        return create_form(self.request, schema, buttons=((_("Save"), "save"),))

    def page(self, html):
        translate = self.request.localizer.translate
        title = self.context.title if isinstance(self.context, Award) else _("Add a path")
        back = {"url": self.request.resource_url(self.room), "words": translate(_("Paths"))}
        return {"title": translate(title), "form": html, "trail": back}

    def submitted(self, award: Award | None):
        return handle_form_submission(
            self.request,
            self.form(award),
            lambda values: self.saved(award, settings_from(values)),
            self.page,
        )

    def saved(self, award: Award | None, settings: dict):
        if award is None:
            award = awarding.create(
                self.room,
                subject="",
                title=settings["title"],
                now=datetime.now(UTC),
                random=secrets.token_bytes,
            )
        awarding.change(award, settings)
        return self.done(award, "award changed", _("The path is saved."))

    def done(self, award: Award, action: str, words):
        """Note it, issue what is earned by it, and go to the list, which says what was done."""
        request = self.request
        request.note(action, award.subject, {"award": award.__name__, "title": award.title})
        issuer, now = request.registry["settings"].name, datetime.now(UTC)
        awards.reassess_path(request.root, award, issuer, now, actor=request.identity.id)
        request.session.flash(request.localizer.translate(words), "right")
        return HTTPSeeOther(request.resource_url(self.room))


@view_defaults(context=Awards, permission=Permission.AWARD_EDIT)
class PathsViews(PathPages):
    """``/certificates/awards``: the paths."""

    @view_config(
        renderer="lms:templates/courses/paths.jinja2",
        permission=Permission.AWARD_LIST,
        request_method="GET",
    )
    def show(self):
        found = [award for award in self.context.values() if is_path(award)]
        found.sort(key=lambda each: (each.retired is not None, place_in_order(each.title)))
        return {
            "rows": [self.row(award) for award in found],
            "add_url": self.request.resource_url(self.context, "add"),
        }

    def row(self, award: Award) -> dict:
        return {
            "award": award,
            "name": award.title,
            "asked": rule_lines(self.request, award),
            "validity": validity_words(self.request, award),
            "url": self.request.resource_url(award),
            "edit_url": self.request.resource_url(award, "edit"),
        }

    @view_config(name="add", request_method="GET", renderer="lms:templates/form.jinja2")
    def add(self):
        new = {
            "kind": "achievement",
            "language": self.request.locale_name,
            "validity": "forever",
            "reminders": ", ".join(map(str, Award.reminders)),
            "template": Award.template,
            "automatic": True,
        }
        return self.page(self.form(None).render(new))

    @view_config(name="add", request_method="POST", renderer="lms:templates/form.jinja2")
    def added(self):
        return self.submitted(None)


@view_defaults(context=Award, permission=Permission.AWARD_EDIT)
class PathViews(PathPages):
    """``/certificates/awards/<id>``"""

    @view_config(name="edit", request_method="GET", renderer="lms:templates/form.jinja2")
    def show(self):
        return self.page(self.form(self.context).render(values_of(self.context)))

    @view_config(name="edit", request_method="POST", renderer="lms:templates/form.jinja2")
    def save(self):
        return self.submitted(self.context)

    @view_config(name="retire", request_method="POST")
    def retire(self):
        awarding.retire(self.context, datetime.now(UTC))
        words = _("The certificate is issued no more. Those that were issued stay.")
        return self.done(self.context, "award retired", words)

    @view_config(name="restore", request_method="POST")
    def restore(self):
        awarding.restore(self.context)
        return self.done(self.context, "award restored", _("The certificate is issued again."))
