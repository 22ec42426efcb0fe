"""One finding for each rule: how often it is the case, and the first few places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from scorm.packages.findings import Finding
from scorm.packages.words import Words

PLACES = 5
"""Places that a finding names."""

LONGEST_PLACE = 120
"""Characters of a file's name or of an address in a sentence."""


@dataclass(frozen=True)
class Rule:
    """What is said when a rule is broken.

    :param severity: as in :data:`~scorm.packages.findings.SEVERITIES`
    :param words: the sentence, for how often it is the case and the places as a list
    :param remedy: what to do about it
    """

    severity: str
    words: Callable[[int, str], Words]
    remedy: Words | Literal[""] = ""


class Tally:
    """Counts what is found, rule by rule, and keeps the first places of each."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._places: dict[str, list[tuple[str, int | None, str]]] = {}

    def add(self, rule: str, file: str, line: int | None = None, what: str = "") -> None:
        """One more case, at ``file``, about ``what`` in it."""
        self._counts[rule] = self._counts.get(rule, 0) + 1
        places = self._places.setdefault(rule, [])
        if len(places) < PLACES:
            places.append((file, line, what))

    def wants_place(self, rule: str) -> bool:
        """Whether the place of another case would be kept: to find a line costs time."""
        return len(self._places.get(rule, ())) < PLACES

    def count(self, rule: str) -> int:
        return self._counts.get(rule, 0)

    def findings(self, rules: Mapping[str, Rule]) -> list[Finding]:
        """A finding for each of these rules that was broken, in the rules' order."""
        return [self._finding(name, rule) for name, rule in rules.items() if self.count(name)]

    def _finding(self, name: str, rule: Rule) -> Finding:
        places = self._places[name]
        said = ", ".join(place_said(*place) for place in places)
        if self._counts[name] > len(places):
            said += ", …"
        file, line, _what = places[0]
        return Finding(
            rule.severity, name, rule.words(self._counts[name], said), rule.remedy, file, line
        )


def place_said(file: str, line: int | None, what: str = "") -> str:
    """A place as ``file:line``, and what is there in brackets."""
    said = clipped(file) if line is None else f"{clipped(file)}:{line}"
    return f"{said} ({clipped(what)})" if what else said


def clipped(text: str) -> str:
    """The end of a long name: that is what tells it from others."""
    return text if len(text) <= LONGEST_PLACE else f"…{text[1 - LONGEST_PLACE :]}"
