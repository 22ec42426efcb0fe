"""The form of a calculation with numbers of chance."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values, Wrong
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.numbers import ERROR, RULE, RULES, UNITS
from assessments.bank.layouts.rows import made_of
from assessments.bank.layouts.shared import ANSWER_FEEDBACK, SHARE
from assessments.bank.shares import read_number, write_number
from assessments.questions.formula import FormulaAnswer, Variable

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    lines = [" ".join(map(write_number, row)) for row in question.rows]
    return {"rows": "\n".join(lines)}


def _closed(values: Values, _before) -> Values:
    rows = []
    for line in filter(None, (each.strip() for each in values["rows"].splitlines())):
        numbers = [read_number(each) for each in line.replace(";", " ").split()]
        if None in numbers or len(numbers) != len(values["variables"]):
            raise Wrong(
                _(
                    "In the sets of values, this line is not one number for each: ${line}",
                    {"line": line},
                )
            )
        rows.append(tuple(number for number in numbers if number is not None))
    return {"rows": tuple(rows)}


FORMULA = Layout(
    "formula",
    _("Calculation"),
    _("A calculation whose numbers differ from attempt to attempt."),
    (
        Rows(
            "variables",
            _("Numbers of chance"),
            _("Number"),
            (
                Field("name", _("Name"), hint=_("As in the text: a for {a}."), size=8),
                Field("least", _("At least"), "decimal", empty=Decimal(1), size=10),
                Field("most", _("At most"), "decimal", empty=Decimal(10), size=10),
                Field("places", _("Decimal places"), "whole", empty=1, size=6),
                Field(
                    "spread",
                    _("How they are spread"),
                    "choose",
                    options=(("uniform", _("evenly")), ("loguniform", _("more small ones"))),
                ),
                Field(
                    "values",
                    _("Or one of these"),
                    "numbers",
                    _("Numbers with a space between them."),
                ),
            ),
        ),
        Field(
            "condition",
            _("What must be true of them"),
            hint=_("As {a} > {b}; empty for nothing."),
        ),
        Field(
            "rows",
            _("Sets of values to take instead"),
            "text",
            _("On each line one number for each of the numbers above, in their order."),
            size=4,
        ),
        Rows(
            "answers",
            _("Results"),
            _("Result"),
            (
                Field(
                    "expression",
                    _("Expression"),
                    hint=_("As 2 * {a} + {b}; * is for every other number."),
                ),
                replace(ERROR, hint=None, empty=Decimal("0.01")),
                replace(RULE, options=(RULES[1], RULES[0], *RULES[2:])),
                Field(
                    "figures", _("Figures of the result that is shown"), "whole", empty=2, size=6
                ),
                Field(
                    "figures_rule",
                    _("These are"),
                    "choose",
                    options=(
                        ("decimals", _("decimal places")),
                        ("significant", _("significant figures")),
                    ),
                ),
                SHARE,
                ANSWER_FEEDBACK,
            ),
        ),
        UNITS,
    ),
    rows={
        "variables": partial(made_of, Variable),
        "answers": partial(made_of, FormulaAnswer),
    },
    opened=_opened,
    closed=_closed,
    body=Field(
        "body",
        _("Question"),
        "html",
        _("Write {a} for the number a, and {=2 * {a}} for something calculated of it."),
        needed=True,
        size=6,
    ),
)
