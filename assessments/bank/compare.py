"""What is different between two versions of a question, in the words of its form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank import fields
from assessments.bank.fields import Field, Group, Part, Rows
from assessments.bank.layouts import LAYOUTS
from assessments.bank.translating import where
from assessments.bank.writing import to_text
from assessments.questions.html import plain
from assessments.questions.texts import is_plain, patterns
from assessments.resources import ItemVersion

_ = TranslationStringFactory("tutela")

YES, NO = _("yes"), _("no")
GONE = _("not there")
THERE = _("there")
ORDER = _("Order")


@dataclass(frozen=True)
class Difference:
    """One thing that is different.

    :param where: labels from the outside to the inside, as "Answer", "2", "Share of the mark"
    """

    where: tuple[TranslationString | str, ...]
    before: TranslationString | str
    after: TranslationString | str


def differences(old: ItemVersion, new: ItemVersion) -> list[Difference]:
    """What an author changed between two versions, in the order of the form."""
    if old.kind != new.kind:
        kinds = LAYOUTS[old.kind].label, LAYOUTS[new.kind].label
        return [Difference((_("Type of question"),), *kinds)]
    layout = LAYOUTS[new.kind]
    before, after = layout.values(old.question), layout.values(new.question)
    found = list(_parts(layout.form(), before, after, ()))
    found += _files(old, new)
    found += _translations(old, new)
    return found


def _parts(
    parts: tuple[Part, ...], before: Mapping, after: Mapping, where: tuple
) -> Iterator[Difference]:
    for part in parts:
        old, new = before.get(part.name), after.get(part.name)
        if isinstance(part, Field):
            if old != new:
                yield Difference((*where, part.label), *_both(part, old, new))
        elif isinstance(part, Group):
            yield from _parts(part.parts, old or {}, new or {}, (*where, part.title))
        else:
            yield from _rows(part, old or [], new or [], where)


def _rows(part: Rows, old: list, new: list, where: tuple) -> Iterator[Difference]:
    before = {_mark(row, number): row for number, row in enumerate(old)}
    after = {_mark(row, number): row for number, row in enumerate(new)}
    for number, (mark, row) in enumerate(after.items(), 1):
        here = (*where, part.each, str(number))
        if mark in before:
            yield from _parts(part.parts, before[mark], row, here)
        else:
            yield Difference(here, GONE, _row_words(part, row))
    for number, (mark, row) in enumerate(before.items(), 1):
        if mark not in after:
            yield Difference((*where, part.each, str(number)), _row_words(part, row), GONE)
    kept = [mark for mark in before if mark in after]
    if kept != [mark for mark in after if mark in before]:
        orders = (
            "; ".join(_row_words(part, rows[mark]) for mark in rows if mark in other)
            for rows, other in ((before, after), (after, before))
        )
        yield Difference((*where, part.title, ORDER), *orders)


def _mark(row: Mapping[str, Any], number: int) -> str:
    return str(row.get("key") or row.get("name") or number)


def _row_words(part: Rows, row: Mapping[str, Any]) -> str:
    """The first thing that a row says."""
    for field in part.parts:
        if isinstance(field, Field) and row.get(field.name):
            text = fields.text_of(field, row[field.name])
            return plain(row[field.name]) if field.kind == "html" else text
    return "–"


def _both(part: Field, old: Any, new: Any) -> tuple[TranslationString | str, ...]:
    words = tuple(_words(part, value) for value in (old, new))
    if part.kind == "html" and words[0] == words[1]:  # only how it is set is different
        return to_text(old), to_text(new)
    return words


def _words(part: Field, value: Any) -> TranslationString | str:
    if value is None or value == "":
        return "–"
    match part.kind:
        case "html":
            return plain(value)
        case "tick":
            return YES if value else NO
        case "choose":
            return dict(part.options).get(value, value)
        case "share":
            return f"{fields.text_of(part, value)} %"
        case _:
            return fields.text_of(part, value)


def _files(old: ItemVersion, new: ItemVersion) -> Iterator[Difference]:
    for name in sorted({*old.files, *new.files}):
        before, after = old.files.get(name), new.files.get(name)
        if before is None or after is None:
            both = (GONE if before is None else THERE, GONE if after is None else THERE)
            yield Difference((_("File"), name), *both)
        elif before is not after and before.read() != after.read():
            sizes = (_("${octets} bytes", {"octets": file.size}) for file in (before, after))
            yield Difference((_("File"), name), *sizes)


def _translations(old: ItemVersion, new: ItemVersion) -> Iterator[Difference]:
    before, after = old.question.translations, new.question.translations
    for language in sorted({*before, *after}):
        texts = before.get(language, {}), after.get(language, {})
        for place in sorted({*texts[0], *texts[1]}):
            if texts[0].get(place) != texts[1].get(place):
                both = (_translated(place, each.get(place, "")) for each in texts)
                yield Difference((_("Translation"), language, *where(place)), *both)


def _translated(place: str, text: str) -> str:
    return (", ".join(patterns(text)) if is_plain(place) else plain(text)) or "–"
