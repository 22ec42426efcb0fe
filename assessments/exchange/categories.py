"""Categories as Moodle writes them: ``$course$/top/Body/Blood``; ``//`` is a stroke in a name."""

import re

from assessments.exchange.formats import one_line

WHERE = re.compile(r"\$[a-z0-9]+\$")
"""Whose questions they are in Moodle: ``$course$``, ``$system$``, …"""
TOP = "top"
STROKES = re.compile(r"/+")


def from_path(path: str) -> tuple[str, ...]:
    """The names in a path, without where it begins in Moodle."""
    names = [""]
    position = 0
    for found in STROKES.finditer(path):
        names[-1] += path[position : found.start()] + "/" * (len(found[0]) // 2)
        if len(found[0]) % 2:
            names.append("")
        position = found.end()
    names[-1] += path[position:]
    names = [name for each in names if (name := one_line(each))]
    if names and WHERE.fullmatch(names[0]):
        names = names[1:]
    if names and names[0] == TOP:
        names = names[1:]
    return tuple(names)


def to_path(category: tuple[str, ...]) -> str:
    """The inverse of :func:`from_path`."""
    return "/".join(["$course$", TOP, *(name.replace("/", "//") for name in category)])
