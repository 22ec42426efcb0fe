"""Items of QTI that one of our own types says whole: they become questions of that type.

What is not quite such a question stays an item of QTI, and is marked by its own rules.
"""

from collections.abc import Callable
from fractions import Fraction

from lxml import etree

from assessments.exchange.qti.native.choosing import choice
from assessments.exchange.qti.native.marked_by_people import essay, upload
from assessments.exchange.qti.native.pairing import gap_match, graphic_gap_match, match, order
from assessments.exchange.qti.native.pictures import hotspot
from assessments.exchange.qti.native.source import FEEDBACK, NotPlain, Source
from assessments.exchange.qti.native.writing import cloze, typed
from assessments.qti import Item
from assessments.questions.base import Question
from assessments.questions.description import DescriptionQuestion

TEMPLATES = frozenset({"templateBlock", "templateInline", "printedVariable", "infoControl"})
MAKERS: dict[str, Callable[[Source], Question]] = {
    "choiceInteraction": choice,
    "extendedTextInteraction": essay,
    "uploadInteraction": upload,
    "orderInteraction": order,
    "matchInteraction": match,
    "gapMatchInteraction": gap_match,
    "hotspotInteraction": hotspot,
    "graphicGapMatchInteraction": graphic_gap_match,
}


def native(
    item: Item, name: str, mark: Fraction, most: Fraction
) -> tuple[Question, set[str]] | None:
    """The question, and what of its mark-up could not be kept; None when it must stay QTI."""
    if item.adaptive or item.body is None or item.root.find("templateProcessing") is not None:
        return None
    if any(each.response not in item.declarations for each in item.interactions):
        return None
    try:
        source = Source(item, name, mark, most)
        _look(source)
        question = _made(source)
    except NotPlain:
        return None
    if question.problems():
        return None
    return question, source.away


def _look(source: Source) -> None:
    """:raises NotPlain: when the text has parts that are for some people or some answers only"""
    item = source.item
    assert item.body is not None
    if next(item.body.iter(*TEMPLATES), None) is not None:
        raise NotPlain
    if any("candidate" not in str(each.get("view", "")) for each in item.body.iter("rubricBlock")):
        raise NotPlain
    if any(each.external not in ("", "none") for each in item.declarations.values()):
        raise NotPlain
    told = [*item.modal_feedback, *item.body.iter(*FEEDBACK)]
    if not told:
        return
    keys = {key for each in item.interactions for key, _element in each.choices()}
    if len(item.interactions) != 1 or item.interactions[0].kind != "choiceInteraction":
        raise NotPlain
    for each in told:
        fits = (
            each.get("outcomeIdentifier") in source.scoring.echo
            and each.get("identifier") in keys
            and each.get("showHide", "show") == "show"
        )
        inside = next(each.iterancestors("simpleChoice"), None)
        if not fits or (inside is None and each.tag != "modalFeedback"):
            raise NotPlain


def _made(source: Source) -> Question:
    interactions = source.item.interactions
    if not interactions:
        return DescriptionQuestion(
            name=source.common["name"], body=source.body({}), language=source.item.language
        )
    kinds = {each.kind for each in interactions}
    if kinds <= {"textEntryInteraction", "inlineChoiceInteraction"}:
        if len(interactions) == 1 and _ends(interactions[0].element):
            return typed(source)
        return cloze(source)
    maker = MAKERS.get(source.one().kind)
    if maker is None:
        raise NotPlain
    return maker(source)


def _ends(element: etree._Element) -> bool:
    """Whether nothing but a field to write in follows, so that it may stand below the text."""
    if element.tag != "textEntryInteraction":
        return False
    node: etree._Element | None = element
    while node is not None and node.tag != "itemBody":
        if (node.tail or "").strip(" \t\r\n.") or node.getnext() is not None:
            return False
        node = node.getparent()
    return True
