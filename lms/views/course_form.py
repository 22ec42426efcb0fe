"""What an author decides about a course, as a form."""

import colander
from deform import widget
from pyramid.i18n import TranslationStringFactory

from lms.languages import LANGUAGES, direction
from lms.resources.courses import Course
from lms.resources.topics import Topics
from lms.services import courses, topics

_ = TranslationStringFactory("tutela")


class CourseSettings(colander.Schema):
    """What an author decides about a course; ``part`` is the heading above a field."""

    title = colander.SchemaNode(
        colander.String(),
        title=_("Title"),
        validator=colander.Length(1, 200),
        part=_("What it is"),
    )
    summary = colander.SchemaNode(
        colander.String(),
        title=_("Summary"),
        description=_("One or two sentences for the list of courses."),
        widget=widget.TextAreaWidget(rows=3),
        missing="",
        validator=colander.Length(max=2000),
    )
    language = colander.SchemaNode(
        colander.String(),
        title=_("Language"),
        widget=widget.SelectWidget(values=tuple(LANGUAGES.items())),
        validator=colander.OneOf(LANGUAGES),
    )
    minutes = colander.SchemaNode(
        colander.Integer(),
        title=_("Minutes"),
        description=_("About how long the course takes."),
        missing=None,
        validator=colander.Range(1, 10_000),
    )
    content_note = colander.SchemaNode(
        colander.String(),
        title=_("Content note"),
        description=_(
            "What may be hard to read or to see, where it is, and how to skip it. It is needed "
            "before the course is published. “Nothing that may distress” is a fine note."
        ),
        widget=widget.TextAreaWidget(rows=3),
        missing="",
        validator=colander.Length(max=2000),
    )
    topics = colander.SchemaNode(
        colander.Set(),
        title=_("Topics"),
        description=_("Members find the course by these. Admins keep the list."),
        missing=frozenset(),
        widget=widget.CheckboxChoiceWidget(),
    )
    sources = colander.SchemaNode(
        colander.String(),
        title=_("Sources"),
        description=_("What the course rests on, one source on each line."),
        widget=widget.TextAreaWidget(rows=4),
        missing="",
        validator=colander.Length(max=20_000),
        part=_("Sources and licence"),
    )
    licence = colander.SchemaNode(
        colander.String(),
        title=_("Licence"),
        description=_("Who may use the course and how, such as “CC BY 4.0”."),
        missing="",
        validator=colander.Length(max=200),
    )
    enrolment = colander.SchemaNode(
        colander.String(),
        title=_("Who can enrol"),
        part=_("Who takes it, and what completes it"),
        widget=widget.RadioChoiceWidget(
            values=(("open", _("Every member")), ("admin", _("Only people an admin enrols")))
        ),
        validator=colander.OneOf(("open", "admin")),
    )
    rule = colander.SchemaNode(
        colander.String(),
        title=_("The course is completed when"),
        widget=widget.RadioChoiceWidget(
            values=(
                ("completed", _("the package reports that it is complete")),
                ("passed", _("the package reports that it is passed")),
                ("both", _("the package reports that it is complete and passed")),
                ("score", _("the score is at least the figure below")),
                ("lessons", _("the parts chosen below are complete")),
            )
        ),
        validator=colander.OneOf(("completed", "passed", "both", "score", "lessons")),
    )
    percent = colander.SchemaNode(
        colander.Integer(),
        title=_("Score, in percent"),
        missing=None,
        validator=colander.Range(0, 100),
    )
    lessons = colander.SchemaNode(
        colander.Set(), title=_("Parts"), missing=frozenset(), widget=widget.CheckboxChoiceWidget()
    )
    published = colander.SchemaNode(
        colander.Boolean(),
        title=_("Published: members can see the course"),
        missing=False,
        part=_("Publishing"),
    )

    def validator(self, node, value):
        """A rule needs its figure, or its parts; what is published needs a content note; and a
        summary in another language needs a title there."""
        problem = colander.Invalid(node)
        if value["published"] and not value["content_note"]:
            problem["content_note"] = _(
                "Write a content note before the course is published. If nothing in it may "
                "distress, write that: “Nothing that may distress” is a fine note."
            )
        if value.get("rule") == "score" and value["percent"] is None:
            problem["percent"] = _("Say which score completes the course.")
        if value.get("rule") == "lessons" and not value["lessons"]:
            problem["lessons"] = _("Choose at least one part.")
        others = colander.Invalid(node["others"])
        for code in LANGUAGES:
            if value["others"].get(f"summary_{code}") and not value["others"][f"title_{code}"]:
                others[f"title_{code}"] = _("Write the title in this language too.")
        if others.children:
            problem.add(others, node.children.index(node["others"]))
        if problem.children:
            raise problem


def settings_schema(course: Course, vocabulary: Topics) -> CourseSettings:
    """The settings of one course: its parts, the topics there are, the languages it is not in."""
    schema = CourseSettings().clone()  # the fields of a class are shared by all its schemas
    schema["lessons"].widget = widget.CheckboxChoiceWidget(
        values=[(lesson.id, lesson.title) for lesson in courses.lessons(course.version)]
    )
    if course.package is None:
        for of_the_package in ("rule", "percent", "lessons"):
            del schema[of_the_package]
    if not course.contents:
        schema["published"].validator = _refuse_empty
    choices = [(topic.id, topic.name) for topic in topics.in_order(vocabulary.values())]
    schema["topics"].widget = widget.CheckboxChoiceWidget(values=choices)
    schema["topics"].validator = colander.ContainsOnly([key for key, _name in choices])
    if not choices:
        del schema["topics"]
    schema.add_before("sources", _translations(course))
    return schema


def _refuse_empty(node, published: bool) -> None:
    if published:
        raise colander.Invalid(node, _("Add a quiz or a package before the course is published."))


def _translations(course: Course) -> colander.SchemaNode:
    """Title and summary in each language of the pages that the course is not in."""
    return colander.SchemaNode(
        colander.Mapping(),
        *(
            _translated(what, code, words, name, most)
            for code, name in LANGUAGES.items()
            if code != course.language
            for what, words, most in (
                ("title", _("Title in ${language}"), 200),
                ("summary", _("Summary in ${language}"), 2000),
            )
        ),
        name="others",
        title=_("Title and summary in other languages"),
        description=_(
            "Members see these when they read the site in that language. The parts of the course "
            "stay as they are."
        ),
    )


def _translated(what: str, code: str, words, name: str, most: int) -> colander.SchemaNode:
    if what == "summary":
        drawn = widget.TextAreaWidget(rows=2, attributes={"lang": code})
    else:
        drawn = widget.TextInputWidget(attributes={"lang": code, "dir": direction(code)})
    return colander.SchemaNode(
        colander.String(),
        name=f"{what}_{code}",
        title=_(words, mapping={"language": name}),
        widget=drawn,
        missing="",
        validator=colander.Length(max=most),
    )
