"""Finding certificates among all of them: filters, order, and what a row says.

It reads the register alone, some hundred records for tens of thousands of certificates.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from certificates.codes import ALIASES, LENGTH
from certificates.resources import Certificates
from certificates.standing import Status

LEAST_OF_CODE = 4
"""Characters from which on a word is looked for in codes too."""
RUN = "=+-@\t\r\n＝＋－＠"
"""What a cell begins with that a spreadsheet would run as a formula, in both widths."""


class Row(NamedTuple):
    """One certificate in the list (:func:`certificates.resources.listing.entry_of`). Times are
    ISO 8601 in UTC or empty; ``state`` is ``revoked``, ``suspended`` or empty; ``learner_id`` is
    empty when the account was erased."""

    code: str
    title: str
    kind: str
    award: str
    learner_id: str
    issued: str
    valid_until: str
    state: str
    renewed_by: str

    def status(self, now: str) -> Status:
        """:param now: as ``valid_until`` is written"""
        if self.state:
            return Status(self.state)
        return Status.EXPIRED if self.valid_until and self.valid_until <= now else Status.VALID


@dataclass(frozen=True)
class Wish:
    """Which certificates are wanted; what is empty or None is no filter.

    :param words: all of them in the title, or one that is a part of the code
    :param learners: of whom, by id
    :param first, last: days of issue, both included
    :param days: ends within so many days from now, and was not renewed
    :param sort: a name of :data:`SORTS`, with ``-`` before it for the other way round
    """

    words: str = ""
    award: str = ""
    kind: str = ""
    status: str = ""
    learners: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    days: int | None = None
    sort: str = "-issued"


SORTS: dict[str, Callable[[Row], tuple]] = {
    "issued": lambda row: (row.issued, row.code),
    "title": lambda row: (row.title.casefold(), row.issued, row.code),
    "kind": lambda row: (row.kind, row.issued, row.code),
    "ends": lambda row: (not row.valid_until, row.valid_until, row.code),
}


def found(certificates: Certificates, wish: Wish, now: datetime) -> list[Row]:
    """Every certificate that is as wished, in the order wished for (newest first for an unknown
    one)."""
    moment = _text(now)
    soon = None if wish.days is None else _text(now + timedelta(days=wish.days))
    rows = [row for row in _rows(certificates) if _fits(row, wish, moment, soon)]
    key = SORTS.get(wish.sort.removeprefix("-"), SORTS["issued"])
    known = wish.sort.removeprefix("-") in SORTS
    rows.sort(key=key, reverse=wish.sort.startswith("-") or not known)
    return rows


def chosen(certificates: Certificates, codes: Iterable[str]) -> list[Row]:
    """The rows of these certificates; codes that are none are left out."""
    entries = (certificates.register.get(code) for code in dict.fromkeys(codes))
    return [Row(*json.loads(entry)) for entry in entries if entry is not None]


def _rows(certificates: Certificates) -> Iterable[Row]:
    return (Row(*json.loads(entry)) for entry in certificates.register.values())


def _text(moment: datetime) -> str:
    """A moment as rows have it."""
    return moment.isoformat(timespec="seconds")


def _fits(row: Row, wish: Wish, moment: str, soon: str | None) -> bool:
    """:param moment: now; :param soon: the end of the days that are wished for, if any"""
    day = row.issued[:10]
    return (
        (not wish.award or row.award == wish.award)
        and (not wish.kind or row.kind == wish.kind)
        and (not wish.status or row.status(moment) == wish.status)
        and (wish.learners is None or row.learner_id in wish.learners)
        and (wish.first is None or day >= wish.first.isoformat())
        and (wish.last is None or day <= wish.last.isoformat())
        and (soon is None or _ends_within(row, moment, soon))
        and (not wish.words.strip() or _says(row, wish.words))
    )


def _ends_within(row: Row, moment: str, soon: str) -> bool:
    return moment < row.valid_until <= soon and not row.renewed_by


def _says(row: Row, words: str) -> bool:
    typed = _folded(words)
    title = _folded(row.title)
    if all(word in title for word in typed.split()):
        return True
    part = "".join(char for char in typed if char.isascii() and char.isalnum()).translate(ALIASES)
    return LEAST_OF_CODE <= len(part) <= LENGTH and part in row.code


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def plain_cell(value: object) -> str:
    """The text of a cell in a table, harmless in a spreadsheet (formula injection); none for
    None."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(tuple(RUN)) else text
