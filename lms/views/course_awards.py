"""The certificates of a course, for its authors: which there are, and what each asks for."""

from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config, view_defaults

from certificates.resources import Award
from lms.permissions import Permission
from lms.resources.course_awards import CourseAward, CourseAwards
from lms.services import awards, courses
from lms.views.award_form import course_schema, values_of
from lms.views.award_pages import FRESH, AwardPages
from lms.views.award_rows import name_of

_ = TranslationStringFactory("tutela")


class CourseAwardPages(AwardPages):
    """What the pages of all awards of a course and of one have in common."""

    list_name = _("Certificates")
    saved_words = _("The certificate is saved.")

    def __init__(self, context, request):
        self.context = context
        self.request = request
        self.room = context if isinstance(context, CourseAwards) else context.__parent__
        self.course = self.room.__parent__

    def schema(self, award):
        lessons = courses.lessons(self.course.version)
        return course_schema(award, self.request.root.certificates, lessons)

    def title(self):
        if isinstance(self.context, CourseAward):
            return name_of(self.request, self.context.award, self.course)
        return _("Add a certificate")

    def subject(self):
        return courses.subject_of(self.course.__name__)

    def noted(self, _award):
        return self.course.__name__

    def reassess(self, _award, issuer, now):
        request = self.request
        awards.reassess(request.root, self.course, issuer, now, actor=request.identity.id)


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
            "rows": [self.row_of(award) for award in found],
            "add_url": self.request.resource_url(self.context, "add"),
        }

    def row_of(self, award: Award) -> dict:
        url = self.request.resource_url(self.context[award.__name__])
        return self.row(award, name_of(self.request, award, self.course), url, url)

    @view_config(name="add", request_method="GET", renderer="lms:templates/form.jinja2")
    def add(self):
        new = FRESH | {"title": self.course.title, "completed": True}
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
        return self.retired(self.context.award)

    @view_config(name="restore", request_method="POST")
    def restore(self):
        return self.restored(self.context.award)
