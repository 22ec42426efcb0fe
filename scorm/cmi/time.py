"""Durations of both standards as whole hundredths of a second (RTE 4.1.1.7; SCORM 1.2 RTE 3.4.2).

Content may say any number of digits; what is longer than :data:`LONGEST` counts as that.
"""

import re

INTERVAL = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?"
    r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?",
    re.ASCII,
)
SPAN = re.compile(r"(\d{2,4}):(\d\d):(\d\d)(?:\.(\d{1,2}))?", re.ASCII)

YEAR, MONTH, DAY, HOUR, MINUTE = 31_536_000, 2_628_029, 86_400, 3_600, 60
"""Seconds; a month is a twelfth of a mean year, as the conformance tests compare."""

LONGEST = 10**14
"""Hundredths of a second: some thirty thousand years."""


def parse_2004(text: str) -> int:
    """Hundredths of a second of an ISO 8601 duration such as ``PT1H0.5S``.

    :raises ValueError: for anything else
    """
    match = INTERVAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:60]!r} is no duration.")
    *whole, fraction = match.groups()
    scales = (YEAR, MONTH, DAY, HOUR, MINUTE, 1)
    seconds = sum(_number(n) * scale for n, scale in zip(whole, scales, strict=True) if n)
    return min(seconds * 100 + _hundredths(fraction), LONGEST)


def parse_12(text: str) -> int:
    """Hundredths of a second of a CMITimespan such as ``0001:02:03.5``; a blank one is none.

    :raises ValueError: for anything else
    """
    if text == "":
        return 0
    match = SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:60]!r} is no time span.")
    hours, minutes, seconds, fraction = match.groups()
    total = int(hours) * HOUR + int(minutes) * MINUTE + int(seconds)
    return total * 100 + _hundredths(fraction)


def _number(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) < 16 else LONGEST


def _hundredths(fraction: str | None) -> int:
    return int(fraction.ljust(2, "0")) if fraction else 0


def format_2004(total: int) -> str:
    """``PT1H2M3.04S`` from hundredths of a second."""
    seconds, rest = divmod(total, 100)
    hours, seconds = divmod(seconds, HOUR)
    minutes, seconds = divmod(seconds, MINUTE)
    text = "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or rest or text == "PT":
        text += f"{seconds}" + (f".{rest:02}" if rest else "") + "S"
    return text


def format_12(total: int) -> str:
    """``0001:02:03.04`` from hundredths of a second; at most 9999 hours."""
    seconds, rest = divmod(min(total, (9999 * HOUR + 59 * MINUTE + 59) * 100 + 99), 100)
    hours, seconds = divmod(seconds, HOUR)
    minutes, seconds = divmod(seconds, MINUTE)
    return f"{hours:04}:{minutes:02}:{seconds:02}.{rest:02}"
