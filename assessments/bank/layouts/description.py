"""The form of a text to read."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field
from assessments.bank.layouts.layout import Layout

_ = TranslationStringFactory("tutela")
DESCRIPTION = Layout(
    "description",
    _("Text to read"),
    _("Something to read or look at before the next questions. There is nothing to answer."),
    (),
    answered=False,
    body=Field("body", _("Text"), "html", needed=True, size=8),
)
