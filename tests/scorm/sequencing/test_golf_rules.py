"""Every rule of the three sample packages with sequencing, as a truth table: what the comments of
their manifests promise of it.
"""

from itertools import pairwise, product

import pytest

from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.sequencing import (
    ActivityReport,
    ActivityTree,
    Progress,
    State,
    record,
    step,
    summary,
    validity,
)
from scorm.sequencing.objectives import with_progress
from scorm.sequencing.rollup import rollup_overall
from scorm.sequencing.rules import rules_check
from shared import SHARED, needs_shared
from tests.scorm.sequencing.trees import after, changed

pytestmark = needs_shared

KNOWN = (None, False, True)
READING = ("playing_item", "etuqiette_item", "handicapping_item", "havingfun_item")
PARTS = (*READING, "assessment_item")
TESTS = ("test_1", "test_2", "test_3", "test_4")
POST_TEST, WRAPPER = "posttest_item", "content_wrapper"

READ = ActivityReport(completion=True, satisfied=True, suspended=True)
"""What the packages' own pages say when they have been read to the end."""


def tree_of(name: str) -> ActivityTree:
    (path,) = (SHARED / "scorm" / "golf").glob(f"{name}_*.zip")
    _, manifest = check(path, Limits())
    return ActivityTree.from_organization(manifest.organization, manifest.edition)


@pytest.fixture(scope="module")
def forced():
    return tree_of("SequencingForcedSequential")


@pytest.fixture(scope="module")
def drawn():
    return tree_of("SequencingRandomTest")


@pytest.fixture(scope="module")
def rollup():
    return tree_of("SequencingPostTestRollup4thEd")


def with_children(tree: ActivityTree, keys, name: str, values) -> State:
    """Each part has been begun and has one value; then what holds them is rolled up."""
    state = State()
    for key, value in zip(keys, values, strict=True):
        state = changed(state, key, attempt_count=1)
        state = with_progress(state, tree[key], {name: value})
    return rollup_overall(tree, state, keys[0])


def left(tree: ActivityTree, state: State, report: ActivityReport, way: str = "continue"):
    """What is delivered now says so much, and is left."""
    return step(tree, record(tree, state, state.current, report), way)


def offered(tree: ActivityTree, state: State) -> set[str]:
    return {key for key, may in validity(tree, state).choice.items() if may}


# Forced order


@pytest.mark.parametrize("satisfied", KNOWN)
@pytest.mark.parametrize("completion", KNOWN)
@pytest.mark.parametrize(("before", "part"), list(pairwise(PARTS)))
def test_a_part_in_forced_order_is_disabled_unless_the_one_before_it_is_satisfied(
    forced, before, part, completion, satisfied
):
    values = {"completion": completion, "satisfied": satisfied}
    state = with_progress(State(), forced[before], values)
    disabled = rules_check(state, forced[part], "disabled")
    assert disabled == (None if satisfied else "disabled")
    others = {key: rules_check(state, forced[key], "disabled") for key in PARTS if key != part}
    assert others.pop(PARTS[0]) is None
    assert set(others.values()) == {"disabled"}


@pytest.mark.parametrize("name", ["satisfied", "completion"])
def test_all_parts_in_forced_order_decide_whether_the_course_is_passed_and_completed(forced, name):
    for said in product(KNOWN, repeat=5):
        root = with_children(forced, PARTS, name, said)[forced.root]
        assert getattr(root, name) is (None if None in said else all(said)), said


def test_no_score_of_a_part_in_forced_order_is_the_course_s(forced):
    state = with_children(forced, PARTS, "measure", (1.0, 0.2, 0.4, 0.6, 0.8))
    assert summary(forced, state).measure is None


@pytest.mark.parametrize("way", ["suspendAll", "exitAll"])
def test_what_is_open_in_forced_order_stays_open_when_the_course_is_left(forced, way):
    state = left(forced, after(forced, "start"), READ).state
    assert offered(forced, state) == {forced.root, *PARTS[:2]}
    state = left(forced, state, ActivityReport(completion=False, suspended=True), way).state
    again = step(forced, state, "resumeAll" if way == "suspendAll" else "start")
    assert again.delivery == PARTS[1 if way == "suspendAll" else 0]
    assert offered(forced, again.state) == {forced.root, *PARTS[:2]}


def test_a_new_attempt_on_the_course_in_forced_order_begins_from_the_first_part(forced):
    """Content that did not wish to be resumed would not keep the course's attempt open."""
    ended = ActivityReport(completion=True, satisfied=True)
    outcome = step(forced, State(), "start")
    while outcome.session == "continues":
        outcome = left(forced, outcome.state, ended)
    assert summary(forced, outcome.state).success == "passed"
    again = step(forced, outcome.state, "start")
    assert again.delivery == PARTS[0]
    assert again.state[forced.root].attempt_count == 2
    assert offered(forced, again.state) == {forced.root, PARTS[0]}


