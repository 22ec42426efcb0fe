"""Files that nothing in the package names.

Generous on purpose, since a file that is deleted by mistake breaks a course: a file counts as used
when the manifest lists it, or when its name without folders stands anywhere in any text of the
package, in whatever capital letters, percent-encoded or in data written as base64 (as tools write a
whole course into one page); when a file beside it of the same name but another ending is used (a
film's captions, a picture's other format); when it is one of a numbered series and the name without
the number is used; or when a script or a table is named without its ending. Names that are not
plain ASCII, and what every package may hold (schemas, licences), are not judged.
"""

import re
from collections.abc import Collection, Mapping
from itertools import islice
from urllib.parse import unquote_to_bytes

from scorm.packages.archive import size
from scorm.packages.checks.coded import CodedReader
from scorm.packages.checks.tally import clipped
from scorm.packages.checks.window import Window
from scorm.packages.findings import Finding
from scorm.packages.words import _, ngettext

BY_THEMSELVES = re.compile(
    r"(?i)(?:(?:readme|licen[sc]e|copying|notice|authors|changelog|version)[^/]*"
    r"|imsmanifest\.xml|metadata\.xml|tincan\.xml|cmi5\.xml|h5p\.json|crossdomain\.xml"
    r"|favicon\.ico|\.[^/]*|[^/]+\.(?:xsd|dtd|xsx|mod|ent|map))"
)
"""Files that are there though nothing names them."""

ENDING = re.compile(r"(?i)\.[a-z0-9]{1,9}\Z")
NAMED_ENDING = re.compile(rb"\.([a-z0-9]{1,9})(?![a-z0-9])")

LONGEST_NAME = 120
"""Bytes before an ending that are looked at for a name."""

CUTS = (re.compile(rb"""[/\\"'`<>|\x00-\x1f]"""), re.compile(rb"""[\s()=:;,&?#*{}\[\]]"""))
"""What stands before a file's name, for certain and mostly: names may have ``(1)`` in them."""

MOST_NAMES = 50_000
"""Names looked up in one text file: a text full of endings is no course."""

SERIES = 3
"""Files that make a numbered series."""

HINTED = frozenset(("js", "mjs", "json", "xml", "css", "html", "htm", "hbs"))
"""Endings of files that loaders ask for without their endings."""

MOST_HINTS = 24
"""Names without number or ending that are looked for in a text: each costs a pass over it. Where
there were more, files of these kinds are not judged."""

MOST_HINTED = 64 * 1024**2
"""Bytes that are gone through for them in a package, all passes together; then the same."""

SHORTEST_HINT = 3

NAMED = 3
"""Unused files that a report names."""


class Usage:
    """Crosses off the files that a package's texts name.

    :param sizes: bytes of each file in the package; :param listed: files that the manifest lists
    """

    def __init__(self, sizes: Mapping[str, int], listed: Collection[str]):
        self._sizes = sizes
        self._used_stems = {_stem(name) for name in listed}
        self._open: dict[bytes, list[str]] = {}
        for name in sizes.keys() - listed:
            itself = BY_THEMSELVES.fullmatch(name.rpartition("/")[2])
            if name.isascii() and not itself and ENDING.search(name):
                self._open.setdefault(_base(name), []).append(name)
        self._endings = {base.rpartition(b".")[2] for base in self._open}
        self._hints = _hints(self._open)
        self._too_many_hints = False
        self._hinted = 0
        self._coded, self._left = CodedReader(), MOST_NAMES

    def look(self, window: Window) -> None:
        """Cross off what is named in the window, which may be of any text file."""
        if window.begin == 0:
            self._coded, self._left = CodedReader(), MOST_NAMES
        if self._open:
            self._cross_off(window.data.lower())
            for text in self._coded.texts(window):
                self._cross_off(text.lower())

    def _cross_off(self, text: bytes) -> None:
        matches = (match for match in NAMED_ENDING.finditer(text) if match[1] in self._endings)
        for match in islice(matches, self._left):
            self._left -= 1
            before = text[max(0, match.start() - LONGEST_NAME) : match.end()]
            whole = CUTS[0].split(before)[-1]
            for name in (whole, CUTS[1].split(whole)[-1]):
                self._use(name)
                if b"%" in name:
                    self._use(unquote_to_bytes(name))
        alive = self._alive()
        self._hinted += len(alive) * len(text)
        self._too_many_hints |= len(alive) > MOST_HINTS or self._hinted > MOST_HINTED
        if self._hinted > MOST_HINTED:
            return
        for hint in alive[:MOST_HINTS]:
            if hint in text:
                for base in self._hints.pop(hint):
                    self._use(base)

    def _alive(self) -> list[bytes]:
        """The first hints whose files have not all been crossed off, one more than are looked for.
        Others met on the way are forgotten, so that many files cost no more than they are."""
        alive: list[bytes] = []
        over: list[bytes] = []
        for hint, bases in self._hints.items():
            while bases and bases[-1] not in self._open:
                bases.pop()
            (alive if bases else over).append(hint)
            if len(alive) > MOST_HINTS:
                break
        for hint in over:
            del self._hints[hint]
        return alive

    def _use(self, base: bytes) -> None:
        for used in self._open.pop(base, ()):
            self._used_stems.add(_stem(used))

    def finding(self) -> Finding | None:
        """How many files nothing names, and what they weigh."""
        hinted = {base for bases in self._hints.values() for base in bases}
        unused = [
            name
            for base, names in self._open.items()
            for name in names
            if _stem(name) not in self._used_stems and not (self._too_many_hints and base in hinted)
        ]
        if not unused:
            return None
        unused.sort(key=lambda name: (-self._sizes[name], name))
        named = ", ".join(map(clipped, unused[:NAMED]))
        return Finding(
            "note",
            "files-unused",
            ngettext(
                "Nothing in the package names one of its files (${size}): ${names}.",
                "Nothing in the package names ${n} of its files (${size}): ${names}.",
                len(unused),
                size=size(sum(map(self._sizes.__getitem__, unused))),
                names=named if len(unused) <= NAMED else f"{named}, …",
            ),
            _("If the course works without them, leave them out: it is then sent faster."),
            unused[0],
        )


def _hints(names: Collection[bytes]) -> dict[bytes, list[bytes]]:
    """What files are asked for by without their number or ending, and the files."""
    numbered: dict[bytes, list[bytes]] = {}
    bare: dict[bytes, list[bytes]] = {}
    for base in names:
        stem, _dot, ending = base.rpartition(b".")
        series = stem.rstrip(b"0123456789")
        if series != stem and len(series) >= SHORTEST_HINT:
            numbered.setdefault(series, []).append(base)
        elif ending.decode() in HINTED and len(stem) >= SHORTEST_HINT:
            bare.setdefault(stem, []).append(base)
    series_only = {hint: bases for hint, bases in numbered.items() if len(bases) >= SERIES}
    return {**bare, **series_only}


def _base(name: str) -> bytes:
    return name.rpartition("/")[2].lower().encode()


def _stem(name: str) -> str:
    """The name with its folder and without its ending."""
    return name.rpartition(".")[0].lower()
