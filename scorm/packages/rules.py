"""Sequencing rules and rollup rules (SN 3.4, 3.7; CAM 5.1).

A rule that cannot be understood is left out, never guessed: a wrong one could lock a course.
"""

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from scorm.packages.document import attribute, children
from scorm.packages.manifest import Condition, RollupRule, SequencingRule
from scorm.packages.values import (
    LONGEST_IDENTIFIER,
    Tell,
    first,
    only,
    real,
    shown,
    vocabulary,
    whole,
    word,
    word_or_default,
)
from scorm.packages.words import Words, _, ngettext

MOST_RULES = 300
MOST_CONDITIONS = 100
"""Rules of a kind for an item, and conditions of a rule: more than anyone writes, few enough to
evaluate at every request."""

PRECONDITION = vocabulary("skip", "disabled", "hiddenFromChoice", "stopForwardTraversal")
EXIT = vocabulary("exit")
POSTCONDITION = vocabulary("exitParent", "exitAll", "retry", "retryAll", "continue", "previous")
ROLLUP = vocabulary("satisfied", "notSatisfied", "completed", "incomplete")
CHILD_SETS = vocabulary("all", "any", "none", "atLeastCount", "atLeastPercent")
COMBINATIONS = vocabulary("all", "any")
OPERATORS = vocabulary("noOp", "not")
ROLLUP_CONDITIONS = vocabulary(
    *("satisfied", "objectiveStatusKnown", "objectiveMeasureKnown", "completed"),
    *("activityProgressKnown", "attempted", "attemptLimitExceeded", "timeLimitExceeded"),
    "outsideAvailableTimeRange",
)
CONDITIONS = ROLLUP_CONDITIONS | vocabulary(
    "objectiveMeasureGreaterThan", "objectiveMeasureLessThan", "always"
)

WITHOUT = _("The rule is left out, and the course behaves as without it.")
USUAL = _(
    "The rollup rule is left out, and the standard's usual rollup decides unless another rule says "
    "the same."
)
ALONE = _("This condition is left out, and any of the others is enough.")


def _and_so(fault: Words, outcome: Words) -> Words:
    """What is wrong with a rule, and what becomes of it, each a sentence."""
    return _("${fault} ${outcome}", fault=fault, outcome=outcome)


def sequencing_rules(
    element: etree._Element | None, kind: str, actions: Mapping[str, str], tell: Tell
) -> tuple[SequencingRule, ...]:
    """The rules of one kind, in order.

    :param element: ``imsss:sequencingRules``
    :param kind: ``preConditionRule``, ``exitConditionRule`` or ``postConditionRule``
    :param actions: what rules of this kind may do
    """
    found = first(children(element, kind), MOST_RULES, kind, tell)
    rules = (_sequencing_rule(rule, kind, actions, tell) for rule in found)
    return tuple(rule for rule in rules if rule is not None)


def _sequencing_rule(
    element: etree._Element, kind: str, actions: Mapping[str, str], tell: Tell
) -> SequencingRule | None:
    action = _action(element, "ruleAction", actions, kind, WITHOUT, tell)
    if action is None:
        return None
    holder = only(element, "ruleConditions", tell)
    any_is_enough = word_or_default(holder, "conditionCombination", COMBINATIONS, "all", tell)
    conditions = _conditions(
        children(holder, "ruleCondition"),
        CONDITIONS,
        element,
        ALONE if any_is_enough == "any" else None,
        WITHOUT,
        tell,
    )
    if conditions is None:
        return None
    return SequencingRule(action, conditions, any_is_enough == "any")


def rollup_rules(element: etree._Element | None, tell: Tell) -> tuple[RollupRule, ...]:
    """The rollup rules of a cluster, in order.

    :param element: ``imsss:rollupRules``
    """
    found = first(children(element, "rollupRule"), MOST_RULES, "rollupRule", tell)
    rules = (_rollup_rule(rule, tell) for rule in found)
    return tuple(rule for rule in rules if rule is not None)


def _rollup_rule(element: etree._Element, tell: Tell) -> RollupRule | None:
    action = _action(element, "rollupAction", ROLLUP, "rollupRule", USUAL, tell)
    if action is None:
        return None
    child_set = word(element, "childActivitySet", CHILD_SETS, "all", tell)
    if child_set is None:
        said = shown(element, "childActivitySet")
        fault = _("“${said}” names no set of children.", said=said)
        tell("warning", "rule-children", _and_so(fault, USUAL), element)
        return None
    least = _least(element, child_set, tell)
    if least is None:
        return None
    holder = only(element, "rollupConditions", tell)
    any_is_enough = word_or_default(holder, "conditionCombination", COMBINATIONS, "any", tell)
    conditions = _conditions(
        children(holder, "rollupCondition"),
        ROLLUP_CONDITIONS,
        element,
        # “None of the children” must not come true because a condition has gone.
        ALONE if any_is_enough == "any" and child_set != "none" else None,
        USUAL,
        tell,
    )
    if conditions is None:
        return None
    return RollupRule(action, conditions, any_is_enough == "any", child_set, *least)


