"""Values in a manifest's attributes, by the words of the books (CAM 5.1).

What is written wrongly but means one thing is taken so and told; what means nothing is told, and
the default of the book taken.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import islice

from lxml import etree

from scorm.packages.document import attribute, children
from scorm.packages.words import Words, _, ngettext

LONGEST_IDENTIFIER = 4000
"""Characters: what has to be kept of one (SCORM 2004 RTE 4.1, ``long_identifier_type``)."""

Tell = Callable[[str, str, Words, etree._Element], None]
"""Called with a severity, a rule, a message and the element it is about."""

FLAGS = {"true": True, "1": True, "false": False, "0": False}
"""``xs:boolean``."""
MEANT = {"yes": True, "y": True, "t": True, "on": True, "no": False, "n": False, "f": False} | {
    "off": False
}
"""What tools write for it."""


def vocabulary(*words: str) -> dict[str, str]:
    """Words by how they are looked up: letters alone, in lower case."""
    return {letters(word): word for word in words}


def letters(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return re.sub(r"[\W_]", "", text).lower()


def flag(element: etree._Element | None, name: str, default: bool, tell: Tell) -> bool:
    """A truth value, or the default."""
    said = None if element is None else attribute(element, name)
    if element is None or not said:
        return default
    value = FLAGS.get(said.lower(), MEANT.get(said.lower()))
    if value is None:
        words = _(
            "“${said}” is neither true nor false for ${name}; ${default} is taken.",
            said=said[:40],
            name=name,
            default=_xml(default),
        )
        tell("warning", "value-invalid", words, element)
        return default
    if said not in FLAGS:
        _mend(said, name, _xml(value), element, tell)
    return value


def word(
    element: etree._Element | None,
    name: str,
    words: Mapping[str, str],
    default: str,
    tell: Tell,
) -> str | None:
    """A word of a vocabulary, or the default when nothing is said; None for a word that is not
    in it, which the caller tells, knowing what follows from it."""
    said = None if element is None else attribute(element, name)
    if element is None or not said:
        return default
    found = words.get(letters(said))
    if found is not None and found != said:
        _mend(said, name, found, element, tell)
    return found


def word_or_default(
    element: etree._Element | None,
    name: str,
    words: Mapping[str, str],
    default: str,
    tell: Tell,
) -> str:
    """A word of a vocabulary; the default, told, for one that is not in it."""
    found = word(element, name, words, default, tell)
    if found is None:
        message = _(
            "“${said}” is no value for ${name}; ${default} is taken.",
            said=shown(element, name),
            name=name,
            default=default,
        )
        tell("warning", "value-invalid", message, element)
        return default
    return found


def shown(element: etree._Element | None, name: str) -> str:
    """What an attribute says, for a sentence."""
    said = None if element is None else attribute(element, name)
    return (said or "")[:40]


def count(element: etree._Element | None, name: str, tell: Tell) -> int | None:
    """A whole number from 0, or None; anything else is told and left out."""
    said = None if element is None else attribute(element, name)
    if element is None or not said:
        return None
    number = whole(said)
    if number is None:
        words = _("“${said}” is no number for ${name}; it is left out.", said=said[:40], name=name)
        tell("warning", "value-invalid", words, element)
    return number


def whole(text: str) -> int | None:
    """A whole number from 0, or None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def identifier(element: etree._Element, name: str, tell: Tell) -> str | None:
    """An attribute that names something; one that is too long to be kept is told, and left out."""
    said = attribute(element, name)
    if said is None or len(said) <= LONGEST_IDENTIFIER:
        return said or None
    words = ngettext(
        "An identifier (${name}) has more than ${n} character; it is left out.",
        "An identifier (${name}) has more than ${n} characters; it is left out.",
        LONGEST_IDENTIFIER,
        name=name,
    )
    tell("warning", "identifier-too-long", words, element)
    return None


def measure(element: etree._Element | None, name: str, default: float, tell: Tell) -> float:
    """An attribute between 0 and 1, or the default."""
    if element is None:
        return default
    return number(attribute(element, name), default, element, tell)


def number(
    text: str | None,
    default: float,
    element: etree._Element,
    tell: Tell,
    lowest: float = 0.0,
) -> float:
    """A real number between ``lowest`` and 1; anything else is told, and the default taken."""
    if not text:
        return default
    value = real(text, element, tell, lowest)
    if value is not None:
        return value
    words = _(
        "“${said}” is no number from ${lowest} to 1; ${default} is taken.",
        said=text[:40],
        lowest=f"{lowest:g}",
        default=f"{default:g}",
    )
    tell("warning", "value-invalid", words, element)
    return default


def real(
    text: str, element: etree._Element, tell: Tell, lowest: float = 0.0, percent: bool = False
) -> float | None:
    """A real number between ``lowest`` and 1, or None for anything else, which the caller tells.

    A decimal comma is mended.

    :param percent: so is what is written as a percentage, with or without its sign
    """
    said = re.sub("(?<=[0-9]),(?=[0-9])", ".", text, count=1)
    try:
        value = float(said.removesuffix("%").rstrip() if percent else said)
    except ValueError:
        return None
    if percent and (said.endswith("%") or value > 1.0):
        value, said = value / 100, ""
    if not lowest <= value <= 1.0:
        return None
    if said != text:
        words = _(
            "“${said}” is not written as the standard has it; it is taken as ${value}.",
            said=text[:40],
            value=f"{value:g}",
        )
        tell("mended", "value-spelling", words, element)
    return value


def first(elements: Iterable[etree._Element], most: int, name: str, tell: Tell) -> list:
    """The first elements, which are all of one name, at most so many; that there are more is
    told."""
    found = list(islice(elements, most + 1))
    if len(found) > most:
        words = ngettext(
            "“${name}” is there more than ${n} time in one place; the rest is left out.",
            "“${name}” is there more than ${n} times in one place; the rest is left out.",
            most,
            name=name,
        )
        tell("warning", "sequencing-too-many", words, found.pop())
    return found


def only(parent: etree._Element | None, name: str, tell: Tell) -> etree._Element | None:
    """The first child of a name, of which there is to be one; another is told."""
    found = list(islice(children(parent, name), 2))
    for other in found[1:]:
        repeated(name, other, tell)
    return found[0] if found else None


def repeated(name: str, element: etree._Element, tell: Tell) -> None:
    """Tell that an element is there once more than it may be."""
    words = _("There is a second ${name} in one place; the first one counts.", name=name)
    tell("warning", "sequencing-repeated", words, element)


def _mend(said: str, name: str, value: str, element: etree._Element, tell: Tell) -> None:
    words = _(
        "“${said}” is not how ${name} is written; it is taken as ${value}.",
        said=said[:40],
        name=name,
        value=value,
    )
    tell("mended", "value-spelling", words, element)


def _xml(value: bool) -> str:
    return "true" if value else "false"
