"""The figures of a question, as far down (item, version, variant) as attempts differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

from assessments.statistics.attempts import Answer, Response
from assessments.statistics.choices import Met, choices
from assessments.statistics.columns import Column, Data
from assessments.statistics.figures import SUPPRESSED, Figure, Group, Insufficient
from assessments.statistics.moments import Pair, correlation
from assessments.statistics.suppression import hidden

LEVELS = ("item", "version", "variant")
Offered = Mapping[tuple[str, str], Sequence[Response]]
"""For (item, version): everything that can be answered, in the order of the question."""


@dataclass(frozen=True)
class Groups:
    """Tells apart who met what, as far down as attempts differ."""

    data: Data
    offered: Offered
    fewest: int

    def of_slot(self, column: Column, pair: Pair) -> Group:
        rows = [i for i, answer in enumerate(column.answers) if answer is not None]
        if len({self.data.learners[row] for row in rows}) < self.fewest:
            return _kept_back_group(())
        return self._group(column, rows, (), pair if len(rows) == pair.size else None)[0]

    def _group(
        self,
        column: Column,
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

    def _split(self, column: Column, rows: list[int], level: str) -> dict[str, list[int]]:
        split: dict[str, list[int]] = {}
        for row in rows:
            split.setdefault(getattr(column.answers[row], level), []).append(row)
        return dict(sorted(split.items(), key=lambda pair: (len(pair[0]), pair[0])))

    def _met(self, column: Column, rows: list[int], *, whole: bool) -> Met:
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
