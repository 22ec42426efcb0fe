"""Durations: QTI counts seconds, documents may write XML Schema's PT1H30M."""

import re

ISO = re.compile(
    r"P(?=.)(?:(?P<days>[0-9]{1,9})D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?"
    r"(?:(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?"
)
PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?")
UNITS = {"days": 86400.0, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0}


def seconds(text: str) -> float:
    """The seconds of ``90.5`` or ``PT1M30.5S``. Years and months have no length and are refused.

    :raises ValueError: not a duration
    """
    if PLAIN.fullmatch(text):
        return float(text)
    found = ISO.fullmatch(text)
    if not found:
        raise ValueError("not a duration")
    return sum(float(part) * UNITS[unit] for unit, part in found.groupdict("0").items())
