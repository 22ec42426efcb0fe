"""What scripts do that goes wrong in a learning management system, as far as it can be seen.

A script is not understood, only looked through for words that mean one thing; what may or may not
happen is a note. Sources: SCORM 1.2 RTE 3.3.6, 2004 RTE 3.3; HTML, "Unloading documents".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Flag, auto
from itertools import islice

from scorm.packages.checks.tally import Rule, Tally
from scorm.packages.checks.window import Window
from scorm.packages.words import _, ngettext

MOST_LOOKS = 300
"""Places in a window that are looked at for one word."""

RULES = {
    "frame-busting": Rule(
        "warning",
        lambda n, places: ngettext(
            "One script tries to get out of the player and to take its place: ${places}.",
            "${n} scripts try to get out of the player and to take its place: ${places}.",
            n,
            places=places,
        ),
        _("Take that out: in the player's place the course cannot save what the learner does."),
    ),
    "unload-dialog": Rule(
        "note",
        lambda n, places: ngettext(
            "One page asks the learner something while it closes: ${places}. Browsers do not show "
            "that, and answer no.",
            "${n} pages ask the learner something while they close: ${places}. Browsers do not "
            "show that, and answer no.",
            n,
            places=places,
        ),
        _("Ask before the page closes, for example with an exit button."),
    ),
    "unload-save": Rule(
        "note",
        lambda n, places: ngettext(
            "One file saves when its page is closed: ${places}. Phones may not run that; what was "
            "set before is kept here all the same.",
            "${n} files save when their pages are closed: ${places}. Phones may not run that; what "
            "was set before is kept here all the same.",
            n,
            places=places,
        ),
    ),
    "unload-request": Rule(
        "note",
        lambda n, places: ngettext(
            "One script sends something and waits for it while its page closes, which browsers "
            "refuse: ${places}.",
            "${n} scripts send something and wait for it while their pages close, which browsers "
            "refuse: ${places}.",
            n,
            places=places,
        ),
        _("Save through the API; the player sends it even when the page closes."),
    ),
    "script-domain": Rule(
        "note",
        lambda n, places: ngettext(
            "One script changes document.domain, which browsers no longer allow: ${places}.",
            "${n} scripts change document.domain, which browsers no longer allow: ${places}.",
            n,
            places=places,
        ),
        _("Take that out; inside a package it is not needed."),
    ),
    "popup": Rule(
        "note",
        lambda n, places: ngettext(
            "One script opens a page of the course in a window of its own: ${places}.",
            "${n} scripts open a page of the course in a window of its own: ${places}.",
            n,
            places=places,
        ),
        _("Let the course open in the player's own frame: browsers and phones block new windows."),
    ),
    "drag-only": Rule(
        "note",
        lambda n, places: ngettext(
            "One file has something to drag, and nothing in it listens to the keyboard: ${places}.",
            "${n} files have something to drag, and nothing in them listens to the keyboard: "
            "${places}.",
            n,
            places=places,
        ),
        _(
            "See that everything can also be done with the keyboard, or offer a list or buttons "
            "instead of dragging."
        ),
    ),
    "suspend-data": Rule(
        "note",
        lambda n, places: ngettext(
            "One script writes its whole state into suspend_data: ${places}. Here it may have up "
            "to 1 MB, but other systems keep the 4096 characters of SCORM 1.2.",
            "${n} scripts write their whole state into suspend_data: ${places}. Here it may have "
            "up to 1 MB, but other systems keep the 4096 characters of SCORM 1.2.",
            n,
            places=places,
        ),
        _("If the course is to run elsewhere too, export it as SCORM 2004, or make it shorter."),
    ),
}


class Trait(Flag):
    """What one file has in it."""

    NONE = 0
    SPEAKS_12 = auto()
    SPEAKS_2004 = auto()
    SPEAKS_ANY = auto()
    SPEAKS = auto()
    PARENT = auto()
    TOP = auto()
    OPENER = auto()
    SETS_LANGUAGE = auto()
    SETS_TITLE = auto()
    SETS_VIEWPORT = auto()
    ADDS_TRACKS = auto()
    KEYS = auto()
    DRAGS = auto()
    CLOSES = auto()
    HIDES = auto()
    SAVES = auto()
    WAITS = auto()
    SHORTENS = auto()
    WRITES_STATE = auto()


@dataclass(frozen=True)
class Word:
    """A word and what it means, wherever it stands or only in the surroundings that ``pattern``
    tells, up to ``after`` bytes behind its beginning; in a file without ``needs``, or
    with ``unless``, it does not matter."""

    word: bytes
    means: Trait
    needs: Trait = Trait.NONE
    pattern: re.Pattern[bytes] | None = None
    after: int = 40
    unless: Trait = Trait.NONE


SPEAKS, CLOSES, DRAGS = Trait.SPEAKS, Trait.CLOSES, Trait.DRAGS

WORDS = (
    Word(b"LMSInitialize", Trait.SPEAKS_12 | SPEAKS),
    Word(
        b"API",
        SPEAKS | Trait.SPEAKS_ANY,
        pattern=re.compile(
            rb"""[.'"\[]API(?![\w$])|(?<![\w$ ])API\.[A-Za-z]|(?<![\w$])API\s?[=!]"""
        ),
    ),
    Word(b"API_1484_11", Trait.SPEAKS_2004 | SPEAKS),
    Word(b"parent", Trait.PARENT, SPEAKS),
    Word(b"opener", Trait.OPENER, SPEAKS, unless=Trait.PARENT),
    Word(
        b"top",
        Trait.TOP,
        SPEAKS,
        re.compile(rb"(?<![\w$.-])(?:window\.)?top(?![\w$:-])"),
        unless=Trait.PARENT,
    ),
    Word(
        b"lang",
        Trait.SETS_LANGUAGE,
        pattern=re.compile(rb"""documentElement\.lang\s?=(?!=)|["']lang["']\s?,"""),
    ),
    Word(
        b"document.title",
        Trait.SETS_TITLE,
        pattern=re.compile(rb"document\.title\s?=(?!=)"),
    ),
    Word(b"drag", DRAGS, pattern=re.compile(rb"dragstart|\.draggable\(")),
    Word(b"key", Trait.KEYS, DRAGS, re.compile(rb"key(?:down|up|press)")),
    Word(
        b"unload",
        CLOSES,
        pattern=re.compile(rb"""(?<![\w$])on(?:before)?unload|["'](?:before)?unload["']"""),
    ),
    Word(b"LMSCommit", Trait.SAVES, CLOSES),
    Word(b"LMSFinish", Trait.SAVES, CLOSES),
    Word(b"Terminate", Trait.SAVES, CLOSES),
    Word(b"visibilitychange", Trait.HIDES, CLOSES),
    Word(b"pagehide", Trait.HIDES, CLOSES),
    Word(
        b".open(",
        Trait.WAITS,
        CLOSES,
        re.compile(
            rb"""\.open\(\s?["'](?:GET|POST|PUT)["']\s?,[^;]{1,200}?,\s?(?:false|!1)\s?[,)]"""
        ),
        after=300,
    ),
    Word(
        b"suspend_data",
        Trait.WRITES_STATE,
        pattern=re.compile(rb"""suspend_data["']\s?,\s?JSON\.stringify\("""),
    ),
    Word(b"4096", Trait.SHORTENS, Trait.WRITES_STATE),
    Word(b"ompress", Trait.SHORTENS, Trait.WRITES_STATE),
)

