"""The script and the style of each kind of page, as one file without what only its readers need:
most lines are slow, and each request costs a way there and back.

The sources stay as they are written; nothing has to be built.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import rcssmin
import rjsmin
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

STATIC = Path(__file__).parents[1] / "static"
SCRIPTS = STATIC / "taking"
CONTROLS = tuple(STATIC / f"{name}.js" for name in ("back", "count", "order", "places", "words"))
"""What improves questions: together smaller than a second request."""
STYLES = {
    "bank": ("bank", "questions"),
    "quizzes": ("bank", "quizzes"),
    "results": ("bank", "quizzes", "questions", "results"),
    "taking": ("questions", "taking/taking"),
}
"""The style sheets of each kind of page."""
YEAR = 365 * 24 * 3600

IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
"""The one form in which one of these modules names another."""


@cache
def files() -> dict[str, tuple[str, str]]:
    """Content type and text of each file, by its name."""
    styles = {
        f"{kind}.css": "".join((STATIC / f"{name}.css").read_text("utf-8") for name in names)
        for kind, names in STYLES.items()
    }
    return {
        "questions.js": ("text/javascript", rjsmin.jsmin(joined(*CONTROLS))),
        "taking.js": ("text/javascript", rjsmin.jsmin(joined(*CONTROLS, SCRIPTS / "attempt.js"))),
        "ended.js": ("text/javascript", rjsmin.jsmin(joined(SCRIPTS / "ended.js"))),
        **{name: ("text/css", rcssmin.cssmin(style)) for name, style in styles.items()},
    }


@cache
def version() -> str:
    """A word that changes with any of the files, so that browsers may keep them for long."""
    return hashlib.sha256(repr(files()).encode()).hexdigest()[:12]


def joined(*paths: Path) -> str:
    """Modules and all that they import, each after what it needs, as one module. No two of them
    may use a name for themselves at their top level."""
    sources: dict[Path, str] = {}

    def add(path: Path) -> None:
        if path not in sources:
            source = path.read_text("utf-8")
            for needed in IMPORT.findall(source):
                add(path.with_name(needed))
            sources[path] = IMPORT.sub("", source)

    for path in paths:
        add(path)
    return "".join(sources.values())


def address(request, name: str) -> str:
    """Where a page finds one of the files; ``request.bundle(name)`` in templates."""
    return request.route_path("assessments.bundle", version=version(), name=name)


@view_config(route_name="assessments.bundle", request_method="GET")
def bundle(request):
    """One of the files; an address of another version has what is there now."""
    if request.matchdict["name"] not in files():
        raise HTTPNotFound
    content_type, text = files()[request.matchdict["name"]]
    response = Response(text, content_type=content_type, charset="utf-8")
    response.cache_control = f"public, max-age={YEAR}, immutable"
    return response
