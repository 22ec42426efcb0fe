"""What is known of one version's activity tree is carried over to another version's.

No book tells it. Activities are the same when their identifiers are; the roots are, whatever they
are called. What has no place in the other tree is set aside and comes back with the next one that
has a place for it, so that going there and back leaves everything as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.tracking import NOTHING, UNTOUCHED, Progress, State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree


@dataclass(frozen=True)
class Aside:
    """What has no place in the present tree.

    :param tracking: of activities that it does not have
    :param lent: of activities that it has otherwise than before: what was known of them, and what
        of that has been carried over; whoever leaves it untouched gets the former back
    :param attempts: the attempt on the course in which each of both was set aside
    :param targets: global objectives of the attempt, while the tree has those of the learner
    :param place: the suspended activity that it does not have
    """

    tracking: Mapping[str, Tracking] = field(default_factory=lambda: NOTHING)
    lent: Mapping[str, tuple[Tracking, Tracking]] = field(default_factory=lambda: NOTHING)
    attempts: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    targets: Mapping[str, Progress] = field(default_factory=lambda: NOTHING)
    place: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "tracking": {key: known.to_plain() for key, known in self.tracking.items()},
            "lent": {key: [x.to_plain() for x in pair] for key, pair in self.lent.items()},
            "attempts": dict(self.attempts),
            "targets": {key: known.to_plain() for key, known in self.targets.items()},
            "place": self.place,
        }

    @classmethod
    def from_plain(cls, plain: Mapping) -> "Aside":
        """The inverse of :meth:`to_plain`."""
        return cls(
            tracking={key: Tracking.from_plain(x) for key, x in plain["tracking"].items()},
            lent={
                key: (Tracking.from_plain(was), Tracking.from_plain(given))
                for key, (was, given) in plain["lent"].items()
            },
            attempts=dict(plain["attempts"]),
            targets={key: Progress(**x) for key, x in plain["targets"].items()},
            place=plain["place"],
        )


def carry(
    old: ActivityTree,
    new: ActivityTree,
    state: State,
    aside: Aside,
    shared: Mapping[str, Progress] = NOTHING,
) -> tuple[State, Aside]:
    """A state in which no session runs, as the other tree can have it, and what is set aside.

    Where the suspended activity is gone, none is: a session then begins where sequencing starts,
    within the attempt that was suspended. Clusters whose children are others are rolled up anew.

    :param shared: what the learner's global objectives are, where the new tree has those
    """
    known, waiting, untouched = _placed(old, new, state, aside)
    fitted = {key: _fitted(tracking, new[key]) for key, tracking in known.items()}
    objectives = {**state.objectives, **(shared if new.shares_objectives else aside.targets)}
    place, left = _suspended(old, new, state, aside)
    found = State(
        {key: tracking for key, tracking in fitted.items() if tracking != UNTOUCHED},
        suspended_activity=place,
        objectives=objectives,
        seed=state.seed,
    )
    others: list[str] = []
    if state[old.root].suspended:
        found = _held_open(old, new, found, untouched)
        others = _others(old, new)
        for key in others:
            if new[key].rolled_up and found[key].attempted and key not in untouched:
                found = rollup_overall(new, found, key)
        # Global objectives hear of it when a session rolls up: nobody has done anything yet.
        found = replace(found, objectives=objectives)
    lent = {
        key: (known.get(key, UNTOUCHED), found[key])
        for key in new.order
        if found[key] != known.get(key, UNTOUCHED) or key in others
    }
    attempt = state[old.root].attempt_count
    attempts = {key: aside.attempts.get(key, attempt) for key in waiting}
    targets: Mapping[str, Progress] = NOTHING
    if new.shares_objectives:
        targets = aside.targets if old.shares_objectives else state.objectives
    return found, Aside(waiting, lent, attempts, targets, left)


def renamed(state: State, aside: Aside, name: str, now: str) -> tuple[State, Aside]:
    """What is known and what is set aside, with another identifier for one activity."""

    def called(key: str) -> str:
        return now if key == name else key

    def known(tracking: Tracking) -> Tracking:
        if tracking.available is None:
            return tracking
        return replace(tracking, available=tuple(map(called, tracking.available)))

    place = state.suspended_activity
    return (
        replace(
            state,
            tracking={called(key): known(tracking) for key, tracking in state.tracking.items()},
            suspended_activity=None if place is None else called(place),
        ),
        replace(
            aside,
            lent={
                called(key): (known(was), known(given)) for key, (was, given) in aside.lent.items()
            },
        ),
    )


def held_at(tree: ActivityTree, state: State, key: str) -> State:
    """The state with an activity as the suspended one: what was attempted of it and of those above
    it goes on with that attempt."""
    changes = {
        each.id: replace(state[each.id], suspended=True)
        for each in tree.path(key)
        if state[each.id].attempted
    }
    return replace(state.with_tracking(changes), suspended_activity=key)


def _here(old: ActivityTree, new: ActivityTree, key: str) -> str | None:
    """What an activity is called in the new tree; None where it has no place."""
    if key == old.root:
        return new.root
    return key if key in new and key != new.root else None


def _placed(
    old: ActivityTree, new: ActivityTree, state: State, aside: Aside
) -> tuple[dict[str, Tracking], dict[str, Tracking], set[str]]:
    """Everything that is known by its name in the new tree; what has no place there; and the names
    of what is as it was before it was carried to the old one."""
    known: dict[str, Tracking] = {}
    waiting: dict[str, Tracking] = {}
    untouched: set[str] = set()
    clusters = {key: UNTOUCHED for key in old.order if old[key].available}
    for key in {**clusters, **state.tracking, **aside.lent}:
        lent = aside.lent.get(key)
        tracking = replace(_whole(state[key], lent), active=False)
        here = _here(old, new, key)
        if here is None:
            waiting[key] = tracking
            continue
        known[here] = tracking
        if lent is not None and state[key] == lent[1]:
            untouched.add(here)
    attempt = state[old.root].attempt_count
    for key, tracking in aside.tracking.items():
        if _here(old, new, key) is None:
            waiting.setdefault(key, tracking)
        elif key not in known:
            before = aside.attempts[key] != attempt
            known[key] = replace(tracking, stale=True) if before else tracking
            untouched.add(key)
    return known, waiting, untouched


def _whole(now: Tracking, lent: tuple[Tracking, Tracking] | None) -> Tracking:
    """What is known of an activity, with what its present version could not have of it."""
    if lent is None:
        return now
    was, given = lent
    if now == given:
        return was
    available = now.available
    if was.available is not None and (
        available is None or _both(was.available, available) == _both(available, was.available)
    ):
        available = was.available
    return replace(now, objectives={**was.objectives, **now.objectives}, available=available)


def _both(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in these if key in those)


def _fitted(tracking: Tracking, activity: Activity) -> Tracking:
    """What is known of an activity as it is in the new tree: with its objectives and children
    alone. Where children are reordered, new ones come last; of a selection they are no part."""
    objectives = {
        key: known for key, known in tracking.objectives.items() if key in activity.objectives
    }
    available = tracking.available if activity.varies else None
    if available is not None:
        selects = activity.sequencing.selection.count is not None
        more = () if selects else tuple(x for x in activity.available if x not in available)
        left = _both(available, activity.available) + more
        available = left if left or not available else None  # none are left: others are drawn
    return replace(tracking, objectives=objectives or NOTHING, available=available)


def _suspended(
    old: ActivityTree, new: ActivityTree, state: State, aside: Aside
) -> tuple[str | None, str | None]:
    """The suspended activity, where there still is one; and that which has no place."""
    asked = state.suspended_activity
    if asked is None and not state[old.root].suspended:
        return None, None
    for place in (asked, aside.place):
        here = None if place is None else _here(old, new, place)
        if here is not None:
            return here, None if place == asked else asked
    return None, asked or aside.place


def _held_open(old: ActivityTree, new: ActivityTree, state: State, untouched: set[str]) -> State:
    """An attempt that goes on: a cluster that was never attempted holds one for children that come
    from elsewhere, and so does each on a new way to the suspended activity. Otherwise a new
    attempt on it would make old what is known of them."""
    place = state.suspended_activity
    way = set() if place is None else {each.id for each in new.path(place)} - {place}
    if place is not None and place in old and way == {x.id for x in old.path(place)} - {place}:
        way = set()
    for key in reversed(new.order):
        cluster, tracking = new[key], state[key]
        if not cluster.rolled_up or tracking.suspended or key in untouched:
            continue
        gathers = not tracking.attempted and any(
            state[child].attempted and (child not in old or old[child].parent != key)
            for child in cluster.children
        )
        if gathers or key in way:
            count = max(1, tracking.attempt_count)
            held = replace(tracking, suspended=True, attempt_count=count)
            state = state.with_tracking({key: held})
    return state


def _others(old: ActivityTree, new: ActivityTree) -> list[str]:
    """The activities that have other children than before, the deepest first."""
    found = []
    for cluster in sorted(new.activities.values(), key=lambda each: -each.depth):
        before = old.root if cluster.id == new.root else cluster.id
        children = old[before].available if before in old else ()
        if children != cluster.available:
            found.append(cluster.id)
    return found
