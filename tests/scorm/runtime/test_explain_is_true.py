"""Whatever learner and content do: what is explained is so, now and at the next launch."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    DeliveryControls,
    Edition,
    Item,
    Objective,
    RollupFlags,
    Sequencing,
)
from scorm.runtime.explain import explain
from scorm.runtime.state import state_of

COMPLETION = {
    "completion.reached": True,
    "completion.assumed": True,
    "completion.short": False,
    "completion.incomplete": False,
    "completion.not-attempted": False,
    "completion.no-measure": None,
    "completion.open": None,
    "completion.suspended": None,
    "completion.ignored.reached": True,
    "completion.objective": True,
    "completion.objective.short": False,
    "completion.left-to-content": None,
    "completion.abandoned": None,
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
SUCCESS = {
    "success.reached": True,
    "success.assumed": True,
    "success.short": False,
    "success.failed": False,
    "success.no-measure": None,
    "success.open": None,
    "success.suspended": None,
    "success.ignored.reached": True,
    "success.objective": True,
    "success.objective.short": False,
    "success.left-to-content": None,
    "success.abandoned": None,
    "mastery.reached": True,
    "mastery.short": False,
    "status.said.failed": False,
    "completed-no-verdict": None,
    "untracked": None,
}
COURSE = {
    "course.completion.all": ("completion", "completed"),
    "course.completion.kept": ("completion", "completed"),
    "course.completion.missing": ("completion", "incomplete"),
    "course.untracked": ("completion", "unknown"),
    "course.not-started": ("completion", "not attempted"),
    "course.success.all": ("success", "passed"),
    "course.success.lessons": ("success", "passed"),
    "course.success.failed": ("success", "failed"),
    "course.success.missing": ("success", "unknown"),
    "course.success.failed-too": ("success", "unknown"),
    "course.success.waits": ("success", "unknown"),
    "course.success.no-verdict": ("success", "unknown"),
}
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
REQUESTS = ["continue", "previous", "suspendAll", "exitAll", "{target=two}choice"]


def one_of(values):
    return st.sampled_from([(name, value) for name, found in values for value in found])


STEPS_2004 = st.lists(
    st.one_of(
        st.just("start"),
        st.just("initialize"),
        one_of(VALUES_2004),
        st.just("terminate"),
        st.sampled_from(REQUESTS),
    ),
    max_size=14,
)
STEPS_12 = st.lists(
    st.one_of(
        st.just("start"),
        st.just("initialize"),
        one_of(VALUES_12),
        st.just("terminate"),
        st.sampled_from(REQUESTS),
    ),
    max_size=14,
)
SEQUENCINGS = st.builds(
    Sequencing,
    primary_objective=st.sampled_from(
        [None, Objective("main", True, 0.75), Objective("main", False)]
    ),
    rollup=st.builds(RollupFlags, st.booleans(), st.booleans()),
    delivery=st.sampled_from(
        [DeliveryControls(), DeliveryControls(True, True, True), DeliveryControls(tracked=False)]
    ),
)
THRESHOLDS = st.sampled_from([None, CompletionThreshold(True, 0.5)])


def drive(learner, steps):
    """As the player does: one thing after the other, on what is in the frame."""
    sessions = 0
    for step in ["start", *steps]:
        state = state_of(learner.registration, None)
        current = state.current if state.current and state[state.current].active else None
        session = learner.registration.sessions.get(learner.session)
        over = session is not None and session.outcome is not None
        if step == "start":
            sessions += 1
            learner.start(f"s{sessions}")
        elif over or current not in ("one", "two"):
            continue
        elif step == "initialize":
            learner.initialize(current)
        elif step == "terminate":
            record = learner.registration.records[current]
            if record.initialized and not record.terminated:
                learner.terminate(current, record.get("adl.nav.request") or "_none_")
        elif isinstance(step, tuple):
            record = learner.registration.records[current]
            if not record.initialized:
                learner.initialize(current)
            if not record.terminated:
                learner.set(current, dict([step]))
        else:
            learner.navigate(step, current)
    return sessions


def check_now(learner):
    found, state = explain(learner.registration), state_of(learner.registration, None)
    result = learner.history()["result"]
    for part in found.parts:
        tracking = state[part.activity]
        codes = [finding.code for finding in part.findings]
        for finding in part.findings:
            assert "{" not in finding.words
            if finding.code in COMPLETION and "untracked" not in codes:
                assert tracking.completion is COMPLETION[finding.code], finding
            if finding.code in SUCCESS and "untracked" not in codes:
                assert tracking.satisfied is SUCCESS[finding.code], finding
            if finding.code == "completion.said":
                assert tracking.completion is (finding.values["said"] == "completed")
            if finding.code == "success.said":
                assert tracking.satisfied is (finding.values["said"] == "passed")
            if finding.code == "not-launched":
                assert not tracking.attempted
    for finding in found.course:
        if finding.code in COURSE:
            name, value = COURSE[finding.code]
            assert result[name] == value, finding
    course = {finding.code for finding in found.course}
    if not course & {"course.untracked", "course.not-started"}:
        for about in ("completion", "success"):
            assert any(code.startswith(f"course.{about}.") for code in course), (about, result)
    return found


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


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=STEPS_2004,
    sequencings=st.tuples(SEQUENCINGS, SEQUENCINGS),
    thresholds=st.tuples(THRESHOLDS, THRESHOLDS),
    sco=st.booleans(),
)
def test_what_is_explained_of_2004_is_so(learner, lesson_of, steps, sequencings, thresholds, sco):
    items = [
        lesson_of(name, sequencing, completion_threshold=threshold, sco=sco or name == "one")
        for name, sequencing, threshold in zip(("one", "two"), sequencings, thresholds, strict=True)
    ]
    one = learner(*items)
    sessions = drive(one, steps)
    check_next_launch(one, check_now(one), sessions)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS_12, mastery=st.sampled_from([None, "80", "x"]), sco=st.booleans())
def test_what_is_explained_of_1_2_is_so(learner, lesson_of, steps, mastery, sco):
    items = [lesson_of("one", mastery_score=mastery), lesson_of("two", sco=sco)]
    one = learner(*items, edition=Edition.SCORM_12)
    drive(one, steps)
    check_now(one)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=STEPS_2004,
    sequencings=st.tuples(SEQUENCINGS, SEQUENCINGS, SEQUENCINGS),
    thresholds=st.tuples(THRESHOLDS, THRESHOLDS),
)
def test_what_is_explained_of_a_course_with_a_cluster_is_so(
    learner, lesson_of, steps, sequencings, thresholds
):
    around, first, second = sequencings
    cluster = Item(
        identifier="c",
        title="Cluster",
        children=(lesson_of("one", first, completion_threshold=thresholds[0]),),
        completion_threshold=thresholds[1],
        sequencing=replace(around, control=ControlMode(choice=True, choice_exit=True, flow=True)),
    )
    one = learner(cluster, lesson_of("two", second))
    drive(one, steps)
    check_now(one)
