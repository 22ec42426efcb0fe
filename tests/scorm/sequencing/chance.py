"""Random courses with everything that a manifest can say, and random ways through them.

All is drawn from one ``random.Random``: from a seed, to walk in bulk, or hypothesis's own, which
shrinks what fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from scorm.packages.manifest import (
    ChildSelection,
    CompletionThreshold,
    Condition,
    ControlMode,
    DeliveryControls,
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
from scorm.sequencing import (
    Activity,
    ActivityReport,
    ActivityTree,
    ObjectiveReport,
    Outcome,
    Request,
    State,
    record,
    step,
)
from scorm.sequencing.tracking import VALUES

CONDITIONS = (
    *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed", "attempted"),
    *("objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "activityProgressKnown"),
    *("attemptLimitExceeded", "timeLimitExceeded", "outsideAvailableTimeRange", "always"),
)
STATUSES = tuple(name for name in CONDITIONS if "easure" not in name)
PRE = ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")
POST = ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous")
ROLLUP = ("satisfied", "notSatisfied", "completed", "incomplete")
CHILD_SETS = ("all", "any", "none", "atLeastCount", "atLeastPercent")
REQUIRED = ("always", "ifAttempted", "ifNotSkipped", "ifNotSuspended")
TIMINGS = ("never", "once", "onEachNewAttempt")
GLOBALS = ("g", "h", "i")
MEASURES = (-0.5, 0.0, 0.3, 0.5, 0.8, 1.0)
AMOUNTS = tuple(value for value in MEASURES if value >= 0)
NAMES = ("skip", "exit", "post", "disabled", "stop", "places", "unusable", "unreachable", "begins")
"""Identifiers that courses may use, whatever else they stand for in the sequencer."""

DEEPEST = 6


def likely(chance: Random, probability: float) -> bool:
    """Shrinks to False."""
    return chance.random() >= 1 - probability


def some(chance: Random, values: Iterable, probability: float) -> list:
    return [value for value in values if likely(chance, probability)]


@dataclass(frozen=True)
class Course:
    """How rich a course is: how likely its activities have anything of a kind.

    :param conditions: which its rules have
    """

    edition: Edition
    conditions: tuple[str, ...]
    rules: float
    after: float
    rollup: float
    objectives: float
    maps: float
    measures: float
    limits: float
    controls: float
    selection: float
    untracked: float


def random_tree(chance: Random, most: int = 40) -> ActivityTree:
    """An organization of up to ``most`` activities, of any edition; a 1.2 one has no sequencing."""
    course = Course(
        chance.choice((Edition.FOURTH, Edition.FOURTH, Edition.THIRD, Edition.SECOND, *Edition)),
        chance.choice((STATUSES, CONDITIONS)),
        *(chance.choice((0.0, 0.0, 0.1, 0.25, 0.5)) for _ in range(10)),
    )
    size = min(most, chance.choice((2, 3, 4, 6, 8, 8, 12, 20, 40)))
    below: list[list[int]] = [[] for _ in range(size)]
    depths = [0] * size
    for number in range(1, size):
        parents = [n for n in range(max(0, number - 8), number) if depths[n] < DEEPEST]
        parent = chance.choice(parents or [0])
        below[parent].append(number)
        depths[number] = depths[parent] + 1
    names = [
        chance.choice(NAMES) + str(n) * (n % 9 > 0) if likely(chance, 0.1) else f"x{n}"
        for n in range(size)
    ]
    names = [name if name not in names[:n] else f"x{n}" for n, name in enumerate(names)]
    items = [Item("", "")] * size
    for number in reversed(range(size)):
        children = tuple(items[n] for n in below[number])
        launched = likely(chance, 0.07) if children else not likely(chance, 0.07)
        items[number] = Item(
            identifier=names[number],
            title=names[number],
            visible=not likely(chance, 0.1),
            launch="a.html" if launched else None,
            sco=not likely(chance, 0.3),
            children=children,
            completion_threshold=_threshold(chance, course),
            prerequisites=_prerequisites(chance, course, names),
            sequencing=_sequencing(chance, course, names, bool(children)),
        )
    root = items[0]
    organization = Organization(
        root.identifier,
        root.title,
        root.children,
        objectives_global_to_system=likely(chance, 0.5),
        completion_threshold=root.completion_threshold,
        sequencing=root.sequencing,
    )
    return ActivityTree.from_organization(organization, course.edition)


def _prerequisites(chance: Random, course: Course, names: list[str]) -> str | None:
    if course.edition.is_2004 or not likely(chance, 0.3):
        return None
    return f'"{chance.choice(names)}"'


def _threshold(chance: Random, course: Course) -> CompletionThreshold | None:
    if not likely(chance, course.measures):
        return None
    weight = chance.choice((0.0, 0.5, 1.0))
    return CompletionThreshold(likely(chance, 0.5), chance.choice(AMOUNTS), weight)


def _sequencing(chance: Random, course: Course, names: list[str], cluster: bool) -> Sequencing:
    if not course.edition.is_2004:
        return Sequencing()
    primary, others = _objectives(chance, course, names)
    known = [x.identifier for x in (primary, *others) if x and x.identifier]

    def conditions() -> tuple[Condition, ...]:
        count = chance.choice((1, 1, 1, 2, 2, 3)) if not likely(chance, 0.02) else 0
        return tuple(_condition(chance, course, [*known, "nowhere"]) for _ in range(count))

    def rules(actions: Iterable[str], likelihood: float) -> tuple[SequencingRule, ...]:
        return tuple(
            SequencingRule(action, conditions(), any=likely(chance, 0.5))
            for action in some(chance, actions, likelihood)
        )

    return Sequencing(
        control=_control(chance, course),
        precondition_rules=rules(PRE, course.rules / 2),
        exit_rules=rules(("exit",), course.rules if cluster else 0),
        postcondition_rules=rules(POST, course.after),
        rollup_rules=tuple(
            RollupRule(
                action,
                conditions(),
                any=likely(chance, 0.5),
                child_set=chance.choice(CHILD_SETS),
                minimum_count=chance.choice((0, 1, 2)),
                minimum_percent=chance.choice((0.0, 0.3, 0.5, 1.0)),
            )
            for action in some(chance, ROLLUP, course.rollup if cluster else 0)
        ),
        primary_objective=primary,
        objectives=others,
        rollup=_flags(chance, course),
        selection=_selection(chance, course, cluster),
        delivery=DeliveryControls(
            tracked=not likely(chance, course.untracked / 2),
            completion_set_by_content=likely(chance, 0.3),
            objective_set_by_content=likely(chance, 0.3),
        ),
        attempt_limit=chance.choice((0, 1, 1, 2, 3)) if likely(chance, course.limits) else None,
    )


def _condition(chance: Random, course: Course, objectives: list[str]) -> Condition:
    return Condition(
        chance.choice(course.conditions),
        objective=chance.choice(objectives) if likely(chance, 0.4) else None,
        threshold=chance.choice(MEASURES),
        negated=likely(chance, 0.3),
    )


def _control(chance: Random, course: Course) -> ControlMode:
    rare = course.controls / 2
    return ControlMode(
        choice=not likely(chance, course.controls),
        choice_exit=not likely(chance, rare),
        flow=not likely(chance, course.controls * 0.8),
        forward_only=likely(chance, course.controls),
        use_current_attempt_objective_info=not likely(chance, 0.5),
        use_current_attempt_progress_info=not likely(chance, 0.5),
        constrain_choice=likely(chance, course.controls),
        prevent_activation=likely(chance, rare),
    )


def _objectives(
    chance: Random, course: Course, names: list[str]
) -> tuple[Objective | None, tuple[Objective, ...]]:
    def objective(identifier: str | None) -> Objective:
        maps = some(chance, GLOBALS, course.maps)
        return Objective(
            identifier,
            likely(chance, course.measures),
            chance.choice(MEASURES),
            tuple(
                ObjectiveMap(
                    target,
                    reads=frozenset(some(chance, VALUES, 0.5)),
                    writes=frozenset(some(chance, VALUES, 0.5)),
                )
                for target in maps
            ),
        )

    if not likely(chance, course.objectives):
        return None, ()
    own = chance.choice((None, "own", "own", chance.choice(names)))
    others = some(chance, ("first", "second", chance.choice(names)), 0.3)
    return objective(own), tuple(objective(identifier) for identifier in others)


def _flags(chance: Random, course: Course) -> RollupFlags:
    def required() -> str:
        return chance.choice(REQUIRED) if likely(chance, course.rollup) else "always"

    return RollupFlags(
        objective_satisfied=not likely(chance, course.rollup / 2),
        progress_completion=not likely(chance, course.rollup / 2),
        measure_weight=chance.choice((1.0, 0.5, 0.0)),
        required_for_satisfied=required(),
        required_for_not_satisfied=required(),
        required_for_completed=required(),
        required_for_incomplete=required(),
        measure_satisfaction_if_active=not likely(chance, course.measures / 10),
    )


def _selection(chance: Random, course: Course, cluster: bool) -> ChildSelection:
    if not cluster or not likely(chance, course.selection):
        return ChildSelection()
    return ChildSelection(
        selection_timing=chance.choice(TIMINGS),
        count=chance.choice((None, 0, 1, 1, 2, 3)),
        randomization_timing=chance.choice(TIMINGS),
        reorder=likely(chance, 0.7),
    )


def random_report(chance: Random, activity: Activity) -> ActivityReport:
    """Something that content may say, of its objectives too, and of some it has not."""

    def verdict() -> bool | None:
        return chance.choice((None, True, True, False))

    def number(values: tuple[float, ...]) -> float | None:
        return chance.choice((None, *values))

    completion, satisfied = verdict(), verdict()
    said = {
        name
        for name, value in (("completion", completion), ("satisfied", satisfied))
        if value is not None or likely(chance, 0.2)
    }
    return ActivityReport(
        completion=completion,
        satisfied=satisfied,
        measure=number(MEASURES),
        progress_measure=number(AMOUNTS),
        raw=number(MEASURES),
        minimum=number(MEASURES),
        maximum=number(MEASURES),
        suspended=likely(chance, 0.2),
        said=frozenset(said),
        told=frozenset(some(chance, VALUES, 0.3)),
        objectives={
            key: ObjectiveReport(
                {
                    name: verdict() if name in ("completion", "satisfied") else number(AMOUNTS)
                    for name in some(chance, VALUES, 0.5)
                },
                frozenset(some(chance, VALUES, 0.3)),
            )
            for key in some(chance, (*activity.objectives, "nowhere"), 0.5)
        },
    )


def _nearly(chance: Random, report: ActivityReport) -> ActivityReport:
    """The same with other measures, as content reports them from page to page."""
    measure, amount = chance.choice(MEASURES), chance.choice(AMOUNTS)
    return replace(report, measure=measure, progress_measure=amount)


LEAVE = ("exit", "exitAll", "suspendAll", "abandon", "abandonAll")
USUAL = ("continue", "continue", "previous", "choice", "choice", "choice", "jump", *LEAVE)
ODD = ("start", "resumeAll", "forward", "_none_")


def random_request(chance: Random, tree: ActivityTree, state: State) -> Request:
    """Mostly what makes sense."""
    if likely(chance, 0.03):
        return Request(chance.choice((*ODD, *USUAL)))
    if state.current is None:
        begin = "start" if state.suspended_activity is None else "resumeAll"
        name = chance.choice((begin, begin, begin, "choice"))
    else:
        name = chance.choice(USUAL)
    if name in ("choice", "jump"):
        return Request(name, chance.choice(tree.order))
    return Request(name)


@dataclass(frozen=True)
class Step:
    """A state, a request that was made of it, and what that led to."""

    before: State
    request: Request
    outcome: Outcome


@dataclass(frozen=True)
class Walk:
    """A course, and what a learner did.

    :param reported: states before and after content said something, and what it said
    """

    tree: ActivityTree
    steps: list[Step]
    reported: list[tuple[State, State]]

    @property
    def states(self) -> list[State]:
        """Every state that was met, the first one included."""
        return [self.steps[0].before, *(x.outcome.state for x in self.steps)]


def open_part(tree: ActivityTree, state: State) -> Activity | None:
    """What the learner has before him, if anything."""
    if state.current is None or not state[state.current].active:
        return None
    activity = tree[state.current]
    return activity if activity.deliverable else None


def random_walk(chance: Random, most: int = 40, trace: list | None = None) -> Walk:
    """A learner's way through a random course.

    :param trace: gets the rules that fired
    """
    tree = random_tree(chance, most)
    walk = Walk(tree, [], [])
    state = State(seed=chance.randrange(5), trace=trace)
    for _ in range(chance.choice((1, 2, 3, 5, 8, 14))):
        part = open_part(tree, state)
        if part is not None and likely(chance, 0.7):
            report = random_report(chance, part)
            for said in (report, _nearly(chance, report), _nearly(chance, report)):
                walk.reported.append((state, record(tree, state, part.id, said)))
                state = walk.reported[-1][1]
        request = random_request(chance, tree, state)
        outcome = step(tree, state, request)
        walk.steps.append(Step(replace(state, trace=None), request, outcome))
        state = outcome.state
    return walk
