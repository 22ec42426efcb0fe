"""The files that every page loads: the script's modules joined and made small, the style sheet."""

import re
from functools import cache
from pathlib import Path

import rcssmin
import rjsmin

from scorm.player import joined

CONTENT = Path(__file__).parent / "content"
STYLE = "course.css"
SCRIPT = "course.js"
EXPORT = re.compile(r"^export (?=(?:async )?function\b|class\b|const\b|let\b)", re.MULTILINE)


@cache
def shared_files() -> dict[str, bytes]:
    """The style sheet and the script of all pages, by their path in the package.

    The script is a classic one, since module scripts do not run from a folder on a stick (file:).
    """
    script = EXPORT.sub("", joined(CONTENT, SCRIPT))
    style = (CONTENT / STYLE).read_text("utf-8")
    return {
        STYLE: rcssmin.cssmin(style).encode(),
        SCRIPT: rjsmin.jsmin(f'(function () {{\n"use strict";\n{script}}})();\n').encode(),
    }
