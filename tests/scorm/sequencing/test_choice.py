"""What can be chosen from where (NB.2.1 7, SB.2.9)."""

import pytest

from scorm.sequencing import State, Tracking, step
from scorm.sequencing.sequencing import Direction, choice_flow
from tests.scorm.sequencing.trees import after, item, leaf, rule, tree


def course(**values):
    """Three clusters of three parts; ``values`` are by the activity's identifier."""

    def of(key):
        return values.get(key, {})

    clusters = [
        item(
            key,
            *[leaf(f"{key}{n}", **of(f"{key}{n}")) for n in (1, 2, 3)],
            **{"flow": True, **of(key)},
        )
        for key in "abc"
    ]
    return tree(*clusters, **{"flow": True, **of("course")})


def chosen(found, at, target):
    """What choosing the target leads to, once the learner is at some part, or was there."""
    state = State() if at is None else after(found, *at.split())
    outcome = step(found, state, f"{{target={target}}}choice")
    return outcome.exception or outcome.delivery


def at(key, *then):
    return " ".join((f"{{target={key}}}choice", *then))


STOP, HIDE, SKIP = rule("stopForwardTraversal"), rule("hiddenFromChoice"), rule("skip")
DISABLE = rule("disabled")


@pytest.mark.parametrize(
    ("values", "begin", "target", "leads_to"),
    [
        # before anything has begun: from the root downwards
        ({}, None, "b2", "b2"),
        ({}, None, "course", "a1"),
        ({}, None, "b", "b1"),
        ({"course": {"rules": [STOP]}}, None, "b2", "SB.2.4-1"),
        ({"b": {"rules": [STOP]}}, None, "b2", "SB.2.4-1"),
        ({"b": {"rules": [STOP]}}, None, "b", "b1"),
        ({"a": {"rules": [STOP]}}, None, "b2", "b2"),
        ({"b": {"prevent_activation": True}}, None, "b2", "SB.2.9-6"),
        ({"b": {"prevent_activation": True}}, None, "b", "b1"),
        # step 2 to 4: whether it is there to be chosen
        ({"b": {"rules": [HIDE]}}, at("a1"), "b2", "SB.2.9-3"),
        ({"b": {"rules": [HIDE]}}, at("a1"), "b", "SB.2.9-3"),
        ({"b2": {"rules": [HIDE]}}, at("a1"), "b", "b1"),
        ({"b": {"choice": False}}, at("a1"), "b2", "NB.2.1-10"),
        ({"b": {"choice": False}}, at("a1"), "b", "b1"),
        ({"course": {"choice": False}}, None, "b", "NB.2.1-10"),
        ({"course": {"choice": False}}, None, "b2", "b2"),
        # case 1: the current one itself
        ({"a1": {"rules": [STOP]}}, at("a1"), "a1", "a1"),
        ({"a1": {"choice_exit": False}}, at("a1"), "a1", "NB.2.1-8"),
        # case 2: siblings
        ({"a1": {"choice_exit": False}}, at("a1"), "a2", "NB.2.1-8"),
        ({"a1": {"choice_exit": False}}, at("a1", "exit"), "a2", "a2"),
        ({"a1": {"rules": [STOP]}}, at("a1"), "a2", "SB.2.4-1"),
        ({"a2": {"rules": [STOP]}}, at("a1"), "a2", "a2"),
        ({"a2": {"rules": [STOP]}}, at("a1"), "a3", "SB.2.4-1"),
        ({"a2": {"rules": [STOP]}}, at("a3"), "a1", "a1"),
        ({"a": {"forward_only": True}}, at("a3"), "a1", "SB.2.4-2"),
        ({"a": {"forward_only": True}}, at("a1"), "a3", "a3"),
        ({"a": {"constrain_choice": True}}, at("a1"), "a3", "a3"),
        ({"course": {"constrain_choice": True}}, at("a1"), "c3", "c3"),
        # case 4: up to a cluster it is in
        ({}, at("a2"), "a", "a1"),
        ({}, at("a2"), "course", "a1"),
        ({"a2": {"choice_exit": False}}, at("a2", "exit"), "a", "SB.2.9-7"),
        ({"a": {"choice_exit": False}}, at("a2"), "a", "a1"),
        ({"a": {"choice_exit": False}}, at("a2"), "course", "NB.2.1-8"),
        # case 5: into another branch
        ({}, at("a2"), "c3", "c3"),
        ({"a": {"choice_exit": False}}, at("a2"), "b2", "NB.2.1-8"),
        ({"course": {"choice_exit": False}}, at("a2"), "b2", "b2"),
        ({"b": {"rules": [STOP]}}, at("a2"), "b2", "SB.2.4-1"),
        ({"b": {"rules": [STOP]}}, at("a2"), "c2", "c2"),
        ({"a3": {"rules": [STOP]}}, at("a2"), "b2", "b2"),
        ({"a": {"rules": [STOP]}}, at("c2"), "a2", "a2"),
        ({"b": {"prevent_activation": True}}, at("a2"), "b2", "SB.2.9-6"),
        ({"b": {"prevent_activation": True}}, at("c2"), "b2", "SB.2.9-6"),
        ({"b": {"prevent_activation": True}}, at("a2"), "b", "b1"),
        ({"b": {"prevent_activation": True}}, at("c2"), "b", "SB.2.9-6"),
        ({"b2": {"prevent_activation": True}}, at("c2"), "b2", "b2"),
        # constrained: only to the neighbours, and what is below them
        ({"b": {"constrain_choice": True}}, at("b2"), "a1", "a1"),
        ({"b": {"constrain_choice": True}}, at("b2"), "c3", "c3"),
        ({"a": {"constrain_choice": True}}, at("a2"), "b3", "b3"),
        ({"a": {"constrain_choice": True}}, at("a2"), "c1", "SB.2.9-8"),
        ({"c": {"constrain_choice": True}}, at("c2"), "a1", "SB.2.9-8"),
        ({"a2": {"constrain_choice": True}}, at("a2"), "c1", "c1"),
        # a cluster flows
        ({"b": {"flow": False}}, at("a2"), "b", "SB.2.9-9"),
        ({"b1": {"rules": [SKIP]}}, at("a2"), "b", "b2"),
        ({"b1": {"rules": [SKIP]}}, at("a2"), "b1", "b1"),
        ({"b": {"rules": [SKIP]}}, at("a2"), "b", "b1"),
        ({"b1": {"rules": [DISABLE]}}, at("a2"), "b", "SB.2.9-9"),
        ({"b1": {"rules": [DISABLE]}}, at("a2"), "b1", "DB.1.1-3"),
        ({"b": {"rules": [DISABLE]}}, at("a2"), "b2", "DB.1.1-3"),
        ({f"b{n}": {"rules": [SKIP]} for n in (1, 2, 3)}, at("a2"), "b", "c1"),
    ],
)
def test_a_choice_leads_to_a_part_or_to_the_books_refusal(values, begin, target, leads_to):
    assert chosen(course(**values), begin, target) == leads_to


