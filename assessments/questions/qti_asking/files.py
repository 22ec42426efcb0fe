"""Interactions with files: of the learner, or of the item (QTI 2.2 §7)."""

import re

from assessments.qti.interactions import Interaction
from assessments.questions.controls import Attach
from assessments.questions.qti_asking.pictures import picture_html, picture_of
from assessments.questions.qti_asking.scene import MOST, Asking, Scene
from assessments.questions.qti_asking.values import chosen_by, is_many


def upload(interaction: Interaction, name: str, scene: Scene) -> Asking:
    shown = picture_html(picture_of(interaction))
    kind = str(interaction.element.get("type", "")).strip()
    types = (
        tuple(kind.split())
        if re.fullmatch(r"[\w.+-]+/[\w.+*-]+( [\w.+-]+/[\w.+*-]+)*", kind)
        else ()
    )
    if interaction.kind == "drawingInteraction":
        types = ("image/png", "image/jpeg")
    many = is_many(scene, interaction)
    return Asking(
        interaction.response,
        f"{shown}<div>[[{name}]]</div>",
        [Attach(name, most=MOST if many else 1, types=types)],
        chosen_by(name, many),
        lambda _given: {},
    )


def media(interaction: Interaction, _name: str, scene: Scene) -> Asking:
    return Asking(interaction.response, scene.inner(interaction.element))
