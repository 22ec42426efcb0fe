"""Finding items: by words, type, tag, state and use, in an order that the author chooses.

Words are looked for in everything that a learner or an author reads of the newest version, in all
its languages. A version's words are made once and kept while the database keeps it in memory.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.resources import Item, ItemVersion


@dataclass(frozen=True)
class Wanted:
    """What an author looks for; empty is everything.

    :param used: ``yes``, ``no`` or empty
    :param sort: ``name``, ``kind``, ``state``, ``mark``, ``used`` or ``changed``; with ``-`` before
        it from the last to the first
    """

    words: str = ""
    kind: str = ""
    tag: str = ""
    state: str = ""
    used: str = ""
    sort: str = "name"


FIELDS = """
    alt body expression feedback for_markers html label name partly right template text when_false
    when_true wrong xml
"""
READ = frozenset(FIELDS.split())
"""The fields of questions that hold what people read."""
TAG = re.compile(r"</?(?:[^<>\"]|\"[^\"]*\")*>")
SORTS = ("name", "kind", "state", "mark", "used", "changed")


def folded(text: str) -> str:
    """A text as it is compared: without regard to case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def words_of(version: ItemVersion) -> str:
    """All that can be read of a version, as it is compared."""
    known = getattr(version, "_v_words", None)
    if known is None:
        # A large bank has thousands: the question as a value would take fifty times as long.
        words = html.unescape(TAG.sub(" ", " ".join(_texts(version.plain(), False))))
        known = version._v_words = folded(words)
    return known


def _texts(value: Any, read: bool) -> Iterator[str]:
    """The texts in a question as JSON holds it.

    :param read: whether what is here is something that people read
    """
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, read or name in READ or name == "translations")
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, False)
    elif read and isinstance(value, str):
        yield value


def find(items: Iterable[Item], wanted: Wanted, used: Mapping[str, int]) -> list[Item]:
    """The items that are looked for, in order.

    :param used: in how many quizzes each is asked, by id (:func:`assessments.bank.usage.counted`)
    """
    words = folded(wanted.words).split()
    found = [
        item
        for item in items
        if _fits(item, wanted, used.get(item.__name__, 0)) and _says(item, words)
    ]
    name = wanted.sort.removeprefix("-")
    found.sort(key=lambda item: (folded(item.current.name), item.__name__))
    if name in SORTS[1:]:
        found.sort(key=lambda item: _key(item, name, used), reverse=wanted.sort.startswith("-"))
    elif wanted.sort == "-name":
        found.reverse()
    return found


def _fits(item: Item, wanted: Wanted, uses: int) -> bool:
    return (
        (not wanted.kind or item.current.kind == wanted.kind)
        and (not wanted.tag or wanted.tag in item.tags)
        and (not wanted.state or item.state == wanted.state)
        and (not wanted.used or (wanted.used == "yes") == (uses > 0))
    )


def _says(item: Item, words: list[str]) -> bool:
    if not words:
        return True
    about = folded(" ".join([item.code, *item.tags]))
    return all(word in about or word in words_of(item.current) for word in words)


def _key(item: Item, name: str, used: Mapping[str, int]):
    match name:
        case "kind":
            return item.current.kind
        case "state":
            return item.state
        case "mark":
            return item.current.question.mark
        case "used":
            return used.get(item.__name__, 0)
        case _:
            return item.current.created


def tags_of(items: Iterable[Item]) -> list[str]:
    """Every tag that some of the items have, by name."""
    return sorted({tag for item in items for tag in item.tags}, key=str.casefold)
