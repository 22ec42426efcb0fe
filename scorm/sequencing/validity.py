"""Which requests would be valid now (RTE 4.2, ``adl.nav.request_valid``)."""

from dataclasses import dataclass

from scorm.packages.manifest import Edition
from scorm.sequencing.delivery import delivery_request
from scorm.sequencing.exceptions import SequencingError
from scorm.sequencing.navigation import Request, navigation_request
from scorm.sequencing.sequencing import before_sequencing, sequencing_request
from scorm.sequencing.termination import activity_to_suspend, termination_request
from scorm.sequencing.tracking import State
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
    left: State = state
    instead: str | None = None
    may_leave = True
    if state.current is not None and state[state.current].active:
        try:
            left, instead = termination_request(tree, state, "exit")
        except SequencingError:
            may_leave = False
    by_rule = None if instead is None else _leads_on(tree, left, instead, None)

    def valid(request: Request) -> bool:
        try:
            asked = navigation_request(tree, state, request)
        except SequencingError:
            return False
        if asked.termination is None:
            return _leads_on(tree, state, asked.sequencing, asked.target)
        if by_rule is not None:
            return by_rule
        return may_leave and _leads_on(tree, left, asked.sequencing, asked.target)

    return Validity(
        continue_=valid(Request("continue")),
        previous=valid(Request("previous")),
        choice={key: valid(Request("choice", key)) for key in tree.order},
        jump={
            key: valid(Request("jump", key))
            for key in (tree.order if tree.edition is Edition.FOURTH else ())
        },
        suspend=_can_suspend(tree, state),
        exit=state.current is not None,
    )


def looks_alike(tree: ActivityTree, before: State, after: State) -> bool:
    """Whether two states certainly give the same validity and contents: they are the same, or
    differ only in measures that no rule reads again once they are rolled up."""
    if before is after:
        return True
    if tree.reads_measures:
        return before == after
    if (before.current, before.suspended_activity) != (after.current, after.suspended_activity):
        return False
    if before.tracking.keys() != after.tracking.keys() or before.objectives != after.objectives:
        return False
    return all(
        tracking is after[key] or tracking.with_values(MEASURES) == after[key].with_values(MEASURES)
        for key, tracking in before.tracking.items()
    )


MEASURES = dict.fromkeys(("measure", "progress_measure", "raw", "minimum", "maximum"))


def _leads_on(tree: ActivityTree, state: State, sequencing: str, target: str | None) -> bool:
    """Whether a sequencing request delivers something or ends the session.

    :param state: once the current activity has ended
    """
    state = before_sequencing(tree, state, sequencing)
    try:
        found = sequencing_request(tree, state, sequencing, target)
        if found.delivery is not None:
            delivery_request(tree, state, found.delivery)
    except SequencingError:
        return False
    return found.delivery is not None or found.end_session


def _can_suspend(tree: ActivityTree, state: State) -> bool:
    if state.current is None:
        return False
    try:
        activity_to_suspend(tree, state)
    except SequencingError:
        return False
    return True
