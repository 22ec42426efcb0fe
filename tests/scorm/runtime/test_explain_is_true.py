"""Whatever learner and content do: what is explained is so, now and at the next launch."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scorm.packages.manifest import (
    CompletionThreshold,
    Condition,
    ControlMode,
    DeliveryControls,
    Edition,
    Item,
    Objective,
    ObjectiveMap,
    RollupFlags,
    RollupRule,
    Sequencing,
)
from scorm.runtime.course import course_of
from scorm.runtime.explain import explain
from scorm.runtime.standing import standing_of
from scorm.runtime.state import state_of
from scorm.runtime.statuses import COMPLETION, SUCCESS
from scorm.sequencing.objectives import effective, effective_for_rollup

OF_COMPLETION = {
    "completion.reached": True,
    "completion.assumed": True,
    "completion.short": False,
    "completion.incomplete": False,
    "completion.not-attempted": False,
    "completion.unknown": None,
    "completion.no-measure": None,
    "completion.open": None,
    "completion.suspended": None,
    "completion.ignored.reached": True,
    "completion.objective": True,
    "completion.objective.short": False,
    "completion.left-to-content": None,
    "completion.read": None,
    "mastery.reached": True,
    "mastery.short": True,
    "mastery.incomplete": False,
    "status.completed": True,
    "status.incomplete": False,
    "status.none": None,
    "status.said.incomplete": False,
    "status.said.failed": True,
    "completed-no-verdict": True,
    "asset.never": None,
    "untracked": None,
}
"""What counts where a part's finding says so."""
OF_SUCCESS = {
    "success.reached": True,
    "success.assumed": True,
    "success.short": False,
    "success.failed": False,
    "success.unknown": None,
    "success.no-measure": None,
    "success.no-measure.read": None,
    "success.active": None,
    "success.open": None,
    "success.suspended": None,
    "success.ignored.reached": True,
    "success.objective": True,
    "success.objective.short": False,
    "success.left-to-content": None,
    "success.read": None,
    "mastery.reached": True,
    "mastery.short": False,
    "status.said.failed": False,
    "completed-no-verdict": None,
    "untracked": None,
}
BY_MEASURE = {"reached", "short", "no-measure", "no-measure.read", "active", "ignored.reached"}
"""Findings about what is worked out from a measure whenever it is needed."""
COURSE = {
    "course.completion.all": ("completion", "completed"),
    "course.completion.kept": ("completion", "completed"),
    "course.completion.missing": ("completion", "incomplete"),
    "course.completion.reached": ("completion", "completed"),
    "course.completion.short": ("completion", "incomplete"),
    "course.completion.no-measure": ("completion", "incomplete"),
    "course.completion.rule": ("completion", "completed"),
    "course.completion.rule.short": ("completion", "incomplete"),
    "course.completion.rule.open": ("completion", "incomplete"),
    "course.untracked": ("completion", "unknown"),
    "course.not-started": ("completion", "not attempted"),
    "course.success.all": ("success", "passed"),
    "course.success.lessons": ("success", "passed"),
    "course.success.failed": ("success", "failed"),
    "course.success.missing": ("success", "unknown"),
    "course.success.failed-too": ("success", "unknown"),
    "course.success.waits": ("success", "unknown"),
    "course.success.no-verdict": ("success", "unknown"),
    "course.success.reached": ("success", "passed"),
    "course.success.short": ("success", "failed"),
    "course.success.no-measure": ("success", "unknown"),
    "course.success.active": ("success", "unknown"),
    "course.success.rule": ("success", "passed"),
    "course.success.rule.short": ("success", "failed"),
    "course.success.rule.open": ("success", "unknown"),
}
CLUSTER = {"rule": True, "rule.short": False, "rule.open": None}
"""What a cluster is where a finding about its own rules says so."""
RESUMES = {"no-goodbye", "interrupted", "exit.suspend", "exit.kept", "exit.open"}
ANEW = {"exit.normal", "exit.time-out", "exit.logout", "exit.over"}

