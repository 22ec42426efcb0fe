"""Rules in plain English, for authors and admins (SN 3.4, 3.7).

What is certain is told apart from what is not known: “failed” and “incomplete” are said of what is
known, since “not satisfied” never comes true of what is not.
"""

from collections.abc import Iterable
from itertools import groupby

from scorm.packages.manifest import Condition, RollupRule, SequencingRule

ACTIONS = {
    "skip": ("Skipped when {}.", "Always skipped."),
    "disabled": ("Cannot be opened when {}.", "Can never be opened."),
    "hiddenFromChoice": (
        "Cannot be chosen in the contents when {}.",
        "Can never be chosen in the contents.",
    ),
    "stopForwardTraversal": (
        "The learner cannot go on past it when {}.",
        "The learner can never go on past it.",
    ),
    "exit": (
        "When a part of it ends, the whole of it ends if {}.",
        "When a part of it ends, the whole of it ends.",
    ),
    "exitParent": (
        "When it ends, what it is part of ends too if {}.",
        "When it ends, what it is part of ends too.",
    ),
    "exitAll": (
        "When it ends, the whole course ends if {}.",
        "When it ends, the whole course ends.",
    ),
    "retry": ("When it ends, it begins again if {}.", "When it ends, it begins again."),
    "retryAll": (
        "When it ends, the whole course begins again if {}.",
        "When it ends, the whole course begins again.",
    ),
    "continue": (
        "When it ends, the next part follows if {}.",
        "When it ends, the next part follows.",
    ),
    "previous": (
        "When it ends, the part before it follows if {}.",
        "When it ends, the part before it follows.",
    ),
}
"""What the action of a sequencing rule does: under conditions, and always."""

STATUSES = {
    "satisfied": "passed",
    "notSatisfied": "failed",
    "completed": "completed",
    "incomplete": "incomplete",
}
"""What the action of a rollup rule makes of a cluster."""

NO_CONDITIONS = "A rule without conditions, which never applies."


def rule_sentence(rule: SequencingRule) -> str:
    """What a sequencing rule does to the activity that has it, and when: “Skipped when its
    objective “pretest” is satisfied and it has been attempted.”"""
    conditional, always = ACTIONS[rule.action]
    if not rule.conditions:
        return NO_CONDITIONS
    if all(x.name == "always" and not x.negated for x in rule.conditions):
        return always
    return conditional.format(_listed(map(_of_itself, rule.conditions), any_=rule.any))


def rollup_sentence(rule: RollupRule) -> str:
    """What a rollup rule makes of the cluster that has it, and when: “Passed when at least 50 % of
    its parts are passed.”"""
    became = STATUSES[rule.action].capitalize()
    if _asks_for_none(rule):
        return f"{became} whatever its parts are."
    if not rule.conditions:
        return NO_CONDITIONS
    return f"{became} when {rollup_clause(rule)}."


def rollup_clause(rule: RollupRule) -> str:
    """When a rollup rule applies: “at least 50 % of its parts are passed”."""
    if _asks_for_none(rule):
        return "it has parts, whatever they are"
    if not rule.conditions:
        return "a rule without conditions applies, which it never does"
    whose, singular = _quantity(rule)
    return f"{whose} {_predicates(rule, singular)}"


def _asks_for_none(rule: RollupRule) -> bool:
    least = {"atLeastCount": rule.minimum_count, "atLeastPercent": rule.minimum_percent}
    return least.get(rule.child_set, 1) <= 0


def _quantity(rule: RollupRule) -> tuple[str, bool]:
    """Of how many children a rule speaks, and whether it speaks of one."""
    match rule.child_set:
        case "any":
            return "at least 1 of its parts", True
        case "none":
            return "none of its parts", True
        case "atLeastCount":
            return f"at least {rule.minimum_count} of its parts", rule.minimum_count == 1
        case "atLeastPercent":
            return f"at least {_number(rule.minimum_percent * 100)} % of its parts", False
    return "all of its parts", False


def _predicates(rule: RollupRule, singular: bool) -> str:
    """What is said of the children: “are completed or passed and have been attempted”."""
    told = [_of_child(condition) for condition in rule.conditions]
    phrases: list[str] = []
    for verb, group in groupby(told, key=lambda pair: pair[0]):
        form = {"are": "is", "have": "has"}[verb] if singular else verb
        rest = [words for _, words in group]
        phrases.append(f"{form} {_listed(rest, any_=rule.any)}")
    return _listed(phrases, any_=rule.any)


def _of_child(condition: Condition) -> tuple[str, str]:
    """A condition of a rollup rule: verb and the rest, of more than one child."""
    yes, no = {
        "satisfied": (("are", "passed"), ("are", "failed")),
        "completed": (("are", "completed"), ("are", "incomplete")),
        "objectiveStatusKnown": (
            ("have", "a known success status"),
            ("have", "no known success status"),
        ),
        "activityProgressKnown": (
            ("have", "a known completion status"),
            ("have", "no known completion status"),
        ),
        "objectiveMeasureKnown": (("have", "a score"), ("have", "no score")),
        "attempted": (("have", "been attempted"), ("have", "not been attempted")),
        "attemptLimitExceeded": (("have", "no attempts left"), ("have", "attempts left")),
    }.get(
        condition.name,
        (
            ("are", f"“{condition.name}”, which is never so"),
            ("are", f"not “{condition.name}”, which is always so"),
        ),
    )
    return no if condition.negated else yes


def _of_itself(condition: Condition) -> str:
    """A condition of a sequencing rule, as a clause about the activity that has the rule."""
    if condition.objective is None:
        it, passed = "it", "it is passed"
        score, success, completion = "its score", "its success status", "its completion status"
    else:
        it = f"its objective “{condition.objective}”"
        passed = f"{it} is satisfied"
        score, success = f"the score of {it}", f"the success status of {it}"
        completion = f"the completion status of {it}"
    limit = _number(condition.threshold)
    yes, no = {
        "satisfied": (passed, f"{it} is failed"),
        "completed": (f"{it} is completed", f"{it} is incomplete"),
        "objectiveStatusKnown": (f"{success} is known", f"{success} is not known"),
        "activityProgressKnown": (f"{completion} is known", f"{completion} is not known"),
        "objectiveMeasureKnown": (f"{it} has a score", f"{it} has no score"),
        "objectiveMeasureGreaterThan": (f"{score} is above {limit}", f"{score} is at most {limit}"),
        "objectiveMeasureLessThan": (f"{score} is below {limit}", f"{score} is at least {limit}"),
        "attempted": ("it has been attempted", "it has not been attempted"),
        "attemptLimitExceeded": ("it has no attempts left", "it has attempts left"),
        "timeLimitExceeded": (
            "its time limit is exceeded (which is never known)",
            "its time limit is not exceeded (which is never known)",
        ),
        "outsideAvailableTimeRange": (
            "it is outside of its available time (which is never known)",
            "it is within its available time (which is never known)",
        ),
        "always": ("in any case", "in no case"),
    }[condition.name]
    return no if condition.negated else yes


def _listed(phrases: Iterable[str], *, any_: bool) -> str:
    """“a”, “a and b”, “a, b and c”; a phrase that stands twice is said once."""
    found = list(dict.fromkeys(phrases))
    joined = " or " if any_ else " and "
    return joined.join([", ".join(found[:-1]), found[-1]] if found[1:] else found)


def _number(value: float) -> str:
    return f"{value:.9g}"
