"""Showing a number in a reader's own format, such that the same reader can type it back.

The marks are those of the Unicode locale data (CLDR, by way of Babel), with the digits 0 to 9 that
the rest of the pages use in every language.
"""

from dataclasses import dataclass
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol

GROUPED_FROM = 5
"""A whole part of so many digits is set in groups of three. Four digits are left together, as ISO
80000-1 has it: "1,234" is the one thing that readers of different languages read differently."""
PLAIN_EXPONENTS = range(-7, 21)
"""Powers of ten of the first digit for which a number is written out."""
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class NumberFormat:
    """The marks of one language: before decimals, between groups of three digits, below zero."""

    decimal: str
    group: str
    minus: str


ENGLISH = NumberFormat(decimal=".", group=",", minus="-")


def format_of(language: str) -> NumberFormat:
    """The format of a language ("fr", "pt-BR"); English where the language is not known."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return ENGLISH
    return NumberFormat(
        decimal=get_decimal_symbol(locale),
        group=get_group_symbol(locale),
        minus=get_minus_sign_symbol(locale),
    )


def write(value: Decimal, form: NumberFormat = ENGLISH) -> str:
    """A finite number as text; zeros at the end of its decimals are kept, for they say something.

    >>> write(Decimal("-12345.60"), format_of("es"))
    '-12.345,60'
    """
    minus = form.minus if value.is_signed() and value else ""
    # copy_abs, because abs() rounds to the digits of the thread's decimal context.
    size = value.copy_abs()
    if size and size.adjusted() not in PLAIN_EXPONENTS:
        digits = size.as_tuple().digits
        mantissa = write(Decimal((0, digits, 1 - len(digits))), form)
        return f"{minus}{mantissa}×10{str(size.adjusted()).translate(SUPERSCRIPTS)}"
    whole, _, decimals = f"{size:f}".partition(".")
    if len(whole) >= GROUPED_FROM:
        whole = f"{int(whole):,}".replace(",", form.group)
    return minus + whole + (form.decimal + decimals if decimals else "")
