"""Sequencing rules and rollup rules; what becomes of those that cannot be understood."""

import pytest

from scorm.packages.manifest import Condition, RollupRule, SequencingRule
from scorm.packages.rules import MOST_CONDITIONS, MOST_RULES

MENDED = ["value-spelling"]
ALWAYS = '<imsss:ruleCondition condition="always"/>'


def rule(kind, action, conditions=ALWAYS, combination=""):
    return (
        f"<imsss:{kind}ConditionRule><imsss:ruleConditions {combination}>{conditions}"
        f'</imsss:ruleConditions><imsss:ruleAction action="{action}"/></imsss:{kind}ConditionRule>'
    )


@pytest.fixture
def rules_in(sequencing):
    """The rules of each kind, and the findings, of what ``imsss:sequencingRules`` holds."""

    def of(text):
        found, told = sequencing(f"<imsss:sequencingRules>{text}</imsss:sequencingRules>")
        kinds = {
            "pre": found.precondition_rules,
            "exit": found.exit_rules,
            "post": found.postcondition_rules,
        }
        return {kind: rules for kind, rules in kinds.items() if rules}, told

    return of


ACTIONS = {
    "pre": ("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal"),
    "exit": ("exit",),
    "post": ("exitParent", "exitAll", "retry", "retryAll", "continue", "previous"),
}


@pytest.mark.parametrize("kind", ACTIONS)
@pytest.mark.parametrize("action", [action for actions in ACTIONS.values() for action in actions])
def test_a_rule_of_a_kind_has_the_actions_of_that_kind(rules_in, kind, action):
    found, told = rules_in(rule(kind, action))
    if action in ACTIONS[kind]:
        assert (found, told) == ({kind: (SequencingRule(action, (Condition("always"),)),)}, [])
    else:
        assert (found, told) == ({}, ["rule-action"])


@pytest.mark.parametrize("action", ["fly", "", " "])
def test_a_rule_of_no_known_action_is_left_out(rules_in, action):
    found, told = rules_in(rule("pre", action) + rule("pre", "skip"))
    assert [one.action for one in found["pre"]] == ["skip"]
    assert told == ["rule-action"]


@pytest.mark.parametrize("text", ["", "<imsss:ruleAction/>"])
def test_a_rule_without_action_is_left_out(rules_in, text):
    assert rules_in(f"<imsss:exitConditionRule>{text}</imsss:exitConditionRule>") == (
        {},
        ["rule-action"],
    )


def test_an_action_in_another_spelling_is_mended(rules_in):
    found, told = rules_in(rule("pre", " stopforwardtraversal "))
    assert found["pre"][0].action == "stopForwardTraversal"
    assert told == ["value-spelling"]


def test_rules_keep_their_order(rules_in):
    found, _ = rules_in(rule("post", "retry") + rule("exit", "exit") + rule("post", "continue"))
    assert [one.action for one in found["post"]] == ["retry", "continue"]


NAMES = (
    *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "objectiveMeasureGreaterThan"),
    *("objectiveMeasureLessThan", "completed", "activityProgressKnown", "attempted"),
    *("attemptLimitExceeded", "timeLimitExceeded", "outsideAvailableTimeRange", "always"),
)


@pytest.mark.parametrize("name", NAMES)
def test_all_conditions_of_the_book_are_read(rules_in, name):
    found, told = rules_in(rule("pre", "skip", f'<imsss:ruleCondition condition="{name}"/>'))
    assert (found["pre"][0].conditions, told) == ((Condition(name),), [])


@pytest.mark.parametrize(
    ("attributes", "condition", "told"),
    [
        ('condition="satisfied" operator="not"', Condition("satisfied", negated=True), []),
        ('condition="satisfied" operator="noOp"', Condition("satisfied"), []),
        ('condition="Satisfied"', Condition("satisfied"), MENDED),
        ('condition="satisfied" operator="NOT"', Condition("satisfied", negated=True), MENDED),
        ('condition="satisfied" referencedObjective=" "', Condition("satisfied"), []),
        ('condition="satisfied" measureThreshold="high"', Condition("satisfied"), []),
        (
            'condition="objectiveMeasureLessThan" measureThreshold="0,5"',
            Condition("objectiveMeasureLessThan", threshold=0.5),
            MENDED,
        ),
        (
            'condition="objectiveMeasureGreaterThan" measureThreshold="-1"',
            Condition("objectiveMeasureGreaterThan", threshold=-1.0),
            [],
        ),
    ],
)
def test_a_condition_is_read(rules_in, attributes, condition, told):
    found, rules = rules_in(rule("pre", "skip", f"<imsss:ruleCondition {attributes}/>"))
    assert found["pre"][0].conditions == (condition,)
    assert rules == told


