"""The interactions of an item: where in its body a candidate answers (QTI 2.2 §7)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from assessments.qti.tables import flag

KINDS = frozenset(
    (
        "associateInteraction",
        "choiceInteraction",
        "customInteraction",
        "drawingInteraction",
        "endAttemptInteraction",
        "extendedTextInteraction",
        "gapMatchInteraction",
        "graphicAssociateInteraction",
        "graphicGapMatchInteraction",
        "graphicOrderInteraction",
        "hotspotInteraction",
        "hottextInteraction",
        "inlineChoiceInteraction",
        "matchInteraction",
        "mediaInteraction",
        "orderInteraction",
        "portableCustomInteraction",
        "positionObjectInteraction",
        "selectPointInteraction",
        "sliderInteraction",
        "textEntryInteraction",
        "uploadInteraction",
    )
)

CHOICES = frozenset(
    (
        "associableHotspot",
        "gap",
        "gapImg",
        "gapText",
        "hotspotChoice",
        "hottext",
        "inlineChoice",
        "simpleAssociableChoice",
        "simpleChoice",
    )
)


@dataclass(frozen=True, slots=True)
class Interaction:
    """One interaction.

    :param kind: the name of the element in QTI 2
    :param response: the identifier of the response variable it sets
    :param element: the normalised element; read it, never change it
    """

    kind: str
    response: str
    element: etree._Element

    def choices(self) -> list[tuple[str, etree._Element]]:
        """The choices with their identifiers, in the order of the document."""
        return [
            (str(element.get("identifier", "")), element)
            for element in self.element.iter()
            if element.tag in CHOICES
        ]

    @property
    def counts_attempt(self) -> bool:
        """False for an endAttemptInteraction that asks not to be counted (QTI 3)."""
        return flag(self.element.get("countAttempt"), True)


def interactions(body: etree._Element | None) -> Iterator[Interaction]:
    """The interactions of a body, in order."""
    if body is None:
        return
    for element in body.iter():
        if element.tag in KINDS:
            yield Interaction(
                str(element.tag), str(element.get("responseIdentifier", "")).strip(), element
            )
