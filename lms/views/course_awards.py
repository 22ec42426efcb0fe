"""The certificates of a course, for its authors: which there are, and what each asks for."""

import secrets
from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates import awarding
from certificates.resources import Award
from lms.forms import create_form, handle_form_submission
from lms.permissions import Permission
from lms.resources.course_awards import CourseAward, CourseAwards
from lms.services import awards, courses
from lms.views.award_form import course_schema, settings_from, values_of
from lms.views.award_rows import name_of
from lms.views.award_words import rule_lines, validity_words

_ = TranslationStringFactory("tutela")


class CourseAwardPages:
    """What the pages of all awards of a course and of one have in common."""

    def __init__(self, context, request):
        self.context = context
        self.request = request
        self.room = context if isinstance(context, CourseAwards) else context.__parent__
        self.course = self.room.__parent__

    def form(self, award: Award | None):
        lessons = courses.lessons(self.course.version)
        schema = course_schema(award, self.request.root.certificates, lessons)
        return create_form(self.request, schema, buttons=((_("Save"), "save"),))

    def page(self, html):
        translate = self.request.localizer.translate
        words = _("Certificates of ${course}", mapping={"course": self.course.title})
        back = {"url": self.request.resource_url(self.room), "words": translate(_("Certificates"))}
        return {"title": translate(words), "form": html, "trail": back}

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
                self.room.awards,
                subject=courses.subject_of(self.course.__name__),
                title=settings["title"],
                now=datetime.now(UTC),
                random=secrets.token_bytes,
            )
        awarding.change(award, settings)
        return self.done(award, "award changed", _("The certificate is saved."))

    def done(self, award: Award, action: str, words):
        """Note it, issue what is earned by it, and go to the list, which says what was done."""
        request = self.request
        request.note(action, self.course.__name__, {"award": award.__name__, "title": award.title})
        issuer, now = request.registry["settings"].name, datetime.now(UTC)
        awards.reassess(request.root, self.course, issuer, now, actor=request.identity.id)
        request.session.flash(request.localizer.translate(words), "right")
        return HTTPSeeOther(request.resource_url(self.room))


@view_defaults(context=CourseAwards, permission=Permission.AWARD_EDIT)
class CourseAwardsViews(CourseAwardPages):
    """``/courses/<slug>/certificates``"""

    @view_config(
        renderer="lms:templates/courses/awards.jinja2",
        permission=Permission.AWARD_LIST,
        request_method="GET",
    )
    def show(self):
        found = awards.of_course(self.request.root, self.course, retired=True)
        found.sort(key=lambda award: award.retired is not None)
        return {
            "course": self.course,
            "rows": [self.row(award) for award in found],
            "add_url": self.request.resource_url(self.context, "add"),
        }

    def row(self, award: Award) -> dict:
        return {
            "award": award,
            "name": name_of(self.request, award, self.course),
            "asked": rule_lines(self.request, award),
            "validity": validity_words(self.request, award),
            "url": self.request.resource_url(self.context[award.__name__]),
            "edit_url": self.request.resource_url(self.context[award.__name__]),
        }

    @view_config(name="add", request_method="GET", renderer="lms:templates/form.jinja2")
    def add(self):
        new = {
            "title": self.course.title,
            "kind": "achievement",
            "validity": "forever",
            "reminders": ", ".join(map(str, Award.reminders)),
            "template": Award.template,
            "automatic": True,
            "completed": True,
        }
        return self.page(self.form(None).render(new))

    @view_config(name="add", request_method="POST", renderer="lms:templates/form.jinja2")
    def added(self):
        return self.submitted(None)


@view_defaults(context=CourseAward, permission=Permission.AWARD_EDIT)
class CourseAwardViews(CourseAwardPages):
    """``/courses/<slug>/certificates/<id>``"""

    @view_config(request_method="GET", renderer="lms:templates/form.jinja2")
    def show(self):
        return self.page(self.form(self.context.award).render(values_of(self.context.award)))

    @view_config(request_method="POST", renderer="lms:templates/form.jinja2")
    def save(self):
        return self.submitted(self.context.award)

    @view_config(name="retire", request_method="POST")
    def retire(self):
        awarding.retire(self.context.award, datetime.now(UTC))
        words = _("The certificate is issued no more. Those that were issued stay.")
        return self.done(self.context.award, "award retired", words)

    @view_config(name="restore", request_method="POST")
    def restore(self):
        awarding.restore(self.context.award)
        return self.done(
            self.context.award, "award restored", _("The certificate is issued again.")
        )