NOT_UNDERSTOOD = [
    "",
    'condition=""',
    'condition="raining"',
    'condition="satisfied" operator="unless"',
    'condition="objectiveMeasureLessThan" measureThreshold="high"',
    'condition="objectiveMeasureLessThan" measureThreshold="80"',
    'condition="objectiveMeasureLessThan" measureThreshold="nan"',
]


@pytest.mark.parametrize("attributes", NOT_UNDERSTOOD)
@pytest.mark.parametrize("combination", ["", 'conditionCombination="all"'])
def test_where_all_conditions_are_needed_the_rule_goes_with_one_that_is_not_understood(
    rules_in, attributes, combination
):
    conditions = f"{ALWAYS}<imsss:ruleCondition {attributes}/>"
    assert rules_in(rule("pre", "skip", conditions, combination)) == ({}, ["rule-condition"])


@pytest.mark.parametrize("attributes", NOT_UNDERSTOOD)
def test_where_one_is_enough_the_others_remain(rules_in, attributes):
    conditions = f"<imsss:ruleCondition {attributes}/>{ALWAYS}"
    found, told = rules_in(rule("pre", "skip", conditions, 'conditionCombination="any"'))
    assert found["pre"] == (SequencingRule("skip", (Condition("always"),), any=True),)
    assert told == ["rule-condition"]


def test_a_rule_of_which_no_condition_remains_is_left_out(rules_in):
    conditions = '<imsss:ruleCondition condition="raining"/>'
    assert rules_in(rule("pre", "skip", conditions, 'conditionCombination="any"')) == (
        {},
        ["rule-condition", "rule-conditions"],
    )


@pytest.mark.parametrize(
    ("combination", "any_is_enough", "told"),
    [
        ("", False, []),
        ("all", False, []),
        ("any", True, []),
        ("Any", True, MENDED),
        ("most", False, ["value-invalid"]),
    ],
)
def test_how_conditions_are_combined(rules_in, combination, any_is_enough, told):
    found, rules = rules_in(rule("exit", "exit", ALWAYS, f'conditionCombination="{combination}"'))
    assert (found["exit"][0].any, rules) == (any_is_enough, told)


def test_a_rule_without_conditions_never_applies_and_is_told(rules_in):
    text = '<imsss:preConditionRule><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
    assert rules_in(text) == ({"pre": (SequencingRule("skip"),)}, ["rule-conditions"])


def test_there_are_only_so_many_rules(rules_in):
    found, told = rules_in(rule("pre", "skip") * (MOST_RULES + 1))
    assert len(found["pre"]) == MOST_RULES
    assert told == ["sequencing-too-many"]


def test_a_rule_of_too_many_conditions_is_left_out(rules_in):
    found, told = rules_in(rule("pre", "skip", ALWAYS * MOST_CONDITIONS))
    assert (len(found["pre"][0].conditions), told) == (MOST_CONDITIONS, [])
    assert rules_in(rule("pre", "skip", ALWAYS * (MOST_CONDITIONS + 1))) == (
        {},
        ["sequencing-too-many"],
    )


@pytest.mark.parametrize(("combination", "kept"), [("all", 0), ("any", 1)])
def test_a_condition_about_an_objective_of_endless_name_is_not_understood(
    rules_in, combination, kept
):
    long = '<imsss:ruleCondition condition="satisfied" referencedObjective="{}"/>'.format(
        "x" * 4001
    )
    found, told = rules_in(
        rule("pre", "skip", ALWAYS + long, f'conditionCombination="{combination}"')
    )
    assert (len(found.get("pre", ())), told) == (kept, ["rule-condition"])


COMPLETED = '<imsss:rollupCondition condition="completed"/>'


def rollup(attributes="", action="satisfied", conditions=COMPLETED, combination=""):
    return (
        f"<imsss:rollupRule {attributes}><imsss:rollupConditions {combination}>{conditions}"
        f'</imsss:rollupConditions><imsss:rollupAction action="{action}"/></imsss:rollupRule>'
    )


@pytest.fixture
def rollup_in(sequencing):
    """The rollup rules, and the findings, of what ``imsss:rollupRules`` holds."""

    def of(text):
        found, told = sequencing(f"<imsss:rollupRules>{text}</imsss:rollupRules>")
        return found.rollup_rules, told

    return of


