"""A part's Markdown turned into HTML: no raw HTML, headings with ids, checks and numbered sources.

Beside CommonMark and tables two things are read: ``[src: key, place]`` in a sentence becomes a
small number that leads to the part's list of sources, and a block fenced as ``check`` holds
questions (see :mod:`lms.authoring.gift`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from lms.authoring import gift
from lms.authoring.errors import SourceError
from lms.authoring.source import Course, Reference

CHECK = "check"
OUTSIDE = re.compile(r"https?://")


@dataclass
class Citations:
    """The sources of one page, numbered in the order in which they are first named."""

    course: Course
    file: str
    entries: list[tuple[Reference, str]] = field(default_factory=list)

    def number(self, citation: gift.Citation) -> int:
        """:raises SourceError: when course.toml does not know the source"""
        reference = self.course.reference(citation.key)
        if reference is None:
            raise SourceError(
                self.file,
                citation.line,
                f"The source “{citation.key}” is not known.",
                f"Add a section [sources.{citation.key or 'name'}] with its title to course.toml.",
            )
        entry = (reference, citation.place)
        if entry not in self.entries:
            self.entries.append(entry)
        return self.entries.index(entry) + 1

    def marks(self, citations: tuple[gift.Citation, ...]) -> list[int]:
        return sorted({self.number(each) for each in citations})


def render(
    text: str,
    citations: Citations,
    first_line: int,
    *,
    check: Callable[[tuple[gift.Question, ...]], str],
    mark: Callable[[int], str],
) -> str:
    """HTML of a part's text.

    :param first_line: the line of ``citations.file`` that ``text`` starts at
    :param check: HTML of a block of questions; :param mark: HTML of a source's number
    :raises SourceError: for what a page cannot show, with its line
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.inline.ruler.before("link", "source", _source)
    tokens = markdown.parse(text)
    _Page(citations, first_line, check, mark).settle(tokens)
    return markdown.renderer.render(tokens, markdown.options, {})


def _source(state: StateInline, silent: bool) -> bool:
    found = gift.SOURCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("source", "", 0)
        token.meta = {
            "key": found["key"],
            "place": found["place"] or "",
            "lines": state.src.count("\n", 0, state.pos),
        }
    state.pos = found.end()
    return True


class _Page:
    """Walks the tokens of one part once, in reading order, so that sources number themselves."""

    def __init__(
        self,
        citations: Citations,
        first_line: int,
        check: Callable[[tuple[gift.Question, ...]], str],
        mark: Callable[[int], str],
    ):
        self._citations = citations
        self._first = first_line
        self._check = check
        self._mark = mark
        self._line = first_line
        self._level = 1
        self._headings = 0

    def settle(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.map:
                self._line = self._first + token.map[0]
            if token.type == "heading_open":
                self._heading(token)
            elif token.type == "fence" and token.info.strip() == CHECK:
                questions = gift.read(token.content, self._citations.file, self._line + 1)
                _become_html(token, self._check(questions))
            for before, child in pairwise([None, *(token.children or ())]):
                self._inline(before, child)

    def _heading(self, token: Token) -> None:
        level = int(token.tag[1])
        if level == 1 or level > self._level + 1:
            right = "##" if level == 1 else "#" * (self._level + 1)
            raise self._wrong(
                f"A heading with {'#' * level} cannot stand here.",
                f"Use {right}: the part's title is the page's only #, and no level is left out.",
            )
        self._level = level
        self._headings += 1
        token.attrSet("id", f"h{self._headings}")

    def _inline(self, before: Token | None, token: Token) -> None:
        if token.type == "source":
            if before is not None:
                # The number belongs to the word before it: no space, and no break between them.
                before.content = before.content.rstrip()
                before.type = "text" if before.type == "softbreak" else before.type
            meta = token.meta
            citation = gift.Citation(meta["key"], meta["place"], self._line + meta["lines"])
            _become_html(token, self._mark(self._citations.number(citation)), "html_inline")
        elif token.type == "image":
            raise self._wrong(
                "Pictures cannot be built into a course yet.", "Say in words what it shows."
            )
        elif token.type == "link_open":
            self._link(token)

    def _link(self, token: Token) -> None:
        address = str(token.attrGet("href"))
        if OUTSIDE.match(address):
            token.attrSet("target", "_blank")
            token.attrSet("rel", "noopener noreferrer")
        elif not address.startswith("#"):
            raise self._wrong(
                f"The link to “{address}” leads nowhere in the package.",
                "Link to a whole address (https://…), or name the part in words.",
            )

    def _wrong(self, message: str, remedy: str) -> SourceError:
        return SourceError(self._citations.file, self._line, message, remedy)


def _become_html(token: Token, html: str, kind: str = "html_block") -> None:
    token.type = kind
    token.content = html
    token.children = None
