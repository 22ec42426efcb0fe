"""What the parts of an item are written with."""

from collections.abc import Callable
from typing import Any

from lxml import etree
from lxml.builder import E
from translationstring import TranslationString

from assessments.exchange.qti.writing_items.built import Built
from assessments.exchange.qti.xhtml import ILLEGAL, Writer
from assessments.questions.gaps import LabelQuestion
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.html import FILES, plain


class Output:
    """What the parts of an item are written with.

    :ivar lost: what QTI cannot say, found on the way
    """

    def __init__(self, version: str, address: Callable[[str], str]) -> None:
        self.version = version
        self.address = address
        self.html = Writer(lambda source: address(source.removeprefix(FILES)))
        self.lost: list[TranslationString] = []

    def body(self, built: Built, html: str, *parts: etree._Element, fill: Any = None) -> None:
        """Put a text, and what follows it, into the body of an item."""
        self.html.into(built.body, html, blocks=True, fill=fill)
        built.body.extend(parts)
        if not len(built.body):
            built.body.append(E.p())

    def picture(self, question: HotspotQuestion | LabelQuestion) -> etree._Element:
        """The picture that an interaction lies on."""
        picture = question.picture
        return E.object(
            ILLEGAL.sub("", picture.alt),
            data=self.address(picture.file),
            type=type_of(picture.file),
            width=str(picture.width),
            height=str(picture.height),
        )


def flag(truth: bool) -> str:
    return "true" if truth else "false"


def words_of(html: str) -> str:
    return ILLEGAL.sub("", plain(html))


def type_of(file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    return {"jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}.get(
        ending, "image/jpeg" if ending == "jpeg" else "image/png"
    )
