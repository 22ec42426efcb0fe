"""The form of an item of QTI."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field
from assessments.bank.layouts.layout import Layout

_ = TranslationStringFactory("tutela")
QTI = Layout(
    "qti",
    _("QTI item"),
    _("For those who have an item of QTI: it is asked and marked as its own XML says."),
    (Field("xml", _("XML of the item"), "text", needed=True, size=20),),
    body=None,
)
