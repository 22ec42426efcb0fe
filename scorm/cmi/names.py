"""Element names taken apart: ``cmi.objectives.2.id`` is ``cmi.objectives.n.id``, record 2."""

import re
import sys
from dataclasses import dataclass
from functools import lru_cache

INDEX = re.compile(r"[0-9]+")
ARGUMENT = re.compile(r"([^{}]*)\.\{target=([^{}]*)\}")
USUAL = 80
"""Names of up to so many characters are kept in memory once they have been taken apart."""
DEEPEST = 2
"""No element lies inside more collections than this."""


@dataclass(frozen=True)
class Name:
    """One name as content says it.

    :param whole: the name itself, without an argument
    :param pattern: with ``n`` for each index; ``""`` when no element can be called so
    :param records: the collections it passes through, each with the index as written
    :param argument: the ID in ``….choice.{target=ID}``, None without one
    """

    whole: str
    pattern: str
    records: tuple[tuple[str, str], ...] = ()
    argument: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it names one value: no argument, and no index that no record can have."""
        return self.argument is None and all(
            position(index) < sys.maxsize for _, index in self.records
        )

    @property
    def record(self) -> str:
        """The outermost record it lies in, such as ``cmi.interactions.3``."""
        collection, index = self.records[0]
        return f"{collection}.{index}"


def parse(whole: str) -> Name:
    """Take a name apart. An argument comes off first: identifiers may have dots in them.

    A literal ``n`` is no index, and nothing is called so.
    """
    return _parsed(whole) if len(whole) <= USUAL else _parse(whole)


def _parse(whole: str) -> Name:
    if match := ARGUMENT.fullmatch(whole):
        return Name(match[1], match[1], argument=match[2])
    tokens = whole.split(".")
    indexes = [at for at, token in enumerate(tokens) if INDEX.fullmatch(token)]
    if "n" in tokens or len(indexes) > DEEPEST:
        return Name(whole, "")
    records = tuple((".".join(tokens[:at]), tokens[at]) for at in indexes)
    for at in indexes:
        tokens[at] = "n"
    return Name(whole, ".".join(tokens), records)


_parsed = lru_cache(4096)(_parse)


def position(index: str) -> int:
    """The number an index stands for; beyond every record when it has leading zeros."""
    if len(index) > 9 or (index[0] == "0" and index != "0"):
        return sys.maxsize
    return int(index)


def in_order(name: str) -> list[tuple[bool, int, str]]:
    """A key to sort elements by: record 10 comes after record 9."""
    return [
        (True, len(token), token) if INDEX.fullmatch(token) else (False, 0, token)
        for token in name.split(".")
    ]
