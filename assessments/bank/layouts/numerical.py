"""The form of a number that is asked for."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.numbers import ERROR, RULE, UNITS, number_answer, number_row
from assessments.bank.layouts.shared import ANSWER_FEEDBACK, SHARE

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    return {"answers": [number_row(answer) for answer in question.answers]}


NUMERICAL = Layout(
    "numerical",
    _("Number"),
    _("A number, with an accepted error and with units where you want them."),
    (
        Rows(
            "answers",
            _("Numbers that are looked for"),
            _("Number"),
            (
                Field("value", _("Number"), hint=_("* is for every other number."), size=12),
                ERROR,
                RULE,
                SHARE,
                ANSWER_FEEDBACK,
            ),
            _("The first that fits counts."),
        ),
        UNITS,
    ),
    rows={"answers": number_answer},
    opened=_opened,
)
