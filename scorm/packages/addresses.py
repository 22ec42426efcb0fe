"""Addresses as manifests write them, and the members of the zip that they mean."""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]+:|//")
ROOTED = re.compile(r"(?i)/|[a-z]:[\\/]|file:")
LONGEST = 2000
"""Characters of an address; browsers and servers do not take longer ones."""

INDEXES = ("index.html", "index.htm")
"""The page that a web server shows for a folder."""

MOST_ADDRESSES = 4_000_000
"""Characters of all addresses that are looked for in one package: 50 000 files of 80."""

MISSED = 100
"""Characters that an address counts for besides when it leads nowhere: all guesses were tried."""

LONGEST_PART = 128
"""Characters of a file's or a folder's name in which accents are composed; file systems take 255
bytes."""

FOLDERS = 20
"""Of a path on somebody's disk, so many are tried to be left out."""

ODD = re.compile(r"(?:^|/)(?:\.{0,2}(?:/|$))")
"""What a path has that is not plain: an empty part, ``.`` or ``..``."""

FILE = re.compile(r"(?i)file:/*(?:localhost/)?")


def join_parameters(address: str, parameters: str) -> str:
    """An address with an item's ``parameters`` (CAM 3.4.1.11, the appending algorithm). A fragment
    of the address' own wins over one of the parameters.
    """
    query, mark, fragment = parameters.lstrip("?&").partition("#")
    address, own_mark, own = address.partition("#")
    if query:
        address += ("&" if "?" in address else "?") + query
    return address + (f"#{own}" if own_mark else mark + fragment)


def split_address(address: str) -> tuple[str, str]:
    """The path, and the rest from ``?`` or ``#`` on."""
    cut = min((address.find(mark) for mark in "?#" if mark in address), default=len(address))
    return address[:cut], address[cut:]


def join_base(*bases: str | None) -> str:
    """``xml:base`` of an element under those of its ancestors (CAM 3.4.1; RFC 3986 §5): a folder,
    with a slash or, as it is written, a back-slash at its end; cut where it is too long."""
    joined = ""
    for base in bases:
        base = (base or "").strip()
        if not base:
            continue
        base = base if base.endswith(("/", "\\")) else f"{base}/"
        joined = base if SCHEME.match(base) else joined + base
    return joined[: LONGEST + 1]


def normal_path(path: str) -> str:
    """A relative path without ``.`` and ``..``; it cannot leave the package."""
    if not ODD.search(path):
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def climbs(path: str) -> bool:
    """Whether a relative path leads above where it starts."""
    if ".." not in path:
        return False
    depth = 0
    for part in path.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def folded(name: str) -> str:
    """A name as those compare it who ignore capital letters and how accents are composed."""
    if name.isascii():
        return name.lower()
    return "/".join(map(_composed, name.split("/"))).casefold()


def _composed(part: str) -> str:
    """Putting accents together takes the square of how many there are in a row."""
    return unicodedata.normalize("NFC", part) if len(part) <= LONGEST_PART else part


def launchable(name: str) -> str:
    """A member's name as the path of a launch: ``?`` and ``#`` in it would end the path."""
    return re.sub("[?#]", lambda match: quote(match[0], safe=""), name)


@dataclass(frozen=True)
class Place:
    """Where an address leads: the member, the rest from ``?`` or ``#`` on, and what was mended:
    empty, ``"case"`` or ``"address"``."""

    member: str
    rest: str
    mended: str


class Places:
    """Finds the member of the package that an address means."""

    def __init__(self, names: Collection[str]):
        self._names = names if isinstance(names, (set, frozenset, dict)) else frozenset(names)
        self._folded = {folded(name): name for name in names}
        self._left = MOST_ADDRESSES

    @property
    def exhausted(self) -> bool:
        """Whether so many addresses were looked for that the last ones were only as they are
        written."""
        return self._left < 0

    def find(self, base: str, href: str) -> Place | None:
        """The member that ``href`` under ``base`` (see :func:`join_base`) leads to, or None.

        Tried in this order: as the book says; with the letters' case ignored; and what tools make
        of addresses: back-slashes, ``file:``, paths from the disk's root, percent signs left as
        they are or coded in Windows-1252, ``#`` in a file's name, the base written twice, coded
        twice, ``+`` for a blank, a base that is a file, a folder for the page in it.
        """
        address = base + href
        if len(address) > LONGEST:
            return None
        path, rest = split_address(address)
        self._left -= len(address)
        if self.exhausted:
            return Place(path, rest, "") if path in self._names else None
        plain = not ("\\" in address or ROOTED.match(address) or climbs(path))
        candidates = list(self._candidates(base, href))
        for number, (name, rest) in enumerate(candidates):
            if name in self._names:
                return Place(name, rest, "" if number == 0 and plain else "address")
        for number, (name, rest) in enumerate(candidates):
            twin = self._folded.get(folded(name))
            if twin is not None:
                return Place(twin, rest, "case" if number == 0 and plain else "address")
        self._left -= MISSED
        return None

    def _candidates(self, base: str, href: str) -> Iterator[tuple[str, str]]:
        """Names the member may have, the likeliest first, each with the rest of its address."""
        for address in dict.fromkeys((base + href, href)):
            address = address.replace("\\", "/")
            local = FILE.sub("", address, count=1) if FILE.match(address) else address
            path, rest = split_address(local)
            for decoded in dict.fromkeys((unquote(path), path, unquote(path, "windows-1252"))):
                yield normal_path(decoded), rest
            if rest:
                yield normal_path(unquote(local)), ""
            if local != address or ROOTED.match(local):
                parts = normal_path(unquote(path)).split("/")
                for first in range(1, min(len(parts), FOLDERS + 1)):
                    yield "/".join(parts[first:]), rest
        yield from _guesses(base, href)


def _guesses(base: str, href: str) -> Iterator[tuple[str, str]]:
    """What is left to try for an address that leads nowhere."""
    path, rest = split_address(href.replace("\\", "/"))
    folder, _slash, last = base.replace("\\", "/").rstrip("/").rpartition("/")
    bases = (base, f"{folder}/") if "." in last else (base,)
    for start in bases:
        address = start + html.unescape(path)
        if start != base or "&" in path:
            yield normal_path(unquote(address)), rest
        if "%" in path:
            yield normal_path(unquote(unquote(address))), rest
        if "+" in path:
            yield normal_path(unquote(address.replace("+", " "))), rest
        if path.endswith("/"):
            for page in INDEXES:
                yield normal_path(unquote(address) + page), rest


def foreign(address: str) -> bool:
    """Whether an address leads out of the package, to a web site or an application."""
    return SCHEME.match(address) is not None and FILE.match(address) is None
