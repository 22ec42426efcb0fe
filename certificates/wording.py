"""Dates, lengths and scores as words of a language. What no language is known for is English."""

from datetime import datetime
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

ENGLISH = Locale("en", "GB")
HOUR = 60


def locale_of(language: str) -> Locale:
    """The conventions of a BCP 47 language; day before month in English."""
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return ENGLISH
    return ENGLISH if str(locale) == "en" else locale


def long_date(moment: datetime, language: str) -> str:
    """``24 November 2026``, in UTC."""
    return format_date(moment, "long", locale=locale_of(language))


def length(minutes: int, language: str) -> str:
    """``45 minutes``, ``2 hours 30 minutes``."""
    locale = locale_of(language)
    hours, rest = divmod(minutes, HOUR) if minutes >= 2 * HOUR else (0, minutes)
    parts = [(hours, "duration-hour"), (rest, "duration-minute")]
    return " ".join(_counted(n, unit, locale) for n, unit in parts if n)


def _counted(n: int, unit: str, locale: Locale) -> str:
    """Some languages have the short form alone; Babel then gives the unit's own name for it."""
    words = format_unit(n, unit, "long", locale=locale)
    return format_unit(n, unit, "short", locale=locale) if unit in words else words


def percent(score: int, language: str) -> str:
    """``85%``, ``85 %`` in French."""
    return format_percent(score / 100, locale=locale_of(language))


def decimal(text: str, language: str) -> str:
    """Decimal text as a language writes it: ``1.5`` is ``1,5`` in French."""
    return number(Decimal(text), language)


def number(value: Decimal, language: str) -> str:
    """``1.5``, ``1,5`` in French."""
    return format_decimal(value, locale=locale_of(language))


def right_to_left(language: str) -> bool:
    return locale_of(language).text_direction == "rtl"
