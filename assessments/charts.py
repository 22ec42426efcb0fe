"""Small bar charts for the pages of statistics: SVG to stand in the page itself.

Drawn by pygal, of which the bars are taken and nothing else: its style sheet and script are inline,
which the Content-Security-Policy of a site refuses. What is left are presentation attributes. The
colour is ``currentColor``, so that the page's own ink is drawn with, in light and in dark; a site
may colour the bars by their classes ``plain``, ``right`` and ``other``. Each bar has its words
beside it, and answers that are not right are hatched, so that nothing is told by colour alone.
"""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pygal
from lxml import etree
from markupsafe import Markup
from translationstring import TranslationString, TranslationStringFactory

from assessments.statistics.figures import SUPPRESSED, Choice, Figure, QuizStatistics

_ = TranslationStringFactory("tutela")

# pygal puts a finder of map plugins, which nobody here has, behind those of Python. It is of a kind
# that Python warns of at each later import of something that is not there.
sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, pygal.PluginImportFixer)]

Say = Callable[[TranslationString], str]
"""Turns a sentence into the reader's language."""

SVG = "http://www.w3.org/2000/svg"
WIDTH = 400
"""In pixels: it shrinks to a phone with the words still legible."""
FONT = 15
WORDS = 116
"""Pixels kept free after the longest bar, for its words."""
BESIDE, ABOVE = 28, 48
"""Pixels from one bar to the next, with its label beside or above it."""
THICK = 18
LETTER = 0.56
"""Width of a letter in font sizes, on average."""


class Look(StrEnum):
    """``RIGHT`` and ``PLAIN`` bars are solid, ``OTHER`` ones hatched."""

    PLAIN = "plain"
    RIGHT = "right"
    OTHER = "other"


_LOOKS = {True: Look.RIGHT, False: Look.OTHER, None: Look.PLAIN}


@dataclass(frozen=True)
class Bar:
    """
    :param length: 0 or more; the longest possible bar is given to :func:`bar_chart`
    :param words: said at its end
    """

    label: str
    length: float
    words: str
    look: Look = Look.PLAIN


def facility_chart(statistics: QuizStatistics, say: Say, *, name: str) -> Markup:
    """How easy each question was; empty where there is nothing to show.

    :param name: of the chart, an id that nothing else on the page begins with
    """
    bars = [
        _percent_bar(
            say(_("Question ${number}", mapping={"number": position.slot})),
            position.group.facility,
            say,
        )
        for position in statistics.positions
    ]
    return bar_chart(name, say(_("Facility index of each question")), bars, most=100)


def choices_chart(choices: Sequence[Choice], title: str, say: Say, *, name: str) -> Markup:
    """How often each answer in one part of a question was given.

    :param choices: of one part
    """
    bars = [
        _percent_bar(
            _answer(choice, say),
            choice.share,
            say,
            _LOOKS[choice.right],
        )
        for choice in choices
    ]
    return bar_chart(name, title, bars, most=100, above=True)


def distribution_chart(statistics: QuizStatistics, say: Say, *, name: str) -> Markup:
    """How many attempts earned which share of the marks."""
    bars = []
    for band in statistics.distribution:
        label = say(_("${low} to ${high} %", mapping={"low": band.low, "high": band.high}))
        if band.attempts is SUPPRESSED:
            bars.append(Bar(label, 0, say(_("not shown"))))
        else:
            bars.append(Bar(label, float(band.attempts), str(band.attempts)))
    longest = max((bar.length for bar in bars), default=0)
    return bar_chart(name, say(_("Attempts by share of the marks")), bars, most=longest)


def _percent_bar(label: str, figure: Figure, say: Say, look: Look = Look.PLAIN) -> Bar:
    if figure is SUPPRESSED:
        return Bar(label, 0, say(_("not shown")), look)
    if not isinstance(figure, float):
        return Bar(label, 0, say(_("not known")), look)
    share = _("${share} %, right") if look is Look.RIGHT else _("${share} %")
    return Bar(label, max(figure, 0), say(share % {"share": round(figure)}), look)


