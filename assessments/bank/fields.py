"""Forms as values: what is asked, how a value is shown as text, and read from it again.

A form is flat: a field of a row is called ``choices-2-html``. What was typed is never changed: a
form that has something wrong is shown as it came, with the reasons by the names of its fields.
Every row knows which row of the value edited it was (``choices-2-was``), so that what a form does
not show stays as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank import writing
from assessments.bank.shares import read_number, read_share, write_number, write_share
from assessments.questions.html import EMPTY, Html

_ = TranslationStringFactory("tutela")

SPARE = 2
"""Empty rows that a list has for more; twice as many when there is nothing in it."""
MOST_ROWS = 200

UNSAID = re.compile(r'<img\b(?![^>]*\balt="[^"]*\S[^"]*")[^>]*>')
"""A picture without alternative text."""

Posted = Mapping[str, Any]
Values = dict[str, Any]
Errors = dict[str, TranslationString]


@dataclass(frozen=True)
class Field:
    """One thing to fill in.

    :param kind: ``line``, ``html`` (a text with formatting), ``text`` (a text as it is), ``share``
        (percent), ``fraction`` (a number, also as 1/3), ``decimal``, ``whole``, ``numbers``,
        ``tick``, ``choose`` (of ``options``), ``picture`` (name of a file that the form brings),
        ``moment`` (date and time in UTC, None for none)
    :param needed: whether it may not stay empty; in a row, when the row is there
    :param size: lines of a text, or characters of a line when that is short
    """

    name: str
    label: TranslationString
    kind: str = "line"
    hint: TranslationString | None = None
    options: tuple[tuple[str, TranslationString], ...] = ()
    needed: bool = False
    size: int = 0
    empty: Any = None


@dataclass(frozen=True)
class Group:
    """Fields of a value within the value, folded away when they are all as usual.

    :param always: whether it is never folded away, because something in it is needed
    """

    name: str
    title: TranslationString
    parts: tuple["Part", ...]
    always: bool = False


@dataclass(frozen=True)
class Rows:
    """A list.

    :param each: what one of them is called
    :param movable: whether their order means something
    """

    name: str
    title: TranslationString
    each: TranslationString
    parts: tuple["Part", ...]
    hint: TranslationString | None = None
    movable: bool = True
    spare: int = SPARE


Part = Field | Group | Rows

EMPTIES: dict[str, Any] = {
    "html": EMPTY,
    "tick": False,
    "share": Fraction(0),
    "fraction": Fraction(1),
    "decimal": Decimal(0),
    "whole": 0,
    "numbers": (),
    "moment": None,
}


def empty(part: Field) -> Any:
    """What a field holds when nobody has filled it in."""
    if part.empty is not None:
        return part.empty
    if part.kind == "choose":
        return part.options[0][0]
    return EMPTIES.get(part.kind, "")


def shown(parts: tuple[Part, ...], values: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """The form's fields as text for values; rows have empty ones after them."""
    found: dict[str, str] = {}
    for part in parts:
        name = prefix + part.name
        value = values.get(part.name)
        if isinstance(part, Field):
            found[name] = text_of(part, empty(part) if value is None else value)
        elif isinstance(part, Group):
            found |= shown(part.parts, value or {}, f"{name}-")
        else:
            rows = value or []
            for number, row in enumerate(rows):
                found[f"{name}-{number}-was"] = str(number)
                found |= shown(part.parts, row, f"{name}-{number}-")
            whole = len(rows) + (part.spare if rows else 2 * part.spare)
            for number in range(len(rows), whole):
                found[f"{name}-{number}-was"] = ""
                found |= shown(part.parts, {}, f"{name}-{number}-")
            found[f"{name}-rows"] = str(whole)
    return found


def text_of(part: Field, value: Any) -> str:
    """A value as a field holds it."""
    match part.kind:
        case "html":
            return writing.to_text(value)
        case "share":
            return write_share(value)
        case "fraction" | "decimal":
            return value if isinstance(value, str) else write_number(value)
        case "numbers":
            return " ".join(write_number(each) for each in value)
        case "tick":
            return "1" if value else ""
        case "moment":
            return "" if value is None else value.strftime("%Y-%m-%dT%H:%M")
        case _:
            return str(value)


def count(posted: Posted, name: str) -> int:
    """How many rows a form has."""
    text = str(posted.get(f"{name}-rows", "0"))
    return min(MOST_ROWS, int(text[:6])) if text.isascii() and text.isdecimal() else 0


def read(
    parts: tuple[Part, ...], posted: Posted, before: Mapping[str, Any], prefix: str = ""
) -> tuple[Values, Errors]:
    """Values of a form, and what is wrong by field.

    :param before: the values that are edited: texts that nobody changed stay exactly as they are
    """
    values: Values = {}
    errors: Errors = {}
    for part in parts:
        name = prefix + part.name
        if isinstance(part, Field):
            try:
                values[part.name] = _read(part, str(posted.get(name, "")), before.get(part.name))
            except Wrong as wrong:
                errors[name] = wrong.message
        elif isinstance(part, Group):
            values[part.name], more = read(
                part.parts, posted, before.get(part.name) or {}, f"{name}-"
            )
            errors |= more
        else:
            values[part.name] = []
            for number in range(count(posted, name)):
                row = f"{name}-{number}-"
                if is_blank(part.parts, posted, row):
                    continue
                was = _was(posted, row, before.get(part.name) or [])
                made, more = read(part.parts, posted, was, row)
                values[part.name].append({**was, **made})
                errors |= more
    return values, errors


