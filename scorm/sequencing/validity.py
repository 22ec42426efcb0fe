"""Which requests would be valid now (RTE 4.2, ``adl.nav.request_valid``), and what they lead to."""

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
    """Every request is tried on a copy."""
    foresight = Foresight(tree, state)
    return Validity(
        continue_=foresight.of(Request("continue")).valid,
        previous=foresight.of(Request("previous")).valid,
        choice={key: foresight.of(Request("choice", key)).valid for key in tree.order},
        jump={
            key: foresight.of(Request("jump", key)).valid
            for key in (tree.order if tree.edition is Edition.FOURTH else ())
        },
        suspend=_can_suspend(tree, state),
        exit=state.current is not None,
    )


@dataclass(frozen=True)
class Foreseen:
    """What a request would lead to: a delivery, the end of the session, an exception, or nothing.

    :param by_rule: the sequencing request that a rule would make in its place
    :param kept: the session that ends can be resumed
    :param chooses: the session begins with nothing, and the learner chooses
    """

    delivery: str | None = None
    end_session: bool = False
    exception: str | None = None
    by_rule: str | None = None
    kept: bool = False
    chooses: bool = False

    @property
    def valid(self) -> bool:
        return self.delivery is not None or self.end_session


class Foresight:
    """What would become of requests that leave the current activity by Exit, or leave none: it is
    ended only once for all of them."""

    def __init__(self, tree: ActivityTree, state: State):
        self._tree, self._state, self._left = tree, state, state
        self._by_rule: Foreseen | None = None
        self._stays: str | None = None
        if state.current is None or not state[state.current].active:
            return
        try:
            self._left, instead = termination_request(tree, state, "exit")
        except SequencingError as refused:
            self._stays = refused.code
        else:
            if instead is not None:
                self._by_rule = self._leads_to(self._left, instead, None, by_rule=instead)

    def of(self, request: Request) -> Foreseen:
        """:param request: ``continue``, ``previous``, ``choice``, ``jump``, ``start``,
        ``resumeAll`` or ``exit``"""
        try:
            asked = navigation_request(self._tree, self._state, request)
        except SequencingError as refused:
            return Foreseen(exception=refused.code)
        if asked.termination is None:
            return self._leads_to(self._state, asked.sequencing, asked.target)
        if self._stays is not None:
            return Foreseen(exception=self._stays)
        return self._by_rule or self._leads_to(self._left, asked.sequencing, asked.target)

    def _leads_to(
        self, state: State, sequencing: str, target: str | None, by_rule: str | None = None
    ) -> Foreseen:
        state = before_sequencing(self._tree, state, sequencing)
        try:
            found = sequencing_request(self._tree, state, sequencing, target)
            if found.delivery is not None:
                delivery_request(self._tree, state, found.delivery)
        except SequencingError as refused:
            return Foreseen(exception=refused.code, by_rule=by_rule)
        return Foreseen(found.delivery, found.end_session, by_rule=by_rule)


def looks_alike(tree: ActivityTree, before: State, after: State) -> bool:
    """Whether two states certainly give the same validity and contents: they are the same, or
    differ only in measures that decide nothing when they are rolled up."""
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


def _can_suspend(tree: ActivityTree, state: State) -> bool:
    if state.current is None:
        return False
    try:
        activity_to_suspend(tree, state)
    except SequencingError:
        return False
    return True