DONE = (Condition("completed"),)


@pytest.mark.parametrize(
    ("attributes", "rule", "told"),
    [
        ("", RollupRule("satisfied", DONE), []),
        ('childActivitySet="any"', RollupRule("satisfied", DONE, child_set="any"), []),
        ('childActivitySet="NONE"', RollupRule("satisfied", DONE, child_set="none"), MENDED),
        ('minimumCount="many" minimumPercent="most"', RollupRule("satisfied", DONE), []),
        (
            'childActivitySet="atLeastCount" minimumCount="3"',
            RollupRule("satisfied", DONE, child_set="atLeastCount", minimum_count=3),
            [],
        ),
        (
            'childActivitySet="atLeastCount"',
            RollupRule("satisfied", DONE, child_set="atLeastCount"),
            [],
        ),
        (
            'childActivitySet="atLeastPercent" minimumPercent="0.5"',
            RollupRule("satisfied", DONE, child_set="atLeastPercent", minimum_percent=0.5),
            [],
        ),
        (
            'childActivitySet="atLeastPercent" minimumPercent="80"',
            RollupRule("satisfied", DONE, child_set="atLeastPercent", minimum_percent=0.8),
            MENDED,
        ),
    ],
)
def test_a_rollup_rule_is_read(rollup_in, attributes, rule, told):
    assert rollup_in(rollup(attributes)) == ((rule,), told)


@pytest.mark.parametrize("action", ["satisfied", "notSatisfied", "completed", "incomplete"])
def test_all_rollup_actions_are_read(rollup_in, action):
    assert rollup_in(rollup(action=action)) == ((RollupRule(action, DONE),), [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (rollup(action="passed"), "rule-action"),
        (rollup('childActivitySet="most"'), "rule-children"),
        (rollup('childActivitySet="atLeastCount" minimumCount="some"'), "rule-children"),
        (rollup('childActivitySet="atLeastPercent" minimumPercent="most"'), "rule-children"),
        (rollup('childActivitySet="atLeastPercent" minimumPercent="200"'), "rule-children"),
        (rollup(conditions=COMPLETED * (MOST_CONDITIONS + 1)), "sequencing-too-many"),
        (
            rollup(
                combination='conditionCombination="all"',
                conditions=COMPLETED + '<imsss:rollupCondition condition="always"/>',
            ),
            "rule-condition",
        ),
        (
            rollup(
                'childActivitySet="none"',
                conditions=COMPLETED + '<imsss:rollupCondition condition="always"/>',
            ),
            "rule-condition",
        ),
    ],
)
def test_a_rollup_rule_that_is_not_understood_is_left_out(rollup_in, text, told):
    assert rollup_in(text + rollup()) == ((RollupRule("satisfied", DONE),), [told])


def test_a_rollup_condition_of_several_can_go(rollup_in):
    conditions = '<imsss:rollupCondition condition="always"/>' + COMPLETED
    assert rollup_in(rollup(conditions=conditions)) == (
        (RollupRule("satisfied", DONE),),
        ["rule-condition"],
    )


def test_there_are_only_so_many_rollup_rules(rollup_in):
    found, told = rollup_in(rollup() * (MOST_RULES + 1))
    assert (len(found), told) == (MOST_RULES, ["sequencing-too-many"])


def test_the_report_says_what_happens_instead(read):
    text = rule("pre", "retry") + rule("post", "retry", '<imsss:ruleCondition condition="wet"/>')
    report, _ = read(
        '<item identifier="i" identifierref="r"><imsss:sequencing><imsss:sequencingRules>'
        f"{text}</imsss:sequencingRules><imsss:rollupRules>{rollup(action='done')}"
        "</imsss:rollupRules></imsss:sequencing></item>",
        edition="3rd",
    )
    assert [(found.severity, found.message) for found in report.findings] == [
        (
            "warning",
            "“retry” is no action of a preConditionRule. The rule is left out, and the course "
            "behaves as without it.",
        ),
        (
            "warning",
            "“done” is no action of a rollupRule. The rollup rule is left out, and the standard's "
            "usual rollup decides unless another rule says the same.",
        ),
        (
            "warning",
            "“wet” is no condition of such a rule. The rule is left out, and the course behaves "
            "as without it.",
        ),
    ]
    assert {found.remedy for found in report.findings} == {"Correct it in your authoring tool."}