def _least(element: etree._Element, child_set: str, tell: Tell) -> tuple[int, float] | None:
    """``minimumCount`` and ``minimumPercent``; None when the one that the child set needs is no
    number: with the default of 0, the rule would always apply."""
    name = {"atLeastCount": "minimumCount", "atLeastPercent": "minimumPercent"}.get(child_set)
    text = name and attribute(element, name)
    if not text:
        return 0, 0.0
    number = whole(text) if name == "minimumCount" else 0
    share = real(text, element, tell, percent=True) if name == "minimumPercent" else 0.0
    if number is None or share is None:
        fault = _("“${said}” is no ${name}.", said=text[:40], name=name)
        tell("warning", "rule-children", _and_so(fault, USUAL), element)
        return None
    return number, share


def _action(
    element: etree._Element,
    name: str,
    actions: Mapping[str, str],
    kind: str,
    outcome: Words,
    tell: Tell,
) -> str | None:
    """What the rule does; None, told, when it is nothing that rules of its kind can do."""
    holder = only(element, name, tell)
    action = word(holder, "action", actions, "", tell)
    if action:
        return action
    fault = _("“${said}” is no action of a ${kind}.", said=shown(holder, "action"), kind=kind)
    tell("warning", "rule-action", _and_so(fault, outcome), element)
    return None


def _conditions(
    elements: Iterator[etree._Element],
    names: Mapping[str, str],
    rule: etree._Element,
    alone: Words | None,
    outcome: Words,
    tell: Tell,
) -> tuple[Condition, ...] | None:
    """The conditions of a rule; None, told, when the rule is to be left out.

    A condition that cannot be understood is as one that is never known. Where any other is
    enough it is therefore left out; where all are needed, so is the rule.

    :param alone: what becomes of such a condition, in words; None when the rule goes with it
    :param outcome: what happens when the rule is left out, in words
    """
    found = list(islice(elements, MOST_CONDITIONS + 1))
    if len(found) > MOST_CONDITIONS:
        fault = ngettext(
            "A rule has more than ${n} condition.",
            "A rule has more than ${n} conditions.",
            MOST_CONDITIONS,
        )
        tell("warning", "sequencing-too-many", _and_so(fault, outcome), rule)
        return None
    if not found:
        words = _("A rule has no conditions; by the standard it never applies.")
        tell("warning", "rule-conditions", words, rule)
        return ()
    conditions = []
    for element in found:
        condition = _condition(element, names, alone or outcome, tell)
        if condition is not None:
            conditions.append(condition)
        elif alone is None:
            return None
    if not conditions:
        fault = _("A rule has no condition that can be understood.")
        tell("warning", "rule-conditions", _and_so(fault, outcome), rule)
        return None
    return tuple(conditions)


def _condition(
    element: etree._Element, names: Mapping[str, str], outcome: Words, tell: Tell
) -> Condition | None:
    name = word(element, "condition", names, "", tell) or ""
    operator = word(element, "operator", OPERATORS, "noOp", tell)
    text, threshold = attribute(element, "measureThreshold"), 0.0
    objective: str | None = attribute(element, "referencedObjective") or None
    fault: Words | None = None
    if not name:
        said = shown(element, "condition")
        fault = _("“${said}” is no condition of such a rule.", said=said)
    elif operator is None:
        said = shown(element, "operator")
        fault = _("“${said}” is no operator of a condition.", said=said)
    elif objective and len(objective) > LONGEST_IDENTIFIER:
        fault = ngettext(
            "The referencedObjective of a condition has more than ${n} character.",
            "The referencedObjective of a condition has more than ${n} characters.",
            LONGEST_IDENTIFIER,
        )
    elif text and name.endswith("Than"):
        value = real(text, element, tell, -1.0)
        if value is None:
            fault = _("“${said}” is no measureThreshold from -1 to 1.", said=text[:40])
        threshold = value or 0.0
    if fault is not None:
        tell("warning", "rule-condition", _and_so(fault, outcome), element)
        return None
    return Condition(name, objective, threshold, operator == "not")
