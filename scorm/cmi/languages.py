"""Language tags (RFC 3066, as SCORM 2004 RTE 4.1.1.6 asks for them)."""

import re

from scorm.cmi.tables import languages

TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
PRIVATE = re.compile(r"q[a-t][a-z]")


def is_language(tag: str) -> bool:
    """Whether the first part is an ISO 639-1 or 639-2 code and the second, when it has two
    letters, an ISO 3166-1 code; or the whole is private or registered. Case does not matter."""
    if not TAG.fullmatch(tag):
        return False
    codes = languages()
    tag = tag.lower()
    if tag in codes.whole:
        return True
    first, *rest = tag.split("-")
    if first == "x":
        return bool(rest)
    if first not in codes.primary and not PRIVATE.fullmatch(first):
        return False
    return not rest or _is_second(rest[0], codes.countries)


def _is_second(part: str, countries: frozenset[str]) -> bool:
    """A country, or what today's registry has there: a region number, a script, a variant."""
    if len(part) == 2:
        return part in countries
    if len(part) == 3:
        return part.isdigit()
    return len(part) > 3
