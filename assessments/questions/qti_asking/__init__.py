"""How each interaction of QTI is asked with our own controls, and what an answer is as its response
variable (QTI 2.2 §7).

Identifiers of an item are the keys of options, which never leave the server.
"""

from collections.abc import Callable

from assessments.qti.interactions import Interaction
from assessments.questions.qti_asking.choosing import choice, hottext, inline_choice
from assessments.questions.qti_asking.files import media, upload
from assessments.questions.qti_asking.graphic import (
    graphic_associate,
    graphic_gap_match,
    graphic_order,
    hotspot,
)
from assessments.questions.qti_asking.ordering import order
from assessments.questions.qti_asking.pairing import associate, gap_match, match
from assessments.questions.qti_asking.pointing import points
from assessments.questions.qti_asking.scene import Asking, Scene
from assessments.questions.qti_asking.writing import extended_text, slider, text_entry

UNSEEN = frozenset({"mediaInteraction", "endAttemptInteraction"})
"""Interactions without anything to fill in: a sound is listened to, a button ends nothing here."""
STRANGE = frozenset({"customInteraction", "portableCustomInteraction"})
"""Interactions that a program of the item's author runs: none is run here."""
BUILDERS: dict[str, Callable[[Interaction, str, Scene], Asking]] = {
    "choiceInteraction": choice,
    "orderInteraction": order,
    "associateInteraction": associate,
    "matchInteraction": match,
    "gapMatchInteraction": gap_match,
    "inlineChoiceInteraction": inline_choice,
    "textEntryInteraction": text_entry,
    "extendedTextInteraction": extended_text,
    "hottextInteraction": hottext,
    "hotspotInteraction": hotspot,
    "selectPointInteraction": points,
    "positionObjectInteraction": points,
    "graphicOrderInteraction": graphic_order,
    "graphicAssociateInteraction": graphic_associate,
    "graphicGapMatchInteraction": graphic_gap_match,
    "sliderInteraction": slider,
    "drawingInteraction": upload,
    "uploadInteraction": upload,
    "mediaInteraction": media,
}
"""endAttemptInteraction has no control: a quiz ends an attempt for all questions at once."""


def asking(interaction: Interaction, name: str, scene: Scene) -> Asking:
    """How an interaction is asked; ``name`` begins the names of its controls."""
    build = BUILDERS.get(interaction.kind)
    if build is None:
        return Asking(interaction.response)
    found = build(interaction, name, scene)
    prompt = interaction.element.find("prompt")
    if prompt is not None:
        found.html = f"<div>{scene.inner(prompt)}</div>{found.html}"
    return found