@pytest.mark.parametrize(("target", "leads_to"), [("b1", "b1"), ("c1", "SB.2.9-8")])
def test_the_nearest_cluster_that_constrains_counts_and_its_neighbour_may_be_higher_up(
    target, leads_to
):
    found = tree(
        item("a", item("x", leaf("x1"), constrain_choice=True, flow=True), flow=True),
        item("b", leaf("b1"), flow=True),
        item("c", leaf("c1"), flow=True),
        flow=True,
    )
    assert chosen(found, at("x1"), target) == leads_to


def test_the_neighbour_of_a_cluster_may_be_on_a_higher_level_or_nowhere():
    found = tree(
        item("a", leaf("a1"), item("x", leaf("x1"))), item("b", leaf("b1")), leaf("c"), flow=True
    )
    neighbours = {
        (key, direction.value): choice_flow(found, State(), found[key], direction).id
        for key in ("a", "x", "b", "c")
        for direction in Direction
    }
    assert neighbours == {
        ("a", "forward"): "b",
        ("a", "backward"): "a",
        ("x", "forward"): "b",
        ("x", "backward"): "a1",
        ("b", "forward"): "c",
        ("b", "backward"): "a",
        ("c", "forward"): "c",
        ("c", "backward"): "b",
    }


def test_a_cluster_that_has_lost_its_place_has_the_neighbours_of_its_parent():
    found = tree(
        item("p", item("x", leaf("x1")), leaf("p1"), selection_timing="once", count=1), leaf("b")
    )
    state = State().with_tracking({"p": Tracking(available=("p1",))})
    assert choice_flow(found, state, found["x"], Direction.FORWARD).id == "b"


def test_a_cluster_that_gives_nothing_is_reached_all_the_same():
    found = course(b={"flow": False})
    outcome = step(found, after(found, at("a2")), "{target=b}choice")
    state = outcome.state
    assert (state.current, state["b"].active, state["a"].active) == ("b", False, False)
    assert step(found, state, "{target=b2}choice").delivery == "b2"
    assert step(found, state, "continue").delivery == "c1"


def test_what_was_reached_can_lose_its_place_when_its_cluster_is_drawn_again():
    found = tree(
        item("t", leaf("t1")),
        *[leaf(f"q{n}") for n in range(4)],
        flow=True,
        selection_timing="onEachNewAttempt",
        count=2,
    )
    seen = set()
    for seed in range(60):
        state = step(found, State(seed=seed), "start").state
        state = step(found, state, "{target=q0}choice").state
        reached = step(found, state, "{target=t}choice")
        if reached.exception == "SB.2.9-9":
            others = [f"{{target=q{n}}}choice" for n in range(4)]
            seen |= {step(found, reached.state, other).exception for other in others}
    assert "SB.2.9-5" in seen


def test_before_and_after_are_by_the_order_that_was_drawn():
    found = tree(
        *[item(key, leaf(f"{key}1"), flow=True, rules=[STOP]) for key in "abcd"],
        flow=True,
        randomization_timing="once",
        reorder=True,
    )
    for seed in range(20):
        begun = step(found, State(seed=seed), "start").state
        order = begun["course"].available
        state = after(found, "continue", state=begun)
        assert state.current == f"{order[1]}1"
        assert chosen_from(found, state, f"{order[0]}1") == f"{order[0]}1"
        assert chosen_from(found, state, f"{order[2]}1") == "SB.2.4-1"


def chosen_from(found, state, target):
    outcome = step(found, state, f"{{target={target}}}choice")
    return outcome.exception or outcome.delivery


@pytest.mark.parametrize("rules", [[HIDE], [SKIP], [STOP]])
def test_neither_flow_nor_a_jump_minds_what_hinders_a_choice(rules):
    found = course(b={"choice": False, "rules": [x for x in rules if x is not SKIP]})
    assert step(found, after(found, at("a3")), "continue").delivery == "b1"
    found = course(b={"choice": False}, b1={"rules": rules})
    assert step(found, after(found, at("a3")), "{target=b1}jump").delivery == "b1"
