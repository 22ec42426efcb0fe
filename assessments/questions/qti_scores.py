"""What the SCORE of an item of QTI is measured by: the most and the least that it can be.

Fractions of our own need both, and QTI demands neither of an item (QTI 2.2 §8.2, outcome
variables; MAXSCORE is a convention of its examples).
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from assessments.qti import Item, SessionClosed, process, start
from assessments.qti.declarations import Declaration
from assessments.qti.documents import Node
from assessments.qti.values import BaseType, Cardinality, plain
from assessments.questions.base import NONE, ONE


def most(item: Item, outcomes: Mapping[str, Any]) -> Fraction:
    """What SCORE is when all is right: MAXSCORE, or the normalMaximum of SCORE, or what the
    declared right responses or the mappings that are used can bring, or 1.

    :param outcomes: of an attempt, by name; MAXSCORE may come from the processing
    """
    score = item.declarations.get("SCORE")
    found = [
        exact(outcomes.get("MAXSCORE")),
        exact(score.maximum) if score is not None else None,
        max(_right_score(item), _best_mapped(item)),
    ]
    return next((each for each in found if each is not None and each > 0), ONE)


def fixed_most(item: Item) -> Any:
    """What the item declares as MAXSCORE; None when it does not."""
    declared = item.declarations.get("MAXSCORE")
    return None if declared is None else plain(declared.default)


def lowest(item: Item) -> Fraction:
    """The least fraction that a response brings: 0, or down to -1 where something takes off."""
    score = item.declarations.get("SCORE")
    if score is not None and score.minimum is not None:
        least = exact(score.minimum) or NONE
        return max(-ONE, min(NONE, least / most(item, {"MAXSCORE": fixed_most(item)})))
    return -ONE if _can_be_negative(item) else NONE


def exact(number: Any) -> Fraction | None:
    """A number of a session as the decimal number that it is written as; None for no number."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    text = str(number)
    return Fraction(text) if text not in ("inf", "-inf", "nan") else None


@lru_cache(maxsize=128)
def _right_score(item: Item) -> Fraction:
    """SCORE when every response is as the item declares it right; 0 when none is declared."""
    session = start(item, 0)
    right = {
        name: session.corrects.get(name, plain(item.declarations[name].correct))
        for name in {each.response for each in item.interactions} & item.declarations.keys()
    }
    given = {name: value for name, value in right.items() if value is not None}
    try:
        score = process(item, session, given).outcomes.get("SCORE") if given else None
    except SessionClosed:
        return NONE
    return exact(score) or NONE


def _best_mapped(item: Item) -> Fraction:
    """What the mappings that the processing uses can bring together."""
    used = {
        node.attributes.get("identifier", "")
        for node in _walk(item.response_rules)
        if node.name in ("mapResponse", "mapResponsePoint")
    }
    declared = [item.declarations[name] for name in used if name in item.declarations]
    return sum(map(_best, declared), NONE)


def _best(declared: Declaration) -> Fraction:
    """The most that the mapping of a variable can bring."""
    mapping, areas = declared.mapping, declared.area_mapping
    if mapping is not None and declared.base_type is not BaseType.POINT:
        worths, bounds = [entry.worth for entry in mapping.entries], mapping.bounds
    elif areas is not None:
        worths, bounds = [worth for _area, worth in areas.entries], areas.bounds
    else:
        return NONE
    above = [exact(worth) or NONE for worth in worths if worth > 0]
    single = declared.cardinality is Cardinality.SINGLE
    best = max(above, default=NONE) if single else sum(above, NONE)
    upper = exact(bounds.upper)
    return best if upper is None else min(best, upper)


def _can_be_negative(item: Item) -> bool:
    """Whether anything in an item takes something off."""
    for declared in item.declarations.values():
        tables = (declared.mapping, declared.area_mapping)
        for table in tables:
            if table is None or table.bounds.lower >= 0:
                continue
            entries = [getattr(entry, "worth", None) or 0 for entry in table.entries]
            if table is declared.area_mapping:
                entries = [worth for _area, worth in declared.area_mapping.entries]
            if min([table.default, *entries]) < 0:
                return True
    return any(
        node.name == "subtract" or (node.name == "baseValue" and node.text.strip().startswith("-"))
        for node in _walk((*item.response_rules, *item.outcome_rules))
    )


def _walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
