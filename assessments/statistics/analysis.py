"""A quiz, its questions and their answers, from the attempts at it.

All sums are of whole numbers (marks in the smallest unit they share), so the order of attempts
changes nothing. All variances and covariances divide by ``S - 1``, ``S`` being the attempts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import copysign, lcm, sqrt

from assessments.statistics.attempts import Answer, Attempt, Response, Which, chosen
from assessments.statistics.choices import Met, choices
from assessments.statistics.figures import (
    SUPPRESSED,
    Band,
    Count,
    Figure,
    Group,
    Insufficient,
    Position,
    QuizStatistics,
)
from assessments.statistics.moments import Pair, central, correlation
from assessments.statistics.suppression import FEWEST, hidden

LEVELS = ("item", "version", "variant")
BANDS = 10

Offered = Mapping[tuple[str, str], Sequence[Response]]
"""For (item, version): everything that can be answered, in the order of the question."""


@dataclass(frozen=True)
class _Column:
    """One slot. ``answers`` holds ``None`` where an attempt had no such slot, which can only be
    in a slot without marks; ``marks`` and ``max_marks`` are in units."""

    slot: int
    answers: list[Answer | None]
    marks: list[int]
    max_marks: list[int]

    @property
    def has_marks(self) -> bool:
        return any(self.max_marks)


@dataclass(frozen=True)
class _Data:
    """The attempts that count; ``totals`` are in units, ``unit`` is how many make one mark."""

    learners: list[str]
    columns: list[_Column]
    totals: list[int]
    max_totals: list[int]
    unit: int
    unmarked: int


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
    data = _data(chosen(attempts, which))
    if not data.learners:
        return _without(data.unmarked, 0, Insufficient.TOO_FEW_ATTEMPTS)
    if len(set(data.learners)) < fewest:
        return _without(data.unmarked, SUPPRESSED, SUPPRESSED)
    groups = _Groups(data, offered or {}, fewest)
    spread = Pair.of(data.totals, data.totals).xx
    pairs = [_pair_with_rest(data, column) for column in data.columns]
    weights = _effective_weights(pairs)
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
                reliability_without=_reliability_without(data, pairs, column, pair),
            )
        )
    of_marks = [pair for column, pair in zip(data.columns, pairs, strict=True) if column.has_marks]
    reliability, error_ratio, standard_error = _reliability_figures(data, of_marks, spread)
    return replace(
        _totals(data),
        reliability=reliability,
        error_ratio=error_ratio,
        standard_error=standard_error,
        distribution=_distribution(data, fewest),
        positions=tuple(positions),
    )


def _data(attempts: list[Attempt]) -> _Data:
    rows = [{answer.slot: answer for answer in attempt.answers} for attempt in attempts]
    slots = sorted(set().union(*rows)) if rows else []
    marked = {
        slot
        for row in rows
        for slot, answer in row.items()
        if answer.mark is not None and answer.max_mark
    }
    complete = [
        i
        for i, row in enumerate(rows)
        if all(slot in row and row[slot].mark is not None for slot in marked)
    ]
    rows_left = [rows[i] for i in complete]
    unit = _unit(rows_left, marked)
    columns = [
        _column(slot, rows_left, unit, has_marks=slot in marked)
        for slot in slots
        if any(slot in row for row in rows_left)
    ]
    return _Data(
        learners=[attempts[i].learner for i in complete],
        columns=columns,
        totals=[sum(column.marks[row] for column in columns) for row in range(len(rows_left))],
        max_totals=[
            sum(column.max_marks[row] for column in columns) for row in range(len(rows_left))
        ],
        unit=unit,
        unmarked=len(rows) - len(complete),
    )


def _unit(rows: list[dict[int, Answer]], slots: set[int]) -> int:
    denominators = set()
    for row in rows:
        for slot in slots:
            answer = row[slot]
            assert answer.mark is not None
            denominators.add(answer.mark.denominator)
            denominators.add(answer.max_mark.denominator)
    return lcm(*denominators)


def _column(slot: int, rows: list[dict[int, Answer]], unit: int, *, has_marks: bool) -> _Column:
    answers = [row.get(slot) for row in rows]
    if not has_marks:
        nothing = [0] * len(rows)
        return _Column(slot, answers, nothing, nothing)
    marks, max_marks = [], []
    for row in rows:
        mark, max_mark = row[slot].mark, row[slot].max_mark
        assert mark is not None
        marks.append(mark.numerator * (unit // mark.denominator))
        max_marks.append(max_mark.numerator * (unit // max_mark.denominator))
    return _Column(slot, answers, marks, max_marks)


def _pair_with_rest(data: _Data, column: _Column) -> Pair:
    rest = [total - mark for total, mark in zip(data.totals, column.marks, strict=True)]
    return Pair.of(column.marks, rest)


def _without(unmarked: int, attempts: Count, reason: Figure) -> QuizStatistics:
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


# The quiz


def _totals(data: _Data) -> QuizStatistics:
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
        _without(data.unmarked, size, few),
        max_mark=float(Fraction(sum(data.max_totals), size * unit)),
        mean=float(Fraction(sum(data.totals), size * unit)),
        median=float(median(data.totals) / unit),
        deviation=sqrt(k2) / unit if size > 1 else few,
        skewness=skewness,
        kurtosis=kurtosis,
    )


def median(values: Sequence[Fraction] | Sequence[int]) -> Fraction:
    """The middle one, or halfway between the two in the middle."""
    ordered: list[Fraction] = sorted(map(Fraction, values))
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


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


def _reliability_figures(
    data: _Data, pairs: list[Pair], spread: int
) -> tuple[Figure, Figure, Figure]:
    """Reliability, error ratio and standard error."""
    size = len(data.totals)
    alpha = _reliability(pairs, size, spread)
    if isinstance(alpha, Insufficient):
        return alpha, alpha, alpha
    ratio = 100 * sqrt(1 - alpha / 100)
    deviation = sqrt(Fraction(spread, size * (size - 1) * data.unit**2))
    return float(alpha), ratio, ratio * deviation / 100


def _reliability_without(data: _Data, pairs: list[Pair], column: _Column, pair: Pair) -> Figure:
    if not column.has_marks:
        return Insufficient.NO_MARKS
    left = [
        other
        for its, other in zip(data.columns, pairs, strict=True)
        if its.has_marks and its is not column
    ]
    alpha = _reliability(left, len(data.totals), pair.yy)
    return alpha if isinstance(alpha, Insufficient) else float(alpha)


def _effective_weights(pairs: list[Pair]) -> list[Figure]:
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


def _distribution(data: _Data, fewest: int) -> tuple[Band, ...]:
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


# The questions


@dataclass(frozen=True)
class _Groups:
    """Tells apart who met what, as far down as attempts differ."""

    data: _Data
    offered: Offered
    fewest: int

    def of_slot(self, column: _Column, pair: Pair) -> Group:
        rows = [i for i, answer in enumerate(column.answers) if answer is not None]
        if len({self.data.learners[row] for row in rows}) < self.fewest:
            return _kept_back_group(())
        return self._group(column, rows, (), pair if len(rows) == pair.size else None)[0]

    def _group(
        self,
        column: _Column,
        rows: list[int],
        named: tuple[str, ...],
        pair: Pair | None = None,
        *,
        whole: bool = False,
    ) -> tuple[Group, bool]:
        """The group of these rows, and whether nothing in it was kept back.

        :param named: what is known to be the same in all rows, in the order of ``LEVELS``
        :param pair: of marks and rest, if it was worked out already
        :param whole: whether the rest is the whole quiz
        """
        split: dict[str, list[int]] = {}
        while len(named) < len(LEVELS):
            split = self._split(column, rows, LEVELS[len(named)])
            if len(split) > 1:
                break
            named = (*named, *split)
            split = {}
        met = self._met(column, rows, whole=whole)
        group = _figures(met, [column.max_marks[row] for row in rows], named, self.data.unit, pair)
        if not split:
            return self._with_choices(group, met, named)
        people = [{self.data.learners[row] for row in its} for its in split.values()]
        kept_back = hidden(people, fewest=self.fewest)
        parts = [
            (_kept_back_group((*named, name)), False)
            if i in kept_back
            else self._group(column, its, (*named, name), whole=whole or not named)
            for i, (name, its) in enumerate(split.items())
        ]
        groups = tuple(part for part, _complete in parts)
        complete = all(complete for _part, complete in parts)
        if len(named) == len(LEVELS) - 1 and not complete:
            # Either the variants have tables of answers or the version has one of all of them:
            # with both, what is kept back in a variant is the difference.
            group, complete = self._with_choices(group, met, named)
            groups = tuple(replace(part, choices=()) for part in groups)
        return replace(group, groups=groups), complete

    def _split(self, column: _Column, rows: list[int], level: str) -> dict[str, list[int]]:
        split: dict[str, list[int]] = {}
        for row in rows:
            split.setdefault(getattr(column.answers[row], level), []).append(row)
        return dict(sorted(split.items(), key=lambda pair: (len(pair[0]), pair[0])))

    def _met(self, column: _Column, rows: list[int], *, whole: bool) -> Met:
        totals, marks = self.data.totals, column.marks
        return Met(
            answers=[answer for row in rows if (answer := column.answers[row]) is not None],
            learners=[self.data.learners[row] for row in rows],
            marks=[marks[row] for row in rows],
            rest=[totals[row] - (0 if whole else marks[row]) for row in rows],
        )

    def _with_choices(self, group: Group, met: Met, named: tuple[str, ...]) -> tuple[Group, bool]:
        offered = self.offered.get((named[0], named[1]), ())
        found, complete = choices(met, offered, self.data.unit, self.fewest)
        return replace(group, choices=found), complete


def _figures(
    met: Met, max_marks: list[int], named: tuple[str, ...], unit: int, pair: Pair | None
) -> Group:
    pair = pair or Pair.of(met.marks, met.rest)
    most = sum(max_marks)
    few = Insufficient.TOO_FEW_ATTEMPTS
    item, version, variant = _names(named)
    group = Group(
        item=item,
        version=version,
        variant=variant,
        attempts=pair.size,
        guess=_guess(met.answers) if named else Insufficient.NOT_KNOWN,
        facility=float(Fraction(100 * sum(met.marks), most)) if most else Insufficient.NO_MARKS,
        deviation=few,
        variance=few,
        covariance=few,
        rest_variance=few,
        greatest_covariance=few,
        discrimination=few,
        efficiency=few,
    )
    if pair.size < 2:
        return group
    variance = pair.covariance(pair.xx)
    return replace(
        group,
        deviation=100 * sqrt(variance) * pair.size / most if most else Insufficient.NO_MARKS,
        variance=float(variance / unit**2),
        covariance=float(pair.covariance(pair.xy) / unit**2),
        rest_variance=float(pair.covariance(pair.yy) / unit**2),
        greatest_covariance=float(pair.covariance(pair.greatest) / unit**2),
        discrimination=correlation(pair.xy, pair.xx, pair.yy),
        efficiency=float(Fraction(100 * pair.xy, pair.greatest))
        if pair.greatest
        else Insufficient.NO_VARIANCE,
    )


def _names(named: tuple[str, ...]) -> tuple[str | None, str | None, str | None]:
    """Item, version and variant, as far as they are known to be the same."""
    item, version, variant = (*named, None, None, None)[: len(LEVELS)]
    return item, version, variant


def _guess(answers: Sequence[Answer]) -> Figure:
    first = answers[0].guess
    if first is None or any(answer.guess != first for answer in answers):
        return Insufficient.NOT_KNOWN
    return float(100 * first)


def _kept_back_group(named: tuple[str, ...]) -> Group:
    item, version, variant = _names(named)
    return Group(
        item=item,
        version=version,
        variant=variant,
        attempts=SUPPRESSED,
        guess=SUPPRESSED,
        facility=SUPPRESSED,
        deviation=SUPPRESSED,
        variance=SUPPRESSED,
        covariance=SUPPRESSED,
        rest_variance=SUPPRESSED,
        greatest_covariance=SUPPRESSED,
        discrimination=SUPPRESSED,
        efficiency=SUPPRESSED,
    )
