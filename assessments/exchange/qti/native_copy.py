"""The whole of a question beside its item of QTI, for those who read the package with this program.

QTI has no words for hints, translations and much else. The writer puts the question as it is kept
here into a file of its own beside the item, with the fingerprint of the item. As long as nobody
changed the item, the question comes back whole; otherwise the item counts alone.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_type_hints

from cattrs.errors import BaseValidationError

from assessments.exchange.entries import Entry, QuestionFile
from assessments.exchange.media import media_type
from assessments.exchange.qti.packages import Package
from assessments.questions.html import Html, safe
from assessments.questions.plain import from_plain, to_plain
from assessments.questions.texts import is_plain

ENDING = ".tutela.json"
LARGEST = 5_000_000
LONG_NUMBER = re.compile(rb'"-?[0-9.]{1,400}[eE][+-]?[0-9]{4,}"')
"""Numbers that take long to read and that no question has."""

FILE_NAME = re.compile(r"\w[\w.-]{0,199}", re.ASCII)
"""Names as questions have them here: nothing in one leads anywhere."""


def copy_of(entry: Entry, item: bytes, folder: Mapping[str, str]) -> bytes:
    """The file beside an item.

    :param folder: by the names of the question's files, where they are from the item
    """
    whole = {
        "item": hashlib.sha256(item).hexdigest(),
        "question": to_plain(entry.question),
        "category": list(entry.category),
        "code": entry.code,
        "tags": list(entry.tags),
        "files": dict(folder),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def from_copy(package: Package, name: str, item: bytes) -> Entry | None:
    """The question beside an item; None when there is none, or the item is not the one it was."""
    content = package.read(name.removesuffix(".xml") + ENDING)
    if content is None or len(content) > LARGEST or LONG_NUMBER.search(content):
        return None
    try:
        whole = json.loads(content)
        if whole["item"] != hashlib.sha256(item).hexdigest():
            return None
        question = harmless(from_plain(whole["question"]))
        files = {
            str(file): _file(package, package.near(name, str(address)))
            for file, address in whole["files"].items()
            if FILE_NAME.fullmatch(file)
        }
        entry = Entry(
            question,
            tuple(map(str, whole["category"])),
            str(whole["code"]),
            tuple(map(str, whole["tags"])),
            {file: found for file, found in files.items() if found is not None},
            1,
        )
        return None if question.problems() else entry
    except (
        ArithmeticError,
        AttributeError,
        BaseValidationError,
        KeyError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        # A copy that somebody wrote by hand: the item itself says what is meant.
        return None


def _file(package: Package, name: str) -> QuestionFile | None:
    content = package.read(name) if name else None
    kind = media_type(content) if content is not None else None
    return None if content is None or kind is None else QuestionFile(kind, content)


def harmless(value: Any) -> Any:
    """The question with every text of it made harmless: a package is a stranger's."""
    if isinstance(value, tuple):
        return tuple(harmless(each) for each in value)
    if isinstance(value, Mapping):
        return {
            language: {path: text if is_plain(path) else safe(text) for path, text in texts.items()}
            for language, texts in value.items()
        }
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kinds = get_type_hints(type(value))
    changed = {
        each.name: safe(getattr(value, each.name))
        if kinds[each.name] is Html
        else harmless(getattr(value, each.name))
        for each in fields(value)
    }
    return replace(value, **changed)