VALUES_2004 = [
    ("cmi.completion_status", ["completed", "incomplete", "not attempted", "unknown"]),
    ("cmi.success_status", ["passed", "failed", "unknown"]),
    ("cmi.progress_measure", ["0.2", "0.5", "1"]),
    ("cmi.score.scaled", ["0.2", "0.75", "7"]),
    ("cmi.score.raw", ["80"]),
    ("cmi.objectives.0.completion_status", ["completed", "incomplete"]),
    ("cmi.objectives.0.success_status", ["passed", "failed"]),
    ("cmi.objectives.0.score.scaled", ["0.2", "0.75"]),
    ("cmi.exit", ["suspend", "normal", "time-out", "logout", ""]),
    ("adl.nav.request", ["abandon", "abandonAll", "continue"]),
    ("cmi.session_time", ["PT5S"]),
]
VALUES_12 = [
    ("cmi.core.lesson_status", ["passed", "completed", "failed", "incomplete", "browsed"]),
    ("cmi.core.score.raw", ["20", "80", "", "x"]),
    ("cmi.core.exit", ["suspend", "time-out", "logout", ""]),
    ("cmi.core.session_time", ["00:00:05"]),
]
REQUESTS = ["continue", "previous", "suspendAll", "exitAll"]
REQUESTS += ["{target=one}choice", "{target=two}choice"]


def one_of(values):
    return st.sampled_from([(name, value) for name, found in values for value in found])


def visits_of(values):
    """What content says between its calls of Initialize and Terminate, and what follows."""
    return st.tuples(st.lists(one_of(values), max_size=4), st.sampled_from(REQUESTS))


def steps_of(values):
    single = st.one_of(
        st.sampled_from(["start", "initialize", "terminate", *REQUESTS]), one_of(values)
    )
    return st.lists(st.one_of(single, visits_of(values)), min_size=1, max_size=8)


STEPS_2004 = steps_of(VALUES_2004)
STEPS_12 = steps_of(VALUES_12)
VALUES = st.frozensets(st.sampled_from(["satisfied", "measure", "completion", "progress_measure"]))
MAPS = st.lists(st.builds(ObjectiveMap, st.sampled_from(["g", "h"]), VALUES, VALUES), max_size=2)
OBJECTIVES = st.one_of(
    st.sampled_from([None, Objective("main", True, 0.75), Objective("main", False)]),
    st.builds(Objective, st.just("main"), st.booleans(), st.just(0.75), MAPS.map(tuple)),
)
CONSIDERED = st.sampled_from(["always", "ifAttempted", "ifNotSuspended", "ifNotSkipped"])
RULES = st.lists(
    st.builds(
        RollupRule,
        st.sampled_from(["satisfied", "notSatisfied", "completed", "incomplete"]),
        st.lists(
            st.builds(
                Condition,
                st.sampled_from(["satisfied", "completed", "attempted", "objectiveStatusKnown"]),
                negated=st.booleans(),
            ),
            max_size=2,
        ).map(tuple),
        any=st.booleans(),
        child_set=st.sampled_from(["all", "any", "none", "atLeastCount", "atLeastPercent"]),
        minimum_count=st.integers(0, 2),
        minimum_percent=st.sampled_from([0, 0.5, 1]),
    ),
    max_size=2,
)
SEQUENCINGS = st.builds(
    Sequencing,
    control=st.builds(
        ControlMode,
        flow=st.just(True),
        use_current_attempt_objective_info=st.booleans(),
        use_current_attempt_progress_info=st.booleans(),
    ),
    rollup_rules=st.one_of(st.just(()), RULES.map(tuple)),
    primary_objective=OBJECTIVES,
    rollup=st.one_of(
        st.builds(RollupFlags, st.booleans(), st.booleans()),
        st.builds(
            RollupFlags,
            required_for_satisfied=CONSIDERED,
            required_for_not_satisfied=CONSIDERED,
            required_for_completed=CONSIDERED,
            required_for_incomplete=CONSIDERED,
            measure_satisfaction_if_active=st.booleans(),
        ),
    ),
    delivery=st.sampled_from(
        [
            *(DeliveryControls(), DeliveryControls(True, True, True), DeliveryControls()),
            *(DeliveryControls(), DeliveryControls(tracked=False)),
        ]
    ),
)
"""What an item says of itself. All rules that are made here, the sequencer evaluates."""
THRESHOLDS = st.sampled_from([None, CompletionThreshold(True, 0.5)])


