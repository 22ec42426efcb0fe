"""Text from bytes that somebody's editor wrote: UTF-8 or UTF-16 when they say so, else Windows."""

import codecs

from translationstring import TranslationStringFactory

from assessments.exchange.entries import Unreadable
from assessments.exchange.notes import Notes
from assessments.exchange.work import BYTES

_ = TranslationStringFactory("tutela")

LARGEST = 20_000_000
"""Bytes of a file of plain text; nobody wrote more questions than that."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(content: bytes, notes: Notes) -> str:
    """The text, its lines ended by ``\\n``. What is not UTF-8 is taken for Windows-1252, and said.

    :raises Unreadable: when it is too large
    """
    most = LARGEST if notes.work is None else min(BYTES, LARGEST)
    if len(content) > most:
        raise Unreadable(
            _(
                "The file has more than ${most} million bytes. Split it into smaller files.",
                mapping={"most": most // 1_000_000},
            )
        )
    text = _text(content, notes)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _text(content: bytes, notes: Notes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        notes.changed(
            _(
                "The file is not written in UTF-8 and was read as Windows-1252. "
                "Check the letters with accents."
            ),
            line,
        )
        return content.decode("cp1252", errors="replace")
