"""Everything that came in as an answer to one question, also what was not counted.

The newest entries lie in the answer itself. When there are many, or long ones, they are packed
together into a record of their own, so that saving writes little and no record grows. What is
packed is told by how it differs from the answer before: a long text that is saved again and again
takes some hundred bytes each time. Nothing is ever dropped: when a question's packed history has
reached :data:`MOST`, no more is taken, and who sends it is told so.
"""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from BTrees.OOBTree import OOBTree
from translationstring import TranslationStringFactory

from assessments.questions.controls import Response
from assessments.resources import Answer, Past

_ = TranslationStringFactory("tutela")

RECENT = 16
"""Entries that lie in the answer itself."""
RECENT_SIZE = 8_000
"""Characters of them."""
REMEMBERED = 16
"""Posts that an answer knows again."""
MOST = 16 * 1024 * 1024
"""Bytes of one question's packed history."""


class TooMuch(Exception):
    """More was sent for one question than is ever kept. The message is a translation string."""


class Kind(StrEnum):
    """What became of something that came in."""

    SAVED = "saved"
    CONFLICT = "conflict"
    """Another answer had been saved since the page was made."""
    LATE = "late"
    """The time was up, or the attempt handed in."""
    DONE = "done"
    """The question was checked already."""
    PAGE = "page"
    """It is not on the page that this attempt has come to."""


@dataclass(frozen=True)
class Entry:
    """One thing that came in.

    :param number: from 1, in the order of arrival
    :param revision: that it became; 0 when it was not counted
    :param base: the revision that it was made from
    """

    number: int
    kind: Kind
    revision: int
    base: int
    at: datetime
    response: Response
    certainty: int


def keep(
    answer: Answer, kind: Kind, *, revision: int, base: int, at: datetime, response, certainty: int
) -> None:
    """Put it into the history. What was not counted is kept once, however often it comes.

    :raises TooMuch: when the history is full
    """
    if answer.packed >= MOST:
        raise TooMuch(_("This question was answered so often that no more can be kept."))
    entry: dict[str, Any] = {
        "number": answer.entries + 1,
        "kind": kind.value,
        "revision": revision,
        "base": base,
        "at": at.isoformat(),
        "response": response,
        "certainty": certainty,
    }
    if kind is not Kind.SAVED:
        key = digest(kind.value, base, response, certainty)
        if done_before(answer, key):
            return
        remember(answer, key, 0, at)
    answer.entries += 1
    answer.recent = (*answer.recent, entry)
    if len(answer.recent) > RECENT or sum(map(_size, answer.recent)) > RECENT_SIZE:
        _pack(answer)


def entries(answer: Answer) -> Iterator[Entry]:
    """All of it, the oldest first."""
    before: Response = {}
    for past in () if answer.history is None else answer.history.values():
        unpacking = zlib.decompressobj(zdict=_dictionary(before))
        for plain in json.loads(unpacking.decompress(past.packed)):
            entry = _entry(plain)
            if entry.kind is Kind.SAVED:
                before = entry.response
            yield entry
    yield from map(_entry, answer.recent)


def digest(*what: Any) -> str:
    """A short name for what was sent; the same for the same."""
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:32]


def done_before(answer: Answer, key: str) -> tuple[int, datetime] | None:
    """Revision and time of what was sent under this name; None when it is new."""
    return next(((revision, at) for name, revision, at in answer.posts if name == key), None)


def remember(answer: Answer, key: str, revision: int, at: datetime) -> None:
    answer.posts = (*answer.posts, (key, revision, at))[-REMEMBERED:]


def _size(entry: dict[str, Any]) -> int:
    return sum(len(value) for values in entry["response"].values() for value in values)


def _dictionary(before: Response) -> bytes:
    """What a packed record may refer to: the response before its first entry."""
    return json.dumps(dict(before)).encode()[-32_768:]


def _pack(answer: Answer) -> None:
    packing = zlib.compressobj(zdict=_dictionary(answer.before))
    packed = packing.compress(json.dumps(answer.recent).encode()) + packing.flush()
    if answer.history is None:
        answer.history = OOBTree()
    answer.history[answer.recent[0]["number"]] = Past(packed)
    answer.packed += len(packed)
    for entry in answer.recent:
        if entry["kind"] == Kind.SAVED:
            answer.before = entry["response"]
    answer.recent = ()


def _entry(plain: dict[str, Any]) -> Entry:
    return Entry(
        plain["number"],
        Kind(plain["kind"]),
        plain["revision"],
        plain["base"],
        datetime.fromisoformat(plain["at"]),
        {name: tuple(values) for name, values in plain["response"].items()},
        plain["certainty"],
    )
