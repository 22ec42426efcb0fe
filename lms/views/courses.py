"""A course's page, enrolling and launching."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from assessments.resources import Quiz
from lms.resources.courses import Course, Enrolment, QuizLesson
from lms.services import courses, quiz_results, quizzes, topics
from lms.services.catalogue import size_of
from lms.services.descriptions import source_lines, told
from lms.views.award_rows import award_rows, certificates_of
from lms.views.words import missing_words, rule_words, size_words, slow_line_words
from scorm.services import player_address


@view_config(
    context=Course, renderer="lms:templates/courses/course.jinja2", permission="course:view"
)
def course_page(context, request):
    """One course: what it is, where one stands, what is missing, and one button."""
    person = request.identity
    enrolment = person.enrolments.get(context.__name__)
    told_quizzes = quizzes.told_to(context, enrolment, person.learner_id, datetime.now(UTC))
    return {
        "course": context,
        "told": told(context, request.locale_name),
        "topics": [
            (topic.name, request.resource_url(context.__parent__, query={"topic": topic.id}))
            for topic in topics.of_course(request.root.topics, context)
        ],
        "sources": source_lines(context),
        "enrolment": enrolment,
        "action": courses.action(enrolment),
        "withdrawn": not request.has_permission("course:enrol", context),
        "may_enrol": enrolment is not None or context.enrolment == "open",
        "parts": parts_of(context, enrolment, told_quizzes),
        "next_quiz": next_quiz(context, enrolment, told_quizzes),
        "done": set((enrolment.standing or {}).get("done", ())) if enrolment else set(),
        "waiting": courses.waiting(enrolment),
        "missing": missing_words(request, courses.missing(context, enrolment, told_quizzes)),
        "rule": rule_words(request, context),
        "size": size_words(request, size_of(context)),
        "slow": slow_line_words(request, size_of(context)),
        "certificates": certificates_of(request, context),
        "awards": award_rows(request, context, enrolment, told_quizzes),
    }


def parts_of(
    course: Course, enrolment: Enrolment | None, told_quizzes: list[quizzes.Standing]
) -> list[courses.Lesson | quizzes.Standing]:
    """What somebody sees of what the course consists of, in its order: lessons of the package, and
    where they stand in quizzes."""
    found: list[courses.Lesson | quizzes.Standing] = []
    waiting = iter(told_quizzes)
    for each in course.contents:
        if isinstance(each, QuizLesson):
            found.append(next(waiting))
        else:
            found += courses.parts(courses.version_of(course, enrolment))
    return found


def next_quiz(
    course: Course, enrolment: Enrolment | None, told_quizzes: list[quizzes.Standing]
) -> Quiz | None:
    """The quiz that the course's button leads to, None for the package: to the first part that is
    not done; when the course is completed to the package, or without one to the first quiz."""
    if course.package is not None and enrolment is not None and enrolment.completed:
        return None
    waiting = iter(told_quizzes)
    for part in course.contents:
        if isinstance(part, QuizLesson):
            if not next(waiting).met:
                return part.quiz
        elif enrolment is None or not courses.package_done(enrolment):
            return None
    return told_quizzes[0].lesson.quiz if told_quizzes and course.package is None else None


@view_config(context=Course, name="launch", request_method="POST", permission="course:view")
def launch(context, request):
    """Enrol if need be, and lead to the player on the registration's own host."""
    person, now = request.identity, datetime.now(UTC)
    if context.package is None or not request.has_permission("course:enrol", context):
        # Its page says that it is withdrawn, or has the quizzes.
        return HTTPSeeOther(request.resource_url(context))
    try:
        enrolment = courses.enrol_self(context, person, now)
    except courses.EnrolmentRefused as refused:
        request.session.flash(str(refused), "attention")
        return HTTPSeeOther(request.resource_url(context))
    settings = request.registry["settings"]
    quiz_results.catch_up(request.root, context, person, settings.name, now)
    registration = courses.registration_for(
        request.root.registrations,
        enrolment,
        person,
        site_url=settings.origins.site_url,
        now=now,
    )
    address = player_address(
        request.registry["scorm"],
        registration,
        mode=courses.launch_mode(enrolment, look="look" in request.POST),
        language=request.locale_name,
        shared=request.signed_in.session.shared_computer,
    )
    return HTTPSeeOther(address)


@view_config(context=Course, name="launch", request_method="GET", permission="course:view")
def launch_again(context, request):
    """Somebody came back to the launch address: the course's page has the button."""
    return HTTPSeeOther(request.resource_url(context))
