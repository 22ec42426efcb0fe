"""My learning: where somebody stands in each course, and what is missing."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from lms.resources.courses import Enrolment
from lms.resources.site import Learning
from lms.services import courses, quizzes
from lms.services.catalogue import status_of
from lms.services.descriptions import told
from lms.services.folding import place_in_order
from lms.views.award_rows import certificates_of, lacking, notices, path_rows
from lms.views.words import duration_words, missing_words
from scorm.resources import Registration
from scorm.runtime import preview
from scorm.runtime.launch import renew as renew_session


@view_config(context=Learning, renderer="lms:templates/learning.jinja2", permission="learning:view")
def my_learning(context, request):
    """The person's enrolments, what goes on first."""
    rows = [_row(request, enrolment) for enrolment in request.identity.enrolments.values()]
    rows.sort(key=lambda row: (row["completed"] is not None, place_in_order(row["title"])))
    return {
        "rows": rows,
        "paths": path_rows(request),
        "notices": notices(request),
        "courses_url": request.resource_url(request.root["courses"]),
        "certificates_url": request.resource_url(request.root["certificates"], "mine", ""),
    }


def _row(request, enrolment) -> dict:
    course, standing = enrolment.course, enrolment.standing or {}
    title = told(course, request.locale_name)
    learner = request.identity.learner_id
    told_quizzes = quizzes.told_to(course, enrolment, learner, datetime.now(UTC))
    withdrawn = not request.has_permission("course:enrol", course)
    return {
        "title": title.title,
        "language": title.title_language,
        "url": request.resource_url(course),
        "action": "View" if withdrawn else courses.action(enrolment),
        "status": status_of(enrolment),
        "missing": missing_words(request, courses.missing(course, enrolment, told_quizzes)),
        "completed": enrolment.completed,
        "withdrawn": withdrawn,
        "score": courses.score_of(enrolment, told_quizzes),
        "time": _spent(request, standing),
        "certificates": certificates_of(request, course),
        "lacking": lacking(request, enrolment, told_quizzes),
    }


def _spent(request, standing: dict) -> str:
    """The time in content, in words: whole minutes, as certificates count them."""
    if "seconds" not in standing:
        return ""
    return duration_words(request, standing["seconds"] // 60 * 60)


@view_config(
    context=Learning,
    name="renew",
    renderer="lms:templates/learning_renewed.jinja2",
    permission="learning:view",
)
def renew(context, request):
    """A player that has rested for long leads here with its host's label and its session: whoever
    it belongs to has signed in by now, and the player goes on in its own window."""
    label, session = (*request.subpath, None, None)[:2]
    enrolment = _enrolled(request, label)
    if enrolment is not None:
        assert enrolment.registration is not None
        url = request.resource_url(enrolment.course)
        if not renew_session(enrolment.registration, session, datetime.now(UTC)):
            return HTTPSeeOther(url)
        return {"course": enrolment.course, "url": url}
    previewed = _previewed(request, label)
    if previewed is not None:
        renew_session(previewed, session, datetime.now(UTC))
        return HTTPSeeOther(previewed.return_url)
    raise HTTPNotFound


def _enrolled(request, label: str | None) -> Enrolment | None:
    """The person's enrolment whose player is on the content host with this label."""
    for enrolment in request.identity.enrolments.values():
        registration = enrolment.registration
        if registration is not None and registration.label == label:
            return enrolment
    return None


def _previewed(request, label: str | None) -> Registration | None:
    """The person's own preview with this label. Only who may see packages can have one, and only
    for them are the packages gone through."""
    if not request.has_permission("package:list", request.root.packages):
        return None
    return preview.labelled(request.root.packages, request.identity.id, label)


@view_config(context=Learning, name="resume", permission="learning:view")
def resume(context, request):
    """A reloaded player leads here with its host's label: back to the course it belongs to, or to
    the package that an author previewed."""
    label = request.subpath[0] if request.subpath else None
    enrolment = _enrolled(request, label)
    if enrolment is not None:
        return HTTPSeeOther(request.resource_url(enrolment.course))
    if label is None:
        return HTTPSeeOther(request.resource_url(context))
    previewed = _previewed(request, label)
    if previewed is not None:
        return HTTPSeeOther(previewed.return_url)
    raise HTTPNotFound
