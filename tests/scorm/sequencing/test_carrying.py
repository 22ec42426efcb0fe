"""What is known of one version's tree, carried over to another's and back."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.manifest import Edition
from scorm.sequencing import Aside, Progress, State, carry, held_at, step
from tests.scorm.sequencing import trees
from tests.scorm.sequencing.chance import random_tree, random_walk
from tests.scorm.sequencing.trees import after, item, leaf, objective, tree

OPEN = {"choice": True, "flow": True}


def at_rest(found, state: State) -> State:
    """The state once no session runs in it any more."""
    if state.current is not None:
        state = step(found, state, "suspendAll").state
    return replace(state, trace=None)


@st.composite
def resting(draw):
    """A course, and where a learner stands in it between two sessions."""
    walk = random_walk(draw(st.randoms(use_true_random=False)), most=12)
    state = at_rest(walk.tree, walk.states[-1])
    return walk.tree, replace(state, current=None)


@given(resting())
def test_the_same_tree_gets_the_same_state(found):
    same, state = found
    shared = state.objectives if same.shares_objectives else {}
    calm = {key: replace(x, active=False) if x.active else x for key, x in state.tracking.items()}
    carried, aside = carry(same, same, state, Aside(), shared)
    assert carried == replace(state, tracking=calm)
    assert aside == Aside()


@given(resting(), st.randoms(use_true_random=False))
def test_there_and_back_everything_is_as_it_was(found, chance):
    old, state = found
    new = random_tree(chance, 12)
    state, _ = carry(old, old, state, Aside(), state.objectives)
    objectives = state.objectives
    away, aside = carry(old, new, state, Aside(), objectives)
    assert Aside.from_plain(aside.to_plain()) == aside
    assert all(key in new for key in away.tracking)
    back, aside = carry(new, old, away, aside, objectives)
    assert back.tracking == state.tracking
    assert back.suspended_activity == state.suspended_activity
    assert back.objectives == objectives


@given(resting(), st.randoms(use_true_random=False))
def test_a_session_can_begin_on_whatever_comes(found, chance):
    old, state = found
    new = random_tree(chance, 12)
    away, _ = carry(old, new, state, Aside(), state.objectives)
    outcome = step(new, away, "start" if away.suspended_activity is None else "resumeAll")
    if outcome.delivery is not None and away[new.root].suspended:
        held = held_at(new, away, outcome.delivery)
        again = step(new, held, "resumeAll")
        assert again.delivery == outcome.delivery
        assert again.state[new.root].attempt_count == away[new.root].attempt_count


def halves(**values):
    return tree(leaf("one", **values), leaf("two"), leaf("three"), **OPEN)


def done(found, state, *keys):
    return state.with_tracking({key: replace(state[key], completion=True) for key in keys})


def suspended(found, *requests, completed=()):
    """Where a learner has suspended the course after these requests."""
    state = after(found, *requests)
    return after(found, "suspendAll", state=done(found, state, *completed))


def test_what_is_gone_waits_and_comes_back_with_the_next_version_that_has_it():
    old, without = halves(), tree(leaf("one"), leaf("three"), **OPEN)
    again = tree(leaf("three"), leaf("two"), **OPEN)
    state = suspended(old, "start", "continue", completed=["two"])
    away, aside = carry(old, without, state, Aside())
    assert away.suspended_activity is None
    assert aside.place == "two"
    assert aside.tracking["two"].completion is True
    back, aside = carry(without, again, away, aside)
    assert back.suspended_activity == "two"
    assert back["two"].completion is True
    assert set(aside.tracking) == {"one"}


def test_what_comes_back_in_a_later_attempt_is_old():
    old, without = halves(), tree(leaf("one"), **OPEN)
    state = suspended(old, "start", "continue", completed=["two"])
    away, aside = carry(old, without, state, Aside())
    later = after(without, "start", "exitAll", "start", "suspendAll", state=away)
    back, _ = carry(without, old, later, aside)
    assert back["two"].stale


def test_the_place_stays_where_a_later_one_is_in_force():
    old, without = halves(), tree(leaf("one"), leaf("three"), **OPEN)
    away, aside = carry(old, without, suspended(old, "start", "continue"), Aside())
    later = after(without, "start", "suspendAll", state=away)
    back, aside = carry(without, old, later, aside)
    assert back.suspended_activity == "one"
    assert aside.place is None


def test_a_course_that_was_left_has_no_place_to_go_back_to():
    old, without = halves(), tree(leaf("one"), **OPEN)
    away, aside = carry(old, without, suspended(old, "start", "continue"), Aside())
    left = after(without, "start", "exitAll", state=away)
    back, aside = carry(without, old, left, aside)
    assert (back.suspended_activity, aside.place) == (None, None)


def test_roots_are_the_same_whatever_they_are_called():
    old, new = (
        halves(),
        trees.ActivityTree.from_organization(
            trees.Organization("other", "Course", (leaf("one"), leaf("two"))), Edition.FOURTH
        ),
    )
    carried, aside = carry(old, new, suspended(old, "start"), Aside())
    assert carried["other"].suspended
    assert aside.tracking == {}


def test_objectives_that_an_activity_has_no_longer_come_back_with_it():
    with_goal = halves(objectives=(objective("goal"), objective("other")))
    state = suspended(with_goal, "start")
    goal = replace(state["one"], objectives={"goal": Progress(satisfied=True)})
    state = state.with_tracking({"one": goal})
    away, aside = carry(with_goal, halves(), state, Aside())
    assert away["one"].objectives == {}
    later = trees.changed(away, "one", measure=0.5)
    back, _ = carry(halves(), with_goal, later, aside)
    assert back["one"].objectives["goal"].satisfied is True
    assert back["one"].measure == 0.5


def test_the_way_to_a_part_that_has_moved_begins_no_other_attempt():
    old = tree(leaf("one"), leaf("two"), item("c", leaf("three"), flow=True), **OPEN)
    new = tree(leaf("one"), item("c", leaf("three"), leaf("two"), flow=True), **OPEN)
    state = suspended(old, "start", "continue", "continue", "previous", completed=["three"])
    state = done(old, state, "three")
    carried, _ = carry(old, new, state, Aside())
    assert carried["c"].suspended
    resumed = after(new, "resumeAll", state=carried)
    assert resumed.current == "two"
    assert not resumed["three"].stale


def test_a_new_chapter_of_parts_that_are_done_is_done():
    old = tree(leaf("one"), leaf("two"), leaf("three"), **OPEN)
    new = tree(item("c", leaf("one"), leaf("two"), flow=True), leaf("three"), **OPEN)
    state = suspended(old, "start", "continue", "continue", completed=["three"])
    state = done(old, state, "one", "two")
    carried, _ = carry(old, new, state, Aside())
    assert carried["c"].completion is True


def test_a_course_without_the_part_that_was_missing_is_complete():
    old, new = halves(), tree(leaf("one"), leaf("three"), **OPEN)
    state = done(old, suspended(old, "start", "continue"), "one", "three")
    state = trees.changed(state, "one", attempt_count=1)
    state = trees.changed(state, "three", attempt_count=1)
    assert state["course"].completion is None
    carried, _ = carry(old, new, state, Aside())
    assert carried["course"].completion is True


def test_of_reordered_children_new_ones_come_last():
    shuffled = {"randomization_timing": "once", "reorder": True, **OPEN}
    old = tree(leaf("one"), leaf("two"), leaf("three"), **shuffled)
    new = tree(leaf("one"), leaf("new"), leaf("three"), **shuffled)
    state = suspended(old, "start")
    drawn = state["course"].available
    carried, aside = carry(old, new, state, Aside())
    assert carried["course"].available == (*(x for x in drawn if x != "two"), "new")
    back, _ = carry(new, old, trees.changed(carried, "course", measure=0.5), aside)
    assert back["course"].available == drawn


def test_of_selected_children_those_stay_that_still_are():
    some = {"selection_timing": "once", "count": 2, **OPEN}
    old = tree(leaf("one"), leaf("two"), leaf("three"), **some)
    state = suspended(old, "start")
    first, second = state["course"].available
    new = tree(leaf(first), leaf("new"), **some)
    carried, _ = carry(old, new, state, Aside())
    assert carried["course"].available == (first,)
    plain, aside = carry(old, halves(), state, Aside())
    assert plain["course"].available is None
    back, _ = carry(halves(), old, plain, aside)
    assert back["course"].available == (first, second)


def test_what_is_gone_waits_through_versions_that_do_not_have_it_either():
    old, without = halves(), tree(leaf("one"), leaf("three"), **OPEN)
    state = suspended(old, "start", "continue", completed=["two"])
    away, aside = carry(old, without, state, Aside())
    away, aside = carry(without, tree(leaf("one"), **OPEN), away, aside)
    assert aside.tracking["two"].completion is True
    back, _ = carry(tree(leaf("one"), **OPEN), old, away, aside)
    assert back["two"].completion is True
    assert back.suspended_activity == "two"
