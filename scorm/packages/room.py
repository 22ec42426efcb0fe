"""How long a manifest may become when all that many parts share is written out for each of them.

It is kept and read like that; a few kilobytes of XML could otherwise fill the memory.
"""

import json

from scorm.packages.document import ManifestRefused
from scorm.packages.manifest import Sequencing
from scorm.packages.words import _, grouped, ngettext

MOST_TEXT = 8_000_000
"""Characters of JSON: 3000 parts by themselves take a half of it."""

OF_ITEM = 1300
OF_PART = 100
"""What an item takes that says nothing but its title; and a rule, a condition, an objective or a
map without its identifiers."""


class Room:
    """What is left of it for one manifest."""

    def __init__(self) -> None:
        self._left = MOST_TEXT

    def take(self, characters: int, line: int | None) -> None:
        """:raises ManifestRefused: when nothing is left"""
        self._left -= characters
        if self._left < 0:
            raise ManifestRefused(
                "manifest-too-large",
                ngettext(
                    "What the manifest says of all parts together is more than ${most} character "
                    "long.",
                    "What the manifest says of all parts together is more than ${most} characters "
                    "long.",
                    MOST_TEXT,
                    most=grouped(MOST_TEXT),
                ),
                _(
                    "Split the course into several packages, or shorten the rules, identifiers and "
                    "addresses that many parts share."
                ),
                line,
            )


def written(text: str | None) -> int:
    """How many characters a text takes."""
    return 0 if text is None else len(json.dumps(text))


def written_out(sequencing: Sequencing) -> int:
    """How many characters an item's rules and objectives take, roughly."""
    primary = sequencing.primary_objective
    rules = (
        *(sequencing.precondition_rules, sequencing.exit_rules),
        *(sequencing.postcondition_rules, sequencing.rollup_rules),
    )
    taken = 0
    for rule in (rule for kind in rules for rule in kind):
        taken += OF_PART + sum(OF_PART + written(found.objective) for found in rule.conditions)
    for objective in (*(() if primary is None else (primary,)), *sequencing.objectives):
        taken += OF_PART + written(objective.identifier)
        taken += sum(OF_PART + written(link.target) for link in objective.maps)
    return taken
