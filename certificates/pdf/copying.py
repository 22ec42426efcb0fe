"""What is copied from a page: of a letter with marks, each glyph stands for its own part.

Typst says of every glyph of such a letter that it stands for the whole, so that many programs copy
the whole once for each glyph. Here each glyph is given its part, in the order of typing (ISO
32000-1, 9.10.3); one that stands for different things in different places is shown there in copies
of its font that differ in nothing else. For programs that ask how far glyphs stand apart, and so
would put a space behind a mark, the letter is also said as a whole (14.9.4).
"""

import codecs
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String

SAYS = "/ActualText"
CODE = 2
"""Bytes of a code, in the fonts that Typst embeds."""
BEHIND = 90
"""How far behind its letter, in thousandths of the size, a mark makes some programs see a gap."""
MOST_LINES = 100
"""Lines in a block of a map of characters (ISO 32000-1, 9.7.5.4)."""


def needed(text: str) -> bool:
    """Whether a text has letters that are put together of several glyphs."""
    return any(unicodedata.category(char)[0] == "M" for char in text)


def mended(content: bytes) -> bytes:
    """A page of Typst's that looks the same and is copied as it was typed; always the same bytes
    for the same page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _Page(pdf).mend()
        saved = io.BytesIO()
        pdf.save(
            saved,
            deterministic_id=True,
            fix_metadata_version=False,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return saved.getvalue()


@dataclass
class _Glyph:
    """One glyph where it is shown.

    :param at: the instruction that shows it
    :param said: the text that Typst gives it, in its font or by a span
    :param span: the instruction that begins that span
    :param text: what it stands for
    :param instead: what is said in its place, where that is something else
    """

    at: int
    font: str
    code: bytes
    said: str
    span: int | None
    text: str = ""
    instead: str | None = None


@dataclass
class _Page:
    pdf: pikepdf.Pdf
    kept: set[int] = field(default_factory=set)
    """The spans that stay."""

    def __post_init__(self) -> None:
        self.page = self.pdf.pages[0]
        self.fonts = self.page.resources.Font
        self.meanings = {
            name: _meanings(font.ToUnicode.read_bytes()) for name, font in self.fonts.items()
        }
        self.instructions: list[Any] = list(pikepdf.parse_content_stream(self.page))

    def mend(self) -> None:
        glyphs = list(self._glyphs())
        for (_font, said), group in groupby(glyphs, lambda each: (each.font, each.said)):
            for letter in _letters(said, list(group)):
                self._tell_apart(said, letter)
        shown = {at: list(group) for at, group in groupby(glyphs, lambda each: each.at)}
        content = pikepdf.unparse_content_stream(
            list(self._rewritten(shown, self._fonts_for(glyphs)))
        )
        self.page.Contents = self.pdf.make_stream(content)

    def _glyphs(self) -> Iterator[_Glyph]:
        """The glyphs in the order in which they are shown."""
        font = ""
        spans: list[int | None] = []
        for at, one in enumerate(self.instructions):
            operator = str(one.operator)
            if operator == "Tf":
                font = str(one.operands[0])
            elif operator in ("BDC", "BMC"):
                spans.append(at if _says(one) else None)
            elif operator == "EMC":
                spans.pop()
            elif operator in ("TJ", "Tj"):
                span = next((each for each in spans if each is not None), None)
                for code in _codes(_items(one)):
                    said = self.meanings[font].get(code, "")
                    if span is not None:
                        said = str(self.instructions[span].operands[1][SAYS])
                    yield _Glyph(at, font, code, said, span)

    def _tell_apart(self, said: str, letter: list[_Glyph]) -> None:
        """Give each glyph of a letter its part, and have the whole said where that is better."""
        to_left = unicodedata.bidirectional(said[:1]) in ("R", "AL")
        parts = _parts(said, len(letter))
        for glyph, part in zip(reversed(letter) if to_left else letter, parts, strict=True):
            glyph.text = part
        # Poppler and others turn round what is said as a whole in scripts from right to left.
        if len(letter) == 1 or (to_left and "".join(parts) == said):
            return
        (span, *others) = {glyph.span for glyph in letter}
        if span is not None and not others and self._close(letter):
            self.kept.add(span)
            return
        letter[0].instead = said
        for glyph in letter[1:]:
            glyph.instead = ""

    def _close(self, letter: list[_Glyph]) -> bool:
        """Whether no mark goes far back into its letter."""
        shown = {glyph.at for glyph in letter}
        moves = (item for at in shown for item in _items(self.instructions[at]))
        return sum(float(item) for item in moves if not isinstance(item, String)) <= BEHIND

    def _fonts_for(self, glyphs: list[_Glyph]) -> dict[tuple[str, bytes, str], str]:
        """Font, code and text of a glyph → the font to show it in: what is most often meant by a
        code stays in its own font."""
        counted = Counter((glyph.font, glyph.code, glyph.text) for glyph in glyphs)
        told: dict[str, dict[bytes, str]] = {}
        places: dict[tuple[str, bytes, str], str] = {}
        for (font, code, text), _count in counted.most_common():
            names = (font if n == 0 else f"{font}x{n}" for n in range(len(counted)))
            name = next(name for name in names if code not in told.setdefault(name, {}))
            told[name][code] = text
            places[font, code, text] = name
        for name, texts in told.items():
            own = name.partition("x")[0]
            if name not in self.fonts:
                self.fonts[name] = self.pdf.make_indirect(Dictionary(dict(self.fonts[own])))
            if texts.items() - self.meanings[own].items():
                map_of = _map_of(self.meanings[own] | texts)
                self.fonts[name].ToUnicode = self.pdf.make_stream(map_of)
        return places

    def _rewritten(
        self, shown: dict[int, list[_Glyph]], fonts: dict[tuple[str, bytes, str], str]
    ) -> Iterator[ContentStreamInstruction]:
        """The instructions anew."""
        stay: list[bool] = []
        font, size = "", None
        for at, one in enumerate(self.instructions):
            operator = str(one.operator)
            if operator in ("BDC", "BMC"):
                stay.append(not _says(one) or at in self.kept)
                if stay[-1]:
                    yield one
            elif operator == "EMC":
                if stay.pop():
                    yield one
            elif at in shown:
                for (name, instead), items in _pieces(_items(one), shown[at], fonts, font):
                    if name != font:
                        font = name
                        yield _instruction("Tf", Name(name), size)
                    if instead is None:
                        yield _instruction("TJ", Array(items))
                    else:
                        words = String(codecs.BOM_UTF16_BE + instead.encode("utf-16-be"))
                        yield _instruction("BDC", Name.Span, Dictionary({SAYS: words}))
                        yield _instruction("TJ", Array(items))
                        yield _instruction("EMC")
            else:
                if operator == "Tf":
                    font, size = str(one.operands[0]), one.operands[1]
                yield one


def _letters(said: str, glyphs: list[_Glyph]) -> list[list[_Glyph]]:
    """The glyphs of which the same is said, letter by letter: those of a span are one; elsewhere a
    letter may stand there twice, and then its glyphs begin again."""
    spans = Counter(glyph.span for glyph in glyphs)
    if None not in spans and min(spans.values()) > 1:
        return [list(letter) for _span, letter in groupby(glyphs, lambda each: each.span)]
    codes = [glyph.code for glyph in glyphs]
    lengths = [n for n in range(1, len(codes) + 1) if codes == codes[:n] * (len(codes) // n)]
    length = lengths[0] if len(said) > 1 else 1
    return [glyphs[at : at + length] for at in range(0, len(glyphs), length)]


def _parts(text: str, count: int) -> list[str]:
    """A text in so many parts, of which the first may be longer. When it has not so many letters
    and marks even taken apart, every part is the whole."""
    apart = (text, unicodedata.normalize("NFD", text), unicodedata.normalize("NFKD", text))
    enough = next((each for each in apart if len(each) >= count), None)
    if enough is None:
        return [text] * count
    first = len(enough) - count + 1
    return [enough[:first], *enough[first:]]


def _pieces(
    items: list[Any],
    glyphs: list[_Glyph],
    fonts: dict[tuple[str, bytes, str], str],
    font: str,
) -> Iterator[tuple[tuple[str, str | None], list[Any]]]:
    """What is shown, in pieces of one font each, and those apart for which something is said."""
    coming = iter(glyphs)
    alone = 0
    pieces: list[tuple[tuple[str, str | None, int], Any]] = []
    for item in items:
        if not isinstance(item, String):
            name = pieces[-1][0][0] if pieces else font
            pieces.append(((name, None, alone), item))
            continue
        for glyph in islice(coming, len(bytes(item)) // CODE):
            name = fonts[glyph.font, glyph.code, glyph.text]
            if glyph.instead is not None:
                alone += 1
            pieces.append(((name, glyph.instead, alone), String(glyph.code)))
    for (name, instead, _alone), group in groupby(pieces, lambda piece: piece[0]):
        yield (name, instead), [item for _key, item in group]


def _says(one: Any) -> bool:
    """Whether an instruction begins a span of which it is said what it stands for."""
    if len(one.operands) < 2 or not isinstance(one.operands[1], Dictionary):
        return False
    return SAYS in one.operands[1]


def _items(one: Any) -> list[Any]:
    """What an instruction shows: strings of codes, and numbers that move what follows back."""
    shown = one.operands[0]
    return list(shown) if isinstance(shown, Array) else [shown]


def _codes(items: list[Any]) -> Iterator[bytes]:
    for item in items:
        if isinstance(item, String):
            content = bytes(item)
            yield from (content[at : at + CODE] for at in range(0, len(content), CODE))


def _instruction(operator: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(operator))


def _meanings(map_of: bytes) -> dict[bytes, str]:
    """Code → text, in a map of characters as Typst writes it: one line for each code."""
    found = re.findall(r"^<(\w{4})> <(\w+)>$", map_of.decode("ascii"), re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in found}


def _map_of(meanings: dict[bytes, str]) -> bytes:
    """A map of characters (ISO 32000-1, 9.10.3)."""
    lines = [
        f"<{code.hex()}> <{text.encode('utf-16-be').hex()}>\n"
        for code, text in sorted(meanings.items())
    ]
    blocks = [lines[at : at + MOST_LINES] for at in range(0, len(lines), MOST_LINES)]
    told = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{told}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
