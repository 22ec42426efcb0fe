"""What navigation costs in courses of a thousand activities, of several shapes."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from scorm.packages.manifest import (
    ChildSelection,
    Condition,
    ControlMode,
    Edition,
    Item,
    Objective,
    ObjectiveMap,
    Organization,
    RollupFlags,
    RollupRule,
    Sequencing,
    SequencingRule,
)
from scorm.sequencing import ActivityReport, ActivityTree, State, record, step, validity

FLOW = ControlMode(flow=True)
PLAIN = Sequencing(control=FLOW)
TIMES = 3


def flat(sequencing: Sequencing) -> list[Item]:
    return [leaf(f"x{number}", sequencing) for number in range(1000)]


def cubic(sequencing: Sequencing) -> list[Item]:
    """Ten by ten by ten."""
    return [
        cluster(
            f"x{a}",
            [
                cluster(
                    f"x{a}{b}", [leaf(f"x{a}{b}{c}", sequencing) for c in range(10)], sequencing
                )
                for b in range(10)
            ],
            sequencing,
        )
        for a in range(10)
    ]


def deep(sequencing: Sequencing) -> list[Item]:
    """As deep as an import allows, with parts on every level."""
    below: list[Item] = []
    for level in reversed(range(48)):
        parts = [leaf(f"x{level}-{number}", sequencing) for number in range(20)]
        below = [cluster(f"x{level}", [*parts[:10], *below, *parts[10:]], sequencing)]
    return below


def leaf(key: str, sequencing: Sequencing) -> Item:
    return Item(key, key, launch="a.html", sco=True, sequencing=sequencing)


def cluster(key: str, children: list[Item], sequencing: Sequencing) -> Item:
    return Item(key, key, children=tuple(children), sequencing=sequencing)


def when(action: str, *names: str) -> SequencingRule:
    """A rule that looks at everything and never applies."""
    return SequencingRule(action, tuple(Condition(name) for name in ("always", *names)))


RULED = Sequencing(
    control=FLOW,
    precondition_rules=tuple(
        when(action, "attempted", "completed", "attemptLimitExceeded")
        for action in ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")
    ),
    exit_rules=(when("exit", "satisfied", "attemptLimitExceeded"),),
    postcondition_rules=(when("retry", "attemptLimitExceeded"),),
    rollup_rules=tuple(
        RollupRule(action, (Condition("attempted"), Condition("satisfied")), child_set=child_set)
        for action in ("satisfied", "notSatisfied", "completed", "incomplete")
        for child_set in ("all", "any", "atLeastPercent")
    ),
    rollup=RollupFlags(
        required_for_satisfied="ifNotSkipped", required_for_completed="ifNotSkipped"
    ),
    attempt_limit=1000,
)
VALUES = frozenset(("satisfied", "measure", "completion", "progress_measure"))
SHARED = Sequencing(
    control=FLOW,
    primary_objective=Objective(
        "own", True, 0.5, tuple(ObjectiveMap(target, VALUES, VALUES) for target in "gh")
    ),
    objectives=(Objective("other", maps=(ObjectiveMap("i", VALUES, VALUES),)),),
    precondition_rules=(SequencingRule("skip", (Condition("satisfied", "other", negated=True),)),),
)
DRAWN = Sequencing(
    control=FLOW,
    selection=ChildSelection("onEachNewAttempt", 1000, "onEachNewAttempt", reorder=True),
)
SKIPPED = Sequencing(
    control=FLOW, precondition_rules=(SequencingRule("skip", (Condition("always"),)),)
)
SHAPES = {"flat": flat, "cubic": cubic, "deep": deep}
KINDS = {"plain": PLAIN, "ruled": RULED, "shared": SHARED, "drawn": DRAWN, "skipped": SKIPPED}


def course(shape: str, kind: str) -> ActivityTree:
    items = tuple(SHAPES[shape](KINDS[kind]))
    organization = Organization("course", "Course", items, sequencing=PLAIN)
    return ActivityTree.from_organization(organization, Edition.FOURTH)


REPORT = ActivityReport(True, True, 0.7, 0.7, said=frozenset(("completion", "satisfied")))


def states(tree: ActivityTree) -> Iterator[State]:
    """Before the first session; in the middle, with everything attempted; suspended there."""
    yield State(seed=1)
    parts = [activity.id for activity in tree.deliverables()]
    state = step(tree, State(seed=1), f"{{target={parts[-1]}}}choice").state
    for key in parts[:: len(parts) // 50]:
        state = record(tree, step(tree, state, f"{{target={key}}}jump").state, key, REPORT)
    middle = parts[len(parts) // 2]
    state = record(tree, step(tree, state, f"{{target={middle}}}jump").state, middle, REPORT)
    yield state
    yield step(tree, state, "suspendAll").state


def requests(tree: ActivityTree, state: State) -> list[str]:
    parts = [activity.id for activity in tree.deliverables()]
    choices = [f"{{target={key}}}choice" for key in (parts[0], parts[-1], tree.order[1])]
    if state.current is None:
        return ["resumeAll" if state.suspended_activity else "start", *choices]
    leave = ["exit", "exitAll", "abandonAll", "suspendAll"]
    return ["continue", "previous", f"{{target={parts[-1]}}}jump", *choices, *leave]


def milliseconds(call: Callable[[State], object], state: State) -> float:
    """CPU time, each time on a state as it comes from the database."""
    found = []
    for _ in range(TIMES):
        fresh = State.from_plain(state.to_plain())
        began = time.process_time()
        call(fresh)
        found.append((time.process_time() - began) * 1000)
    return statistics.median(found)


def costs() -> Iterator[tuple[str, str, str, float]]:
    """Shape, kind, what was done, and its milliseconds."""
    for shape in SHAPES:
        for kind in KINDS:
            tree = course(shape, kind)
            for state in states(tree):
                cost = milliseconds(lambda found, tree=tree: validity(tree, found), state)
                yield shape, kind, "validity", cost
                for name in requests(tree, state):
                    cost = milliseconds(
                        lambda found, tree=tree, name=name: step(tree, found, name), state
                    )
                    yield shape, kind, name, cost


def measure(_folder: Path) -> dict[str, float]:
    """``sequencing.request_ms_1000`` and ``sequencing.validity_ms_1000``: CPU milliseconds of the
    slowest request, and of the slowest validity map, in the worst of all these courses."""
    found = list(costs())
    return {
        "sequencing.request_ms_1000": round(max(x[-1] for x in found if x[2] != "validity"), 1),
        "sequencing.validity_ms_1000": round(max(x[-1] for x in found if x[2] == "validity"), 1),
    }
