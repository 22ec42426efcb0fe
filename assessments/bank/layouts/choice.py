"""The form of a choice."""

from functools import partial

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import made_of
from assessments.bank.layouts.shared import ANSWER_FEEDBACK, LEAST, MANY, MOST, SAID, SHARE, SHUFFLE
from assessments.questions.choice import Choice

_ = TranslationStringFactory("tutela")
CHOICE = Layout(
    "choice",
    _("Choice"),
    _("One or several answers of a few. Quick to answer and marked at once."),
    (
        Rows(
            "choices",
            _("Answers"),
            _("Answer"),
            (
                Field("html", _("Answer"), "html", size=2),
                SHARE,
                ANSWER_FEEDBACK,
                Field("fixed", _("Stays at its place when the order is chance"), "tick"),
                Field(
                    "exclusive",
                    _("“None of these”: who chooses it may choose nothing else"),
                    "tick",
                ),
            ),
            _("Leave empty what you do not need."),
        ),
        MANY,
        Field("whole", _("Only exactly the right answers bring the mark"), "tick"),
        LEAST,
        MOST,
        SHUFFLE,
        Field(
            "numbering",
            _("How answers are numbered"),
            "choose",
            options=(
                ("abc", _("a, b, c")),
                ("ABC", _("A, B, C")),
                ("123", _("1, 2, 3")),
                ("iii", _("i, ii, iii")),
                ("III", _("I, II, III")),
                ("none", _("not at all")),
            ),
        ),
        SAID,
    ),
    rows={"choices": partial(made_of, Choice)},
)
