"""Small organizations in few words, and random ones."""

from dataclasses import fields, replace

from hypothesis import strategies as st

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
from scorm.sequencing import ActivityTree, State, step

PRE = ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")


def sequencing(**values) -> Sequencing:
    """A sequencing definition from the names of its parts' fields, and

    :param limit: of attempts
    :param passing: the primary objective is satisfied by a measure of so much
    :param primary: the primary objective, as :func:`objective` makes it
    :param objectives: the others
    :param rules: as :func:`rule` makes them; an action tells which kind it is of
    :param rollup_rules: as :func:`rolls` makes them
    """

    def part(kind):
        names = {found.name for found in fields(kind)}
        return kind(**{name: value for name, value in values.items() if name in names})

    passing = values.get("passing")
    primary = None if passing is None else Objective(None, True, passing)
    rules = values.get("rules", ())
    return Sequencing(
        control=part(ControlMode),
        rollup=part(RollupFlags),
        delivery=part(DeliveryControls),
        selection=part(ChildSelection),
        attempt_limit=values.get("limit"),
        primary_objective=values.get("primary", primary),
        objectives=values.get("objectives", ()),
        precondition_rules=tuple(found for found in rules if found.action in PRE),
        exit_rules=tuple(found for found in rules if found.action == "exit"),
        postcondition_rules=tuple(found for found in rules if found.action not in (*PRE, "exit")),
        rollup_rules=values.get("rollup_rules", ()),
    )


def condition(text: str) -> Condition:
    """A condition as people write it: ``not completed``, ``satisfied of first``,
    ``objectiveMeasureLessThan 0.5 of first``."""
    said, _, about = text.partition(" of ")
    negated = said.startswith("not ")
    name, _, threshold = said.removeprefix("not ").partition(" ")
    return Condition(name, about or None, float(threshold or 0), negated)


def rule(action: str, *conditions: str, any_: bool = False) -> SequencingRule:
    """A sequencing rule; without conditions it always applies."""
    found = tuple(condition(text) for text in conditions or ("always",))
    return SequencingRule(action, found, any_)


def rolls(action: str, child_set: str, *conditions: str, any_: bool = True, **values) -> RollupRule:
    """A rollup rule."""
    found = tuple(condition(text) for text in conditions)
    return RollupRule(action, found, any_, child_set, **values)


def objective(identifier: str | None = None, *maps: ObjectiveMap, passing=None) -> Objective:
    """An objective, satisfied by a measure of ``passing`` when that is given."""
    return Objective(identifier, passing is not None, passing or 0.0, maps)


def reads(target: str, *values: str) -> ObjectiveMap:
    return ObjectiveMap(target, reads=frozenset(values or ("satisfied", "measure")))


def writes(target: str, *values: str) -> ObjectiveMap:
    return ObjectiveMap(target, writes=frozenset(values or ("satisfied", "measure")))


def both(target: str, *values: str) -> ObjectiveMap:
    return ObjectiveMap(target, reads(target, *values).reads, writes(target, *values).writes)


def item(key: str, *children: Item, launch=None, sco=True, visible=True, threshold=None, **values):
    return Item(
        identifier=key,
        title=key.capitalize(),
        visible=visible,
        launch=launch,
        sco=sco,
        children=children,
        completion_threshold=threshold,
        sequencing=sequencing(**values),
    )


def leaf(key: str, **values) -> Item:
    return item(key, launch=f"{key}.html", **values)


def threshold(least: float | None = None, weight: float = 1.0) -> CompletionThreshold:
    return CompletionThreshold(least is not None, 1.0 if least is None else least, weight)


def tree(*items: Item, edition=Edition.FOURTH, shares=True, **values) -> ActivityTree:
    """:param shares: global objectives live with the learner"""
    organization = Organization(
        "course",
        "Course",
        items,
        objectives_global_to_system=shares,
        sequencing=sequencing(**values),
    )
    return ActivityTree.from_organization(organization, edition)


def after(found: ActivityTree, *requests: str, state: State | None = None) -> State:
    """The state after some requests, none of them refused."""
    state = state or State()
    for request in requests:
        outcome = step(found, state, request)
        assert outcome.exception is None, (request, outcome.exception)
        state = outcome.state
    return state


def walk(found: ActivityTree, request: str = "continue") -> list[str]:
    """What is delivered from start to end by one request over and over."""
    outcome, seen = step(found, State(), "start"), []
    while outcome.delivery is not None:
        seen.append(outcome.delivery)
        outcome = step(found, outcome.state, request)
    assert outcome.session == "ended", outcome
    return seen


@st.composite
def items(draw, flags, depth: int = 3):
    """Up to 4 items a level: leaves, clusters, headings, and both in one."""
    found = []
    for _ in range(draw(st.integers(1 if depth == 3 else 0, 4))):
        kind = draw(st.sampled_from(("leaf", "leaf", "cluster", "heading", "both")))
        below = ()
        if depth and kind in ("cluster", "both"):
            below = draw(items(flags, depth - 1))
        launch = None if kind in ("cluster", "heading") else "a.html"
        key = draw(st.uuids(version=4)).hex
        found.append(item(key, *below, launch=launch, **draw(flags)))
    return tuple(found)


FLOW_ONLY = st.fixed_dictionaries(
    {}, optional={"visible": st.booleans(), "sco": st.booleans()}
).map(lambda values: {**values, "choice": False, "flow": True})
ANY = st.fixed_dictionaries(
    {"flow": st.booleans()},
    optional={
        "choice": st.booleans(),
        "choice_exit": st.booleans(),
        "forward_only": st.booleans(),
        "tracked": st.booleans(),
        "limit": st.integers(0, 5),
        "measure_weight": st.sampled_from((0.0, 0.5, 1.0)),
        "objective_satisfied": st.booleans(),
        "progress_completion": st.booleans(),
        "completion_set_by_content": st.booleans(),
        "passing": st.sampled_from((0.5, 1.0)),
        "sco": st.booleans(),
        "visible": st.booleans(),
    },
)


@st.composite
def trees(draw, flags, edition=None):
    edition = edition or draw(st.sampled_from(Edition))
    values = {k: v for k, v in draw(flags).items() if k not in ("sco", "visible")}
    return tree(*draw(items(flags)), edition=edition, **values)


def changed(state: State, key: str, **values) -> State:
    """The state with some tracking values of one activity replaced."""
    return state.with_tracking({key: replace(state[key], **values)})
