"""Rules are told in words that an author can check against what was meant."""

import pytest

from scorm.packages.manifest import Condition, RollupRule, SequencingRule
from scorm.packages.rules import (
    CHILD_SETS,
    CONDITIONS,
    EXIT,
    POSTCONDITION,
    PRECONDITION,
    ROLLUP,
    ROLLUP_CONDITIONS,
)
from scorm.sequencing.words import rollup_clause, rollup_sentence, rule_sentence

PASSED = Condition("satisfied")
FAILED = Condition("satisfied", negated=True)
ATTEMPTED = Condition("attempted")
COMPLETED = Condition("completed")


def names(vocabulary):
    return sorted(set(vocabulary.values()))


def a_rule(*conditions, action="skip", any_=False):
    return rule_sentence(SequencingRule(action, conditions, any_))


def condition(name, objective=None, threshold=0.0, negated=False):
    """What a rule says of a condition, without what it does."""
    told = a_rule(Condition(name, objective, threshold, negated))
    return told.removeprefix("Skipped when ").removesuffix(".")


# Sequencing rules


def test_a_rule_says_what_it_does_and_when():
    pretest = Condition("satisfied", "pretest")
    assert a_rule(pretest, ATTEMPTED) == (
        "Skipped when its objective “pretest” is satisfied and it has been attempted."
    )
    assert a_rule(PASSED, COMPLETED, ATTEMPTED, any_=True) == (
        "Skipped when it is passed, it is completed or it has been attempted."
    )


@pytest.mark.parametrize(
    ("action", "sentence", "always"),
    [
        ("skip", "Skipped when it is failed.", "Always skipped."),
        ("disabled", "Cannot be opened when it is failed.", "Can never be opened."),
        (
            "hiddenFromChoice",
            "Cannot be chosen in the contents when it is failed.",
            "Can never be chosen in the contents.",
        ),
        (
            "stopForwardTraversal",
            "The learner cannot go on past it when it is failed.",
            "The learner can never go on past it.",
        ),
        (
            "exit",
            "When a part of it ends, the whole of it ends if it is failed.",
            "When a part of it ends, the whole of it ends.",
        ),
        (
            "exitParent",
            "When it ends, what it is part of ends too if it is failed.",
            "When it ends, what it is part of ends too.",
        ),
        (
            "exitAll",
            "When it ends, the whole course ends if it is failed.",
            "When it ends, the whole course ends.",
        ),
        (
            "retry",
            "When it ends, it begins again if it is failed.",
            "When it ends, it begins again.",
        ),
        (
            "retryAll",
            "When it ends, the whole course begins again if it is failed.",
            "When it ends, the whole course begins again.",
        ),
        (
            "continue",
            "When it ends, the next part follows if it is failed.",
            "When it ends, the next part follows.",
        ),
        (
            "previous",
            "When it ends, the part before it follows if it is failed.",
            "When it ends, the part before it follows.",
        ),
    ],
)
def test_what_an_action_does(action, sentence, always):
    assert a_rule(FAILED, action=action) == sentence
    assert a_rule(Condition("always"), action=action) == always


def test_a_rule_that_never_applies_says_so():
    assert a_rule() == "A rule without conditions, which never applies."
    assert rollup_sentence(RollupRule("satisfied")) == a_rule()
    assert condition("always", negated=True) == "in no case"


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("satisfied", "it is passed", "it is failed"),
        ("completed", "it is completed", "it is incomplete"),
        (
            "objectiveStatusKnown",
            "its success status is known",
            "its success status is not known",
        ),
        (
            "activityProgressKnown",
            "its completion status is known",
            "its completion status is not known",
        ),
        ("objectiveMeasureKnown", "it has a score", "it has no score"),
        ("objectiveMeasureGreaterThan", "its score is above 0.8", "its score is at most 0.8"),
        ("objectiveMeasureLessThan", "its score is below 0.8", "its score is at least 0.8"),
        ("attempted", "it has been attempted", "it has not been attempted"),
        ("attemptLimitExceeded", "it has no attempts left", "it has attempts left"),
        (
            "timeLimitExceeded",
            "its time limit is exceeded (which is never known)",
            "its time limit is not exceeded (which is never known)",
        ),
        (
            "outsideAvailableTimeRange",
            "it is outside of its available time (which is never known)",
            "it is within its available time (which is never known)",
        ),
    ],
)
def test_a_condition_and_its_opposite(name, yes, no):
    assert condition(name, threshold=0.8) == yes
    assert condition(name, threshold=0.8, negated=True) == no


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("satisfied", "its objective “x” is satisfied"),
        ("completed", "its objective “x” is completed"),
        ("objectiveStatusKnown", "the success status of its objective “x” is known"),
        ("activityProgressKnown", "the completion status of its objective “x” is known"),
        ("objectiveMeasureKnown", "its objective “x” has a score"),
        ("objectiveMeasureGreaterThan", "the score of its objective “x” is above -0.25"),
        ("attempted", "it has been attempted"),
    ],
)
def test_a_condition_on_an_objective_names_it(name, told):
    assert condition(name, "x", -0.25) == told


