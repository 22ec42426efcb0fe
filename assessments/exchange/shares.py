"""Shares of a mark and other numbers as files write them: exact where a file could only round.

Moodle writes a third as ``33.33333`` per cent or as ``0.3333333``. Such a number is read as the
simple fraction that it stands for, and written back the same.
"""

import re
from decimal import Context, Decimal
from fractions import Fraction
from math import isqrt

NUMBER = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?", re.ASCII)
PLACES = 7
"""Decimal places to which Moodle rounds shares and marks."""
DENOMINATORS = 100
"""No teacher shares a mark among more."""


def decimal(text: str) -> Decimal | None:
    """The number, or None when it is none (or longer than anybody needs)."""
    text = text.strip()
    return Decimal(text) if NUMBER.fullmatch(text) else None


def share(text: str, hundred: bool = False, denominators: int = DENOMINATORS) -> Fraction | None:
    """A share as it was meant: ``0.3333333`` is a third; None when ``text`` is no number.

    :param hundred: whether ``text`` is in per cent
    :param denominators: the greatest that may have been meant
    """
    number = decimal(text)
    if number is None:
        return None
    exact = Fraction(number) / (100 if hundred else 1)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # NUMBER lets neither infinity nor "not a number" in
    digits = min(max(-exponent, 0) + (2 if hundred else 0), 12)
    # So few denominators that no two of their fractions are written alike with so many digits.
    most = min(denominators, isqrt(10**digits // 20))
    if most < 3:
        return exact
    simple = exact.limit_denominator(most)
    return simple if abs(simple - exact) < Fraction(1, 10**digits) else exact


def percent(fraction: Fraction) -> str:
    """The share in per cent, as :func:`share` reads it: ``33.33333``, ``50``, ``-16.66667``."""
    return _rounded(fraction * 100, PLACES - 2)


def plain_share(fraction: Fraction) -> str:
    """The share or mark as a decimal number: ``0.3333333``, ``2``."""
    return _rounded(fraction, PLACES)


def _rounded(number: Fraction, places: int) -> str:
    scaled = number * 10 ** (places + 20)
    if scaled.denominator == 1:
        return plain_decimal(Decimal(scaled.numerator).scaleb(-places - 20))
    whole = round(number * 10**places)
    return plain_decimal(Decimal(whole).scaleb(-places))


def plain_decimal(number: Decimal) -> str:
    """The number without zeros that say nothing, and without an exponent when it is not long."""
    if abs(number.adjusted()) > 25:
        return f"{number.normalize():E}"
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def inverse(number: Decimal) -> Decimal:
    """One divided by it; inverting that again gives the number, 60 and 0.0166… in turn."""
    exact = Context(prec=28)
    found = exact.divide(Decimal(1), number)
    # The short number whose inverse is written like this, if there is one
    short = Context(prec=20).plus(found)
    return Decimal(plain_decimal(short if exact.divide(Decimal(1), short) == number else found))
