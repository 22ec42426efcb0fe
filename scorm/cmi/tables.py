"""The element tables and the language codes, loaded once."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

LATEST = "2004 4th"
"""The edition whose limits hold for all three; earlier ones lack some elements.

An element's ``earlier`` marks what an edition before it says differently. That is for people to
know: what a later edition allows is accepted from content of every edition.
"""


@dataclass(frozen=True)
class Table:
    """One standard's table, as an edition has it.

    :param source: the chapter that it follows
    :param elements: by name pattern, with ``n`` for an index
    :param above: every pattern that something stands below
    :param codes: error codes by what is wrong
    :param types: the shape of each type that a regular expression can tell
    :param interactions: limits of each interaction type
    :param errors: the standard's words for each code
    """

    standard: str
    source: str
    edition: str
    editions: tuple[str, ...]
    elements: dict[str, dict]
    above: frozenset[str]
    codes: dict[str, int]
    types: dict[str, re.Pattern]
    interactions: dict[str, dict]
    errors: dict[str, str]

    def has(self, since: str) -> bool:
        """Whether this edition has what came with the edition ``since``."""
        return self.editions.index(since) <= self.editions.index(self.edition)


@cache
def table(standard: str, edition: str = LATEST) -> Table:
    """The table of ``"1.2"`` or ``"2004"``.

    :param edition: of 2004: ``"2004 2nd"``, ``"2004 3rd"`` or ``"2004 4th"``
    """
    name = "elements_12.json" if standard == "1.2" else "elements_2004.json"
    data = json.loads((HERE / name).read_text("utf-8"))
    editions = tuple(data["editions"])
    edition = edition if edition in editions else editions[-1]
    elements = {
        pattern: element
        for pattern, element in data["elements"].items()
        if editions.index(element.get("edition", editions[0])) <= editions.index(edition)
    }
    return Table(
        standard=standard,
        source=data["source"],
        edition=edition,
        editions=editions,
        elements=elements,
        above=frozenset(above for pattern in elements for above in _above(pattern)),
        codes=data["codes"],
        types={name: re.compile(shape, re.ASCII) for name, shape in data["types"].items()},
        interactions=data.get("interactions", {}),
        errors=data["errors"],
    )


def _above(pattern: str) -> list[str]:
    tokens = pattern.split(".")
    return [".".join(tokens[:at]) for at in range(1, len(tokens))]


@dataclass(frozen=True)
class Languages:
    """Codes a language tag is made of, all in lower case (RTE 4.1.1.6).

    :param primary: ISO 639-1 and 639-2 codes
    :param countries: ISO 3166-1 codes of two letters
    :param whole: tags that are registered as they stand
    """

    primary: frozenset[str]
    countries: frozenset[str]
    whole: frozenset[str]


@cache
def languages() -> Languages:
    """The codes that ``languages.json`` lists."""
    data = json.loads((HERE / "languages.json").read_text("utf-8"))
    return Languages(*(frozenset(data[name].split()) for name in ("primary", "countries", "whole")))