IN_SCRIPTS = (
    Word(b'"viewport"', Trait.SETS_VIEWPORT),
    Word(
        b"rack",
        Trait.ADDS_TRACKS,
        pattern=re.compile(rb"""["']track["']|<track|addTextTrack"""),
    ),
)
"""What means something in scripts, and in pages is a tag like others."""

OF_PACKAGE = Trait.SETS_LANGUAGE | Trait.SETS_TITLE | Trait.SETS_VIEWPORT | Trait.ADDS_TRACKS
"""What a script does for all pages: once seen in one file, it matters in no other."""

BEFORE = 20
"""Bytes before a word that its surroundings may begin at."""

BEFORE_ESCAPE = 300
LONGEST_COMMENT = 500
MOST_HANDLERS = 20

DOMAIN = re.compile(rb"document\.domain\s?=(?!=)")
ESCAPE = re.compile(
    rb"(?:self|window|parent)\s?!==?\s?(?:window\.)?top(?![\w$])"
    rb"|(?<![\w$])top\s?!==?\s?(?:window|self|parent)"
    rb"|(?<![\w$])top(?:\.frames)?\.length"
)
TAKES_PLACE = re.compile(rb"top\.location(?:\.href)?\s?=(?!=)|top\.location\.(?:replace|assign)\(")
OPENS = re.compile(rb"""window\.open\(\s?["']([^"'\r\n]{1,200})["']""")
CLOSING = re.compile(
    rb"""on(?:before)?unload["']?\s{0,4}[=:,]\s{0,4}["']?\s?(?:return\s)?([\w$]{1,80})"""
    rb"""|["'](?:before)?unload["']\s?,\s?([\w$]{1,80})"""
)
STORES = re.compile(rb"""suspend_data["']\s?,\s?([\w$]{1,40})\b""")
BEFORE_STORED = 600
"""Bytes before something is stored that are looked at for what it is."""

ASKS = re.compile(rb"(?<![\w$.])(?:window\.)?(?:confirm|prompt)\(")
BRACE = re.compile(rb"[{}]")
LONGEST_BODY = 6000
MOST_BRACES = 300
"""Bytes and braces of a function that are looked at."""


