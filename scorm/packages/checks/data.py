"""Files that a course's data (JSON) name and the zip lacks.

What data mean is not known, so only what is all but certain is told: an address with a folder that
the package has and the ending of a picture, a film, a sound or its captions, in a file that names
others which are there.
"""

import re
from collections.abc import Collection
from itertools import islice

from scorm.packages.checks.captions import Find
from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.checks.window import Window
from scorm.packages.words import _, ngettext

ADDRESS = re.compile(
    rb'"((?:[^"\\\\/:<>{}?#\x00-\x1f]{1,100}/){1,8}[^"\\\\/:<>{}?#\x00-\x1f]{1,100}'
    rb'\.(?:jpe?g|png|gif|svg|webp|mp4|webm|mp3|m4a|vtt|pdf))"'
)
MOST = 5_000
"""Addresses that are looked at in one file."""

RULES = {
    "data-missing": Rule(
        "warning",
        lambda n, places: ngettext(
            "One address in the course's data leads to a file that is not in the zip: ${places}.",
            "${n} addresses in the course's data lead to files that are not in the zip: ${places}.",
            n,
            places=places,
        ),
        _("Add the files to the package, or take out what asks for them."),
    ),
}


class DataWatch:
    """Looks at one file of data.

    :param find: gives the file that an address in another file leads to, or None
    :param folders: those of the package
    """

    def __init__(self, file: str, find: Find, folders: Collection[str]):
        self._file = file
        self._find = find
        self._folders = folders
        self._left = MOST
        self._found = False
        self._missing: dict[str, int] = {}

    def look(self, window: Window) -> None:
        found = ADDRESS.finditer(window.data, window.begin)
        for match in islice(found, self._left):
            if match.start() >= window.end:
                return
            self._left -= 1
            name = match[1].decode("utf-8", "replace")
            if self._find("", name) or self._find(self._file, name):
                self._found = True
            elif name.rpartition("/")[0] in self._folders and name not in self._missing:
                self._missing[name] = window.line_of(match.start())

    def finish(self, tally: Tally) -> None:
        """Say what is missing, when other addresses led to something."""
        if self._found:
            for name, line in self._missing.items():
                tally.add("data-missing", self._file, line, name)
