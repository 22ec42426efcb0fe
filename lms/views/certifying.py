"""An admin issues a certificate of a course to somebody in it."""

from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from certificates.issuing import CertificateRefused
from certificates.resources import Award
from lms.forms import create_form, handle_form_submission
from lms.resources.courses import Course
from lms.services import awards, courses

_ = TranslationStringFactory("tutela")


class Why(colander.Schema):
    """To whom a certificate is issued, and why, where it was not earned."""

    person = colander.SchemaNode(colander.String(), widget=widget.HiddenWidget())
    award = colander.SchemaNode(colander.String(), widget=widget.HiddenWidget())
    reason = colander.SchemaNode(
        colander.String(),
        title=_("Reason"),
        widget=widget.TextAreaWidget(rows=3),
        validator=colander.Length(max=1000),
        missing="",
    )


@view_config(
    context=Course,
    name="certify",
    request_method="POST",
    permission="course:report",
    renderer="lms:templates/form.jinja2",
)
def certify(context, request):
    """Issue it; where the person has not earned it, the same page asks for the reason."""
    person = request.root.people.get(request.POST.get("person", ""))
    if person is None or context.__name__ not in person.enrolments:
        words = _("This person is not enrolled in the course.")
        request.session.flash(request.localizer.translate(words), "wrong")
        return HTTPSeeOther(request.resource_url(context, "report"))
    award = award_of(request, context, request.POST.get("award", ""))
    form = create_form(request, Why(), buttons=((_("Issue"), "issue"),))

    def issued(chosen):
        awards.grant(
            request.root,
            award,
            person,
            request.registry["settings"].name,
            datetime.now(UTC),
            actor=request.identity.id,
            reason=chosen["reason"],
        )
        words = request.localizer.translate(_("The certificate is issued."))
        request.session.flash(words, "right")
        return HTTPSeeOther(request.resource_url(context, "report"))

    return handle_form_submission(
        request,
        form,
        issued,
        lambda html: {"title": person.display_name, "form": html},
        refusals=CertificateRefused,
    )


@view_config(context=Course, name="certify", request_method="GET", permission="course:report")
def certify_again(context, request):
    """Somebody came back to the address: the report has the buttons."""
    return HTTPSeeOther(request.resource_url(context, "report"))


def award_of(request, course: Course, key: str) -> Award:
    """The award with this id, if it is one of the course.

    :raises HTTPNotFound: otherwise
    """
    award = request.root.certificates.awards.get(key)
    if award is None or award.subject != courses.subject_of(course.__name__):
        raise HTTPNotFound
    return award
