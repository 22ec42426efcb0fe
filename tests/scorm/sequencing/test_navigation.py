"""What a navigation request is, and when it is valid (NB.2.1)."""

import pytest

from scorm.packages.manifest import Edition
from scorm.sequencing import Request, State, parse_request, step
from scorm.sequencing.exceptions import WORDS
from tests.scorm.sequencing.trees import after, item, leaf, tree


@pytest.mark.parametrize("name", ["start", "continue", "exitAll", "_none_", "strange"])
def test_a_plain_request_is_its_name(name):
    assert parse_request(name) == Request(name)


@pytest.mark.parametrize("name", ["choice", "jump"])
def test_choice_and_jump_name_their_target(name):
    assert parse_request("{target= part-1 }" + name) == Request(name, "part-1")


@pytest.mark.parametrize(
    "text", ["choice", "jump", "{target=}choice", "{target=a}continue", "{target=a}choice ", ""]
)
def test_a_malformed_request_is_unknown_to_scorm(text):
    assert step(FLOW, STARTED, text).exception == "NB.2.1-13"


FLOW = tree(leaf("a"), leaf("b"), leaf("c"), flow=True)
STARTED = after(FLOW, "start")
ENDED = after(FLOW, "exit", state=STARTED)
CHOICE_EXIT = tree(leaf("a", choice_exit=False), leaf("b"), flow=True)
HELD = tree(item("a", leaf("a1"), leaf("a2"), flow=True, choice_exit=False), leaf("b"), flow=True)


@pytest.mark.parametrize(
    ("found", "state", "request_", "code"),
    [
        (FLOW, STARTED, "start", "NB.2.1-1"),
        (FLOW, STARTED, "resumeAll", "NB.2.1-1"),
        (FLOW, State(), "resumeAll", "NB.2.1-3"),
        *[
            (FLOW, State(), name, "NB.2.1-2")
            for name in ("continue", "previous", "exit", "exitAll", "abandon", "suspendAll")
        ],
        (FLOW, State(), "{target=a}jump", "NB.2.1-2"),
        (FLOW, State(current="course"), "continue", "NB.2.1-4"),
        (FLOW, State(current="course"), "previous", "NB.2.1-6"),
        (tree(leaf("a"), leaf("b")), State(current="a"), "continue", "NB.2.1-4"),
        (tree(leaf("a"), leaf("b")), State(current="b"), "previous", "NB.2.1-5"),
        (
            tree(leaf("a"), leaf("b"), flow=True, forward_only=True),
            State(current="b"),
            "previous",
            "NB.2.1-5",
        ),
        (CHOICE_EXIT, after(CHOICE_EXIT, "start"), "{target=b}choice", "NB.2.1-8"),
        (CHOICE_EXIT, after(CHOICE_EXIT, "start"), "{target=course}choice", "NB.2.1-8"),
        (HELD, after(HELD, "start"), "{target=b}choice", "NB.2.1-8"),
        (tree(leaf("a"), leaf("b"), choice=False), State(), "{target=a}choice", "NB.2.1-10"),
        (FLOW, STARTED, "{target=z}choice", "NB.2.1-11"),
        (FLOW, STARTED, "{target=z}jump", "NB.2.1-11"),
        (FLOW, STARTED, "{target=course}jump", "NB.2.1-11"),
        (FLOW, ENDED, "exit", "NB.2.1-12"),
        (FLOW, ENDED, "abandon", "NB.2.1-12"),
        (FLOW, STARTED, "forward", "NB.2.1-13"),
    ],
)
def test_a_request_is_refused_by_the_code_of_the_book(found, state, request_, code):
    outcome = step(found, state, request_)
    assert (outcome.exception, outcome.words) == (code, WORDS[code])


@pytest.mark.parametrize("edition", [Edition.SCORM_12, Edition.SECOND, Edition.THIRD])
def test_only_the_4th_edition_knows_jump(edition):
    found = tree(leaf("a"), leaf("b"), flow=True, edition=edition)
    assert step(found, after(found, "start"), "{target=b}jump").exception == "NB.2.1-13"


def test_a_refused_request_leaves_the_state_as_it_was():
    outcome = step(FLOW, STARTED, "{target=z}choice")
    assert outcome.state is STARTED
    assert (outcome.session, outcome.delivery) == ("continues", None)


def test_the_request_none_asks_for_nothing():
    outcome = step(FLOW, STARTED, "_none_")
    assert outcome.state is STARTED
    assert (outcome.exception, outcome.delivery, outcome.words) == (None, None, "")


def test_a_request_that_is_parsed_already_does_the_same():
    assert step(FLOW, STARTED, Request("choice", "c")) == step(FLOW, STARTED, "{target=c}choice")


def test_a_part_within_a_cluster_that_holds_the_learner_can_still_be_chosen():
    assert step(HELD, after(HELD, "start"), "{target=a2}choice").delivery == "a2"


def test_a_part_that_has_ended_no_longer_holds_the_learner():
    state = after(CHOICE_EXIT, "start", "exit")
    assert "NB.2.1" not in (step(CHOICE_EXIT, state, "{target=b}choice").exception or "")
