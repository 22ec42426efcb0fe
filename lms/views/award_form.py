"""What an author decides about an award, as a form: what it asks for, and for how long it holds."""

from collections.abc import Sequence
from typing import Any

import colander
from deform import widget
from pyramid.i18n import TranslationStringFactory

from certificates import awarding, designing
from certificates.resources import Award, Certificates
from certificates.rules import Rule
from lms.languages import LANGUAGES

_ = TranslationStringFactory("tutela")

MOST_REMINDERS = 5
SOONEST = 365
"""Days before the end, for a reminder."""
NOTHING_ASKED = _("Choose at least one thing that the certificate asks for.")


class AwardSettings(colander.Schema):
    """What is decided about an award; ``part`` is the heading above a field."""

    title = colander.SchemaNode(
        colander.String(),
        title=_("Title"),
        validator=colander.Length(1, 200),
        part=_("What it is"),
    )
    kind = colander.SchemaNode(
        colander.String(),
        title=_("Kind"),
        widget=widget.RadioChoiceWidget(
            values=(
                ("achievement", _("Certificate of achievement")),
                ("participation", _("Certificate of participation")),
            )
        ),
        validator=colander.OneOf(awarding.KINDS),
    )
    description = colander.SchemaNode(
        colander.String(),
        title=_("Description"),
        description=_("What somebody who has it knows or can do, in a few sentences."),
        widget=widget.TextAreaWidget(rows=3),
        missing="",
        validator=colander.Length(max=2000),
    )
    hours = colander.SchemaNode(
        colander.String(),
        title=_("CPD hours"),
        description=_("Hours of continuing professional development, such as 1.5."),
        missing="",
        widget=widget.TextInputWidget(attributes={"inputmode": "decimal"}),
    )
    validity = colander.SchemaNode(
        colander.String(),
        title=_("How long it is valid"),
        widget=widget.RadioChoiceWidget(
            values=(
                ("forever", _("For ever")),
                ("until", _("Until the day below")),
                ("months", _("For the months below")),
            )
        ),
        validator=colander.OneOf(("forever", "until", "months")),
        part=_("How long it is valid"),
    )
    until = colander.SchemaNode(colander.Date(), title=_("Last day"), missing=None)
    months = colander.SchemaNode(
        colander.Integer(),
        title=_("Months"),
        missing=None,
        validator=colander.Range(1, awarding.MOST_VALIDITY),
    )
    renewal = colander.SchemaNode(
        colander.Integer(),
        title=_("Months before the end from which it can be renewed"),
        description=_(
            "Whoever takes the course again from then on gets a new certificate. Leave it empty "
            "where it cannot be renewed."
        ),
        missing=0,
        validator=colander.Range(0, awarding.MOST_VALIDITY),
    )
    reminders = colander.SchemaNode(
        colander.String(),
        title=_("Days before the end at which the holder is reminded"),
        description=_("With commas between them, such as 90, 30, 7."),
        missing="",
    )
    template = colander.SchemaNode(
        colander.String(),
        title=_("Look"),
        widget=widget.SelectWidget(),
        part=_("How it is given"),
    )
    automatic = colander.SchemaNode(
        colander.Boolean(),
        title=_("Issue it by itself to whoever has earned it"),
        missing=False,
    )

    def validator(self, node, value):
        """A validity needs its day or its months, a period both of its days, an award something
        that it asks for."""
        problem = colander.Invalid(node)
        if value["hours"] and awarding.hours_of(value["hours"]) is None:
            problem["hours"] = _("Write the hours as a number, such as 1.5.")
        for kind, words in (
            ("until", _("Say the last day.")),
            ("months", _("Say how many months.")),
        ):
            if value["validity"] == kind and value[kind] is None:
                problem[kind] = words
        if days_of(value["reminders"]) is None:
            problem["reminders"] = _(
                "Write whole days with commas between them, such as 90, 30, 7."
            )
        if "first" in node:
            _check_period(problem, value)
            if not rule_of(value):
                problem["completed"] = NOTHING_ASKED
        if problem.children:
            raise problem


def _check_period(problem: colander.Invalid, value: dict) -> None:
    first, last = value["first"], value["last"]
    if (first is None) != (last is None):
        name = "last" if last is None else "first"
        problem[name] = _("A period needs a first and a last day.")
    elif first is not None and first > last:
        problem["last"] = _("The last day is before the first.")


