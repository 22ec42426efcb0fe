"""What response processing amounts to, where it is one of the plain ways to mark (QTI 2.2 §8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from assessments.exchange.shares import decimal
from assessments.qti import Item
from assessments.qti.documents import Node

SCORE = "SCORE"


@dataclass(frozen=True)
class Scoring:
    """A plain way to mark.

    :param how: ``match`` (all is as in correctResponse, or nothing counts), ``map`` (mappings are
        added up), ``equal`` (a number within limits), ``none`` (nobody marks)
    :param variables: the response variables it is about
    :param worth: what a match brings
    :param error: how far a number may be off; :param rule: as of
        :class:`assessments.questions.numerical.NumberAnswer`
    :param echo: the outcome variables that are set to what was answered, for feedback
    """

    how: str
    variables: tuple[str, ...] = ()
    worth: Fraction = Fraction(1)
    error: Decimal = Decimal(0)
    rule: str = "absolute"
    echo: tuple[str, ...] = ()


def scoring(item: Item) -> Scoring | None:
    """How an item is marked; None when it is not one of the plain ways."""
    if item.template_rules or item.outcome_rules:
        return None
    rest, echo = list[Node](), list[str]()
    for rule in item.response_rules:
        echoed = _echo(rule)
        if echoed:
            echo.append(echoed)
        elif rest or not _is_nothing(rule):
            rest.append(rule)
    if not rest and not echo:
        return Scoring("none")
    if _begins(item):
        return None
    found = _one(rest[0], item) if len(rest) == 1 else None
    if found is None:
        mapped = [_mapped(rule, adds=number > 0) for number, rule in enumerate(rest)]
        if not rest or not all(mapped):
            return None
        names = tuple(name for each in mapped for name in each)
        found = Scoring("map", names) if len(set(names)) == len(names) else None
    if found is None:
        return None
    return Scoring(found.how, found.variables, found.worth, found.error, found.rule, tuple(echo))


def _echo(rule: Node) -> str:
    """The outcome that a rule sets to what was answered."""
    if _sets(rule) and rule.attributes["identifier"] != SCORE and len(rule.children) == 1:
        (value,) = rule.children
        if value.name == "multiple" and len(value.children) == 1:
            (value,) = value.children
        if value.name == "variable":
            return rule.attributes["identifier"]
    return ""


def _sets(rule: Node) -> bool:
    return rule.name == "setOutcomeValue" and "identifier" in rule.attributes


def _score(rule: Node) -> Node | None:
    """The expression that SCORE is set to."""
    if _sets(rule) and rule.attributes["identifier"] == SCORE and len(rule.children) == 1:
        return rule.children[0]
    return None


def _constant(node: Node | None, item: Item | None = None) -> Fraction | None:
    if node is None:
        return None
    if node.name == "baseValue":
        number = decimal(node.text)
        return None if number is None else Fraction(number)
    if node.name == "variable" and item is not None:
        declared = item.declarations.get(node.attributes.get("identifier", ""))
        value = declared.initial.data if declared is not None else None
        if isinstance(value, int | float) and declared is not None and declared.kind == "outcome":
            return Fraction(str(value)) if isfinite(value) else None
    return None


def _is_nothing(rule: Node) -> bool:
    return _constant(_score(rule)) == 0


def _one(rule: Node, item: Item) -> Scoring | None:
    """A condition that brings the mark when something holds, and else nothing."""
    if rule.name != "responseCondition" or not rule.children:
        return None
    first, *others = rule.children
    if len(first.children) != 2 or not all(
        other.name == "responseElse" and all(map(_is_nothing, other.children)) for other in others
    ):
        return None
    condition, then = first.children
    worth = _constant(_score(then), item)
    if worth is None:
        return None
    conditions = condition.children if condition.name == "and" else (condition,)
    names = [_matched(each) for each in conditions]
    if all(names):
        return Scoring("match", tuple(names), worth)
    return _within(condition, worth)


def _matched(node: Node) -> str:
    """The variable that a condition compares with what is correct."""
    if node.name != "match" or [each.name for each in node.children] != ["variable", "correct"]:
        return ""
    one, other = (each.attributes.get("identifier", "") for each in node.children)
    return one if one == other else ""


MODES = {"absolute": "absolute", "relative": "relative", "exact": "absolute"}


def _within(node: Node, worth: Fraction) -> Scoring | None:
    order = [each.name for each in node.children]
    if node.name != "equal" or sorted(order) != ["correct", "variable"]:
        return None
    one, other = (each.attributes.get("identifier", "") for each in node.children)
    mode = node.attributes.get("toleranceMode", "exact")
    limits = [decimal(each) for each in node.attributes.get("tolerance", "0").split()]
    bounds = [
        node.attributes.get(each, "true") for each in ("includeLowerBound", "includeUpperBound")
    ]
    if one != other or mode not in MODES or len(set(limits)) != 1 or limits[0] is None:
        return None
    if bounds != ["true", "true"] or (mode == "relative" and order[0] != "correct"):
        # A relative tolerance is of the first number: of what is answered, it is none of ours.
        return None
    error = limits[0] if mode != "exact" else Decimal(0)
    if mode == "relative":
        error /= 100
    return Scoring("equal", (one,), worth, error, MODES[mode])


def _begins(item: Item) -> bool:
    """Whether SCORE is something before anything is answered."""
    declared = item.declarations.get(SCORE)
    return declared is not None and declared.initial.data not in (None, 0)


def _mapped(rule: Node, adds: bool) -> tuple[str, ...]:
    """The variables whose mappings a rule adds to SCORE; none when it is not such a rule.

    :param adds: whether other rules come before it, whose SCORE it must not put away
    """
    if rule.name == "responseCondition":
        return _mapped_when_answered(rule, adds)
    value = _score(rule)
    if value is None:
        return ()
    added = value.children if value.name == "sum" else (value,)
    before = sum(map(_is_score, added))
    names = [_of_mapping(each) for each in added if not _is_score(each)]
    return tuple(names) if all(names) and (before == 1 if adds else before <= 1) else ()


def _mapped_when_answered(rule: Node, adds: bool) -> tuple[str, ...]:
    """Templates ask first whether there is an answer: a mapping of none brings nothing anyway."""
    first, *others = rule.children or (None,)
    if first is None or len(first.children) != 2:
        return ()
    condition, then = first.children
    names: tuple[str, ...] = ()
    if condition.name == "not" and not any(other.children for other in others):
        condition, names = next(iter(condition.children), condition), _mapped(then, adds)
    elif len(others) == 1 and len(others[0].children) == 1 and _is_nothing(then) and not adds:
        names = _mapped(others[0].children[0], adds)
    return names if names == _asked_for(condition) else ()


def _asked_for(condition: Node) -> tuple[str, ...]:
    """The variable of which a condition asks whether it has no value."""
    if condition.name != "isNull":
        return ()
    return tuple(
        each.attributes.get("identifier", "") if each.name == "variable" else ""
        for each in condition.children
    )


def _is_score(node: Node) -> bool:
    return node.name == "variable" and node.attributes.get("identifier") == SCORE


def _of_mapping(node: Node) -> str:
    return node.attributes.get("identifier", "") if node.name == "mapResponse" else ""


def worths(item: Item, variable: str) -> Mapping[str, Fraction]:
    """What each key of a mapping is worth, by the key as JSON has it; the first entry of a key has
    it."""
    mapping = item.declarations[variable].mapping
    if mapping is None:
        return {}
    found: dict[str, Fraction] = {}
    for entry in mapping.entries:
        key = " ".join(map(str, entry.key)) if isinstance(entry.key, tuple) else str(entry.key)
        found.setdefault(key, Fraction(str(entry.worth)))
    return found
