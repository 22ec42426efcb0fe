"""Rules and limits in three-valued logic (UP.1, UP.2, UP.5; SN 3.4)."""

import pytest

from scorm.packages.manifest import SequencingRule
from scorm.sequencing import State, Tracking
from scorm.sequencing.rules import check_activity, combined, negated, rules_check
from tests.scorm.sequencing.trees import condition, leaf, objective, reads, rule, tree


def holds(text: str, tracking: Tracking | None = None, **values) -> bool | None:
    """Whether a condition holds of a part with that tracking: None where that is not known."""
    conditions = {True: (text,), False: (f"not {text}",)}
    fired = []
    for value, names in conditions.items():
        found = tree(leaf("a", **values, rules=[rule("skip", *names)]), leaf("b"))
        state = State().with_tracking({"a": tracking or Tracking()})
        if rules_check(state, found["a"], "skip"):
            fired.append(value)
    assert len(fired) < 2
    return fired[0] if fired else None


@pytest.mark.parametrize(("value", "expected"), [(True, False), (False, True), (None, None)])
def test_what_is_not_known_is_not_known_to_be_otherwise(value, expected):
    assert negated(value) is expected


@pytest.mark.parametrize(
    ("values", "all_", "any_"),
    [
        ((), None, None),
        ((True,), True, True),
        ((None,), None, None),
        ((True, None), None, True),
        ((None, True), None, True),
        ((False, None), False, None),
        ((None, False), False, None),
        ((True, False), False, True),
        ((False, False), False, False),
        ((True, None, False), False, True),
    ],
)
def test_one_false_decides_an_and_one_true_an_or_and_nothing_decides_neither(values, all_, any_):
    assert combined(values, any_=False) is all_
    assert combined(values, any_=True) is any_


DONE = Tracking(completion=True, satisfied=True, measure=0.5, attempt_count=1)
FAILED = Tracking(completion=False, satisfied=False, measure=-0.5, attempt_count=2)


@pytest.mark.parametrize(
    ("text", "of_nothing", "of_done", "of_failed"),
    [
        ("always", True, True, True),
        ("satisfied", None, True, False),
        ("objectiveStatusKnown", False, True, True),
        ("objectiveMeasureKnown", False, True, True),
        ("objectiveMeasureGreaterThan 0", None, True, False),
        ("objectiveMeasureGreaterThan 0.5", None, False, False),
        ("objectiveMeasureLessThan 0", None, False, True),
        ("objectiveMeasureLessThan 0.5", None, False, True),
        ("completed", None, True, False),
        ("activityProgressKnown", False, True, True),
        ("attempted", False, True, True),
        ("attemptLimitExceeded", False, False, True),
        ("timeLimitExceeded", None, None, None),
        ("outsideAvailableTimeRange", None, None, None),
    ],
)
def test_a_condition_is_true_false_or_not_known(text, of_nothing, of_done, of_failed):
    assert holds(text, limit=2) is of_nothing
    assert holds(text, DONE, limit=2) is of_done
    assert holds(text, FAILED, limit=2) is of_failed


def test_without_a_limit_none_is_exceeded():
    assert holds("attemptLimitExceeded", FAILED) is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("satisfied", None),
        ("completed", None),
        ("objectiveStatusKnown", False),
        ("attempted", False),
        ("attemptLimitExceeded", False),
        ("always", True),
    ],
)
def test_of_what_is_not_tracked_a_rule_knows_nothing(text, expected):
    assert holds(text, DONE, tracked=False, limit=1) is expected


def test_a_rule_about_an_objective_that_the_part_lacks_knows_nothing():
    assert holds("satisfied of nowhere", DONE) is None
    assert holds("objectiveStatusKnown of nowhere", DONE) is False


def test_a_rule_can_be_about_another_objective_of_the_part():
    tracking = Tracking(satisfied=True, objectives={"other": FAILED})
    assert holds("satisfied of other", tracking, objectives=(objective("other"),)) is False
    assert holds("completed of other", tracking, objectives=(objective("other"),)) is False
    assert holds("satisfied", tracking, objectives=(objective("other"),)) is True


def test_a_primary_objective_can_be_called_by_its_name():
    assert holds("satisfied of own", DONE, primary=objective("own")) is True


def test_a_rule_without_conditions_never_applies():
    found = tree(leaf("a", rules=[SequencingRule("skip")]), leaf("b"))
    assert rules_check(State(), found["a"], "skip") is None


def test_the_first_rule_that_applies_is_the_one():
    rules = [rule("retry", "satisfied"), rule("continue"), rule("previous")]
    found = tree(leaf("a", rules=rules), leaf("b"))
    assert rules_check(State(), found["a"], "post") == "continue"
    state = State().with_tracking({"a": DONE})
    assert rules_check(state, found["a"], "post") == "retry"


def test_all_conditions_of_a_rule_must_hold_or_any():
    texts = ("satisfied", "completed")
    tracking = Tracking(satisfied=True)
    for any_, expected in ((False, None), (True, "skip")):
        found = tree(leaf("a", rules=[rule("skip", *texts, any_=any_)]), leaf("b"))
        state = State().with_tracking({"a": tracking})
        assert rules_check(state, found["a"], "skip") == expected


def test_a_rule_that_fires_is_told():
    found = tree(leaf("a", rules=[rule("skip")]), leaf("b"))
    state = State(trace=[])
    rules_check(state, found["a"], "skip")
    rules_check(state, found["a"], "skip")
    [fired] = state.trace
    assert (fired.process, fired.activity, fired.action) == ("UP.2", "a", "skip")
    assert fired.rule.conditions == (condition("always"),)


@pytest.mark.parametrize(
    ("limit", "tracking", "closed"),
    [
        (None, Tracking(attempt_count=9), False),
        (0, Tracking(), True),
        (2, Tracking(attempt_count=1), False),
        (2, Tracking(attempt_count=2), True),
        (2, Tracking(attempt_count=2, active=True), False),
        (2, Tracking(attempt_count=2, suspended=True), False),
    ],
)
def test_a_limit_closes_a_part_to_new_attempts_alone(limit, tracking, closed):
    found = tree(leaf("a", limit=limit), leaf("b"))
    assert check_activity(State().with_tracking({"a": tracking}), found["a"]) is closed


def test_a_limit_on_what_is_not_tracked_closes_nothing():
    found = tree(leaf("a", limit=0, tracked=False), leaf("b"))
    assert not check_activity(State(), found["a"])


def test_a_disabled_part_cannot_be_used():
    found = tree(leaf("a", rules=[rule("disabled")]), leaf("b"))
    assert check_activity(State(), found["a"])


def test_an_activity_may_be_called_as_what_the_sequencer_looks_for():
    found = tree(
        leaf("skip", primary=objective("b", reads("g")), rules=[rule("disabled", "satisfied")]),
        leaf("b", rules=[rule("skip", "objectiveMeasureLessThan 0.5")]),
    )
    state = State()
    assert rules_check(state, found["skip"], "disabled") is None
    assert rules_check(state, found["b"], "skip") is None