def test_every_rule_of_the_vocabulary_can_be_said_and_no_two_say_the_same():
    told = [
        a_rule(Condition(name, negated=negated), action=action)
        for action in names(PRECONDITION) + names(EXIT) + names(POSTCONDITION)
        for name in names(CONDITIONS)
        for negated in (False, True)
    ]
    assert len(told) == len(set(told))
    assert not any("{" in each for each in told)


# Rollup rules


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            RollupRule("satisfied", (PASSED,), child_set="atLeastPercent", minimum_percent=0.5),
            "Passed when at least 50 % of its parts are passed.",
        ),
        (
            RollupRule("completed", (COMPLETED, PASSED)),
            "Completed when all of its parts are completed or passed.",
        ),
        (
            RollupRule("notSatisfied", (FAILED,), child_set="any"),
            "Failed when at least 1 of its parts is failed.",
        ),
        (
            RollupRule("incomplete", (ATTEMPTED, COMPLETED), any=False, child_set="none"),
            "Incomplete when none of its parts has been attempted and is completed.",
        ),
        (
            RollupRule("completed", (COMPLETED,), child_set="atLeastCount", minimum_count=1),
            "Completed when at least 1 of its parts is completed.",
        ),
        (
            RollupRule("completed", (COMPLETED,), child_set="atLeastCount", minimum_count=2),
            "Completed when at least 2 of its parts are completed.",
        ),
        (
            RollupRule("completed", (COMPLETED,), child_set="atLeastCount"),
            "Completed whatever its parts are.",
        ),
        (
            RollupRule("satisfied", (PASSED,), child_set="atLeastPercent", minimum_percent=0.6667),
            "Passed when at least 66.67 % of its parts are passed.",
        ),
    ],
)
def test_a_rollup_rule_says_what_becomes_of_the_cluster_and_when(rule, sentence):
    assert rollup_sentence(rule) == sentence


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("satisfied", "are passed", "are failed"),
        ("completed", "are completed", "are incomplete"),
        ("objectiveStatusKnown", "have a known success status", "have no known success status"),
        (
            "activityProgressKnown",
            "have a known completion status",
            "have no known completion status",
        ),
        ("objectiveMeasureKnown", "have a score", "have no score"),
        ("attempted", "have been attempted", "have not been attempted"),
        ("attemptLimitExceeded", "have no attempts left", "have attempts left"),
        (
            "timeLimitExceeded",
            "are “timeLimitExceeded”, which is never so",
            "are not “timeLimitExceeded”, which is always so",
        ),
    ],
)
def test_a_condition_on_children_and_its_opposite(name, yes, no):
    told = [rollup_clause(RollupRule("satisfied", (Condition(name, negated=n),))) for n in (0, 1)]
    assert told == [f"all of its parts {yes}", f"all of its parts {no}"]


def test_every_rollup_rule_of_the_vocabulary_can_be_said_and_no_two_say_the_same():
    told = [
        rollup_sentence(
            RollupRule(
                action,
                (Condition(name, negated=negated),),
                child_set=children,
                minimum_count=2,
                minimum_percent=0.3,
            )
        )
        for action in names(ROLLUP)
        for children in names(CHILD_SETS)
        for name in names(ROLLUP_CONDITIONS)
        for negated in (False, True)
    ]
    assert len(told) == len(set(told))
