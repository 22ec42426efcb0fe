"""A part's Markdown turned into HTML: no raw HTML, headings with ids, marks, words and blocks.

Beside CommonMark and tables these are read: marks of sources (:mod:`lms.authoring.citations`),
``[[key]]`` or ``[[key|shown words]]`` for a word of the glossary, pictures, and fenced blocks
(:mod:`lms.authoring.blocks`).
"""

import re
from functools import cache
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assessments.questions.html import one_line
from lms.authoring import blocks
from lms.authoring.citations import OWN, SOURCE, citation
from lms.authoring.claims import Passage, unmarked
from lms.authoring.draft import Draft
from lms.authoring.errors import SourceError
from lms.authoring.slips import WORD, refuse_in_markdown

OUTSIDE = re.compile(r"https://")
LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
ALIGNED = {"text-align:center": "middle", "text-align:right": "end"}
ALT = frozenset({"text", "softbreak", "hardbreak"})
TABLE = ("table_open", "table_close")
CODE = ("", "text")
"""Names of fences whose content is shown as it stands."""


def write(draft: Draft, text: str, first_line: int, *, within: str = "", file: str = "") -> str:
    """HTML of Markdown; what it names, asks and claims is noted in the draft.

    :param first_line: the line of the file that ``text`` starts at
    :param within: the block that the text stands in, which can have no other block in it
    :param file: where the text stands, when it is not the draft's own file
    :raises SourceError: for what a page cannot show, with its line
    """
    markdown = _markdown()
    tokens = markdown.parse(text)
    _Walk(draft, file or draft.file, first_line, within).settle(tokens)
    return markdown.renderer.render(tokens, markdown.options, {})


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.inline.ruler.before("link", "mark", _mark)
    return markdown


def _mark(state: StateInline, silent: bool) -> bool:
    """Rule for all that is written in square brackets of our own."""
    if state.src[state.pos] != "[":
        return False
    for kind, pattern in (("source", SOURCE), ("own", OWN), ("word", WORD)):
        if found := pattern.match(state.src, state.pos):
            if not silent:
                token = state.push(kind, "", 0)
                token.meta = {"found": found, "lines": state.src.count("\n", 0, state.pos)}
            state.pos = found.end()
            return True
    return False