def drive(learner, steps):
    """As the player does: one thing after the other, on what is in the frame."""
    sessions = 0
    for step in ["start", *steps]:
        if step == "start" or (is_visit(step) and in_frame(learner) is None):
            sessions += 1
            learner.start(f"s{sessions}")
        if step == "start" or in_frame(learner) is None:
            continue
        if is_visit(step):
            values, request = step
            current = in_frame(learner)
            for single in ["initialize", *values, "terminate", request]:
                if in_frame(learner) == current:
                    do(learner, current, single)
        else:
            do(learner, in_frame(learner), step)
    return sessions


def is_visit(step):
    return isinstance(step, tuple) and isinstance(step[0], list)


def in_frame(learner):
    state = state_of(learner.registration, None)
    session = learner.registration.sessions.get(learner.session)
    if session is None or session.outcome is not None or state.current is None:
        return None
    return state.current if state[state.current].active else None


def do(learner, current, step):
    record = learner.registration.records[current]
    if step == "initialize":
        learner.initialize(current)
    elif step == "terminate":
        if record.initialized and not record.terminated:
            learner.terminate(current, record.get("adl.nav.request") or "_none_")
    elif isinstance(step, tuple):
        if not record.initialized:
            learner.initialize(current)
        if not record.terminated:
            learner.set(current, dict([step]))
    else:
        learner.navigate(step, current)


def check_now(learner):
    found, state = explain(learner.registration), standing_of(learner.registration).reached
    for part in found.parts:
        check_part(learner, state, part)
    check_course(learner, state, found.course)
    return found


def check_part(learner, state, part):
    activity, tracking = tree_of(learner)[part.activity], state[part.activity]
    codes = [finding.code for finding in part.findings]
    for finding in part.findings:
        assert "{" not in finding.words
        code, values = finding.code, finding.values
        about, _, rest = code.partition(".")
        seen = effective(state, activity) if rest in BY_MEASURE else tracking
        if code in OF_COMPLETION and "untracked" not in codes:
            assert seen.completion is OF_COMPLETION[code], finding
        if code in OF_SUCCESS and "untracked" not in codes:
            assert seen.satisfied is OF_SUCCESS[code], finding
        if code == "completion.said":
            assert tracking.completion is (values["said"] == "completed")
        if code == "success.said":
            assert tracking.satisfied is (values["said"] == "passed")
        if code == "not-launched":
            assert not tracking.attempted
        for status in (COMPLETION, SUCCESS):
            if about == status.about and rest == "abandoned":
                assert values["counts"] == status.said[status.of(tracking)]
            if about == status.about and rest == "global":
                assert values["value"] == status.said[status.of(effective(state, activity))]
            if code == f"stale.{status.about}":
                check_stale(learner, state, activity, status)


def check_stale(learner, state, activity, status):
    """Some activity on the way up is seen as unknown, unless it reads a global objective."""
    tree = tree_of(learner)
    way = [above for above in tree.path(activity.id) if above.parent is not None]
    hidden = [
        above
        for above in way
        if state[above.id].stale
        and status.of(effective_for_rollup(state, tree.parent(above), above)) is None
    ]
    assert hidden or any(above.primary.maps for above in way)


