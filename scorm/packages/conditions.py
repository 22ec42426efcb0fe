"""What a request's headers ask of a representation: conditions and ranges (RFC 9110 §13, §14)."""

import re

TAG = re.compile(r'(W/)?("[^"]*")')
RANGE = re.compile(r"([0-9]*)-([0-9]*)")
HUGE = 10**18
"""More bytes than anything has; what is written with more digits is as good as this."""


def names_weakly(header: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names the ``tag``, be it as a weak one (§8.8.3.2, §13.1.2)."""
    return header.strip() == "*" or any(found == tag for _weak, found in TAG.findall(header))


def names_strongly(header: str, tag: str) -> bool:
    """Whether ``If-Match`` names the ``tag``, as a strong one (§8.8.3.2, §13.1.1)."""
    return header.strip() == "*" or ("", tag) in TAG.findall(header)


def span_of(header: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte that a ``Range`` asks for (§14.1.2, §14.2).

    None for what is to be passed over: another unit, nonsense, or several ranges, which no browser
    sends and which would be answered in parts. First > last for what cannot be satisfied.

    :param size: of the representation, in bytes
    """
    unit, _, ranges = header.partition("=")
    asked = [each for each in map(str.strip, ranges.split(",")) if each]
    match = RANGE.fullmatch(asked[0]) if len(asked) == 1 else None
    if unit.strip().lower() != "bytes" or match is None or match[0] == "-":
        return None
    first, last = match.groups()
    if not first:
        wanted = _number(last)
        if wanted and not size:
            return None  # all of nothing, which no Content-Range can say
        return (max(0, size - wanted), size - 1) if wanted else (1, 0)
    if last and _number(last) < _number(first):
        return None
    if _number(first) >= size:
        return 1, 0
    return _number(first), min(_number(last), size - 1) if last else size - 1


def _number(digits: str) -> int:
    digits = digits.lstrip("0")
    return int(digits or "0") if len(digits) <= 18 else HUGE
