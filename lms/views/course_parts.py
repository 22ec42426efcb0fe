"""What a course consists of: opening one of its quizzes, and for authors which parts there are,
in which order, and what completing the course asks of them."""

from datetime import UTC, datetime

import colander
from deform import widget
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from assessments.attempts.rules import is_practice
from lms.forms import create_form, handle_form_submission
from lms.resources.courses import Course, QuizLesson
from lms.services import awards, courses, quiz_results, quizzes
from lms.services.folding import place_in_order
from scorm.resources import ScormPackage

_ = TranslationStringFactory("tutela")

NEEDS = (
    ("finished", _("It has to be handed in")),
    ("passed", _("It has to be passed")),
    ("nothing", _("Nothing: members may leave it out")),
)


@view_config(context=Course, name="quiz", request_method="POST", permission="course:view")
def open_quiz(context, request):
    """Enrol if need be, and lead to one of the course's quizzes."""
    lesson = _lesson(context, request.POST.get("quiz", ""))
    if not request.has_permission("course:enrol", context):
        return HTTPSeeOther(request.resource_url(context))  # which says that it is withdrawn
    person, now = request.identity, datetime.now(UTC)
    try:
        courses.enrol_self(context, person, now)
    except courses.EnrolmentRefused as refused:
        request.session.flash(str(refused), "attention")
        return HTTPSeeOther(request.resource_url(context))
    quiz_results.catch_up(request.root, context, person, request.registry["settings"].name, now)
    return HTTPSeeOther(request.resource_url(lesson.quiz))


@view_config(context=Course, name="quiz", request_method="GET", permission="course:view")
def open_quiz_again(context, request):
    """Somebody came back to the address: the course's page has the buttons."""
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    context=Course, name="parts", renderer="lms:templates/form.jinja2", permission="course:edit"
)
def edit_parts(context, request):
    """What the course consists of, in which order, and what completing it asks of each part."""
    form = create_form(request, _schema(context, request), buttons=((_("Save"), "save"),))
    title = request.localizer.translate(_("Parts of ${course}", mapping={"course": context.title}))
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
    for part in course.contents:
        fields = _fields(course, part)
        if fields:
            schema.add(
                colander.SchemaNode(colander.Mapping(), *fields, name=_key(part), title=_name(part))
            )
    add = _choice("quiz", _("Add a quiz"), _offered(_other_quizzes(course, request)))
    add.description = _("Authors make quizzes from the question bank, on the page “Quizzes”.")
    schema.add(add)
    if course.package is None:
        packages = request.root.packages.values()
        schema.add(_choice("package", _("Add a package"), _offered(packages)))
    return schema


def _fields(course: Course, part: QuizLesson | ScormPackage) -> list[colander.SchemaNode]:
    """What can be decided of one part."""
    fields = []
    if isinstance(part, QuizLesson) and not is_practice(part.quiz):
        fields.append(_choice("needs", _("What completing the course asks of it"), NEEDS))
    if len(course.contents) > 1:
        places = [(str(n), str(n)) for n in range(1, len(course.contents) + 1)]
        fields.append(_choice("place", _("Place"), places))
    if isinstance(part, QuizLesson):
        remove = colander.SchemaNode(
            colander.Boolean(),
            name="remove",
            title=_("Take it out of the course. What was done in it is kept."),
            missing=False,
        )
        fields.append(remove)
    return fields


def _other_quizzes(course: Course, request) -> list:
    return [
        quiz
        for quiz in request.root.quizzes.values()
        if quizzes.lesson_of(course, quiz) is None and request.has_permission("quiz:edit", quiz)
    ]


def _offered(things) -> list[tuple[str, str]]:
    """Things to add one of, by title."""
    found = sorted(things, key=lambda each: place_in_order(each.title))
    return [("", _("None")), *((each.__name__, each.title) for each in found)]


def _choice(name: str, title: str, values) -> colander.SchemaNode:
    keys = [value for value, _words in values]
    return colander.SchemaNode(
        colander.String(),
        name=name,
        title=title,
        widget=widget.SelectWidget(values=values),
        validator=colander.OneOf(keys),
        missing="" if "" in keys else colander.required,
    )


def _key(part: QuizLesson | ScormPackage) -> str:
    """What a part's fields are called together: ids of packages and quizzes may be the same."""
    return f"quiz-{part.quiz.__name__}" if isinstance(part, QuizLesson) else "contents"


def _name(part: QuizLesson | ScormPackage) -> str:
    return part.quiz.title if isinstance(part, QuizLesson) else part.title


def _present(course: Course) -> dict:
    return {
        _key(part): {"needs": getattr(part, "needs", ""), "place": str(place), "remove": False}
        for place, part in enumerate(course.contents, 1)
    }


def _saved(course: Course, request, chosen: dict):
    _decide(course, chosen)
    if chosen["quiz"]:
        quizzes.add(course, request.root.quizzes[chosen["quiz"]])
    if chosen.get("package"):
        courses.add_package(course, request.root.packages[chosen["package"]])
    package = course.package
    details = {lesson.quiz.__name__: lesson.needs for lesson in course.quizzes}
    if package is not None:
        details[package.__name__] = "package"
    request.note("course parts changed", course.__name__, details)
    issuer, now = request.registry["settings"].name, datetime.now(UTC)
    if chosen["quiz"]:
        quiz_results.catch_up_all(request.root, course, issuer, now)
    awards.reassess(request.root, course, issuer, now, actor=request.identity.id)
    request.session.flash(request.localizer.translate(_("The course is saved.")), "right")
    more = chosen["quiz"] or chosen.get("package")
    return HTTPSeeOther(request.resource_url(course, "parts" if more else ""))


def _decide(course: Course, chosen: dict) -> None:
    """Take over what was decided of the parts that are there."""
    decisions = [chosen.get(_key(part), {}) for part in course.contents]
    parts = list(zip(course.contents, decisions, strict=True))
    courses.arrange(
        course, [int(each.get("place", place)) - 1 for place, each in enumerate(decisions, 1)]
    )
    for part, decided in parts:
        if isinstance(part, QuizLesson):
            part.needs = decided.get("needs", part.needs)
            if decided["remove"]:
                quizzes.remove(course, part.quiz)


def _lesson(course: Course, key: str) -> QuizLesson:
    for lesson in course.quizzes:
        if lesson.quiz.__name__ == key:
            return lesson
    raise HTTPNotFound
