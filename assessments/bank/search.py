"""Finding items: by words, type, tag, state and use, in an order that the author chooses.

Words are looked for in everything that a learner or an author reads of the newest version. A
version's words are made once and kept as long as the database keeps the version in memory.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.questions.html import plain
from assessments.questions.texts import texts
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


SORTS = ("name", "kind", "state", "mark", "used", "changed")


def folded(text: str) -> str:
    """A text as it is compared: without regard to case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def words_of(version: ItemVersion) -> str:
    """All that can be read of a version, as it is compared."""
    known = getattr(version, "_v_words", None)
    if known is None:
        found = [plain(text) for text in texts(version.question).values()]
        answers = [
            value
            for each in getattr(version.question, "answers", ())
            if isinstance(value := getattr(each, "text", None), str)
        ]
        known = version._v_words = folded(" ".join([version.name, *found, *answers]))
    return known


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
