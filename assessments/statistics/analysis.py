"""A quiz, its questions and their answers, from the attempts at it.

All sums are of whole numbers (marks in the smallest unit they share), so the order of attempts
changes nothing. All variances and covariances divide by ``S - 1``, ``S`` being the attempts.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from assessments.statistics.attempts import Attempt, Which, chosen
from assessments.statistics.columns import Column, Data, data_of
from assessments.statistics.figures import (
    SUPPRESSED,
    Insufficient,
    Position,
    QuizStatistics,
)
from assessments.statistics.groups import Groups, Offered
from assessments.statistics.moments import Pair
from assessments.statistics.quiz_figures import (
    distribution,
    effective_weights,
    reliability_figures,
    reliability_without,
    totals,
    without_figures,
)
from assessments.statistics.suppression import FEWEST


def analyse(
    attempts: Iterable[Attempt],
    *,
    which: Which = Which.FIRST,
    offered: Offered | None = None,
    fewest: int = FEWEST,
) -> QuizStatistics:
    """All figures of a quiz.

    An attempt in which a mark is missing that others have is left out and counted in
    ``unmarked``: it has no total yet. A question that nobody has a mark for stays, without marks.

    :param attempts: finished ones
    :param which: of each learner's attempts
    :param fewest: people a figure must rest on to be shown; 1 keeps nothing back
    """
    data = data_of(chosen(attempts, which))
    if not data.learners:
        return without_figures(data.unmarked, 0, Insufficient.TOO_FEW_ATTEMPTS)
    if len(set(data.learners)) < fewest:
        return without_figures(data.unmarked, SUPPRESSED, SUPPRESSED)
    groups = Groups(data, offered or {}, fewest)
    spread = Pair.of(data.totals, data.totals).xx
    pairs = [_pair_with_rest(data, column) for column in data.columns]
    weights = effective_weights(pairs)
    all_marks = sum(data.max_totals)
    positions = []
    for column, pair, weight in zip(data.columns, pairs, weights, strict=True):
        intended = Fraction(100 * sum(column.max_marks), all_marks) if all_marks else None
        positions.append(
            Position(
                slot=column.slot,
                group=groups.of_slot(column, pair),
                intended_weight=Insufficient.NO_MARKS if intended is None else float(intended),
                effective_weight=weight,
                reliability_without=reliability_without(data, pairs, column, pair),
            )
        )
    of_marks = [pair for column, pair in zip(data.columns, pairs, strict=True) if column.has_marks]
    reliability, error_ratio, standard_error = reliability_figures(data, of_marks, spread)
    return replace(
        totals(data),
        reliability=reliability,
        error_ratio=error_ratio,
        standard_error=standard_error,
        distribution=distribution(data, fewest),
        positions=tuple(positions),
    )


def _pair_with_rest(data: Data, column: Column) -> Pair:
    rest = [total - mark for total, mark in zip(data.totals, column.marks, strict=True)]
    return Pair.of(column.marks, rest)
