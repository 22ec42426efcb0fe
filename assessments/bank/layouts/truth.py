"""The form of a statement that is true or false."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Values
from assessments.bank.layouts.layout import Layout

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    return {"right": "true" if question.right else "false"}


TRUTH = Layout(
    "truth",
    _("True or false"),
    _("A statement. Good for what many people believe wrongly, with a feedback that explains."),
    (
        Field(
            "right",
            _("The statement is"),
            "choose",
            options=(("true", _("true")), ("false", _("false"))),
        ),
        Field("when_true", _("What is said to “true”"), "html", size=2),
        Field("when_false", _("What is said to “false”"), "html", size=2),
    ),
    opened=_opened,
    closed=lambda values, _before: {"right": values["right"] == "true"},
)
