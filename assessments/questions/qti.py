"""An item of QTI that is none of our own types: its own response processing marks it."""

from dataclasses import dataclass

from assessments.questions.base import Question


@dataclass(frozen=True, kw_only=True)
class QtiQuestion(Question):
    """An item.

    :param xml: the assessmentItem as it came, files named as the question's files
    """

    kind = "qti"

    xml: str
