"""The signs of GIFT, and where they stand in a text without being escaped."""

import re
from collections.abc import Iterator

ESCAPED = r"\\[~=#{}:\\n]"
ESCAPE = re.compile(ESCAPED)
SIGNS = {
    signs: re.compile(f"{ESCAPED}|{signs}")
    for signs in ("[{}]", "[=~]", "[~]", "[=]", "::", "#", "####", "->")
}


def signs_in(text: str, signs: str) -> Iterator[re.Match[str]]:
    """Where signs stand that are not escaped."""
    return (found for found in SIGNS[signs].finditer(text) if found.group()[0] != "\\")


def cut(text: str, sign: str) -> tuple[str, str | None]:
    """What is before the first sign that is not escaped, and what is after it."""
    for found in signs_in(text, sign):
        return text[: found.start()], text[found.end() :]
    return text, None


def unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: "\n" if found[0] == "\\n" else found[0][1], text)
