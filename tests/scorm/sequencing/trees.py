"""Small organizations in few words, and random ones."""

from dataclasses import replace

from hypothesis import strategies as st

from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    Edition,
    Item,
    Objective,
    Organization,
    RollupFlags,
    Sequencing,
)
from scorm.sequencing import ActivityTree, State, step

CONTROL = ("choice", "choice_exit", "flow", "forward_only")
ROLLUP = ("objective_satisfied", "progress_completion", "measure_weight")
DELIVERY = ("tracked", "completion_set_by_content", "objective_set_by_content")


def sequencing(**values) -> Sequencing:
    """A sequencing definition from the names of its parts' fields, and ``limit``, ``passing``."""

    def part(kind, names):
        return kind(**{name: values[name] for name in names if name in values})

    passing = values.get("passing")
    return Sequencing(
        control=part(ControlMode, CONTROL),
        rollup=part(RollupFlags, ROLLUP),
        delivery=part(DeliveryControls, DELIVERY),
        attempt_limit=values.get("limit"),
        primary_objective=None if passing is None else Objective(None, True, passing),
    )


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


def tree(*items: Item, edition=Edition.FOURTH, **values) -> ActivityTree:
    organization = Organization("course", "Course", items, sequencing=sequencing(**values))
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
