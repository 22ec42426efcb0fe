"""Which requests would be valid now (RTE 4.2, ``adl.nav.request_valid``)."""

from dataclasses import dataclass

from scorm.packages.manifest import Edition
from scorm.sequencing.delivery import delivery_request
from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.navigation import Request, navigation_request
from scorm.sequencing.sequencing import sequencing_request
from scorm.sequencing.termination import activity_to_suspend, termination_request
from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import ActivityTree


@dataclass(frozen=True)
class Validity:
    """A request is valid when it delivers something, or ends the session as it should.

    :param choice: by activity id, for every activity of the tree
    :param jump: the same, in the 4th Edition alone
    :param suspend: whether Suspend All is valid
    :param exit: whether Exit All is valid
    """

    continue_: bool
    previous: bool
    choice: dict[str, bool]
    jump: dict[str, bool]
    suspend: bool
    exit: bool


def validity(tree: ActivityTree, state: State) -> Validity:
    """Every request is tried on a copy; the current activity is ended only once for all."""
    left = state
    if state.current is not None and state[state.current].active:
        left = termination_request(tree, state, "exit")
    return Validity(
        continue_=_valid(tree, state, left, Request("continue")),
        previous=_valid(tree, state, left, Request("previous")),
        choice={key: _valid(tree, state, left, Request("choice", key)) for key in tree.order},
        jump={
            key: _valid(tree, state, left, Request("jump", key))
            for key in (tree.order if tree.edition is Edition.FOURTH else ())
        },
        suspend=_can_suspend(tree, state),
        exit=state.current is not None,
    )


def looks_alike(before: State, after: State) -> bool:
    """Whether two states certainly give the same validity and contents: they differ in measures
    at most, which are read when they are rolled up and never after."""
    if before is after:
        return True
    if (before.current, before.suspended_activity) != (after.current, after.suspended_activity):
        return False
    if before.tracking.keys() != after.tracking.keys():
        return False
    return all(
        tracking is after[key] or _without_measures(tracking) == _without_measures(after[key])
        for key, tracking in before.tracking.items()
    )


def _without_measures(tracking: Tracking) -> tuple:
    return (
        tracking.completion,
        tracking.satisfied,
        tracking.attempt_count,
        tracking.active,
        tracking.suspended,
    )


def _valid(tree: ActivityTree, state: State, left: State, request: Request) -> bool:
    """Whether the request delivers or ends the session.

    :param left: the state once the current activity has ended
    """
    try:
        asked = navigation_request(tree, state, request)
        found = sequencing_request(tree, left, asked.sequencing, asked.target)
        if found.delivery is not None:
            delivery_request(tree, left, found.delivery)
    except SequencingError:
        return False
    return True


def _can_suspend(tree: ActivityTree, state: State) -> bool:
    if state.current is None:
        return False
    try:
        activity_to_suspend(tree, state)
    except SequencingError:
        return False
    return True
