"""Which items a candidate gets and in what order, and where a test goes on (QTI 2.2 §4).

Selection and ordering are drawn once, from a seed. Pre-conditions and branch rules are followed
in parts with linear navigation only; those of a part itself always.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessments.qti.chance import Chance
from assessments.qti.documents import Node
from assessments.qti.expressions import holds
from assessments.qti.refusals import DocumentRefused, RuleRejected, _
from assessments.qti.scope import Scope
from assessments.qti.structure import AssessmentTest, ItemRef, Part, Placed, Section


@dataclass(frozen=True, slots=True)
class Place:
    """One item in the sequence of a test.

    :param instance: 1, or more when selection with replacement took the same item again
    :param within: the part and the sections around it, outermost first
    """

    ref: ItemRef
    instance: int
    within: tuple[Placed, ...]

    @property
    def key(self) -> str:
        """What tells this place from all others: the identifier and the instance."""
        return f"{self.ref.identifier}.{self.instance}"

    @property
    def part(self) -> Part:
        """The part it is in."""
        part = self.within[0]
        assert isinstance(part, Part)
        return part

    def inside(self, identifier: str) -> bool:
        """Whether it is in the section or part of this identifier."""
        return any(each.identifier == identifier for each in self.within)


@dataclass(slots=True)
class _Unit:
    """What is shuffled as one."""

    fixed: bool
    places: list[tuple[ItemRef, tuple[Placed, ...]]] = field(default_factory=list)


MOST_PLACES = 2000
"""Items and sections of one candidate. Selection with replacement could ask for any number."""


def arrange(test: AssessmentTest, chance: Chance) -> tuple[Place, ...]:
    """Draw the sequence of items for one candidate.

    :raises DocumentRefused: more than ``MOST_PLACES`` items and sections
    """
    counts: dict[str, int] = {}
    places = []
    draw = _Draw(chance)
    for part in test.parts:
        for section in part.sections:
            for unit in draw.units(section, (part,)):
                for ref, within in unit.places:
                    counts[ref.identifier] = counts.get(ref.identifier, 0) + 1
                    places.append(Place(ref, counts[ref.identifier], within))
    return tuple(places)


class _Draw:
    """Selects and orders, and counts what it took."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.count = 0

    def units(self, section: Section, within: tuple[Placed, ...]) -> list[_Unit]:
        """What a section gives to the one around it."""
        within = (*within, section)
        units: list[_Unit] = []
        for child in self._selected(section):
            self.count += 1
            if self.count > MOST_PLACES:
                raise DocumentRefused(_("The test has more than 2 000 questions for one person."))
            if isinstance(child, ItemRef):
                units.append(_Unit(child.fixed, [(child, within)]))
                continue
            inner = self.units(child, within)
            if child.visible or child.keep_together:
                places = [place for unit in inner for place in unit.places]
                units.append(_Unit(child.fixed, places))
            else:
                units.extend(inner)
        return _shuffled(units, self.chance) if section.shuffle else units

    def _selected(self, section: Section) -> Sequence[ItemRef | Section]:
        children = section.children
        if section.select is None:
            return children
        taken = [place for place, child in enumerate(children) if child.required]
        while len(taken) < min(section.select, MOST_PLACES + 1):
            left = [
                place
                for place in range(len(children))
                if section.with_replacement or place not in taken
            ]
            if not left:
                break
            taken.append(self.chance.choice(left))
        return [children[place] for place in sorted(taken)]


def _shuffled(units: list[_Unit], chance: Chance) -> list[_Unit]:
    loose = iter(chance.shuffled([unit for unit in units if not unit.fixed]))
    return [unit if unit.fixed else next(loose) for unit in units]


def go_on(places: Sequence[Place], current: int | None, scope: Scope) -> int | None:
    """The place in the sequence that comes after the current one; None at the end.

    :param current: an index into ``places``; None before the first
    :param scope: of the test, see ``assessment.scope_of``
    """
    here = None if current is None else places[current]
    left = here.within if here else ()
    following = 0 if current is None else _branched(places, current, scope)
    while following < len(places):
        place = places[following]
        barred = _barred(place, left, scope)
        if barred is None:
            return following
        following += 1
        while following < len(places) and barred in (
            *places[following].within,
            places[following].ref,
        ):
            following += 1
    return None


def _barred(place: Place, left: tuple[Placed, ...], scope: Scope) -> Placed | None:
    # What one is in already has been let in; its conditions are asked once, at the door.
    for level in (*place.within, place.ref):
        if any(level is known for known in left):
            continue
        if (place.part.linear or isinstance(level, Part)) and not all(
            _holds(scope, condition) for condition in level.pre_conditions
        ):
            return level
    return None


def _holds(scope: Scope, condition: Node) -> bool:
    try:
        return holds(condition, scope)
    except RuleRejected as rejected:
        scope.findings.append(rejected.finding)
        return False


def _branched(places: Sequence[Place], current: int, scope: Scope) -> int:
    here = places[current]
    following = current + 1
    after = places[following].within if following < len(places) else ()
    leaving = [here.ref, *(level for level in reversed(here.within) if level not in after)]
    for level in leaving:
        if not (here.part.linear or isinstance(level, Part)):
            continue
        for rule in level.branch_rules:
            if _holds(scope, rule):
                return _target(places, current, rule.attributes.get("target", ""))
    return following


def _target(places: Sequence[Place], current: int, target: str) -> int:
    here = places[current]
    later = range(current + 1, len(places))
    if target == "EXIT_TEST":
        return len(places)
    if target in ("EXIT_SECTION", "EXIT_TESTPART"):
        outer = here.within[-1] if target == "EXIT_SECTION" else here.part
        return next((at for at in later if outer not in places[at].within), len(places))
    return next(
        (at for at in later if places[at].ref.identifier == target or places[at].inside(target)),
        current + 1,
    )


def by_identifier(places: Sequence[Place]) -> Mapping[str, list[Place]]:
    """The places of each reference, in the order of the sequence."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.ref.identifier, []).append(place)
    return found
