"""One navigation request from beginning to end (SN book: OP)."""

from dataclasses import dataclass, replace

from scorm.sequencing.delivery import content_delivery_environment, delivery_request
from scorm.sequencing.exceptions import SequencingError, UnfulfilledChoiceError
from scorm.sequencing.navigation import Request, navigation_request, parse_request
from scorm.sequencing.sequencing import Sequenced, before_sequencing, sequencing_request
from scorm.sequencing.termination import termination_request
from scorm.sequencing.tracking import State
from scorm.sequencing.tree import ActivityTree
from scorm.sequencing.utility import end_attempt, terminate_descendent_attempts
from scorm.sequencing.validity import validity

CHOOSE = "Choose a part from the contents."
ELSEWHERE = "A rule of the course leads to another part instead."
NO_WAY_IN = "The course does not begin by itself, and nothing in it can be chosen."


@dataclass(frozen=True)
class Outcome:
    """What a request led to.

    :param delivery: the activity to deliver now, if any
    :param session: ``continues``; ``ended``; ``suspended``; or ``blocked``, when the course could
        not begin, and there is nothing to choose either
    :param exception: the book's code when a process refused
    :param chooses: whether a session has begun with nothing, and the learner is to choose
    :param words: for a person: why nothing is delivered; with a delivery, why a learner could not
        have chosen it (:func:`begin_at`)
    """

    state: State
    delivery: str | None = None
    session: str = "continues"
    exception: str | None = None
    words: str = ""
    chooses: bool = False


def step(tree: ActivityTree, state: State, request: Request | str) -> Outcome:
    """Overall Sequencing Process (OP.1), once round.

    A refused request may have changed the state: once TB.2.3 has ended the current activity, it
    stays ended, whatever follows.

    A session that was lost without a word is first suspended with ``suspendAll``; ``resumeAll``
    then delivers what was open.

    :param request: as :func:`~scorm.sequencing.navigation.parse_request` takes it or gives it
    """
    if isinstance(request, str):
        request = parse_request(request)
    if request.name == "_none_":
        return Outcome(state)
    try:
        asked = navigation_request(tree, state, request)
        sequencing, target = asked.sequencing, asked.target
        if asked.termination is not None:
            state, instead = termination_request(tree, state, asked.termination)
            if instead is not None:
                sequencing, target = instead, None
    except SequencingError as refused:
        return Outcome(refused.state or state, exception=refused.code, words=refused.words)
    state = before_sequencing(tree, state, sequencing)
    try:
        found = sequencing_request(tree, state, sequencing, target)
        if found.delivery is not None:
            delivery_request(tree, state, found.delivery)
    except UnfulfilledChoiceError as refused:
        moved = _reached(tree, state, refused)
        return Outcome(moved, exception=refused.code, words=refused.words)
    except SequencingError as refused:
        if state.current is None:
            return _not_begun(tree, state, refused)
        return Outcome(state, exception=refused.code, words=refused.words)
    return _led_to(tree, state, request, found)


def begin_at(tree: ActivityTree, state: State, request: str) -> Outcome:
    """A session begins with a chosen activity, whatever the rules say: an author looks at it.

    Where Start leads there too, that is what happens. Otherwise the choice is tried on a copy, as a
    learner would make it who has just begun (NB.2.1, SB.2.9, DB.1.1); when the answer is no, it
    comes with the delivery, as ``exception`` and ``words``. Then the activity is delivered as after
    any choice (DB.2), and from there on every rule holds.

    :param request: ``{target=ID}choice`` of an activity that can be delivered
    """
    target = parse_request(request).target
    assert target is not None
    began = step(tree, state, "start")
    if began.delivery == target:
        return began
    asked = step(tree, began.state, request)
    drawn = before_sequencing(tree, state, "choice")
    delivered = content_delivery_environment(tree, drawn, target)
    words = "" if asked.delivery == target else asked.words or ELSEWHERE
    return Outcome(delivered, delivery=target, exception=asked.exception, words=words)


def _led_to(tree: ActivityTree, state: State, request: Request, found: Sequenced) -> Outcome:
    if found.delivery is not None:
        delivered = content_delivery_environment(tree, state, found.delivery)
        return Outcome(delivered, delivery=found.delivery)
    leaves_it = tree.single and request.name in ("exit", "abandon")
    if not found.end_session and not leaves_it:
        return Outcome(state, words="This part has ended. Choose how to go on.")
    ended = _end_session(tree, state)
    if request.name == "suspendAll":
        words = "The course is suspended. You can resume it here."
        return Outcome(ended, session="suspended", words=words)
    past = request.name == "continue"
    words = "This was the last part of the course." if past else "You have left the course."
    return Outcome(ended, session="ended", words=words)


def _end_session(tree: ActivityTree, state: State) -> State:
    """Past the last activity the attempts that are still open end too (SB.2.1 3.1); so they do
    when the only part of a course has been left, since nothing else could follow."""
    if state[tree.root].active:
        state = terminate_descendent_attempts(tree, state, tree.root)
        state = end_attempt(tree, state, tree.root)
    return state.with_current(None)


def _reached(tree: ActivityTree, state: State, refused: UnfulfilledChoiceError) -> State:
    """Step 14 of SB.2.9: the chosen cluster is reached, although it gives nothing to deliver."""
    state = terminate_descendent_attempts(tree, state, refused.common)
    state = end_attempt(tree, state, refused.common)
    return state.with_current(refused.target)


def _not_begun(tree: ActivityTree, state: State, refused: SequencingError) -> Outcome:
    """Start or Resume All found nothing: the learner chooses, if anything can be chosen. The rules
    that are asked about that were not part of the request."""
    waiting = state.with_current(tree.root)
    if any(validity(tree, replace(waiting, trace=None)).choice.values()):
        return Outcome(waiting, exception=refused.code, words=CHOOSE, chooses=True)
    words = NO_WAY_IN if refused.code == "SB.2.2-1" else refused.words
    return Outcome(state, session="blocked", exception=refused.code, words=words)
