"""Items of the bank and their versions: a change makes a new version, and touches no attempt."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from translationstring import TranslationStringFactory

from assessments.bank.refusals import BankRefused
from assessments.questions.base import Question
from assessments.questions.plain import to_plain
from assessments.resources import Bank, Category, Item, ItemFile, ItemVersion

_ = TranslationStringFactory("tutela")

STATES = ("draft", "ready", "retired")
LONGEST_TAG = 60
LONGEST_CODE = 100


class FileLike(Protocol):
    """A file as a reader gives it: media type and bytes."""

    @property
    def type(self) -> str: ...

    @property
    def content(self) -> bytes: ...


Files = Mapping[str, "FileLike | ItemFile"]
"""The files of a question by name: new ones, and those that a version has already."""


def add(
    bank: Bank,
    category: Category,
    question: Question,
    files: Files,
    *,
    now: datetime,
    by: str,
    code: str = "",
    tags: Iterable[str] = (),
    state: str = "ready",
    note: str = "",
) -> Item:
    """A new item with its first version.

    :param by: principal of who makes it
    """
    item = Item(secrets.token_hex(8), now)
    item.code = code.strip()[:LONGEST_CODE]
    item.tags = clean_tags(tags)
    item.state = state
    item.versions = (_version(item, 1, question, files, now, by, note),)
    place(item, category)
    bank.items[item.__name__] = item
    return item


def save(
    item: Item, question: Question, files: Files, *, now: datetime, by: str, note: str = ""
) -> ItemVersion | None:
    """A new version, when anything is different from the current one; None when nothing is."""
    if is_like(item, question, files):
        return None
    version = _version(item, item.current.number + 1, question, files, now, by, note)
    item.versions = (*item.versions, version)
    return version


def is_like(item: Item, question: Question, files: Files) -> bool:
    """Whether the newest version of an item is this question, with these files."""
    current = item.current
    return to_plain(question) == to_plain(current.question) and _same_files(current.files, files)


def _version(item, number, question, files: Files, now, by, note) -> ItemVersion:
    kept = {
        name: file if isinstance(file, ItemFile) else ItemFile(file.type, file.content)
        for name, file in files.items()
    }
    return ItemVersion(
        item, number, question, kept, created=now, by=by, note=" ".join(note.split())
    )


def _same_files(before: Mapping[str, ItemFile], after: Files) -> bool:
    return before.keys() == after.keys() and all(
        before[name] is after[name]
        or (before[name].type == after[name].type and before[name].read() == _bytes(after[name]))
        for name in before
    )


def _bytes(file: "FileLike | ItemFile") -> bytes:
    return file.read() if isinstance(file, ItemFile) else file.content


def place(item: Item, category: Category) -> None:
    """Put an item into a category, out of the one in which it lies."""
    if item.category is not None:
        del item.category.items[item.__name__]
    item.category = category
    category.items[item.__name__] = item


def describe(item: Item, *, code: str, tags: Iterable[str], state: str) -> None:
    """What is said about an item beside its question; it makes no version."""
    item.code = code.strip()[:LONGEST_CODE]
    item.tags = clean_tags(tags)
    item.state = state


def tag(item: Item, name: str, *, on: bool) -> None:
    """Give an item a tag, or take it away."""
    (wanted,) = clean_tags([name]) or ("",)
    others = [each for each in item.tags if each.casefold() != wanted.casefold()]
    item.tags = clean_tags([*others, wanted] if on else others)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without what nobody sees, each once whatever its case, by name."""
    found: dict[str, str] = {}
    for each in tags:
        name = " ".join(each.split())[:LONGEST_TAG].strip()
        if name:
            found.setdefault(name.casefold(), name)
    return tuple(found[key] for key in sorted(found))


def restore(item: Item, number: int, *, now: datetime, by: str) -> ItemVersion | None:
    """An older version becomes the newest one again, as a version of its own; None when that
    changes nothing.

    :raises BankRefused: when there is no such version
    """
    old = item.version(number)
    if old is None:
        raise BankRefused(_("This question has no version ${number}.", {"number": number}))
    note = f"← {number}"
    return save(item, old.question, old.files, now=now, by=by, note=note)


def duplicate(bank: Bank, item: Item, category: Category, *, now: datetime, by: str) -> Item:
    """A new item that begins as another is now; it has no code, and is a draft."""
    current = item.current
    name = f"{current.name} (2)" if current.name else ""
    return add(
        bank,
        category,
        replace(current.question, name=name),
        current.files,
        now=now,
        by=by,
        tags=item.tags,
        state="draft",
    )


def remove(bank: Bank, item: Item, *, used: bool) -> None:
    """Take an item away for good, with all its versions.

    :param used: whether a quiz or an attempt needs it
    :raises BankRefused: when something needs it
    """
    if used:
        raise BankRefused(
            _("A quiz asks this question, or somebody has answered it. Retire it instead.")
        )
    assert item.category is not None
    del item.category.items[item.__name__]
    del bank.items[item.__name__]