def _was(posted: Posted, row: str, before: list[Values]) -> Values:
    text = str(posted.get(f"{row}was", ""))
    number = int(text[:6]) if text.isascii() and text.isdecimal() else len(before)
    return before[number] if number < len(before) else {}


def is_blank(parts: tuple[Part, ...], posted: Posted, prefix: str) -> bool:
    """Whether nobody has filled in a row: what is ticked or chosen in it alone is nothing yet."""
    for part in parts:
        name = prefix + part.name
        if isinstance(part, Field):
            usual = ("", text_of(part, empty(part)))
            text = str(posted.get(name, "")).strip()
            if part.kind not in ("tick", "choose") and text not in usual:
                return False
        elif any(
            not is_blank(part.parts, posted, f"{name}-{number}-")
            for number in range(count(posted, name))
        ):
            return False
    return True


class Wrong(ValueError):
    """A field that cannot be read; ``message`` says why."""

    def __init__(self, message: TranslationString):
        super().__init__(message)
        self.message = message


def _read(part: Field, typed: str, before: Any) -> Any:
    text = typed.replace("\r\n", "\n")
    stripped = text.strip()
    if part.kind == "tick":
        return bool(stripped)
    if part.kind == "html":
        return _html(part, text, before)
    if not stripped:
        if part.needed:
            raise Wrong(_("Fill in this field."))
        return empty(part) if part.kind not in ("line", "text", "picture") else ""
    match part.kind:
        case "share":
            share = read_share(stripped)
            if share is None:
                raise Wrong(_("Write a percentage, such as 50 or 33.33333, or a share as 1/3."))
            return share
        case "fraction":
            share = read_share(stripped) if "/" in stripped else None
            return Fraction(_number(stripped)) if share is None else share
        case "decimal":
            return _number(stripped)
        case "whole":
            if not (stripped.isascii() and stripped.isdecimal() and len(stripped) < 10):
                raise Wrong(_("Write a whole number, in digits only."))
            return int(stripped)
        case "numbers":
            numbers = [read_number(each) for each in stripped.replace(";", " ").split()]
            if None in numbers:
                raise Wrong(_("Write numbers, with a space between them."))
            return tuple(number for number in numbers if number is not None)
        case "moment":
            return _moment(stripped)
        case "choose":
            if stripped not in dict(part.options):
                raise Wrong(_("Choose one of the answers."))
            return stripped
        case "text":
            return text
        case _:
            return stripped


def _number(text: str) -> Decimal:
    number = read_number(text)
    if number is None:
        raise Wrong(_("Write a number, in digits only."))
    return number


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong(_("Write a date and a time that exist, such as 2027-03-31 09:00.")) from None


def _html(part: Field, text: str, before: Html | None) -> Html:
    made = writing.changed(text, before or EMPTY)
    if part.needed and not made:
        raise Wrong(_("Fill in this field."))
    if UNSAID.search(made):
        raise Wrong(
            _(
                "A picture here has no words for those who do not see it. Write them between the "
                "brackets: ![what the picture shows](files/its-name.png)"
            )
        )
    return made


@dataclass(frozen=True)
class Shown:
    """A part with the place it has in a form, for pages to draw.

    :param name: whole, as the form calls it
    :param text: what a field holds
    :param rows: of a list: for each its number, which row of the value it was, and its parts
    :param parts: of a group; :param open: whether something in it is not as usual
    """

    part: Part
    name: str
    text: str = ""
    rows: tuple[tuple[int, str, tuple["Shown", ...]], ...] = ()
    parts: tuple["Shown", ...] = ()
    open: bool = False

    @property
    def kind(self) -> str:
        return self.part.kind if isinstance(self.part, Field) else type(self.part).__name__.lower()


def laid_out(
    parts: tuple[Part, ...], texts: Posted, prefix: str = "", *, new: bool = False
) -> tuple[Shown, ...]:
    """The parts of a form in their order, with as many rows as the texts have.

    :param new: whether these are of a row that no form has had yet
    """
    return tuple(_laid_out(parts, texts, prefix, new))


def _laid_out(parts: tuple[Part, ...], texts: Posted, prefix: str, new: bool) -> Iterator[Shown]:
    for part in parts:
        name = prefix + part.name
        if isinstance(part, Field):
            usual = text_of(part, empty(part)) if new else ""
            yield Shown(part, name, str(texts.get(name, usual)))
        elif isinstance(part, Group):
            usual_texts = shown(part.parts, {}, f"{name}-")
            yield Shown(
                part,
                name,
                parts=laid_out(part.parts, texts, f"{name}-", new=new),
                open=part.always
                or any(str(texts.get(key, "")) != text for key, text in usual_texts.items()),
            )
        else:
            rows = []
            for number in range(part.spare if new else count(texts, name)):
                row = f"{name}-{number}-"
                inside = laid_out(part.parts, texts, row, new=f"{row}was" not in texts)
                rows.append((number, str(texts.get(f"{row}was", "")), inside))
            yield Shown(part, name, rows=tuple(rows))


def more_rows(texts: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The form with :data:`SPARE` more rows in a list."""
    return {**texts, f"{name}-rows": str(min(MOST_ROWS, count(texts, name) + SPARE))}


def moved_up(texts: Mapping[str, Any], name: str, number: int) -> dict[str, Any]:
    """The form with a row changed places with the one before it."""
    if not 0 < number < count(texts, name):
        return dict(texts)
    here, there = f"{name}-{number}-", f"{name}-{number - 1}-"
    moved: dict[str, Any] = {}
    for key, text in texts.items():
        if key.startswith(here):
            moved[there + key.removeprefix(here)] = text
        elif key.startswith(there):
            moved[here + key.removeprefix(there)] = text
        else:
            moved[key] = text
    return moved