# A test drawn by chance


def test_the_reading_is_satisfied_when_all_of_it_is_completed(drawn):
    (target,) = {link.target for link in drawn[WRAPPER].primary.maps}
    for completion in product(KNOWN, repeat=4):
        state = with_children(drawn, READING, "completion", completion)
        assert state[WRAPPER].satisfied is (True if all(completion) else None), completion
        assert (target in state.objectives) == all(completion), completion


@pytest.mark.parametrize("read", KNOWN)
@pytest.mark.parametrize("satisfied", KNOWN)
@pytest.mark.parametrize("attempts", range(4))
def test_the_post_test_is_open_once_all_is_read_until_it_is_passed_or_taken_twice(
    drawn, read, satisfied, attempts
):
    state = with_progress(State(), drawn[WRAPPER], {"satisfied": read})
    state = changed(state, POST_TEST, attempt_count=attempts, satisfied=satisfied)
    is_open = rules_check(state, drawn[POST_TEST], "disabled") is None
    assert is_open == (read is True and satisfied is not True and attempts < 2)


@pytest.mark.parametrize("satisfied", KNOWN)
@pytest.mark.parametrize("attempts", [1, 2])
def test_the_post_test_is_tried_again_once_unless_it_is_passed(drawn, satisfied, attempts):
    state = changed(State(), POST_TEST, attempt_count=attempts, satisfied=satisfied)
    again = satisfied is not True and attempts == 1
    assert rules_check(state, drawn[POST_TEST], "post") == ("retry" if again else "exitAll")


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("satisfied", KNOWN)
def test_whoever_leaves_a_test_leaves_the_post_test(drawn, test, satisfied):
    state = changed(State(), test, attempt_count=1, satisfied=satisfied)
    assert rules_check(state, drawn[test], "post") == "exitParent"


def test_one_test_passes_the_post_test_and_one_fails_it_until_then(drawn):
    for satisfied in product(KNOWN, repeat=4):
        state = with_children(drawn, TESTS, "satisfied", satisfied)
        verdict = True if True in satisfied else False if False in satisfied else None
        assert state[POST_TEST].satisfied is verdict, satisfied


@pytest.mark.parametrize("read", KNOWN)
@pytest.mark.parametrize("satisfied", KNOWN)
@pytest.mark.parametrize("attempts", range(3))
def test_the_post_test_alone_completes_and_passes_the_course(drawn, read, satisfied, attempts):
    state = with_progress(State(), drawn[WRAPPER], {"completion": read, "satisfied": read})
    state = changed(state, POST_TEST, attempt_count=attempts, satisfied=satisfied)
    state = rollup_overall(drawn, state, POST_TEST)
    completed = satisfied is True or attempts == 2
    assert state[drawn.root].completion is (True if completed else None)
    assert state[drawn.root].satisfied is satisfied


@pytest.mark.parametrize("measures", [(0.2, 0.9), (0.9, 0.2), (0.5, None)])
def test_the_score_of_the_test_that_was_handed_in_last_is_the_course_s(drawn, measures):
    state = after(drawn, "start")
    for _ in READING:
        state = left(drawn, state, READ).state
    for measure in measures:
        state = left(drawn, state, ActivityReport(True, False, measure)).state
    assert summary(drawn, state).measure == measures[0 if measures[1] is None else 1]


def read_by(drawn, seed: int) -> State:
    """A learner is before the post test."""
    state = step(drawn, State(seed=seed), "start").state
    for _ in READING:
        state = left(drawn, state, READ).state
    return state


def test_every_order_of_the_tests_is_drawn_and_the_first_of_it_delivered(drawn):
    states = [read_by(drawn, seed) for seed in range(200)]
    orders = [state[POST_TEST].available for state in states]
    assert all(sorted(order) == list(TESTS) for order in orders)
    assert len(set(orders)) == 24
    assert [state.current for state in states] == [order[0] for order in orders]


def test_what_was_drawn_stays_over_a_pause_and_is_drawn_anew_for_the_second_attempt(drawn):
    failed = ActivityReport(completion=True, satisfied=False, measure=0.0)
    second = set()
    for seed in range(100):
        state = read_by(drawn, seed)
        before = state[POST_TEST].available
        paused = step(drawn, step(drawn, state, "suspendAll").state, "resumeAll")
        assert (paused.delivery, paused.state[POST_TEST].available) == (before[0], before)
        assert paused.state[POST_TEST].attempt_count == 1
        again = left(drawn, paused.state, failed)
        assert again.delivery == again.state[POST_TEST].available[0]
        second.add((before[0], again.delivery))
    assert len(second) == 16


