"""The elements of an interaction: its choices, in which order, and what their attributes say."""

import html
import re
from collections.abc import Iterable
from math import prod

from lxml import etree

from assessments.qti.interactions import Interaction
from assessments.qti.tables import flag
from assessments.questions.base import Html
from assessments.questions.controls import Option
from assessments.questions.html import safe
from assessments.questions.qti_asking.scene import Scene

CHOICES = {
    "choiceInteraction": ("simpleChoice",),
    "orderInteraction": ("simpleChoice",),
    "associateInteraction": ("simpleAssociableChoice",),
    "gapMatchInteraction": ("gapText", "gapImg"),
    "inlineChoiceInteraction": ("inlineChoice",),
    "hottextInteraction": ("hottext",),
    "hotspotInteraction": ("hotspotChoice",),
    "graphicOrderInteraction": ("hotspotChoice",),
    "graphicAssociateInteraction": ("associableHotspot",),
    "graphicGapMatchInteraction": ("gapImg", "gapText"),
}


def choices_of(interaction: Interaction) -> list[etree._Element]:
    return list(interaction.element.iter(*CHOICES.get(interaction.kind, ("nothing",))))


def associable_choices(element: etree._Element) -> list[etree._Element]:
    return element.findall("simpleAssociableChoice")


def orders_of(interaction: Interaction, name: str) -> list[tuple[str, list[etree._Element], bool]]:
    """The sets of choices that have an order of their own: name, elements, whether chance orders
    them."""
    shuffle = flag(interaction.element.get("shuffle"), False)
    if interaction.kind == "matchInteraction":
        sets = interaction.element.findall("simpleMatchSet")
        return [
            (f"{name}-{side}", associable_choices(each), shuffle)
            for side, each in zip(("rows", "columns"), sets, strict=False)
        ]
    return [(name, choices_of(interaction), shuffle)]


def is_fixed(element: etree._Element) -> bool:
    """Whether a choice keeps its place."""
    return flag(element.get("fixed"), False)


def identifier(element: etree._Element) -> str:
    return str(element.get("identifier", "")).strip()


def whole_number(element: etree._Element, name: str, usual: int) -> int:
    """A whole number of an attribute, within what a page can show."""
    word = str(element.get(name, "")).strip()
    return min(int(word[:9]), 10_000) if re.fullmatch(r"[0-9]+", word) else usual


def label_of(element: etree._Element) -> str:
    return str(element.get("hotspotLabel") or element.get("objectLabel") or "")


def option_html(element: etree._Element, scene: Scene) -> Html:
    """What a choice says."""
    return Html(safe(scene.inner(element)).strip()) or Html(html.escape(label_of(element)))


def options_of(elements: Iterable[etree._Element], name: str, scene: Scene) -> tuple[Option, ...]:
    """The choices that are to be seen, in the order of this attempt."""
    seen = {identifier(each): each for each in elements if scene.shown(each)}
    return tuple(
        Option(key, option_html(seen[key], scene))
        for key in scene.order(name, list(seen))
        if key in seen
    )


def offered(interaction: Interaction) -> int:
    """How many options all lists of an interaction have together."""
    places = [*interaction.element.iter("gap", "associableHotspot")]
    sets = interaction.element.findall("simpleMatchSet")
    if interaction.kind == "matchInteraction":
        return prod(len(associable_choices(each)) for each in sets)
    return len(choices_of(interaction)) * max(1, len(places))