def check_course(learner, state, findings):
    tree, result = tree_of(learner), learner.history()["result"]
    clusters = {tree[key].title: key for key in tree.order if not tree[key].deliverable}
    for finding in findings:
        assert "{" not in finding.words
        if finding.code in COURSE:
            name, value = COURSE[finding.code]
            assert result[name] == value, finding
        scope, _, code = finding.code.partition(".")
        about, _, verdict = code.partition(".")
        if scope == "cluster" and verdict in CLUSTER:
            status = COMPLETION if about == "completion" else SUCCESS
            cluster = state[clusters[finding.values["title"]]]
            assert status.of(cluster) is CLUSTER[verdict], finding
    course = {finding.code for finding in findings}
    if not course & {"course.untracked", "course.not-started"}:
        for about in ("completion", "success"):
            assert any(code.startswith(f"course.{about}.") for code in course), (about, result)


def tree_of(learner):
    return course_of(learner.registration.version).tree


def check_next_launch(learner, found, sessions):
    """Each part in turn is what the next launch leads to; the frame tells how it begins."""
    first = {part.activity: {finding.code for finding in part.findings} for part in found.parts}
    delivery = learner.start(f"s{sessions + 1}")["delivery"]
    if delivery is None:
        return
    codes = first[delivery["activity"]]
    entry = delivery["data"].get("cmi.entry")
    if codes & RESUMES:
        assert entry == "resume"
    if codes & ANEW:
        assert entry == "ab-initio"


def quickly(examples):
    """No explaining of failures: each of its many examples builds a course and drives it."""
    return settings(
        phases=[phase for phase in Phase if phase is not Phase.explain],
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@quickly(300)
@given(
    steps=STEPS_2004,
    sequencings=st.tuples(SEQUENCINGS, SEQUENCINGS),
    thresholds=st.tuples(THRESHOLDS, THRESHOLDS),
    around=SEQUENCINGS,
    sco=st.booleans(),
)
def test_what_is_explained_of_2004_is_so(
    another_learner, lesson_of, steps, sequencings, thresholds, around, sco
):
    items = [
        lesson_of(name, sequencing, completion_threshold=threshold, sco=sco or name == "one")
        for name, sequencing, threshold in zip(("one", "two"), sequencings, thresholds, strict=True)
    ]
    one = another_learner(*items, control=around.control, sequencing=around)
    sessions = drive(one, steps)
    check_next_launch(one, check_now(one), sessions)


@quickly(200)
@given(steps=STEPS_12, mastery=st.sampled_from([None, "80", "x"]), sco=st.booleans())
def test_what_is_explained_of_1_2_is_so(another_learner, lesson_of, steps, mastery, sco):
    items = [lesson_of("one", mastery_score=mastery), lesson_of("two", sco=sco)]
    one = another_learner(*items, edition=Edition.SCORM_12)
    drive(one, steps)
    check_now(one)


@quickly(500)
@given(
    steps=STEPS_2004,
    sequencings=st.tuples(SEQUENCINGS, SEQUENCINGS, SEQUENCINGS, SEQUENCINGS),
    thresholds=st.tuples(THRESHOLDS, THRESHOLDS),
    around=SEQUENCINGS,
    shares=st.booleans(),
)
def test_what_is_explained_of_a_course_with_a_cluster_is_so(
    another_learner, lesson_of, steps, sequencings, thresholds, around, shares
):
    cluster, first, second, third = sequencings
    item = Item(
        identifier="c",
        title="Cluster",
        children=(
            lesson_of("one", first, completion_threshold=thresholds[0]),
            lesson_of("three", third),
        ),
        completion_threshold=thresholds[1],
        sequencing=cluster,
    )
    one = another_learner(
        item,
        lesson_of("two", second),
        control=around.control,
        sequencing=around,
        objectives_global_to_system=shares,
    )
    drive(one, steps)
    check_now(one)
