"""Words into gaps and labels into pictures, as Moodle XML has them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.entries import QuestionFile
from assessments.exchange.formats import one_line
from assessments.exchange.media import size
from assessments.exchange.moodle_source import Source, form, said
from assessments.exchange.notes import Broken
from assessments.questions.base import Question
from assessments.questions.controls import Picture
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import escaped, plain

_ = TranslationStringFactory("tutela")

PLACE = re.compile(r"\[\[([0-9]{1,6})\]\]")
LETTER = 9
"""Pixels that a letter of a label takes, about."""
HEIGHT = 32
"""Pixels that a line of a label takes."""
LARGEST = 100_000
"""Pixels of a picture, more than any has."""
COORDINATES = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def gaps_in_list(source: Source, common: dict) -> Question:
    """``gapselect``: words are chosen from lists."""
    words = tuple(
        Word(str(number), escaped(one_line(said(option))), _group(source, option, "group"))
        for number, option in enumerate(source.each("selectoption"), 1)
    )
    return _gaps(source, common, words, dragged=False)


def gaps_dragged(source: Source, common: dict) -> Question:
    """``ddwtos``: words are dragged into the text."""
    words = tuple(
        Word(
            str(number),
            source.made_safe(said(box)),
            _group(source, box, "group"),
            unlimited=source.flag("infinite", False, box),
        )
        for number, box in enumerate(source.each("dragbox"), 1)
    )
    return _gaps(source, common, words, dragged=True)


def _group(source: Source, element: etree._Element, path: str) -> str:
    return one_line(source.plain(path, element)) or "1"


def _gaps(source: Source, common: dict, words: tuple[Word, ...], dragged: bool) -> Question:
    """In Moodle ``[[2]]`` is a gap for the second word; here each gap has a name of its own."""
    by_key = {word.key: word for word in words}
    gaps: list[Gap] = []

    def named(found: re.Match[str]) -> str:
        word = by_key.get(str(int(found[1])))
        if word is None:
            raise Broken(
                _(
                    "The text has a gap for word ${number}, and there is no such word.",
                    mapping={"number": found[1]},
                )
            )
        gap = Gap(str(len(gaps) + 1), word.key, word.group)
        gaps.append(gap)
        return f"[[{gap.name}]]"

    element = source.element.find("questiontext")
    text = "" if element is None else PLACE.sub(named, source.raw(element))
    if element is None or not gaps:
        raise Broken(_("There is no gap in the text. Write [[1]] where the first word belongs."))
    common["body"] = source.made_safe(text, form(element))
    return GapQuestion(
        **common,
        words=words,
        gaps=tuple(gaps),
        shuffle=source.flag("shuffleanswers", False),
        dragged=dragged,
        said=source.verdicts(),
    )


def labels(source: Source, common: dict) -> Question:
    """``ddimageortext``: labels are dragged into a picture."""
    picture = source.picture()
    words, keys = _drags(source)
    zones = []
    for number, drop in enumerate(source.each("drop"), 1):
        right = _right(source, drop, keys)
        group = next((word.group for word in words if word.key == right), "1")
        left = source.whole("xleft", 0, most=LARGEST, element=drop)
        top = source.whole("ytop", 0, most=LARGEST, element=drop)
        if left >= picture.width or top >= picture.height:
            raise Broken(_("A place lies outside the picture."), drop.sourceline or 0)
        place = place_at(left, top, picture, [w for w in words if w.group == group], source.files)
        zones.append(Zone(str(number), _label(source, drop, number), place, right, group))
    return _labelled(source, common, picture, words, zones, as_markers=False)


def markers(source: Source, common: dict) -> Question:
    """``ddmarker``: markers are dragged to places that Moodle does not show."""
    source.changed(
        _(
            "In Moodle markers are put anywhere in the picture. Here the places can be seen, "
            "and each is a rectangle around what it was."
        )
    )
    picture = source.picture()
    words, keys = _drags(source)
    zones = [
        Zone(
            str(number),
            _label(source, drop, number),
            _around(source, drop, picture),
            _right(source, drop, keys),
        )
        for number, drop in enumerate(source.each("drop"), 1)
    ]
    right = [zone.right for zone in zones]
    # One marker may be right at several places, and each of them needs it.
    words = tuple(
        replace(word, unlimited=word.unlimited or right.count(word.key) > 1) for word in words
    )
    return _labelled(source, common, picture, words, zones, as_markers=True)


def _labelled(
    source: Source,
    common: dict,
    picture: Picture,
    words: tuple[Word, ...],
    zones: list[Zone],
    as_markers: bool,
) -> Question:
    if not words or not zones:
        raise Broken(_("The picture has no labels, or no places for them."))
    return LabelQuestion(
        **common,
        picture=picture,
        words=words,
        zones=tuple(zones),
        shuffle=source.flag("shuffleanswers", False),
        said=source.verdicts(),
        markers=as_markers,
    )


def can_be_markers(question: LabelQuestion) -> bool:
    """Whether labels can be said as ``ddmarker``: all in words, each for any of the places, and no
    place without one."""
    groups = {word.group for word in question.words} | {zone.group for zone in question.zones}
    return (
        len(groups) == 1
        and not any(word.file for word in question.words)
        and all(zone.right for zone in question.zones)
    )


def _drags(source: Source) -> tuple[tuple[Word, ...], dict[str, str]]:
    """The labels, and their keys by the numbers that the file gives them."""
    words = []
    keys = {}
    for number, drag in enumerate(source.each("drag"), 1):
        pictures = [name for file in drag.findall("file") if (name := source.take(file))]
        html = escaped(one_line(source.plain("text", drag)))
        if not html and not pictures:
            raise Broken(_("A label has neither words nor a picture."), drag.sourceline or 0)
        keys[source.plain("no", drag).strip() or str(number)] = str(number)
        often = source.number("noofdrags", "1", drag) != 1
        words.append(
            Word(
                str(number),
                html,
                _group(source, drag, "draggroup"),
                unlimited=source.flag("infinite", False, drag) or often,
                file=pictures[0] if pictures else "",
            )
        )
    return tuple(words), keys


def _right(source: Source, drop: etree._Element, keys: dict[str, str]) -> str:
    said_key = source.plain("choice", drop).strip()
    if said_key in ("", "0"):
        return ""
    if said_key not in keys:
        raise Broken(
            _(
                "A place in the picture is for label ${number}, and there is no such label.",
                mapping={"number": said_key[:20]},
            ),
            drop.sourceline or 0,
        )
    return keys[said_key]


def _label(source: Source, drop: etree._Element, number: int) -> str:
    return one_line(source.plain("text", drop)) or str(number)


def place_at(
    left: int,
    top: int,
    picture: Picture,
    words: Iterable[Word],
    files: Mapping[str, QuestionFile],
) -> tuple[int, int, int, int]:
    """A place for any of some labels: Moodle XML says where one begins and not how large it is."""
    width, height = 4 * LETTER, HEIGHT
    for word in words:
        measured = size(files[word.file].content) if word.file in files else None
        wide, high = measured or (LETTER * (len(plain(word.html)) + 2), HEIGHT)
        width, height = max(width, wide), max(height, high)
    return left, top, min(width, picture.width - left), min(height, picture.height - top)


def _around(source: Source, drop: etree._Element, picture: Picture) -> tuple[int, int, int, int]:
    """The rectangle around a circle (``x,y;r``), rectangle (``x,y;w,h``) or polygon (``x,y;…``)."""
    shape = source.plain("shape", drop).strip().lower()
    coords = source.plain("coords", drop)
    numbers = [round(float(each[:12])) for each in COORDINATES.findall(coords[:10_000])]
    if shape == "circle" and len(numbers) == 3:
        x, y, radius = numbers
        left, top, right, bottom = x - radius, y - radius, x + radius, y + radius
    elif shape == "rectangle" and len(numbers) == 4:
        left, top, right, bottom = (
            numbers[0],
            numbers[1],
            numbers[0] + numbers[2],
            numbers[1] + numbers[3],
        )
    elif len(numbers) >= 6 and len(numbers) % 2 == 0:
        across, down = numbers[::2], numbers[1::2]
        left, top, right, bottom = min(across), min(down), max(across), max(down)
    else:
        raise Broken(_("A place in the picture has no outline."), drop.sourceline or 0)
    left, top = max(left, 0), max(top, 0)
    right, bottom = min(right, picture.width), min(bottom, picture.height)
    if right <= left or bottom <= top:
        raise Broken(_("A place lies outside the picture."), drop.sourceline or 0)
    return left, top, right - left, bottom - top


TYPES = {
    "gapselect": gaps_in_list,
    "ddwtos": gaps_dragged,
    "ddimageortext": labels,
    "ddmarker": markers,
}
