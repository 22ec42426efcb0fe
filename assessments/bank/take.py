"""Questions of a file into the bank, and questions of the bank for a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from assessments.bank import categories, items
from assessments.bank.categories import May
from assessments.exchange.entries import Entry, QuestionFile
from assessments.questions.base import Question
from assessments.resources import Bank, Category, Item, ItemVersion

Key = tuple[str, str]


@dataclass(frozen=True)
class Taking:
    """What became of the entries of a file.

    :param added: new items; :param changed: items that got a new version
    :param same: items that were just like that already
    :param items: by the entries' positions
    """

    added: tuple[Item, ...]
    changed: tuple[Item, ...]
    same: tuple[Item, ...]
    items: tuple[Item, ...]


def take(
    bank: Bank,
    entries: Iterable[Entry],
    category: Category,
    now: datetime,
    by: str,
    *,
    may: May = lambda _category: True,
) -> Taking:
    """Put entries into a category, and into categories in it that the file names.

    An entry whose code an item there has already becomes a new version of that item, which stays
    where it is. One without a code finds the item of its category that is just like it, so that a
    file that is taken twice changes nothing. Every other becomes a new item.

    :param by: principal of who does it; new categories are theirs
    :param may: whether the questions of an existing category may be changed
    :raises assessments.bank.refusals.BankRefused: when a category cannot be made or used
    """
    known = {
        item.code: item
        for each in reversed(categories.below(bank, category))
        if may(each)
        for item in each.items.values()
        if item.code
    }
    found: dict[str, list[Item]] = {"added": [], "changed": [], "same": []}
    taken = []
    nameless: dict[str, dict[Key, list[Item]]] = {}
    for entry in entries:
        item = known.get(entry.code) if entry.code else None
        if item is None:
            place = categories.at(bank, entry.category, inside=category, owner=by, may=may)
            if place.__name__ not in nameless:
                nameless[place.__name__] = _nameless(place)
            item = None if entry.code else _twin(nameless[place.__name__], entry)
        if item is None:
            item = _added(bank, place, entry, now, by)
            what = "added"
        else:
            tags = items.clean_tags([*item.tags, *entry.tags])
            version = items.save(item, entry.question, entry.files, now=now, by=by)
            what = "same" if version is None and tags == item.tags else "changed"
            item.tags = tags
        if item.code:
            known[item.code] = item
        found[what].append(item)
        taken.append(item)
    return Taking(
        tuple(found["added"]), tuple(found["changed"]), tuple(found["same"]), tuple(taken)
    )


def _nameless(category: Category) -> dict[Key, list[Item]]:
    """The items of a category that have no code, by what is quickly compared."""
    found: dict[Key, list[Item]] = {}
    for item in category.items.values():
        if not item.code and item.state != "retired":
            found.setdefault(_key(item.current.question), []).append(item)
    return found


def _key(question: Question) -> Key:
    return question.name, question.body


def _twin(nameless: dict[Key, list[Item]], entry: Entry) -> Item | None:
    """The item that is just like an entry; each is found once, for a file may have two alike."""
    alike = nameless.get(_key(entry.question), [])
    for item in alike:
        if items.is_like(item, entry.question, entry.files):
            alike.remove(item)
            return item
    return None


def _added(bank: Bank, place: Category, entry: Entry, now: datetime, by: str) -> Item:
    return items.add(
        bank,
        place,
        entry.question,
        entry.files,
        now=now,
        by=by,
        code=entry.code,
        tags=entry.tags,
    )


def entries_of(
    bank: Bank, category: Category, *, may: May = lambda _category: True
) -> Iterator[Entry]:
    """Every question of a category and of what lies in it, in the newest version, by name.

    What is retired is left out. An entry's category is the path below ``category``.

    :param may: whether a category may be read
    """
    depth = len(category.path())
    for each in categories.below(bank, category):
        if may(each):
            names = tuple(below.name for below in each.path()[depth:])
            for item in sorted(each.items.values(), key=_by_name):
                if item.state != "retired":
                    yield entry_of(item, names)


def _by_name(item: Item) -> tuple[str, str]:
    return item.current.name.casefold(), item.__name__


def entry_of(item: Item, names: tuple[str, ...] = (), version: ItemVersion | None = None) -> Entry:
    """An item as a file holds it.

    :param names: of the categories in which the file has it
    :param version: the newest for None
    """
    version = version or item.current
    files = {name: QuestionFile(file.type, file.read()) for name, file in version.files.items()}
    return Entry(version.question, names, item.code, item.tags, files)