class ScriptWatch:
    """Looks at one script, or at the scripts in one page; ``traits`` says what it has.

    :param known: what other files of the package have
    """

    def __init__(self, file: str, tally: Tally, known: Trait, *, page: bool):
        self._file = file
        self._tally = tally
        self._words = WORDS if page else WORDS + IN_SCRIPTS
        self._told: set[str] = set()
        self._known = known & OF_PACKAGE
        self.traits = Trait.NONE
        self.opens: list[tuple[str, int]] = []

    def look(self, window: Window) -> None:
        # In a file of several windows, what is needed may come after what needs it.
        several = window.at > 0 or not window.last
        if any(_stores_all(window.data, at) for at in _places(window, b"suspend_data")):
            self.traits |= Trait.WRITES_STATE
        for word in self._words:
            has = self.traits | self._known
            if word.means in has or word.unless & has:
                continue
            if not (several or word.needs in self.traits) or word.word not in window.data:
                continue
            if word.pattern is None or _somewhere(window, word):
                self.traits |= word.means
        self._look_for_places(window)
        if Trait.CLOSES in self.traits:
            self._look_at_closing(window)

    def _look_for_places(self, window: Window) -> None:
        for at in _places(window, b"document.domain"):
            if DOMAIN.match(window.data, at) and not _commented(window.data, at):
                self._tell("script-domain", window, at)
        for at in _places(window, b"top.location"):
            before = ESCAPE.search(window.data, max(0, at - BEFORE_ESCAPE), at)
            if before and TAKES_PLACE.match(window.data, at):
                self._tell("frame-busting", window, at)
        for at in _places(window, b"window.open("):
            match = OPENS.match(window.data, at)
            if match and len(self.opens) < MOST_LOOKS:
                self.opens.append((match[1].decode("utf-8", "replace"), window.line_of(at)))

    def _look_at_closing(self, window: Window) -> None:
        """Find what is done when the page closes, and whether it asks something."""
        names = set()
        for match in islice(CLOSING.finditer(window.data, window.begin, window.end), MOST_HANDLERS):
            name = match[1] or match[2]
            start = match.end() if name == b"function" else None
            names.add((name, start))
        for name, start in sorted(names, key=lambda found: found[1] or 0):
            at = start if start is not None else _function(window.data, name)
            if at is not None and ASKS.search(_body(window.data, at)):
                self._tell("unload-dialog", window, at)

    def _tell(self, rule: str, window: Window, at: int) -> None:
        """Once for a file."""
        if rule not in self._told:
            self._told.add(rule)
            self._tally.add(rule, self._file, window.line_of(at))

    def finish(self) -> None:
        """Say what only the whole file shows."""
        has = self.traits
        if Trait.DRAGS in has and Trait.KEYS not in has:
            self._tally.add("drag-only", self._file)
        if Trait.CLOSES | Trait.SAVES in has and Trait.HIDES not in has:
            self._tally.add("unload-save", self._file)
        if Trait.WRITES_STATE in has and Trait.SHORTENS not in has:
            self._tally.add("suspend-data", self._file)
        if Trait.CLOSES | Trait.WAITS in has:
            self._tally.add("unload-request", self._file)


def _places(window: Window, word: bytes) -> Iterator[int]:
    """Where a word stands in what the window is to look at."""
    at = window.data.find(word, window.begin, window.end + len(word) - 1)
    for _look in range(MOST_LOOKS):
        if at < 0:
            return
        yield at
        at = window.data.find(word, at + 1, window.end + len(word) - 1)


def _somewhere(window: Window, word: Word) -> bool:
    assert word.pattern is not None
    return any(
        word.pattern.search(window.data, max(0, at - BEFORE), at + word.after)
        and not _commented(window.data, at)
        for at in _places(window, word.word)
    )


def _stores_all(data: bytes, at: int) -> bool:
    """Whether what is stored was written out as a whole shortly before."""
    stored = STORES.match(data, at)
    if stored is None:
        return False
    before = data[max(0, at - BEFORE_STORED) : at]
    written = rb"(?<![\w$])%s\s?=\s?JSON\.stringify\(" % re.escape(stored[1])
    return re.search(written, before) is not None


def _commented(data: bytes, at: int) -> bool:
    """Whether the line is a comment as a whole."""
    start = data.rfind(b"\n", max(0, at - LONGEST_COMMENT), at) + 1
    return data[start:at].lstrip().startswith((b"//", b"*"))


def _function(data: bytes, name: bytes) -> int | None:
    """Where the function of this name begins, if it is in sight."""
    found = re.search(
        rb"(?<![\w$])(?:function\s{1,4}%s\s?\(|%s\s?[=:]\s?function\b)" % ((re.escape(name),) * 2),
        data,
    )
    return None if found is None else found.end()


def _body(data: bytes, at: int) -> bytes:
    """What stands between the braces that open after a place."""
    depth = 0
    for brace in islice(BRACE.finditer(data, at, at + LONGEST_BODY), MOST_BRACES):
        depth += 1 if brace[0] == b"{" else -1
        if depth <= 0:
            return data[at : brace.end()]
    return b""
