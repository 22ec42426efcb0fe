"""Durations of both standards as whole hundredths of a second (RTE 4.1.1.7; SCORM 1.2 RTE 3.4.2)."""

import re

INTERVAL = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,2}))?S)?)?",
    re.ASCII,
)
SPAN = re.compile(r"(\d{2,4}):(\d\d):(\d\d)(?:\.(\d{1,2}))?", re.ASCII)

YEAR, MONTH, DAY, HOUR, MINUTE = 31_536_000, 2_628_029, 86_400, 3_600, 60
"""Seconds; a month is a twelfth of a mean year, as the conformance tests compare."""


def parse_2004(text: str) -> int:
    """Hundredths of a second of an ISO 8601 duration such as ``PT1H0.5S``.

    :raises ValueError: for anything else
    """
    match = INTERVAL.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no duration.")
    *whole, fraction = match.groups()
    scales = (YEAR, MONTH, DAY, HOUR, MINUTE, 1)
    seconds = sum(int(n) * scale for n, scale in zip(whole, scales, strict=True) if n)
    return seconds * 100 + hundredths(fraction)


def parse_12(text: str) -> int:
    """Hundredths of a second of a CMITimespan such as ``0001:02:03.5``.

    :raises ValueError: for anything else
    """
    match = SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no time span.")
    hours, minutes, seconds, fraction = match.groups()
    total = int(hours) * HOUR + int(minutes) * MINUTE + int(seconds)
    return total * 100 + hundredths(fraction)


def hundredths(fraction: str | None) -> int:
    """The digits after the point, one or two of them."""
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
    seconds, rest = divmod(min(total, 9999 * HOUR * 100 + 359_999), 100)
    hours, seconds = divmod(seconds, HOUR)
    minutes, seconds = divmod(seconds, MINUTE)
    return f"{hours:04}:{minutes:02}:{seconds:02}.{rest:02}"
