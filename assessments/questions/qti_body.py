"""The body of an item of QTI as harmless HTML with places for controls (QTI 2.2 §5 and §10).

What is hidden from a candidate (feedback not earned yet, texts for markers, the other variants of a
template) is not in it at all.
"""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from assessments.qti.feedback import is_shown
from assessments.qti.interactions import KINDS
from assessments.qti.items import Item
from assessments.qti.printing import printed
from assessments.questions.html import FILES
from assessments.questions.qti_asking.pictures import file_of
from assessments.questions.qti_asking.scene import Asking

CONDITIONAL = frozenset(
    {"feedbackBlock", "feedbackInline", "templateBlock", "templateInline", "modalFeedback"}
)
BLOCKS = frozenset({"feedbackBlock", "templateBlock", "rubricBlock", "infoControl"})
LEFT_OUT = frozenset(
    {
        "stylesheet",
        "prompt",
        "gapText",
        "gapImg",
        "include",
        "catalogInfo",
        "apipAccessibility",
        "script",
        "style",
        "template",
        "positionObjectStage",
    }
)
"""What is asked elsewhere, or is for a program only."""
HEADINGS = {"h1": "h3", "h2": "h3"}
SOURCES = frozenset({"src", "data", "href"})
MATHML = "{http://www.w3.org/1998/Math/MathML}"
PLACE_LIKE = re.compile(r"\[(?=\[)")
NOT_JOINED = "[\N{WORD JOINER}"
VOID = frozenset({"br", "hr", "img", "col", "source", "track", "wbr"})
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Body:
    """Writes the elements of one item for one state of its session.

    :param values: of the outcome and template variables
    :param asked: by element of an interaction, how it is asked
    """

    def __init__(
        self,
        item: Item,
        values: Mapping[str, Any],
        asked: Callable[[etree._Element], Asking | None] = lambda _element: None,
    ) -> None:
        self.item = item
        self.values = values
        self.asked = asked

    def shown(self, element: etree._Element) -> bool:
        """Whether the values let an element be seen."""
        return is_shown(element, self.values)

    def reaches(self, element: etree._Element) -> bool:
        """Whether nothing that an element lies in hides it."""
        return all(self._is_seen(each, str(each.tag)) for each in element.iterancestors())

    def inner(self, element: etree._Element) -> str:
        """What is in an element; :func:`assessments.questions.html.safe` is still to be applied."""
        parts = [self.text(element.text)]
        for child in element:
            if isinstance(child.tag, str):
                parts.append(self._element(child))
            parts.append(self.text(child.tail))
        return "".join(parts)

    @staticmethod
    def text(words: str | None) -> str:
        """Text as HTML: two brackets in it are no place of a control."""
        return html.escape(PLACE_LIKE.sub(NOT_JOINED, words or ""), quote=False)

    def _element(self, element: etree._Element) -> str:
        name = str(element.tag)
        if name in KINDS:
            asked = self.asked(element)
            return asked.html if asked is not None else ""
        if name == "positionObjectStage":
            return "".join(
                self._element(each) for each in element if each.tag == "positionObjectInteraction"
            )
        if name in LEFT_OUT or not self._is_seen(element, name):
            return ""
        if name == "printedVariable":
            return self.text(printed(element, self.item.declarations, self.values))
        if name == "gap":
            return self._gap(element)
        if name == "hottext":
            return f"<mark>{self.inner(element)}</mark>"
        if name == "object":
            return self._object(element)
        if name in BLOCKS:
            return f"<div>{self.inner(element)}</div>"
        if name in CONDITIONAL:
            return f"<span>{self.inner(element)}</span>"
        return self._plain(element, name)

    def _is_seen(self, element: etree._Element, name: str) -> bool:
        if name == "rubricBlock":
            return "candidate" in str(element.get("view", "")).split()
        return name not in CONDITIONAL or self.shown(element)

    def _gap(self, element: etree._Element) -> str:
        match = next(element.iterancestors("gapMatchInteraction"), None)
        asked = None if match is None else self.asked(match)
        if match is None or asked is None:
            return ""
        return f"[[{asked.controls[list(match.iter('gap')).index(element)].name}]]"

    def _object(self, element: etree._Element) -> str:
        kind, address = str(element.get("type", "")), str(element.get("data", ""))
        source = html.escape(FILES + file_of(address))
        words = html.escape(" ".join("".join(map(str, element.itertext())).split()))
        sizes = "".join(
            f' {name}="{html.escape(str(element.get(name)))}"'
            for name in ("width", "height")
            if element.get(name)
        )
        if kind.startswith("image/"):
            return f'<img src="{source}" alt="{words}"{sizes}>'
        if kind.startswith(("audio/", "video/")):
            tag = kind.partition("/")[0]
            return f'<{tag} src="{source}" controls{sizes if tag == "video" else ""}></{tag}>'
        return self.inner(element)

    def _plain(self, element: etree._Element, name: str) -> str:
        """An element of HTML or MathML; others leave only what is in them."""
        if name.startswith("{"):
            if not name.startswith(MATHML):
                return self.inner(element)
            name = name[len(MATHML) :]
            filled = self._math_variable(element, name)
            if filled is not None:
                return filled
        name = HEADINGS.get(name, name)
        attributes = "".join(
            f' {attribute}="{html.escape(value)}"' for attribute, value in self._attributes(element)
        )
        if name in VOID:
            return f"<{name}{attributes}>"
        return f"<{name}{attributes}>{self.inner(element)}</{name}>"

    def _attributes(self, element: etree._Element) -> list[tuple[str, str]]:
        found = []
        for attribute, value in element.attrib.items():
            name, words = str(attribute), str(value)
            if name == LANGUAGE:
                name = "lang"
            if name.startswith("{"):
                continue
            if name in SOURCES and element.tag != "a" and words:
                words = FILES + file_of(words)
            found.append((name, words))
        return found

    def _math_variable(self, element: etree._Element, name: str) -> str | None:
        """The value of a template variable that stands in a formula (mathVariable)."""
        declared = self.item.declarations.get((element.text or "").strip())
        if name not in ("mi", "ci") or declared is None or not declared.math:
            return None
        value = self.values.get(declared.identifier)
        return None if value is None else f"<mn>{self.text(str(value))}</mn>"
