"""The figures of a whole quiz: its totals, how reliable they are, and what each question weighs.

All variances and covariances divide by ``S - 1``, ``S`` being the attempts.
"""

from dataclasses import replace
from fractions import Fraction
from math import copysign, sqrt

from assessments.statistics.columns import Column, Data
from assessments.statistics.figures import (
    SUPPRESSED,
    Band,
    Count,
    Figure,
    Insufficient,
    QuizStatistics,
)
from assessments.statistics.moments import Pair, central, median
from assessments.statistics.suppression import hidden

BANDS = 10


def without_figures(unmarked: int, attempts: Count, reason: Figure) -> QuizStatistics:
    return QuizStatistics(
        attempts=attempts,
        unmarked=unmarked,
        max_mark=reason,
        mean=reason,
        median=reason,
        deviation=reason,
        skewness=reason,
        kurtosis=reason,
        reliability=reason,
        error_ratio=reason,
        standard_error=reason,
    )


def totals(data: Data) -> QuizStatistics:
    """The figures of the totals; reliability is not known from them."""
    size, unit = len(data.totals), data.unit
    few = Insufficient.TOO_FEW_ATTEMPTS
    second, third, fourth = central(data.totals)
    skewness: Figure = Insufficient.NO_VARIANCE if size > 2 else few
    kurtosis: Figure = Insufficient.NO_VARIANCE if size > 3 else few
    k2 = size * second / (size - 1) if size > 1 else Fraction(0)
    if k2 and size > 2:
        k3 = size**2 * third / ((size - 1) * (size - 2))
        skewness = copysign(sqrt(k3**2 / k2**3), k3)
    if k2 and size > 3:
        k4 = size**2 * ((size + 1) * fourth - 3 * (size - 1) * second**2)
        kurtosis = float(k4 / ((size - 1) * (size - 2) * (size - 3)) / k2**2)
    return replace(
        without_figures(data.unmarked, size, few),
        max_mark=float(Fraction(sum(data.max_totals), size * unit)),
        mean=float(Fraction(sum(data.totals), size * unit)),
        median=float(median(data.totals) / unit),
        deviation=sqrt(k2) / unit if size > 1 else few,
        skewness=skewness,
        kurtosis=kurtosis,
    )


def _reliability(pairs: list[Pair], size: int, spread: int) -> Fraction | Insufficient:
    """Cronbach's alpha; ``spread`` is that of the totals of these questions."""
    if size < 2:
        return Insufficient.TOO_FEW_ATTEMPTS
    if len(pairs) < 2:
        return Insufficient.TOO_FEW_QUESTIONS
    if not spread:
        return Insufficient.NO_VARIANCE
    apart = Fraction(sum(pair.xx for pair in pairs), spread)
    return Fraction(100 * len(pairs), len(pairs) - 1) * (1 - apart)


def reliability_figures(
    data: Data, pairs: list[Pair], spread: int
) -> tuple[Figure, Figure, Figure]:
    """Reliability, error ratio and standard error."""
    size = len(data.totals)
    alpha = _reliability(pairs, size, spread)
    if isinstance(alpha, Insufficient):
        return alpha, alpha, alpha
    ratio = 100 * sqrt(1 - alpha / 100)
    deviation = sqrt(Fraction(spread, size * (size - 1) * data.unit**2))
    return float(alpha), ratio, ratio * deviation / 100


def reliability_without(data: Data, pairs: list[Pair], column: Column, pair: Pair) -> Figure:
    if not column.has_marks:
        return Insufficient.NO_MARKS
    left = [
        other
        for its, other in zip(data.columns, pairs, strict=True)
        if its.has_marks and its is not column
    ]
    alpha = _reliability(left, len(data.totals), pair.yy)
    return alpha if isinstance(alpha, Insufficient) else float(alpha)


def effective_weights(pairs: list[Pair]) -> list[Figure]:
    """Shares of the roots of the covariances with the total, which is its own mark and the rest.

    A question with a negative covariance has no root and no share.
    """
    covariances = [pair.covariance(pair.xx + pair.xy) if pair.size > 1 else None for pair in pairs]
    roots = [
        None if covariance is None or covariance < 0 else sqrt(covariance)
        for covariance in covariances
    ]
    together = sum(root for root in roots if root is not None)
    weights: list[Figure] = []
    for covariance, root in zip(covariances, roots, strict=True):
        if covariance is None:
            weights.append(Insufficient.TOO_FEW_ATTEMPTS)
        elif root is None:
            weights.append(Insufficient.NEGATIVE_COVARIANCE)
        elif not together:
            weights.append(Insufficient.NO_VARIANCE)
        else:
            weights.append(100 * root / together)
    return weights


def distribution(data: Data, fewest: int) -> tuple[Band, ...]:
    if not all(max_total > 0 for max_total in data.max_totals):
        return ()
    people: list[set[str]] = [set() for _band in range(BANDS)]
    counts = [0] * BANDS
    for learner, total, most in zip(data.learners, data.totals, data.max_totals, strict=True):
        band = min(max(total * BANDS // most, 0), BANDS - 1)
        people[band].add(learner)
        counts[band] += 1
    kept_back = hidden(people, fewest=fewest)
    width = 100 // BANDS
    return tuple(
        Band(
            low=i * width,
            high=(i + 1) * width,
            attempts=SUPPRESSED if i in kept_back else count,
        )
        for i, count in enumerate(counts)
    )