@pytest.mark.parametrize("way", ["continue", "previous", "exit", "{target=playing_item}choice"])
@pytest.mark.parametrize("satisfied", KNOWN)
def test_a_test_leads_where_the_rules_say_whatever_was_asked_for(drawn, way, satisfied):
    report = ActivityReport(satisfied is not None, satisfied)
    first = left(drawn, read_by(drawn, 1), report, way)
    if satisfied:
        assert first.session == "ended"
        return
    assert first.delivery in TESTS
    assert first.state[POST_TEST].attempt_count == 2
    second = left(drawn, first.state, report, way)
    assert second.session == "ended"
    assert summary(drawn, second.state).completion == "completed"
    assert POST_TEST not in offered(drawn, step(drawn, second.state, "start").state)


def test_the_tests_cannot_be_chosen_themselves(drawn):
    state = left(drawn, read_by(drawn, 1), READ, "exitAll").state
    for test in TESTS:
        outcome = step(drawn, step(drawn, state, "start").state, f"{{target={test}}}choice")
        assert outcome.exception == "NB.2.1-10"


# The test alone decides


@pytest.mark.parametrize("satisfied", KNOWN)
@pytest.mark.parametrize("completion", KNOWN)
@pytest.mark.parametrize(("before", "part"), list(pairwise(READING)))
def test_a_part_is_disabled_unless_the_one_before_it_is_completed(
    rollup, before, part, completion, satisfied
):
    values = {"completion": completion, "satisfied": satisfied}
    state = with_progress(State(), rollup[before], values)
    disabled = rules_check(state, rollup[part], "disabled")
    assert disabled == (None if completion else "disabled")


@pytest.mark.parametrize("completion", KNOWN)
@pytest.mark.parametrize("attempts", range(3))
def test_the_quiz_is_hidden_until_the_last_part_is_completed_or_it_was_opened(
    rollup, completion, attempts
):
    state = with_progress(State(), rollup[READING[-1]], {"completion": completion})
    state = changed(state, PARTS[-1], attempt_count=attempts)
    hidden = rules_check(state, rollup[PARTS[-1]], "hiddenFromChoice") is not None
    assert hidden == (completion is not True and attempts == 0)
    assert rules_check(state, rollup[PARTS[-1]], "disabled") is None


@pytest.mark.parametrize("read", range(5))
def test_from_every_part_one_may_jump_to_the_quiz_and_to_no_part_that_is_closed(rollup, read):
    state = after(rollup, "start")
    for _ in range(read):
        state = left(rollup, state, ActivityReport(completion=True, suspended=True)).state
    jumps = {key for key, may in validity(rollup, state).jump.items() if may}
    assert jumps == {*PARTS[: read + 1], PARTS[-1]}
    assert step(rollup, state, f"{{target={PARTS[-1]}}}jump").delivery == PARTS[-1]


@pytest.mark.parametrize("quiz", list(product(KNOWN, repeat=2)))
@pytest.mark.parametrize("reading", KNOWN)
def test_the_quiz_alone_completes_passes_and_scores_the_course(rollup, quiz, reading):
    state, (completion, satisfied) = State(), quiz
    for key in READING:
        values = {"completion": reading, "satisfied": reading, "measure": 0.1}
        state = with_progress(state, rollup[key], values)
    values = {"completion": completion, "satisfied": satisfied, "measure": 0.8}
    state = with_progress(state, rollup[PARTS[-1]], values)
    root = rollup_overall(rollup, state, PARTS[-1])[rollup.root]
    assert (root.completion, root.satisfied, root.measure) == (completion, satisfied, 0.8)


def test_each_part_s_progress_counts_by_its_pages(rollup):
    weights = (0.5, 0.3, 0.4, 0.3, 0.1)
    for amounts in product((None, 0.5, 1.0), repeat=5):
        state = with_children(rollup, PARTS, "progress_measure", amounts)
        known = [x * weight for x, weight in zip(amounts, weights, strict=True) if x is not None]
        wanted = pytest.approx(sum(known) / sum(weights)) if known else None
        assert summary(rollup, state).progress == wanted, amounts


@pytest.mark.parametrize("name", ["completion", "satisfied"])
def test_only_completion_is_shared_between_the_parts(rollup, name):
    state = with_progress(State(), rollup[READING[0]], {name: True})
    shared = [Progress(completion=True)] if name == "completion" else []
    assert list(state.objectives.values()) == shared
