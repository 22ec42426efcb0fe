"""The form of a short answer."""

from functools import partial

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import made_of
from assessments.bank.layouts.shared import ANSWER_FEEDBACK, SHARE
from assessments.questions.short import TextAnswer

_ = TranslationStringFactory("tutela")
SHORT = Layout(
    "short",
    _("Short answer"),
    _("A word or a few, typed. Good for terms that people must know by themselves."),
    (
        Rows(
            "answers",
            _("Answers that are looked for"),
            _("Answer"),
            (
                Field(
                    "text",
                    _("Answer"),
                    hint=_("* stands for anything: a lone * at the end is for every other answer."),
                ),
                SHARE,
                ANSWER_FEEDBACK,
            ),
            _("The first that fits counts."),
        ),
        Field("case", _("Large and small letters are different"), "tick"),
    ),
    rows={"answers": partial(made_of, TextAnswer)},
)