def days_of(text: str) -> tuple[int, ...] | None:
    """Days that a person typed, the most first; None where they are none."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return None
    days = sorted({int(part) for part in parts}, reverse=True)
    if len(days) > MOST_REMINDERS or not all(1 <= each <= SOONEST for each in days):
        return None
    return tuple(days)


def course_schema(award: Award | None, certificates: Certificates, lessons: Sequence) -> Any:
    """The form of an award of a course.

    :param lessons: the parts that the course has, each with ``id`` and ``title``
    """
    schema = _schema(award, certificates)
    fields = [
        _flag("completed", _("The course is completed"), part=_("What it asks for, all of it")),
        _flag("passed", _("The course is passed")),
        _figure("score", _("Score at least, in percent"), 100),
        _figure("minutes", _("Minutes spent in the course, at least"), 10_000),
        _day("first", _("Not before")),
        _day("last", _("Not after")),
    ]
    if lessons:
        parts = [(each.id, each.title) for each in lessons]
        fields.insert(3, _several("lessons", _("Parts that are complete"), parts))
    for field in fields:
        schema.add_before("validity", field)
    return schema


def path_schema(award: Award | None, certificates: Certificates, courses: Sequence) -> Any:
    """The form of a path.

    :param courses: ``(slug, title)`` of those that there are
    """
    schema = _schema(award, certificates)
    schema.add_before(
        "hours",
        colander.SchemaNode(
            colander.String(),
            name="language",
            title=_("Language"),
            widget=widget.SelectWidget(values=tuple(LANGUAGES.items())),
            validator=colander.OneOf(LANGUAGES),
        ),
    )
    field = _several("courses", _("Courses"), courses, part=_("What it asks for, all of it"))
    one = colander.Length(min=1, min_err=NOTHING_ASKED)
    field.validator = colander.All(field.validator, one)
    schema.add_before("validity", field)
    return schema


def _schema(award: Award | None, certificates: Certificates) -> Any:
    schema = AwardSettings().clone()  # the fields of a class are shared by all its schemas
    looks = designing.choices(certificates, None if award is None else award.template)
    schema["template"].widget = widget.SelectWidget(values=looks)
    schema["template"].validator = colander.OneOf([key for key, _name in looks])
    return schema


def _flag(name: str, title, **more) -> colander.SchemaNode:
    return colander.SchemaNode(colander.Boolean(), name=name, title=title, missing=False, **more)


def _figure(name: str, title, most: int) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.Integer(),
        name=name,
        title=title,
        missing=None,
        validator=colander.Range(1, most),
    )


def _day(name: str, title) -> colander.SchemaNode:
    return colander.SchemaNode(colander.Date(), name=name, title=title, missing=None)


def _several(name: str, title, values: Sequence, **more) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.Set(),
        name=name,
        title=title,
        missing=frozenset(),
        widget=widget.CheckboxChoiceWidget(values=values),
        validator=colander.ContainsOnly([key for key, _title in values]),
        **more,
    )


def rule_of(value: dict) -> Rule:
    """The rule that a form says, in the order of its fields."""
    found: list[tuple] = [(kind,) for kind in ("completed", "passed") if value.get(kind)]
    if value.get("score") is not None:
        found.append(("score", value["score"]))
    if value.get("lessons"):
        found.append(("lessons", tuple(sorted(value["lessons"]))))
    if value.get("minutes") is not None:
        found.append(("minutes", value["minutes"]))
    if value.get("first") is not None and value.get("last") is not None:
        found.append(("between", value["first"].isoformat(), value["last"].isoformat()))
    if value.get("courses"):
        found.append(("courses", tuple(sorted(value["courses"]))))
    return tuple(found)


def settings_from(value: dict) -> dict[str, Any]:
    """What a form decides, in the shape of :func:`certificates.awarding.settings_of`."""
    kind = value["validity"]
    validity: tuple = ("forever",)
    if kind == "until":
        validity = ("until", value["until"].isoformat())
    elif kind == "months":
        validity = ("months", value["months"])
    return {
        **{name: value[name] for name in ("title", "kind", "description", "template")},
        "language": value.get("language", ""),
        "hours": awarding.hours_of(value["hours"]) if value["hours"] else None,
        "validity": validity,
        "renewal": value["renewal"],
        "reminders": days_of(value["reminders"]),
        "automatic": bool(value["automatic"]),
        "rule": rule_of(value),
    }


def values_of(award: Award) -> dict[str, Any]:
    """The award as its form shows it."""
    kind, *rest = award.validity
    asked = {condition[0]: condition[1:] for condition in award.rule}
    values = {
        "title": award.title,
        "kind": award.kind,
        "description": award.description,
        "language": award.language,
        "hours": award.hours or "",
        "validity": kind,
        "renewal": award.renewal or None,
        "reminders": ", ".join(map(str, award.reminders)),
        "template": award.template,
        "automatic": award.automatic,
        "completed": "completed" in asked,
        "passed": "passed" in asked,
        "score": asked.get("score", (None,))[0],
        "minutes": asked.get("minutes", (None,))[0],
        "lessons": set(asked.get("lessons", ((),))[0]),
        "courses": set(asked.get("courses", ((),))[0]),
    }
    if kind != "forever":
        values[kind] = _date(rest[0]) if kind == "until" else rest[0]
    if "between" in asked:
        values["first"], values["last"] = map(_date, asked["between"])
    return values


def _date(text: str):
    return colander.Date().deserialize(None, text)
