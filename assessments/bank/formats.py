"""Every format in which questions come and go: one row for each, and nothing else knows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange import aiken, detect, gift, gift_writer, moodle_writer, moodle_xml
from assessments.exchange.entries import Entry, Remark, Taken, Unreadable
from assessments.exchange.qti import read_qti, write_qti
from assessments.exchange.work import Work

_ = TranslationStringFactory("tutela")

Reader = Callable[..., Taken]
"""``read(content, work=…)``."""
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
    detect.QTI_1_2: Reading(_("QTI 1.2"), read_qti),
    detect.QTI_2_1: Reading(_("QTI 2.1"), read_qti),
    detect.QTI_2_2: Reading(_("QTI 2.2"), read_qti),
    detect.QTI_3_0: Reading(_("QTI 3.0"), read_qti),
    detect.PACKAGE: Reading(_("QTI package"), read_qti),
}
"""By what :func:`assessments.exchange.detect.detect` calls them."""
WRITTEN: dict[str, Writing] = {
    "gift": Writing(_("GIFT"), gift_writer.write, "gift", "text/plain"),
    "moodle-xml": Writing(_("Moodle XML"), moodle_writer.write, "xml", "application/xml"),
    "qti": Writing(_("QTI 2.2"), partial(write_qti, version="2.2"), "zip", "application/zip"),
    "qti-2.1": Writing(_("QTI 2.1"), partial(write_qti, version="2.1"), "zip", "application/zip"),
    "qti-3.0": Writing(_("QTI 3.0"), partial(write_qti, version="3.0"), "zip", "application/zip"),
}
"""By the names that the command line has for them, the plainest first."""


def read(content: bytes, name: str = "", work: Work | None = None) -> tuple[str, Taken]:
    """The questions of a file in any format that is read.

    :param name: of the file, for when its content does not tell
    :param work: what may be read of it; None for anything
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
    return form, READ[form].read(content, work=work)
