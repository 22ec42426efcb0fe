"""Every format in which questions come and go: one row for each, and nothing else knows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange import aiken, detect, gift, gift_writer, moodle_writer, moodle_xml
from assessments.exchange.entries import Entry, Remark, Taken, Unreadable

_ = TranslationStringFactory("tutela")

Reader = Callable[[bytes], Taken]
Writer = Callable[[Iterable[Entry]], tuple[bytes, tuple[Remark, ...]]]


@dataclass(frozen=True)
class Reading:
    """A format that is read: how people know it, and what reads it."""

    label: TranslationString
    read: Reader


@dataclass(frozen=True)
class Writing:
    """A format that is written.

    :param ending: of the file's name; :param type: media type
    """

    label: TranslationString
    write: Writer
    ending: str
    type: str


READ: dict[str, Reading] = {
    detect.GIFT: Reading(_("GIFT"), gift.read),
    detect.AIKEN: Reading(_("Aiken"), aiken.read),
    detect.MOODLE_XML: Reading(_("Moodle XML"), moodle_xml.read),
}
"""By what :func:`assessments.exchange.detect.detect` calls them."""
WRITTEN: dict[str, Writing] = {
    "gift": Writing(_("GIFT"), gift_writer.write, "gift", "text/plain"),
    "moodle-xml": Writing(_("Moodle XML"), moodle_writer.write, "xml", "application/xml"),
}
"""By the names that the command line has for them, the plainest first."""


def read(content: bytes, name: str = "") -> tuple[str, Taken]:
    """The questions of a file in any format that is read.

    :param name: of the file, for when its content does not tell
    :returns: the format's name, and what came of it
    :raises Unreadable: when it is none of them, or nothing of it can be read
    """
    form = detect.detect(content, name)
    if form not in READ:
        labels = ", ".join(each.label for each in READ.values())
        raise Unreadable(
            _(
                "This file has no questions in a format that is read here (${formats}).",
                mapping={"formats": labels},
            )
        )
    return form, READ[form].read(content)
