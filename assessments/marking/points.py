"""Marks as people type them: exact, and 0.33333 of 1 is a third."""

import re
from decimal import Decimal
from fractions import Fraction

from assessments.bank.shares import read_number
from assessments.exchange.shares import share

MIXED = re.compile(r"(?:(\d{1,6})\s+)?(\d{1,6})\s*/\s*([1-9]\d{0,5})", re.ASCII)


def read_points(text: str, most: Fraction) -> Fraction | None:
    """What was typed, as a fraction of the mark: ``1.5``, ``1,5``, ``2/3`` or ``1 2/3`` marks.

    :param most: the mark, above 0
    :returns: 0 to 1; None when it is no number, or not between 0 and the mark

    >>> read_points("1 2/3", Fraction(2)), read_points("0.6667", Fraction(1))
    (Fraction(5, 6), Fraction(2, 3))
    """
    marks = _read(text.strip())
    return marks / most if marks is not None and 0 <= marks <= most else None


def _read(text: str) -> Fraction | None:
    if found := MIXED.fullmatch(text):
        return int(found[1] or 0) + Fraction(int(found[2]), int(found[3]))
    number = read_number(text)
    if number is None or abs(number) > Decimal(10**6):
        return None
    return share(f"{number:f}")
