"""Items of QTI that one of our own types says whole: they become questions of that type.

What is not quite such a question stays an item of QTI, and is marked by its own rules.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.exchange.formats import HTML, to_html
from assessments.exchange.qti.scoring import Scoring, scoring, worths
from assessments.exchange.shares import decimal
from assessments.qti import Item
from assessments.qti.interactions import Interaction
from assessments.qti.tables import flag
from assessments.qti.values import BaseType, Cardinality
from assessments.questions.base import EMPTY, NONE, ONE, Html, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.controls import Control, Option
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.hotspot import HotArea, HotspotQuestion
from assessments.questions.html import plain, safe
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.qti_asking import (
    Asking,
    area_of,
    box_of,
    file_of,
    identifier,
    picture_of,
    whole_number,
)
from assessments.questions.qti_body import Body
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion
from assessments.short_answers import escaped

TEMPLATES = frozenset({"templateBlock", "templateInline", "printedVariable", "infoControl"})
FEEDBACK = frozenset({"feedbackBlock", "feedbackInline"})


class NotPlain(Exception):
    """No type of our own says all of the item."""


class Source:
    """An item while it is looked at.

    :param name: of the question; :param mark: what it brings
    """

    def __init__(self, item: Item, name: str, mark: Fraction, most: Fraction) -> None:
        self.item = item
        self.most = most
        self.common: dict[str, Any] = {"name": name, "mark": mark, "language": item.language}
        found = scoring(item)
        if found is None:
            raise NotPlain
        self.scoring: Scoring = found
        self.away: set[str] = set()
        self._inner = Body(item, {})

    def inner(self, element: etree._Element | None) -> Html:
        """The content of an element, made harmless."""
        return EMPTY if element is None else self.harmless(self._inner.inner(element))

    def harmless(self, text: str) -> Html:
        html, away = to_html(text, HTML)
        self.away |= away
        return html

    def body(self, places: Mapping[etree._Element, str]) -> Html:
        """The text of the item, with something in the place of each interaction."""
        prompts = {
            each.element: Asking("", self._prompt(each) + places.get(each.element, ""))
            for each in self.item.interactions
        }
        element = self.item.body
        assert element is not None
        return self.harmless(Body(self.item, {}, prompts.get).inner(element))

    def _prompt(self, interaction: Interaction) -> str:
        prompt = interaction.element.find("prompt")
        return "" if prompt is None else f"<div>{self._inner.inner(prompt)}</div>"

    def one(self) -> Interaction:
        """The only interaction."""
        if len(self.item.interactions) != 1:
            raise NotPlain
        return self.item.interactions[0]

    def correct(self, interaction: Interaction) -> list[str]:
        """What the item declares as correct, as texts."""
        value = self.item.declarations[interaction.response].correct
        return [" ".join(each) if isinstance(each, tuple) else str(each) for each in value.members]

    def shares(self, interaction: Interaction) -> Mapping[str, Fraction]:
        """What each key brings of the mark, by mapping."""
        mapping = self.item.declarations[interaction.response].mapping
        if mapping is None:
            raise NotPlain
        found = worths(self.item, interaction.response)
        if mapping.base_type is BaseType.PAIR:
            found = {
                **{" ".join(reversed(key.split())): each for key, each in found.items()},
                **found,
            }
        return {key: worth / self.most for key, worth in found.items()}

    def default(self, interaction: Interaction) -> Fraction:
        mapping = self.item.declarations[interaction.response].mapping
        return NONE if mapping is None else Fraction(str(mapping.default)) / self.most

    def is_match(self) -> bool:
        """Whether all is right or all is wrong."""
        return self.scoring.how == "match" and min(ONE, self.scoring.worth / self.most) == ONE

    def said(self, key: str) -> Html:
        """What the item says to one answer, where its feedback goes by answers."""
        found = [
            self._inner.inner(each)
            for each in (*self.item.modal_feedback, *self._in_body())
            if each.get("identifier") == key
        ]
        return self.harmless(" ".join(found)) if found else EMPTY

    def _in_body(self) -> list[etree._Element]:
        return [] if self.item.body is None else list(self.item.body.iter(*FEEDBACK))


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
            return _typed(source)
        return _cloze(source)
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


def _choice(source: Source) -> Question:
    interaction = source.one()
    element = interaction.element
    declared = source.item.declarations[interaction.response]
    many = declared.cardinality is not Cardinality.SINGLE
    most = whole_number(element, "maxChoices", 1)
    if declared.base_type is not BaseType.IDENTIFIER or (many and most == 1):
        raise NotPlain
    if whole_number(element, "minChoices", 0) > 1:
        raise NotPlain
    shares, whole, least = _of_choices(source, interaction, many)
    choices = tuple(
        Choice(
            identifier(each),
            source.inner(each),
            shares.get(identifier(each), source.default(interaction)),
            source.said(identifier(each)),
            flag(each.get("fixed"), False),
        )
        for each in element.findall("simpleChoice")
    )
    shuffle = flag(element.get("shuffle"), False)
    body = source.body({})
    truth = (
        _truth(source, choices, body) if not many and not shuffle and source.is_match() else None
    )
    return truth or ChoiceQuestion(
        **source.common,
        body=body,
        choices=choices,
        many=many,
        shuffle=shuffle,
        whole=whole,
        least=least,
        most=most if many and most < len(choices) else 0,
        numbering="none",
    )


def _of_choices(
    source: Source, interaction: Interaction, many: bool
) -> tuple[Mapping[str, Fraction], bool, Fraction]:
    """What each choice brings, whether only all right ones count, and the least of a sum."""
    correct = source.correct(interaction)
    if source.is_match() and correct:
        if not many and len(correct) != 1:
            raise NotPlain
        return {key: Fraction(1, len(correct)) for key in correct}, many, NONE
    if source.scoring.how != "map":
        raise NotPlain
    mapping = source.item.declarations[interaction.response].mapping
    shares = source.shares(interaction)
    assert mapping is not None
    lower, upper = (
        _share_of(each, source) for each in (mapping.bounds.lower, mapping.bounds.upper)
    )
    if (upper is not None and upper < ONE) or (lower is not None and lower > 0):
        raise NotPlain
    if not many:
        worst = min((*shares.values(), source.default(interaction)))
        if source.default(interaction) != 0 or (lower is not None and lower > worst):
            raise NotPlain
        return shares, False, NONE
    least = -ONE if lower is None else max(-ONE, lower)
    negative = any(share < 0 for share in (*shares.values(), source.default(interaction)))
    return shares, False, least if negative else NONE


def _share_of(bound: float, source: Source) -> Fraction | None:
    return None if bound in (float("inf"), float("-inf")) else Fraction(str(bound)) / source.most


def _truth(source: Source, choices: tuple[Choice, ...], body: Html) -> TruthQuestion | None:
    """A choice between “true” and “false” and nothing else."""
    words = [plain(each.html).casefold() for each in choices]
    if words != ["true", "false"]:
        return None
    return TruthQuestion(
        **source.common,
        body=body,
        right=choices[0].fraction == ONE,
        when_true=choices[0].feedback,
        when_false=choices[1].feedback,
    )


def _typed(source: Source) -> Question:
    interaction = source.one()
    question = _of_text(source, interaction, whole=ONE)
    return replace(question, **source.common, body=source.body({}))


def _of_text(source: Source, interaction: Interaction, whole: Fraction) -> Question:
    """A short answer or a number, without a text; ``whole`` of the mark is what it can bring."""
    declared = source.item.declarations[interaction.response]
    if declared.cardinality is not Cardinality.SINGLE or interaction.element.get("patternMask"):
        raise NotPlain
    correct = source.correct(interaction)
    if declared.base_type in (BaseType.INTEGER, BaseType.FLOAT):
        return _number(source, interaction, correct, whole)
    if declared.base_type is not BaseType.STRING:
        raise NotPlain
    if source.scoring.how == "match":
        if len(correct) != 1:
            raise NotPlain
        return _exactly({correct[0]: ONE}, case=True)
    mapping = declared.mapping
    if source.scoring.how != "map" or mapping is None:
        raise NotPlain
    cases = {entry.case_sensitive for entry in mapping.entries}
    if len(cases) != 1:
        raise NotPlain
    return _exactly(_shares_of_blank(source, interaction, whole), cases.pop())


def _exactly(shares: Mapping[str, Fraction], case: bool) -> ShortQuestion:
    """A text that is marked as QTI does: by the very signs."""
    alike = {text if case else text.casefold() for text in shares}
    if len(alike) < len(shares) or any(text != text.strip() for text in shares):
        # QTI looks for the very case first; and nobody here hands in a space at an end.
        raise NotPlain
    answers = tuple(
        TextAnswer(str(number), escaped(text), share)
        for number, (text, share) in enumerate(shares.items(), 1)
    )
    return ShortQuestion(name="", body=EMPTY, answers=answers, case=case, exact=True)


def _shares_of_blank(
    source: Source, interaction: Interaction, whole: Fraction
) -> dict[str, Fraction]:
    """What each answer brings of the whole that one blank can bring: nothing takes off, for what a
    blank here takes off is taken off the question."""
    mapping = source.item.declarations[interaction.response].mapping
    shares = {key: share / whole for key, share in source.shares(interaction).items()}
    assert mapping is not None  # shares are of one
    bounds = mapping.bounds
    if not shares or mapping.default != 0 or bounds.lower > 0 or min(shares.values()) < 0:
        raise NotPlain
    if bounds.upper < max(entry.worth for entry in mapping.entries):
        raise NotPlain
    return shares


def _number(
    source: Source, interaction: Interaction, correct: list[str], whole: Fraction
) -> NumericalQuestion:
    how = source.scoring
    if how.how in ("match", "equal"):
        value = decimal(correct[0]) if len(correct) == 1 else None
        if value is None:
            raise NotPlain
        answers: tuple[NumberAnswer, ...] = (NumberAnswer("1", value, ONE, how.error, how.rule),)
    else:
        rows = _shares_of_blank(source, interaction, whole).items()
        numbered = [(str(n), decimal(key), share) for n, (key, share) in enumerate(rows, 1)]
        if any(value is None for _n, value, _s in numbered):
            raise NotPlain
        answers = tuple(NumberAnswer(n, value, share) for n, value, share in numbered)
    return NumericalQuestion(name="", body=EMPTY, answers=answers)


def _cloze(source: Source) -> Question:
    interactions = source.item.interactions
    if source.scoring.how == "map":
        if set(source.scoring.variables) != {each.response for each in interactions}:
            raise NotPlain
    elif len(interactions) != 1 or not (source.is_match() or source.scoring.how == "equal"):
        raise NotPlain
    gaps, places = [], {}
    for number, interaction in enumerate(interactions, 1):
        weight = _best_share(source, interaction)
        gaps.append(
            ClozeGap(str(number), _in_gap(source, interaction, weight), weight * source.most)
        )
        places[interaction.element] = f"[[{number}]]"
    if sum(gap.weight for gap in gaps) != source.most and source.scoring.how == "map":
        raise NotPlain
    return ClozeQuestion(**source.common, body=source.body(places), gaps=tuple(gaps))


def _best_share(source: Source, interaction: Interaction) -> Fraction:
    if source.scoring.how != "map":
        return ONE
    best = max(source.shares(interaction).values(), default=NONE)
    if best <= 0:
        raise NotPlain
    return best


def _in_gap(source: Source, interaction: Interaction, whole: Fraction) -> Question:
    if interaction.kind == "textEntryInteraction":
        return _of_text(source, interaction, whole)
    if source.scoring.how == "map":
        shares = _shares_of_blank(source, interaction, whole)
    else:
        shares = dict.fromkeys(source.correct(interaction), ONE)
    choices = tuple(
        Choice(identifier(each), source.inner(each), shares.get(identifier(each), NONE))
        for each in interaction.element.findall("inlineChoice")
    )
    shuffle = flag(interaction.element.get("shuffle"), False)
    return ChoiceQuestion(name="", body=EMPTY, choices=choices, shuffle=shuffle)


def _essay(source: Source) -> Question:
    interaction = source.one()
    declared = source.item.declarations[interaction.response]
    if source.scoring.how != "none" or declared.cardinality is not Cardinality.SINGLE:
        raise NotPlain
    if interaction.element.get("stringIdentifier") or interaction.element.get("patternMask"):
        raise NotPlain
    rows = whole_number(interaction.element, "expectedLines", 0) or 12
    return EssayQuestion(**source.common, body=source.body({}), rows=rows)


def _upload(source: Source) -> Question:
    interaction = source.one()
    kind = str(interaction.element.get("type", "")).split()
    many = source.item.declarations[interaction.response].cardinality is not Cardinality.SINGLE
    if source.scoring.how != "none" or many:
        raise NotPlain
    return EssayQuestion(
        **source.common,
        body=source.body({}),
        text="none",
        files=1,
        least_files=1,
        types=tuple(kind),
    )


def _order(source: Source) -> Question:
    interaction = source.one()
    correct = source.correct(interaction)
    by_key = {identifier(each): each for each in interaction.element.findall("simpleChoice")}
    plain_order = flag(interaction.element.get("shuffle"), False) and source.is_match()
    if not plain_order or sorted(correct) != sorted(by_key):
        raise NotPlain
    if any(flag(each.get("fixed"), False) for each in by_key.values()):
        raise NotPlain
    items = tuple(Option(key, source.inner(by_key[key])) for key in correct)
    return OrderingQuestion(**source.common, body=source.body({}), items=items)


def _equal_pairs(source: Source, interaction: Interaction) -> list[tuple[str, str]]:
    """The pairs that bring something, all the same, and together the whole mark."""
    if source.scoring.how != "map" or source.default(interaction) != 0:
        raise NotPlain
    shares = {key: each for key, each in source.shares(interaction).items() if each}
    if not shares or any(share != Fraction(1, len(shares)) for share in shares.values()):
        raise NotPlain
    mapping = source.item.declarations[interaction.response].mapping
    if mapping is None or mapping.bounds.lower > 0 or mapping.bounds.upper < source.most:
        raise NotPlain
    return [(one, other) for one, other in (key.split() for key in shares)]


def _match(source: Source) -> Question:
    interaction = source.one()
    sets = interaction.element.findall("simpleMatchSet")
    if len(sets) != 2:
        raise NotPlain
    rows, columns = (each.findall("simpleAssociableChoice") for each in sets)
    if any(whole_number(each, "matchMax", 1) != 1 for each in rows):
        raise NotPlain
    pairs = dict(_equal_pairs(source, interaction))
    if set(pairs) != {identifier(each) for each in rows}:
        raise NotPlain
    return MatchingQuestion(
        **source.common,
        body=source.body({}),
        pairs=tuple(
            Pair(identifier(each), source.inner(each), pairs[identifier(each)]) for each in rows
        ),
        answers=tuple(Option(identifier(each), source.inner(each)) for each in columns),
        shuffle=flag(interaction.element.get("shuffle"), False),
    )


def _words(source: Source, interaction: Interaction) -> tuple[Word, ...]:
    found = []
    for each in interaction.element.iter("gapText", "gapImg"):
        picture = next(each.iter("object", "img"), None)
        address = "" if picture is None else str(picture.get("data") or picture.get("src") or "")
        unlimited = whole_number(each, "matchMax", 1) != 1
        label = str(each.get("objectLabel") or "")
        if picture is None:
            found.append(Word(identifier(each), source.inner(each), "1", unlimited))
        else:
            words = label or str(
                picture.get("alt") or " ".join("".join(map(str, picture.itertext())).split())
            )
            html = Html(safe(words) or identifier(each))
            found.append(Word(identifier(each), html, "1", unlimited, file_of(address)))
    return tuple(found)


def _gap_match(source: Source) -> Question:
    interaction = source.one()
    pairs = {gap: word for word, gap in _equal_pairs(source, interaction)}
    gaps = list(interaction.element.iter("gap"))
    if set(pairs) != {identifier(each) for each in gaps}:
        raise NotPlain
    if any(each.get("matchGroup") for each in interaction.element.iter("gap", "gapText", "gapImg")):
        raise NotPlain
    names = {each: str(number) for number, each in enumerate(gaps, 1)}
    inner = _with_places(source, interaction.element, names)
    return GapQuestion(
        **source.common,
        body=source.body({interaction.element: inner}),
        words=_words(source, interaction),
        gaps=tuple(Gap(names[each], pairs[identifier(each)]) for each in gaps),
        shuffle=flag(interaction.element.get("shuffle"), False),
        dragged=True,
    )


def _with_places(
    source: Source, element: etree._Element, names: Mapping[etree._Element, str]
) -> str:
    asked = Asking("", controls=[Control(name) for name in names.values()])
    return Body(source.item, {}, lambda _element: asked).inner(element)


def _hotspot(source: Source) -> Question:
    interaction = source.one()
    picture = picture_of(interaction)
    many = source.item.declarations[interaction.response].cardinality is not Cardinality.SINGLE
    if picture is None or not source.is_match() or many:
        raise NotPlain
    correct = source.correct(interaction)
    elements = interaction.element.findall("hotspotChoice")
    if any(each.get("shape") not in ("rect", "circle", "poly") for each in elements):
        raise NotPlain
    areas = tuple(
        HotArea(area_of(each, picture), ONE if identifier(each) in correct else NONE)
        for each in elements
    )
    named = tuple(
        replace(hot, area=replace(hot.area, label=hot.area.label or str(number)))
        for number, hot in enumerate(areas, 1)
    )
    return HotspotQuestion(**source.common, body=source.body({}), picture=picture, areas=named)


def _graphic_gap_match(source: Source) -> Question:
    interaction = source.one()
    picture = picture_of(interaction)
    if picture is None:
        raise NotPlain
    pairs = {zone: word for word, zone in _equal_pairs(source, interaction)}
    elements = list(interaction.element.iter("associableHotspot"))
    plainly = all(
        each.get("shape") == "rect"
        and whole_number(each, "matchMax", 1) == 1
        and identifier(each) in pairs
        for each in elements
    )
    if not plainly or len(pairs) != len(elements):
        raise NotPlain
    zones = tuple(
        Zone(
            str(number),
            str(each.get("hotspotLabel") or number),
            box_of(area_of(each, picture)),
            pairs[identifier(each)],
        )
        for number, each in enumerate(elements, 1)
    )
    return LabelQuestion(
        **source.common,
        body=source.body({}),
        picture=picture,
        words=_words(source, interaction),
        zones=zones,
        shuffle=flag(interaction.element.get("shuffle"), False),
    )


MAKERS: dict[str, Callable[[Source], Question]] = {
    "choiceInteraction": _choice,
    "extendedTextInteraction": _essay,
    "uploadInteraction": _upload,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "gapMatchInteraction": _gap_match,
    "hotspotInteraction": _hotspot,
    "graphicGapMatchInteraction": _graphic_gap_match,
}
