"""The player's own files as they go out: its modules as one, without what only their readers
need, and packed, all of it once. The sources stay as they are written; nothing has to be built.
"""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rcssmin
import rjsmin

SOURCES = Path(__file__).parent / "static" / "player"
TABLES = Path(__file__).parent / "cmi"

IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
"""The one form in which a module names another."""

NEEDED = ("player.js", "player.css", "kept.js", "elements_12.json", "elements_2004.json")
"""The files without which a course that is kept on a device cannot be opened there."""

TAGGED = frozenset({"language", "localized"})
"""Types whose values name languages."""


@dataclass(frozen=True)
class File:
    """:param body: as it is served; :param packed: the same with gzip; :param etag: of the body"""

    content_type: str
    body: bytes
    packed: bytes
    etag: str


@cache
def files() -> dict[str, File]:
    """Every file that the player page asks for, by its name."""
    found = {}
    for name in ("player", "kept", "log"):  # a preview alone asks for the last
        script = rjsmin.jsmin(joined(SOURCES, f"{name}.js"))
        found[f"{name}.js"] = _file("text/javascript", script)
    for name in ("player", "log"):
        style = (SOURCES / f"{name}.css").read_text("utf-8")
        found[f"{name}.css"] = _file("text/css", rcssmin.cssmin(style))
    for path in TABLES.glob("elements_*.json"):
        table = json.dumps(_table(path), ensure_ascii=False, separators=(",", ":"))
        found[path.name] = _file("application/json", table)
    return found


@cache
def version() -> str:
    """A word that changes with any file of the player, so that browsers may keep them for ever."""
    tags = "".join(f"{name} {file.etag} " for name, file in sorted(files().items()))
    return hashlib.sha256(tags.encode()).hexdigest()[:12]


def joined(folder: Path, *names: str) -> str:
    """Modules and all that they import, each after what it needs, as one module: one request, and
    packed together they are a good deal smaller. No two of them may use a name for themselves at
    their top level; node would refuse the whole.

    :param folder: that all of them lie in; :param names: of modules, ``line.js``
    """
    sources: dict[str, str] = {}

    def add(name: str) -> None:
        if name in sources:
            return
        source = (folder / name).read_text("utf-8")
        for needed in IMPORT.findall(source):
            add(needed)
        sources[name] = IMPORT.sub("", source)

    for name in names:
        add(name)
    return "".join(sources.values())


def _file(content_type: str, text: str) -> File:
    body = text.encode()
    packed = gzip.compress(body, compresslevel=9, mtime=0)
    return File(content_type, body, packed, hashlib.sha256(body).hexdigest()[:24])


def _table(path: Path) -> dict:
    """An element table, with the codes of languages where it has elements that name them."""
    table = json.loads(path.read_text("utf-8"))
    if any(element.get("type") in TAGGED for element in table["elements"].values()):
        table["languages"] = json.loads((TABLES / "languages.json").read_text("utf-8"))
    return table
