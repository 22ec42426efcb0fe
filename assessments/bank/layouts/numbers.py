"""What the forms of questions about numbers share: accepted errors, units, and a number that is
looked for as a row.
"""

from decimal import Decimal

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Group, Rows, Values, Wrong
from assessments.bank.layouts.rows import made_of, plain_rows
from assessments.bank.shares import read_number, write_number
from assessments.questions.numerical import NumberAnswer, Unit, Units

_ = TranslationStringFactory("tutela")
RULES = (
    ("absolute", _("so much up or down")),
    ("relative", _("this share of the number up or down")),
    ("geometric", _("from the number divided by it to the number times it")),
    ("significant", _("so many significant figures")),
    ("decimals", _("so many decimal places")),
)
ERROR = Field("error", _("Accepted error"), "decimal", _("0 for none."), empty=Decimal(0), size=10)
RULE = Field("rule", _("What the accepted error is"), "choose", options=RULES)
UNITS = Group(
    "units",
    _("Units"),
    (
        Field(
            "rule",
            _("Units are"),
            "choose",
            options=(
                ("none", _("not asked for")),
                (
                    "optional",
                    _("not needed; a known one is converted, an unknown one is refused"),
                ),
                ("graded", _("asked for; a wrong one takes something off")),
            ),
            hint=_("Where they are not needed, a number alone is in the first unit."),
        ),
        Field(
            "control",
            _("How the unit is given"),
            "choose",
            options=(
                ("typed", _("written with the number")),
                ("choose", _("chosen beside it")),
                ("pick", _("picked from a list that opens")),
            ),
        ),
        Field("before", _("The unit stands before the number"), "tick"),
        Field("penalty", _("What a wrong unit takes off, in percent"), "share", size=10),
        Field(
            "of",
            _("Taken off"),
            "choose",
            options=(
                ("response", _("from what the number brings")),
                ("mark", _("from the whole mark")),
            ),
        ),
        Rows(
            "units",
            _("Units that are understood"),
            _("Unit"),
            (
                Field("name", _("Unit"), size=10),
                Field(
                    "factor",
                    _("Factor to the first unit"),
                    "decimal",
                    _("For metres after kilometres: 0.001."),
                    empty=Decimal(1),
                    size=10,
                ),
            ),
        ),
    ),
)


def units_of(found: Values) -> Units:
    """The units of a form."""
    units = tuple(made_of(Unit, row) for row in found["units"])
    return made_of(Units, {**found, "units": units})


def number_row(answer: NumberAnswer) -> Values:
    """A number that is looked for as a row: ``*`` for every other number."""
    value = "*" if answer.value is None else write_number(answer.value)
    return {**plain_rows(answer), "value": value}


def number_answer(row: Values) -> NumberAnswer:
    """:raises Wrong: when the number cannot be read"""
    text = row["value"].strip()
    value = None if text == "*" else read_number(text)
    if value is None and text != "*":
        raise Wrong(
            _("“${text}” is not a number. Write digits, or * for every other.", {"text": text})
        )
    return made_of(NumberAnswer, {**row, "value": value})
