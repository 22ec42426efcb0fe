"""Paths, for admins: several courses that together earn a certificate. A path is its award."""

from pyramid.httpexceptions import HTTPNotFound
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates.resources import Award, Awards
from lms.permissions import Permission
from lms.services import awards
from lms.services.earning import subject_of
from lms.services.folding import place_in_order
from lms.views.award_form import path_schema, values_of
from lms.views.award_pages import FRESH, AwardPages
from lms.views.words import apart

_ = TranslationStringFactory("tutela")


def is_path(award: Award) -> bool:
    """Whether an award is one that has its page here."""
    return subject_of(award)[0] == "path"


class PathPages(AwardPages):
    """What the pages of all paths and of one have in common. Another award has none here."""

    list_name = _("Paths")
    saved_words = _("The path is saved.")

    def __init__(self, context, request):
        if isinstance(context, Award) and not is_path(context):
            raise HTTPNotFound
        self.context = context
        self.request = request
        self.room = request.root.certificates.awards

    def schema(self, award):
        titles = [(each.__name__, each.title) for each in self.request.root.courses.values()]
        titles.sort(key=lambda course: place_in_order(course[1]))
        return path_schema(award, self.request.root.certificates, titles)

    def title(self):
        return self.context.title if isinstance(self.context, Award) else _("Add a path")

    def subject(self):
        return ""

    def noted(self, award):
        return award.subject

    def reassess(self, award, issuer, now):
        request = self.request
        awards.reassess_path(request.root, award, issuer, now, actor=request.identity.id)


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
            "rows": [self.row_of(award) for award in found],
            "add_url": self.request.resource_url(self.context, "add"),
        }

    def row_of(self, award: Award) -> dict:
        url = self.request.resource_url
        name = apart(self.request, award.title)
        return self.row(award, name, url(award), url(award, "edit"))

    @view_config(name="add", request_method="GET", renderer="lms:templates/form.jinja2")
    def add(self):
        new = FRESH | {"language": self.request.locale_name}
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
        return self.retired(self.context)

    @view_config(name="restore", request_method="POST")
    def restore(self):
        return self.restored(self.context)