def _answer(choice: Choice, say: Say) -> str:
    if choice.model is None:
        return say(_("(no answer)"))
    if choice.answer is SUPPRESSED:
        return say(_("(other answers)"))
    return choice.answer or choice.model


def bar_chart(
    name: str, title: str, bars: Sequence[Bar], *, most: float, above: bool = False
) -> Markup:
    """An ``<svg>`` for the page, under 15 kB for 50 bars; empty without bars.

    :param name: begins the ids in it
    :param most: the length of the longest bar there could be
    :param above: whether labels stand over their bars, for long ones
    """
    if not bars:
        return Markup("")
    pitch = ABOVE if above else BESIDE
    longest = max(len(bar.label) for bar in bars)
    beside = 0 if above else round(min(longest * LETTER * FONT + 8, WIDTH / 3))
    letters = round((WIDTH if above else beside - 8) / (LETTER * FONT))
    height = pitch * len(bars)
    svg = etree.Element(
        "svg",
        {
            "class": "chart",
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-data",
            "viewBox": f"{-beside} 0 {WIDTH} {height}",
            "width": str(WIDTH),
            "height": str(height),
            "direction": "ltr",
            "font-size": str(FONT),
            "fill": "currentColor",
        },
        nsmap={None: SVG},
    )
    _add(svg, "title", id=f"{name}-title").text = _clean(title)
    data = "\n".join(f"{bar.label}: {bar.words}" for bar in bars)
    _add(svg, "desc", id=f"{name}-data").text = _clean(data)
    if any(bar.look is Look.OTHER for bar in bars):
        _add_hatching(svg, name)
    drawn = _drawn(bars, most, WIDTH - beside - WORDS, height)
    for bar, rect in zip(bars, drawn, strict=True):
        _add_bar(svg, name, bar, rect, letters, above=above)
    drawing = etree.tostring(svg, encoding="unicode")
    return Markup(drawing)  # noqa: S704 - lxml has escaped every text in it


@dataclass(frozen=True)
class _Rect:
    x: float
    y: float
    width: float
    height: float


def _drawn(bars: Sequence[Bar], most: float, width: int, height: int) -> list[_Rect]:
    """The bars as pygal lays them out, the first on top."""
    chart = pygal.HorizontalBar(
        width=width,
        height=height,
        margin=0,
        spacing=0,
        range=(0, most or 1),
        show_legend=False,
        show_x_labels=False,
        show_y_labels=False,
        show_x_guides=False,
        show_y_guides=False,
        js=[],
        css=[],
    )
    chart.add("", [min(bar.length, most) for bar in reversed(bars)])
    tree = chart.render_tree()
    rects = tree.iterfind(".//{*}g[@class='bar']/{*}rect")
    return [
        _Rect(*(float(rect.get(side, 0)) for side in ("x", "y", "width", "height")))
        for rect in rects
    ][::-1]


def _add_bar(
    svg: etree._Element, name: str, bar: Bar, rect: _Rect, letters: int, *, above: bool
) -> None:
    middle = rect.y + rect.height / 2 + (FONT / 2 if above else 0)
    label = _add(svg, "text", x="0" if above else "-8", y=_px(middle + FONT / 3))
    if above:
        label.set("y", _px(middle - FONT))
    else:
        label.set("text-anchor", "end")
    label.text = _clean(_shortened(bar.label, letters))
    label.set("unicode-bidi", "plaintext")
    box = _add(
        svg,
        "rect",
        x="0",
        y=_px(middle - THICK / 2),
        width=_px(max(rect.width, 1)),
        height=str(THICK),
    )
    box.set("class", bar.look)
    if bar.look is Look.OTHER:
        box.set("fill", f"url(#{name}-hatching)")
        box.set("stroke", "currentColor")
    words = _add(svg, "text", x=_px(max(rect.width, 1) + 8), y=_px(middle + FONT / 3))
    words.text = _clean(bar.words)


def _add_hatching(svg: etree._Element, name: str) -> None:
    hatching = _add(
        _add(svg, "defs"),
        "pattern",
        id=f"{name}-hatching",
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    _add(hatching, "rect", width="2", height="6")


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{SVG}}}{tag}", attributes)


def _shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def _px(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
