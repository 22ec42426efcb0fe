"""What always holds, of any course and any way through it: each check raises AssertionError."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scorm.packages.manifest import Edition
from scorm.sequencing import (
    Activity,
    ActivityTree,
    Outcome,
    Request,
    State,
    Tracking,
    contents,
    looks_alike,
    step,
    validity,
)
from scorm.sequencing.navigation import navigation_request
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.rules import rule_holds
from scorm.sequencing.selection import available_children
from scorm.sequencing.sequencing import before_sequencing
from scorm.sequencing.termination import termination_request
from scorm.sequencing.utility import end_attempt, terminate_descendent_attempts
from tests.scorm.sequencing.chance import Step, open_part

ALL = ("continue", "previous", "suspendAll", "exitAll")


def elsewhere(state: State) -> State:
    """The state as another process reads it from the database."""
    return State.from_plain(json.loads(json.dumps(state.to_plain())))


def stored(state: State) -> str:
    return json.dumps(state.to_plain())


def is_stored_as_it_is(state: State) -> None:
    assert elsewhere(state) == state
    assert stored(elsewhere(state)) == stored(state)


def has_one_way_at_most(tree: ActivityTree, state: State) -> None:
    """There are never two current activities: what is active is the way from the root to one."""
    active = {key for key, tracking in state.tracking.items() if tracking.active}
    way = [] if state.current is None else [x.id for x in tree.path(state.current)]
    above = [key for key in way if key in active]
    assert active == set(above)
    assert above == way[len(way) - len(above) :]  # a parent of what is active is active


def has_delivered(tree: ActivityTree, outcome: Outcome) -> None:
    """What is delivered is current, and active up to the root; without a session nothing is."""
    state = outcome.state
    if outcome.delivery is not None:
        assert state.current == outcome.delivery
        assert tree[outcome.delivery].deliverable
        assert state.suspended_activity is None
        assert all(state[x.id].active for x in tree.path(outcome.delivery))
        assert outcome.session == "continues"
    elif outcome.session != "continues":
        assert state.current is None
        assert not any(tracking.active for tracking in state.tracking.values())


def knows_nothing_of_untracked(tree: ActivityTree, state: State) -> None:
    """Of what is not tracked there is no more than that it runs."""
    for key, tracking in state.tracking.items():
        if not tree[key].tracked:
            assert tracking == Tracking(
                active=tracking.active,
                suspended=tracking.suspended,
                available=tracking.available,
                stale=tracking.stale,
            )


def answers_always_the_same(tree: ActivityTree, made: Step) -> None:
    """Neither another process, nor what else was asked before, nor a trace changes an outcome."""
    before = stored(made.before)
    first, traced = elsewhere(made.before), replace(made.before, trace=[])
    assert step(tree, made.before, made.request) == made.outcome
    assert step(tree, first, made.request) == made.outcome
    assert step(tree, traced, made.request) == made.outcome
    assert stored(made.before) == stored(first) == before


def requests(tree: ActivityTree, keys: Iterable[str]) -> Iterator[Request]:
    yield from (Request(name) for name in ALL)
    for key in keys:
        yield Request("choice", key)
        yield Request("jump", key)


def leads_on(outcome: Outcome) -> bool:
    return outcome.exception is None and (
        outcome.delivery is not None or outcome.session != "continues"
    )


def does_as_promised(tree: ActivityTree, state: State, keys: Iterable[str]) -> None:
    """What the validity says is what happens when the request is made.

    :param keys: the targets to try of choice and jump
    """
    valid = validity(tree, state)
    fresh = elsewhere(state)
    assert validity(tree, fresh) == valid
    assert list(valid.choice) == list(tree.order)
    assert list(valid.jump) == (list(tree.order) if tree.edition is Edition.FOURTH else [])
    for request in requests(tree, keys):
        promised = {
            "continue": valid.continue_,
            "previous": valid.previous,
            "suspendAll": valid.suspend,
            "exitAll": valid.exit,
            "choice": valid.choice.get(request.target),
            "jump": valid.jump.get(request.target, False),
        }[request.name]
        assert leads_on(step(tree, state, request)) is promised, request
        assert leads_on(step(tree, elsewhere(state), request)) is promised, request


def in_sequence(tree: ActivityTree, made: Step) -> tuple[State, str, str | None]:
    """What the sequencing request process was asked: of which state, what, and which target."""
    state = elsewhere(made.before)
    asked = navigation_request(tree, state, made.request)
    sequencing, target = asked.sequencing, asked.target
    if asked.termination is not None:
        state, instead = termination_request(tree, state, asked.termination)
        if instead is not None:
            sequencing, target = instead, None
    return elsewhere(before_sequencing(tree, state, sequencing)), sequencing, target


def fires(state: State, activity: Activity, action: str) -> bool:
    return any(
        (rule_holds(state, activity, rule) is True) for rule in activity.rules.get(action, ())
    )


def may_be_delivered(tree: ActivityTree, made: Step) -> None:
    """What is delivered, and what it is in, is neither disabled nor attempted too often; what the
    way flowed into is available, not skipped, and in clusters that flow."""
    key = made.outcome.delivery
    if key is None:
        return
    state, sequencing, target = in_sequence(tree, made)
    for x in tree.path(key):
        limit, tracking = x.sequencing.attempt_limit, state[x.id]
        assert not fires(state, x, "disabled")
        if limit is not None and x.tracked and not (tracking.active or tracking.suspended):
            assert tracking.attempt_count < limit
    for x in flowed_into(tree, state, sequencing, target, key):
        above = tree[x.parent]
        assert above.control.flow
        assert x.id in available_children(state, above)
        assert not fires(state, x, "skip")


def flowed_into(
    tree: ActivityTree, state: State, sequencing: str, target: str | None, key: str
) -> list[Activity]:
    """What SB.2.2 went through on the last part of its way to the activity."""
    begin = {
        "start": tree.root,
        "resumeAll": state.suspended_activity,
        "choice": target,
        "jump": key,
    }.get(sequencing, state.current)
    if begin == key and sequencing not in ("continue", "previous"):
        return []
    # A cluster whose children are all skipped is left again.
    top = tree.common(begin or tree.root, key).id
    return [x for x in tree.path(key, top) if x.id != top] or [tree[key]]


def resumes_as_it_was(tree: ActivityTree, state: State) -> bool:
    """Suspended and resumed in another process, all is as if the learner had stayed, but for the
    rollup that suspending begins with (TB.2.3 5.1); content that had meant to go on does. What
    that rollup disables cannot be resumed.

    :returns: whether there was something to suspend, and to resume
    """
    part = open_part(tree, state)
    if part is None:
        return False
    key = part.id
    suspended = step(tree, elsewhere(state), "suspendAll")
    assert (suspended.session, suspended.state.suspended_activity) == ("suspended", key)
    resumed = step(tree, elsewhere(suspended.state), "resumeAll")
    stayed = rollup_overall(tree, state, key)
    stayed = stayed.with_tracking({key: replace(stayed[key], suspended=False)})
    if any(fires(suspended.state, x, "disabled") for x in tree.path(key)):
        assert resumed.exception == "DB.1.1-3"
        return False
    assert resumed.delivery == key
    assert resumed.state == stayed
    return True


def settled(tree: ActivityTree, state: State, key: str) -> bool:
    """Whether a rollup finds nothing to do once it was done."""
    once = rollup_overall(tree, state, key)
    return rollup_overall(tree, once, key) is once


def ends_all_alike(tree: ActivityTree, state: State, key: str) -> None:
    """Attempts that end one after the other, on the way from the current activity to ``key``, end
    as if each had been all: that a rollup has been done saves work, and nothing else."""
    if state.current is None:
        return
    at_once = end_attempt(tree, state, state.current)
    one_by_one = elsewhere(at_once)
    common = tree.common(state.current, key).id
    for above in list(tree.path(state.current, common))[1:]:
        if above.id != common:
            one_by_one = end_attempt(tree, elsewhere(one_by_one), above.id)
    assert terminate_descendent_attempts(tree, at_once, key) == one_by_one


def looks_as_it_is(tree: ActivityTree, before: State, after: State) -> bool:
    """Whether two states look alike; those that do offer and show the same."""
    if not looks_alike(tree, before, after):
        return False
    assert seen(tree, before) == seen(tree, after)
    return True


def seen(tree: ActivityTree, state: State):
    valid = validity(tree, elsewhere(state))
    return valid, contents(tree, state, valid)


def passes_on(tree: ActivityTree) -> bool:
    """Whether a rollup itself writes global objectives: then one turn for each cluster, the deepest
    first, does not always settle everything (SN 4.6.1)."""
    return any(
        x.writes and (x.rolled_up or (x.judged_by_measure and x.reads))
        for x in tree.activities.values()
    )


def settles(tree: ActivityTree, state: State, key: str) -> None:
    """A second rollup finds nothing to do, unless the first one wrote what it had read before."""
    assert settled(tree, state, key) or passes_on(tree)
