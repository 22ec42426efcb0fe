"""One question of Moodle XML as its types read it: texts, files, numbers and flags by name."""

import base64
import binascii
import html as entities
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from urllib.parse import unquote

from lxml import etree
from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.entries import QuestionFile
from assessments.exchange.formats import HTML, MOODLE, NAMES, PLAIN, one_line, to_html, weight
from assessments.exchange.media import LARGEST, file_name, media_type, size, with_pictures
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.shares import decimal, share
from assessments.questions.base import Hint
from assessments.questions.choice import Verdicts
from assessments.questions.controls import Picture
from assessments.questions.html import EMPTY, FILES, Html

_ = TranslationStringFactory("tutela")

PLUGIN = re.compile(r"@@PLUGINFILE@@/([^\"'\s<>?#)]*)(?:\?forcedownload=1)?")
LINK = re.compile(r"<a\b([^<>]*)>", re.IGNORECASE)
LINKED = re.compile(r"href=[\"']files/([^\"'/]+)[\"']")
NO = frozenset({"0", "false", "no"})


class Source:
    """A ``question`` element. What is odd about it is noted under its name and line."""

    def __init__(self, element: etree._Element, notes: Notes):
        self.element = element
        self.line = element.sourceline or 0
        self.name = one_line(self.plain("name"))
        self.files: dict[str, QuestionFile] = {}
        self.away: set[str] = set()
        self._notes = notes

    def changed(self, message: TranslationString, element: etree._Element | None = None) -> None:
        self._notes.changed(message, self._line(element), self.name)

    def left_out(self, message: TranslationString, element: etree._Element | None = None) -> None:
        self._notes.left_out(message, self._line(element), self.name)

    def _line(self, element: etree._Element | None) -> int:
        return self.line if element is None else element.sourceline or self.line

    def each(self, tag: str) -> list[etree._Element]:
        return self.element.findall(tag)

    def plain(self, path: str, element: etree._Element | None = None) -> str:
        """What an element says, in itself or in a ``text`` of its own; empty when there is none."""
        found = (self.element if element is None else element).find(path)
        return "" if found is None else said(found)

    def flag(self, path: str, usual: bool, element: etree._Element | None = None) -> bool:
        """Whether an element says yes. One that is there and says nothing says yes."""
        found = (self.element if element is None else element).find(path)
        return usual if found is None else said(found).strip().lower() not in NO

    def number(self, path: str, usual: str, element: etree._Element | None = None) -> Decimal:
        """:raises Broken: when something stands there that is no number"""
        text = self.plain(path, element).strip() or usual
        found = decimal(text)
        if found is None:
            raise self.no_number(path, text, element)
        return found

    def whole(
        self,
        path: str,
        usual: int,
        least: int = 0,
        most: int = 10**9,
        element: etree._Element | None = None,
    ) -> int:
        """A whole number; what is below ``least`` or above ``most`` is taken for these."""
        found = self.number(path, str(usual), element)
        return int(min(max(found, Decimal(least)), Decimal(most)))

    def share(self, path: str, usual: str) -> Fraction:
        text = self.plain(path).strip() or usual
        found = share(text)
        if found is None:
            raise self.no_number(path, text)
        return found

    def fraction(self, answer: etree._Element) -> Fraction:
        """What an ``answer`` brings: its attribute, in per cent."""
        text = answer.get("fraction", "0").strip() or "0"
        found = share(text, hundred=True)
        if found is None or abs(found) > 1:
            raise Broken(
                _("An answer cannot bring ${share} %.", mapping={"share": text[:40]}),
                self._line(answer),
            )
        return found

    def no_number(self, path: str, text: str, element: etree._Element | None = None) -> Broken:
        return Broken(
            _(
                "“${text}” is not a number (in “${place}”).",
                mapping={"text": text[:40], "place": path},
            ),
            self._line(element),
        )

    def html(self, element: etree._Element | None) -> Html:
        """A text in its format, with its files."""
        if element is None:
            return EMPTY
        return self.made_safe(self.raw(element), form(element))

    def html_at(self, path: str) -> Html:
        return self.html(self.element.find(path))

    def raw(self, element: etree._Element) -> str:
        """A text as it is written, its files taken and named as ours are."""
        names = dict(self._files(element))
        text = said(element)

        def ours(found: re.Match[str]) -> str:
            name = names.get(unquote(entities.unescape(found[1])))
            if name is None:
                self.left_out(
                    _(
                        "The file “${name}” is not in this export, or is none that can be shown.",
                        mapping={"name": unquote(found[1])[:100]},
                    ),
                    element,
                )
                return found[0]
            return f"{FILES}{name}"

        text = with_pictures(text, self.files, lambda words: self.left_out(words, element))
        return LINK.sub(self._played, PLUGIN.sub(ours, text))

    def _played(self, link: re.Match[str]) -> str:
        """A link to a sound or a video becomes the sound or the video, as Moodle shows it."""
        found = LINKED.search(link[1])
        file = self.files.get(found[1]) if found else None
        if found is None or file is None:
            return link[0]
        kind = file.type.partition("/")[0]
        self.changed(_("A link to a file became the picture, sound or video itself."))
        if kind == "image":
            return f'<img src="{FILES}{found[1]}" alt="">'
        return f'<{kind} controls="" src="{FILES}{found[1]}"></{kind}>'

    def made_safe(self, text: str, as_form: str = HTML) -> Html:
        self._notes.text(self.line, weight(text, as_form))
        html, away = to_html(text, as_form)
        self.away |= away
        return html

    def _files(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        """The files in an element: how its text names each, and how ours does."""
        for file in element.findall("file"):
            if name := self.take(file):
                folder = file.get("path", "/").strip("/")
                named = file.get("name", "")
                yield (f"{folder}/{named}" if folder else named), name

    def take(self, file: etree._Element) -> str:
        """Keep a file; its name here, empty when it is none that can be shown."""
        return self.keep(file.get("name", ""), file.text or "", file)

    def keep(self, name: str, coded: str, element: etree._Element) -> str:
        """Keep a file that is given in base64; its name here."""
        content = None
        if len(coded) <= LARGEST * 4 // 3 + 4:
            try:
                content = base64.b64decode("".join(coded.split()), validate=True)
            except (binascii.Error, ValueError):
                content = None
        kind = media_type(content) if content else None
        if content is None or kind is None:
            self.left_out(
                _(
                    "The file “${name}” was left out: only pictures, sounds and videos of at most "
                    "${most} million bytes are taken.",
                    mapping={"name": name[:100], "most": LARGEST // 1_000_000},
                ),
                element,
            )
            return ""
        file = QuestionFile(kind, content)
        chosen = file_name(name, self.files, file)
        self.files[chosen] = file
        return chosen

    def picture(self) -> Picture:
        """The picture that a question lies on.

        :raises Broken: when there is none, or it is none that can be measured
        """
        for file in self.each("file"):
            name = self.take(file)
            measured = size(self.files[name].content) if name else None
            if measured and min(measured) > 0:
                return Picture(name, *measured, alt=self.name)
        raise Broken(_("Its picture is missing, or is none that can be read here."), self.line)

    def verdicts(self) -> Verdicts:
        """What is said to right, partly right and wrong answers."""
        return Verdicts(
            self.html_at("correctfeedback"),
            self.html_at("partiallycorrectfeedback"),
            self.html_at("incorrectfeedback"),
        )

    def hints(self) -> tuple[Hint, ...]:
        return tuple(
            Hint(
                self.html(hint),
                clear_wrong=self.flag("clearwrong", False, hint),
                tell_right=self.flag("shownumcorrect", False, hint),
            )
            for hint in self.each("hint")
        )

    def tags(self) -> tuple[str, ...]:
        found = (one_line(said(tag)) for tag in self.element.findall("tags/tag"))
        return tuple(dict.fromkeys(tag for tag in found if tag))


def said(element: etree._Element) -> str:
    """The text of an element, or of its ``text``."""
    inner = element.find("text")
    found = element if inner is None else inner
    # Mark-up that was not escaped: its words at least
    return "".join(found.itertext()) if len(found) and inner is not None else found.text or ""


def form(element: etree._Element) -> str:
    """The format of a text. Numbers are how older versions wrote it."""
    numbered = {"0": MOODLE, "1": HTML, "2": PLAIN, "4": "markdown"}
    name = element.get("format", "").strip().lower()
    return NAMES.get(name) or numbered.get(name) or MOODLE
