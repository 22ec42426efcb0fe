"""Thousands of random walks (``--walks``), and whether they reach all that the book has.

``Random(seed)`` of a seed that fails gives the same course and walk again.
"""

import traceback
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from scorm.sequencing.exceptions import WORDS
from scorm.sequencing.selection import available_children
from tests.scorm.sequencing import always
from tests.scorm.sequencing.chance import POST, PRE, ROLLUP, Walk, random_walk

ENOUGH = 20_000
"""So many walks meet everything that can be met."""

NEVER_MET = {
    "SB.2.9-5": "the current part must have lost its place by a new selection: test_choice",
}
REQUESTS = ("start", "resumeAll", "continue", "previous", "choice", "jump")


@dataclass
class Walked:
    """What was met, how often, and what went wrong."""

    met: Counter = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(request) -> Walked:
    found = Walked()
    for seed in range(request.config.getoption("--walks")):
        try:
            walk_once(seed, found.met)
        except Exception:
            found.failures.append(f"seed {seed}: {traceback.format_exc()}")
    return found


def walk_once(seed: int, met: Counter) -> None:
    trace: list = []
    walk = random_walk(Random(seed), trace=trace)
    chance = Random(f"{seed} once more")
    tree = walk.tree
    for state in walk.states:
        always.has_one_way_at_most(tree, state)
        always.knows_nothing_of_untracked(tree, state)
    for made in walk.steps:
        always.has_delivered(tree, made.outcome)
        always.may_be_delivered(tree, made)
    made, state = chance.choice(walk.steps), chance.choice(walk.states)
    always.answers_always_the_same(tree, made)
    always.is_stored_as_it_is(walk.states[-1])
    targets = tree.order if seed % 10 == 0 else chance.sample(tree.order, 2)
    always.does_as_promised(tree, state, targets)
    always.settles(tree, state, state.current or chance.choice(tree.order))
    always.ends_all_alike(tree, state, chance.choice(tree.order))
    met["resumed"] += always.resumes_as_it_was(tree, walk.states[-1])
    for pair in walk.reported[-2:]:
        met["alike"] += always.looks_as_it_is(tree, *pair)
    count(walk, trace, met)


def count(walk: Walk, trace: list, met: Counter) -> None:
    tree = walk.tree
    for fired in trace:
        met[fired.action, "of the book" if fired.rule is None else "of the course"] += 1
    for made in walk.steps:
        outcome = made.outcome
        met[outcome.exception] += 1
        met[outcome.session] += 1
        met["delivery", made.request.name] += outcome.delivery is not None
        met["end", made.request.name] += outcome.session == "ended"
    last = walk.states[-1]
    for cluster in tree.varying:
        children = available_children(last, cluster)
        met["selected"] += len(children) < len(cluster.available)
        met["reordered"] += list(children) != sorted(children, key=tree.order.index)
    met["stale"] += any(tracking.stale for tracking in last.tracking.values())
    met["global objectives"] += bool(last.objectives)
    met["global objectives forgotten"] += any(
        made.before.objectives and not made.outcome.state.objectives for made in walk.steps
    )
    met["passes on"] += always.passes_on(tree)
    met["settles at once"] += bool(tree.targets) and not always.passes_on(tree)


def test_nothing_ever_goes_wrong(walked):
    assert not walked.failures, "\n".join([f"{len(walked.failures)} fail", *walked.failures[:3]])


@pytest.fixture
def met(walked, request) -> Counter:
    if request.config.getoption("--walks") < ENOUGH:
        pytest.skip("too few walks to meet everything")
    return walked.met


@pytest.mark.parametrize("code", sorted(WORDS.keys() - NEVER_MET.keys()))
def test_every_refusal_is_met(met, code):
    assert met[code]


@pytest.mark.parametrize("code", sorted(NEVER_MET))
def test_what_cannot_be_met_is_not_met(met, code):
    assert not met[code]


@pytest.mark.parametrize("action", [*PRE, "exit", *POST, *ROLLUP])
def test_every_action_of_a_rule_is_taken(met, action):
    assert met[action, "of the course"]


@pytest.mark.parametrize("action", ROLLUP)
def test_every_rule_of_the_book_is_followed(met, action):
    assert met[action, "of the book"]


@pytest.mark.parametrize("name", REQUESTS)
def test_every_request_delivers_something(met, name):
    assert met["delivery", name]


@pytest.mark.parametrize("name", ["start", "continue", "exit", "exitAll", "abandon", "abandonAll"])
def test_every_way_out_of_a_session_is_taken(met, name):
    assert met["end", name]


@pytest.mark.parametrize(
    "what",
    [
        *("continues", "ended", "suspended", "blocked", "resumed", "alike", "selected", "stale"),
        *("reordered", "global objectives", "global objectives forgotten"),
        *("passes on", "settles at once"),
    ],
)
def test_everything_else_is_met_too(met, what):
    assert met[what]
