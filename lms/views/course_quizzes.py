"""The quizzes of a course: opening one, and for authors which there are and what they ask for."""

from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from lms.forms import create_form, handle_form_submission
from lms.resources.courses import Course, QuizLesson
from lms.services import awards, courses, quizzes
from lms.services.folding import place_in_order

_ = TranslationStringFactory("tutela")

NEEDS = (
    ("finished", _("It has to be handed in")),
    ("passed", _("It has to be passed")),
    ("nothing", _("Nothing: members may leave it out")),
)
PLACES = (("before", _("Before the package")), ("after", _("After the package")))


@view_config(context=Course, name="quiz", request_method="POST", permission="course:view")
def open_quiz(context, request):
    """Enrol if need be, and lead to one of the course's quizzes."""
    lesson = _lesson(context, request.POST.get("quiz", ""))
    if not request.has_permission("course:enrol", context):
        return HTTPSeeOther(request.resource_url(context))  # which says that it is withdrawn
    try:
        courses.enrol_self(context, request.identity, datetime.now(UTC))
    except courses.EnrolmentRefused as refused:
        request.session.flash(str(refused), "attention")
        return HTTPSeeOther(request.resource_url(context))
    return HTTPSeeOther(request.resource_url(lesson.quiz))


@view_config(context=Course, name="quiz", request_method="GET", permission="course:view")
def open_quiz_again(context, request):
    """Somebody came back to the address: the course's page has the buttons."""
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    context=Course, name="quizzes", renderer="lms:templates/form.jinja2", permission="course:edit"
)
def edit_quizzes(context, request):
    """Which quizzes are parts of the course, where, and what completing it asks of them."""
    form = create_form(request, _schema(context, request), buttons=((_("Save"), "save"),))
    title = request.localizer.translate(
        _("Quizzes of ${course}", mapping={"course": context.title})
    )
    if request.method == "POST":
        return handle_form_submission(
            request,
            form,
            lambda chosen: _saved(context, request, chosen),
            lambda html: {"title": title, "form": html},
        )
    return {"title": title, "form": form.render(_present(context))}


def _schema(course: Course, request) -> colander.Schema:
    schema = colander.Schema()
    for lesson in course.quizzes:
        schema.add(
            colander.SchemaNode(
                colander.Mapping(),
                _choice("needs", _("What completing the course asks of it"), NEEDS),
                _choice("place", _("Place"), PLACES),
                colander.SchemaNode(
                    colander.Boolean(),
                    name="remove",
                    title=_("Take it out of the course. What was done in it is kept."),
                    missing=False,
                ),
                name=lesson.quiz.__name__,
                title=lesson.quiz.title,
            )
        )
    others = [
        quiz
        for quiz in request.root.quizzes.values()
        if quizzes.lesson_of(course, quiz) is None and request.has_permission("quiz:edit", quiz)
    ]
    others.sort(key=lambda quiz: place_in_order(quiz.title))
    offered = [("", _("None")), *((quiz.__name__, quiz.title) for quiz in others)]
    add = _choice("add", _("Add a quiz"), offered)
    add.missing = ""
    add.description = _("Authors make quizzes from the question bank, on the page “Quizzes”.")
    schema.add(add)
    return schema


def _choice(name: str, title: str, values) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        name=name,
        title=title,
        widget=widget.SelectWidget(values=values),
        validator=colander.OneOf([value for value, _words in values]),
    )


def _present(course: Course) -> dict:
    return {
        lesson.quiz.__name__: {"needs": lesson.needs, "place": lesson.place, "remove": False}
        for lesson in course.quizzes
    }


def _saved(course: Course, request, chosen: dict):
    for lesson in course.quizzes:
        decided = chosen[lesson.quiz.__name__]
        lesson.needs, lesson.place = decided["needs"], decided["place"]
        if decided["remove"]:
            quizzes.remove(course, lesson.quiz)
    if chosen["add"]:
        quizzes.add(course, request.root.quizzes[chosen["add"]])
    request.note(
        "course quizzes changed",
        course.__name__,
        {lesson.quiz.__name__: lesson.needs for lesson in course.quizzes},
    )
    awards.reassess(
        request.root,
        course,
        request.registry["settings"].name,
        datetime.now(UTC),
        actor=request.identity.id,
    )
    request.session.flash(request.localizer.translate(_("The course is saved.")), "right")
    address = "quizzes" if chosen["add"] else ""
    return HTTPSeeOther(request.resource_url(course, address))


def _lesson(course: Course, key: str) -> QuizLesson:
    for lesson in course.quizzes:
        if lesson.quiz.__name__ == key:
            return lesson
    raise HTTPNotFound
