"""Which children a cluster offers, and in which order (SN book: SR).

The choice is made from the state's seed, the cluster and its attempt count: the same state always
leads to the same children, and so a request does what its validity had promised.
"""

import random
from dataclasses import replace

from scorm.sequencing.tracking import State
from scorm.sequencing.tree import Activity, ActivityTree

EACH = "onEachNewAttempt"


def available_children(state: State, cluster: Activity) -> tuple[str, ...]:
    """Available Children (SN 4.2.1.7): those that can be delivered, or hold what can be."""
    if cluster.varies:
        drawn = state[cluster.id].available
        return cluster.available if drawn is None else drawn
    return cluster.available


def place(state: State, cluster: Activity, child: str) -> int | None:
    """The child's place among the Available Children, from 0; None when it is not one of them."""
    key = ("places", cluster.id)
    if key not in state.memo:
        children = available_children(state, cluster)
        state.memo[key] = {child: number for number, child in enumerate(children)}
    return state.memo[key].get(child)


def draw_all(tree: ActivityTree, state: State) -> State:
    """Before a session's first delivery: every cluster that has not been drawn yet is."""
    for cluster in tree.varying:
        tracking = state[cluster.id]
        if tracking.available is None and not (tracking.active or tracking.suspended):
            state = _drawn(state, cluster)
    return state


def draw_again(state: State, cluster: Activity) -> State:
    """The cluster's attempt has ended: the children of the next one are drawn, where that is to
    be done for each attempt."""
    selection = cluster.sequencing.selection
    if EACH not in (selection.selection_timing, selection.randomization_timing):
        return state
    return _drawn(state, cluster) if cluster.varies else state


def _drawn(state: State, cluster: Activity) -> State:
    tracking = state[cluster.id]
    # Reproducible on purpose: no secret hangs on it.
    chance = random.Random(f"{state.seed}/{cluster.id}/{tracking.attempt_count}")  # noqa: S311
    available = select_children(cluster, tracking.available, chance)
    available = randomize_children(cluster, available, tracking.available is None, chance)
    return state.with_tracking({cluster.id: replace(tracking, available=available)})


def select_children(
    cluster: Activity, before: tuple[str, ...] | None, chance: random.Random
) -> tuple[str, ...]:
    """Select Children Process (SR.1): so many of them, in their original order.

    :param before: what was selected the last time
    """
    selection = cluster.sequencing.selection
    if selection.selection_timing == "never" or selection.count is None:
        return cluster.available if before is None else before
    if selection.selection_timing == "once" and before is not None:
        return before
    count = min(selection.count, len(cluster.available))
    places = sorted(chance.sample(range(len(cluster.available)), count))
    return tuple(cluster.available[n] for n in places)


def randomize_children(
    cluster: Activity, available: tuple[str, ...], first: bool, chance: random.Random
) -> tuple[str, ...]:
    """Randomize Children Process (SR.2).

    :param first: whether it has not been done before
    """
    selection = cluster.sequencing.selection
    timing = selection.randomization_timing
    if not selection.reorder or not (timing == EACH or (timing == "once" and first)):
        return available
    shuffled = list(available)
    chance.shuffle(shuffled)
    return tuple(shuffled)
