"""Shares of a mark and numbers as people write them in forms: exact, and 33.33333 % is a third."""

import re
from decimal import Decimal
from fractions import Fraction

from assessments.exchange.shares import percent, share

LARGEST = 10**9


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
    return share(f"{number:f}", hundred=True)


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


def write_share(fraction: Fraction) -> str:
    """A share as percent; what :func:`read_share` reads as the same, exactly."""
    text = percent(fraction)
    return text if read_share(text) == fraction else f"{fraction.numerator}/{fraction.denominator}"
