"""Shares of a mark as percent that people write, exact: 33.33333 is a third.

Programs that write such files round thirds, sixths, sevenths and ninths to some five decimal places
(Moodle's grade options); what is that close to a simple fraction was meant to be it.
"""

import re
from decimal import Decimal
from fractions import Fraction

SIMPLE = 40
"""The largest denominator of a fraction that a rounded number is taken for."""
LARGEST = 10**9
ROUNDED = 3
"""Decimal places of a percent from which on it may be a rounded number."""


def read_number(text: str) -> Decimal | None:
    """A number as people write it, with a point or a comma; None when it is none."""
    found = text.strip().replace("−", "-")
    if found.count(",") == 1 and "." not in found:
        found = found.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d{1,30}\.?\d{0,30}|\.\d{1,30})([eE][+-]?\d{1,3})?", found):
        return None
    return Decimal(found)


def read_share(text: str) -> Fraction | None:
    """A share from percent (``50``, ``33.33333``, ``-100 %``) or a fraction (``1/3``); None when it
    is none of them."""
    found = text.strip().removesuffix("%").strip()
    if match := re.fullmatch(r"([+-]?\d{1,9})\s*/\s*([1-9]\d{0,8})", found):
        return Fraction(int(match[1]), int(match[2]))
    number = read_number(found)
    if number is None or abs(number) > LARGEST:
        return None
    return meant(number)


def meant(percent: Decimal) -> Fraction:
    """The share that a percent stands for."""
    exact = Fraction(percent) / 100
    exponent = percent.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places < ROUNDED:
        return exact
    simple = exact.limit_denominator(SIMPLE)
    return simple if abs(simple - exact) * 100 < Fraction(1, 10**places) else exact


def write_number(number: Fraction | Decimal) -> str:
    """A number as short as it can be exact: with a point, else as a fraction."""
    exact = Fraction(number)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{exact.numerator}/{exact.denominator}"
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_share(share: Fraction) -> str:
    """A share as percent; what :func:`read_share` reads as the same, exactly."""
    percent = f"{float(share * 100):.5f}".rstrip("0").rstrip(".")
    if read_share(percent) == share:
        return "0" if percent == "-0" else percent
    return f"{share.numerator}/{share.denominator}"
