"""The element tables and the language codes, loaded once."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Table:
    """One standard's table: ``elements`` by name pattern, ``codes`` of errors by what is wrong."""

    standard: str
    elements: dict[str, dict]
    codes: dict[str, int]
    types: dict[str, re.Pattern]
    errors: dict[str, str]


@cache
def table(standard: str) -> Table:
    """The table of ``"1.2"`` or ``"2004"``."""
    name = "elements_12.json" if standard == "1.2" else "elements_2004.json"
    data = json.loads((HERE / name).read_text("utf-8"))
    types = {name: re.compile(pattern, re.ASCII) for name, pattern in data["types"].items()}
    return Table(data["standard"], data["elements"], data["codes"], types, data["errors"])


@cache
def languages() -> tuple[frozenset[str], frozenset[str]]:
    """Primary language codes, and tags that are registered whole."""
    data = json.loads((HERE / "languages.json").read_text("utf-8"))
    return frozenset(data["primary"].split()), frozenset(data["whole"].split())