class _Walk:
    """Walks tokens once, in reading order, so that sources number themselves."""

    def __init__(self, draft: Draft, file: str, first_line: int, within: str):
        self._draft = draft
        self._file = file
        self._first = first_line
        self._within = within
        self._line = first_line
        self._exempt = False

    def settle(self, tokens: list[Token]) -> None:
        for at, token in enumerate(tokens):
            if token.map:
                self._line = self._first + token.map[0]
            if token.type == "heading_open":
                self._heading(token, tokens[at + 1].content)
            if token.type in ("th_open", "td_open"):
                _align(token)
            if token.type in ("heading_open", "th_open"):
                self._exempt = True
            elif token.type in ("heading_close", "th_close"):
                self._exempt = False
            elif token.type in TABLE:
                _become_html(token, self._draft.fill("table", part=token.type))
            elif token.type in ("fence", "code_block"):
                self._fence(token)
            elif token.type == "inline":
                self._block(token.children or [], before_list=_has_marks(tokens[at + 2 :]))

    def _heading(self, token: Token, words: str) -> None:
        draft, level = self._draft, int(token.tag[1])
        if not token.markup.startswith("#"):
            raise self._wrong(
                "The line of signs below makes a heading of this paragraph.",
                "Write ## and a space before a heading; leave a line empty above a line of ---.",
            )
        if not any(map(str.isalnum, words)):
            raise self._wrong("This heading has no words.", "Write them after it, or take it out.")
        if self._within:
            raise self._wrong(
                f"A heading cannot stand in a {self._within}.", "Put it before the block."
            )
        if level == 1 or level > draft.level + 1:
            right = "##" if level == 1 else "#" * (draft.level + 1)
            raise self._wrong(
                f"A heading with {'#' * level} cannot stand here.",
                f"Use {right}: the part's title is the page's only #, and no level is left out.",
            )
        draft.level = level
        draft.headings += 1
        token.attrSet("id", f"h{draft.headings}")

    def _fence(self, token: Token) -> None:
        name, _, rest = token.info.strip().partition(" ")
        if token.type == "fence" and _is_open(token):
            raise self._wrong(
                "This block has no end, and takes all that follows.",
                f"Write {token.markup} on a line of its own below it.",
            )
        if name in CODE:
            if self._draft.course.sourced:
                raise self._wrong(
                    "A block of code cannot carry a source.",
                    "Write it as a paragraph, without the fence or the four spaces before it.",
                )
            return
        if name not in blocks.BLOCKS:
            raise self._wrong(
                f"A block named “{name}” is not known.",
                f"Name it one of {', '.join(blocks.BLOCKS)}, or give it no name.",
            )
        if self._within:
            raise self._wrong(
                f"A {name} cannot stand in a {self._within}.", "Put it before or after that block."
            )
        html = blocks.BLOCKS[name](self._draft, rest.strip(), token.content, self._line, write)
        _become_html(token, html)

    def _block(self, children: list[Token], *, before_list: bool) -> None:
        passage = Passage(self._file, self._line)
        before = None
        for child in children:
            self._inline(passage, before, child)
            before = child
        self._draft.read += passage.words
        introduces = before_list and passage.introduces
        bare = passage.end()
        self._draft.claims += passage.claims
        if bare is not None and self._draft.course.sourced and not (self._exempt or introduces):
            raise unmarked(self._file, bare)

    def _inline(self, passage: Passage, before: Token | None, token: Token) -> None:
        kind = token.type
        if kind in ("text", "code_inline"):
            if kind == "text":
                refuse_in_markdown(token.content, self._file, self._line)
            passage.say(token.content)
        elif kind in ("softbreak", "hardbreak"):
            passage.say("\n")
        elif kind in ("source", "own"):
            if before is not None:
                # The number belongs to the word before it: no space, and no break between them.
                before.content = before.content.rstrip()
                before.type = "text" if before.type == "softbreak" else before.type
            self._mark(passage, token)
        elif kind == "word":
            self._word(passage, token)
        elif kind == "image":
            self._picture(token)
        elif kind == "link_open":
            self._link(token)

    def _mark(self, passage: Passage, token: Token) -> None:
        if token.type == "own":
            passage.mark(None)
            _become_html(token, "", "html_inline")
            return
        cited = citation(token.meta["found"], self._line + token.meta["lines"])
        passage.mark(cited)
        number = self._draft.numbering.number(self._file, cited)
        _become_html(token, self._draft.fill("mark", number=number).strip(), "html_inline")

    def _word(self, passage: Passage, token: Token) -> None:
        found, glossary = token.meta["found"], self._draft.course.glossary
        key = found["key"].strip()
        if key not in glossary:
            raise SourceError(
                self._file,
                self._line + token.meta["lines"],
                f"The glossary has no word “{key}”.",
                f"Add a section [{key}] with term and meaning to glossary.toml.",
            )
        self._draft.words[key] = None
        shown = one_line(found["shown"] or "") or glossary[key].term
        passage.say(shown)
        _become_html(token, self._draft.fill("word", key=key, shown=shown).strip(), "html_inline")

    def _picture(self, token: Token) -> None:
        draft = self._draft
        if not any(map(str.isalnum, token.content)):
            raise self._wrong(
                "This picture has no words.",
                "Say between the square brackets what it shows: ![What it shows](figures/x.svg)",
            )
        if any(child.type not in ALT for child in token.children or []):
            raise self._wrong(
                "The words of a picture can be nothing but words.",
                "Write marks, links and words of the glossary into the text beside it.",
            )
        self._no_title(token)
        name = str(token.attrGet("src"))
        picture = draft.pictures.find(name, self._file, self._line)
        draft.shown[picture.path] = picture
        token.attrSet("src", draft.to_root + picture.path)
        if picture.width and picture.height:
            token.attrSet("width", str(picture.width))
            token.attrSet("height", str(picture.height))

    def _link(self, token: Token) -> None:
        address = str(token.attrGet("href"))
        self._no_title(token)
        if not OUTSIDE.match(address):
            raise self._wrong(
                f"The link to “{address}” leads nowhere in the package.",
                "Link to a whole address (https://…), or name the part in words.",
            )
        token.attrSet("target", "_blank")
        token.attrSet("rel", "noopener noreferrer")

    def _no_title(self, token: Token) -> None:
        if "title" in token.attrs:
            raise self._wrong(
                "What stands in quotation marks behind an address is seen by few.",
                "Take it out, and say it in the text.",
            )

    def _wrong(self, message: str, remedy: str) -> SourceError:
        return SourceError(self._file, self._line, message, remedy)


def _has_marks(tokens: list[Token]) -> bool:
    """Whether a list comes first, and rests on something itself."""
    if not tokens or tokens[0].type not in LISTS:
        return False
    items = takewhile(lambda token: token.level > tokens[0].level, tokens[1:])
    marks = (child.type for item in items for child in item.children or [])
    return any(kind in ("source", "own") for kind in marks)


def _is_open(fence: Token) -> bool:
    """Whether the text ends before the fence does: it then has no line for its end."""
    begins, ends = fence.map or (0, 0)
    written = fence.content.removesuffix("\n")
    return ends - begins - (written.count("\n") + 1 if fence.content else 0) == 1


def _align(cell: Token) -> None:
    """How a column is set, as a class instead of a style: texts run from either side."""
    style = cell.attrs.pop("style", "")
    if name := ALIGNED.get(str(style)):
        cell.attrSet("class", name)


def _become_html(token: Token, html: str, kind: str = "html_block") -> None:
    token.type = kind
    token.content = html
    token.children = None
