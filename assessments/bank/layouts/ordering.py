"""The form of things to put in order."""

from functools import partial

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import made_of
from assessments.bank.layouts.shared import SAID
from assessments.questions.controls import Option

_ = TranslationStringFactory("tutela")
ORDERING = Layout(
    "ordering",
    _("Order"),
    _("Steps or events to put in order. Give them in the right order."),
    (
        Rows(
            "items",
            _("In the right order"),
            _("Step"),
            (Field("html", _("Step"), "html", size=2),),
        ),
        Field(
            "grading",
            _("How it is marked"),
            "choose",
            options=(
                ("whole", _("all or nothing")),
                ("place", _("each that is at its place")),
                ("next", _("each that is followed by the right one")),
                ("longest", _("the longest row that is in order")),
            ),
        ),
        SAID,
    ),
    rows={"items": partial(made_of, Option)},
)
