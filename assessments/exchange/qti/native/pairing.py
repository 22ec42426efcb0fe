"""Items that are our order, our matching, or our words into a text or a picture."""

from collections.abc import Mapping
from fractions import Fraction

from lxml import etree

from assessments.exchange.qti.native.source import NotPlain, Source
from assessments.qti.interactions import Interaction
from assessments.qti.tables import flag
from assessments.questions.base import Html, Question
from assessments.questions.controls import Control, Option
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import safe
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.qti_asking.elements import identifier, whole_number
from assessments.questions.qti_asking.pictures import area_of, box_of, file_of, picture_of
from assessments.questions.qti_asking.scene import Asking
from assessments.questions.qti_body import Body


def order(source: Source) -> Question:
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


def equal_pairs(source: Source, interaction: Interaction) -> list[tuple[str, str]]:
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


def match(source: Source) -> Question:
    interaction = source.one()
    sets = interaction.element.findall("simpleMatchSet")
    if len(sets) != 2:
        raise NotPlain
    rows, columns = (each.findall("simpleAssociableChoice") for each in sets)
    if any(whole_number(each, "matchMax", 1) != 1 for each in rows):
        raise NotPlain
    pairs = dict(equal_pairs(source, interaction))
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


def words_of(source: Source, interaction: Interaction) -> tuple[Word, ...]:
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


def gap_match(source: Source) -> Question:
    interaction = source.one()
    pairs = {gap: word for word, gap in equal_pairs(source, interaction)}
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
        words=words_of(source, interaction),
        gaps=tuple(Gap(names[each], pairs[identifier(each)]) for each in gaps),
        shuffle=flag(interaction.element.get("shuffle"), False),
        dragged=True,
    )


def _with_places(
    source: Source, element: etree._Element, names: Mapping[etree._Element, str]
) -> str:
    asked = Asking("", controls=[Control(name) for name in names.values()])
    return Body(source.item, {}, lambda _element: asked).inner(element)


def graphic_gap_match(source: Source) -> Question:
    interaction = source.one()
    picture = picture_of(interaction)
    if picture is None:
        raise NotPlain
    pairs = {zone: word for word, zone in equal_pairs(source, interaction)}
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
        words=words_of(source, interaction),
        zones=zones,
        shuffle=flag(interaction.element.get("shuffle"), False),
    )
