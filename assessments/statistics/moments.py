"""Sums over marks, exact: marks are whole numbers of the smallest unit that all of them share.

Divisions by ``S - 1`` and the unit come last, and square roots last of all, so that no figure
depends on the order of the attempts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import copysign, sqrt
from operator import mul

from assessments.statistics.figures import Figure, Insufficient


@dataclass(frozen=True)
class Pair:
    """Two columns of one length.

    ``xx``, ``xy`` and ``yy`` are ``S² · (population variance or covariance)``, ``greatest`` is
    ``xy`` of both columns in order.
    """

    size: int
    xx: int
    yy: int
    xy: int
    greatest: int

    @classmethod
    def of(cls, x: Sequence[int], y: Sequence[int]) -> "Pair":
        size, sum_x, sum_y = len(x), sum(x), sum(y)
        return cls(
            size,
            xx=size * dot(x, x) - sum_x * sum_x,
            yy=size * dot(y, y) - sum_y * sum_y,
            xy=size * dot(x, y) - sum_x * sum_y,
            greatest=size * dot(sorted(x), sorted(y)) - sum_x * sum_y,
        )

    def covariance(self, spread: int) -> Fraction:
        """Of the sample, in units²; ``spread`` is one of this pair's sums. Needs two rows."""
        return Fraction(spread, self.size * (self.size - 1))


def dot(x: Sequence[int], y: Sequence[int]) -> int:
    return sum(map(mul, x, y))


def correlation(xy: int, xx: int, yy: int) -> Figure:
    """From -100 to 100."""
    if not xx or not yy:
        return Insufficient.NO_VARIANCE
    return 100 * copysign(sqrt(Fraction(xy * xy, xx * yy)), xy)


def central(values: Sequence[int]) -> tuple[Fraction, Fraction, Fraction]:
    """The second, third and fourth central moments, over ``S``."""
    size, total = len(values), sum(values)
    apart = [size * value - total for value in values]
    squares = list(map(mul, apart, apart))
    return (
        Fraction(sum(squares), size**3),
        Fraction(dot(squares, apart), size**4),
        Fraction(dot(squares, squares), size**5),
    )


def median(values: Sequence[Fraction] | Sequence[int]) -> Fraction:
    """The middle one, or halfway between the two in the middle."""
    ordered: list[Fraction] = sorted(map(Fraction, values))
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2
