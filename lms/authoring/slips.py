"""What an author meant as more than plain text, and what a page would show as it is written."""

import re

from lms.authoring.citations import LOOSE, loose_mark
from lms.authoring.errors import SourceError

WORD = re.compile(r"\[\[(?P<key>[^\[\]|]+)(?:\|(?P<shown>[^\[\]]+))?\]\]")
"""``[[key]]`` or ``[[key|shown words]]``: a word of the glossary."""

IN_MARKDOWN = (
    (
        "[[",
        "This word of the glossary cannot be read.",
        "Write [[key]] or [[key|shown words]], without other brackets in it.",
    ),
    (
        "[^",
        "Footnotes are not read here.",
        "Write [src: key, place] where the note belongs.",
    ),
    (
        "](",
        "This link or picture cannot be read.",
        "Write [words](https://…) or ![words](figures/name.svg): an address without spaces, and "
        "words without marks and without words of the glossary.",
    ),
)
"""Signs that are left in a text when something could not be read: what is said, and what to do."""


def refuse_in_markdown(text: str, file: str, line: int) -> None:
    """:raises SourceError: for what is left of a mark, a word, a footnote or a link"""
    if LOOSE.search(text):
        raise loose_mark(file, line)
    for signs, message, remedy in IN_MARKDOWN:
        if signs in text:
            raise SourceError(file, line, message, remedy)


def refuse_in_plain(text: str, file: str, line: int) -> None:
    """For texts that are no Markdown: titles, questions, choices, labels.

    :raises SourceError: for a mark or a word of the glossary, which are not read there
    """
    if LOOSE.search(text) or WORD.search(text):
        raise SourceError(
            file,
            line,
            "A mark or a word of the glossary stands where none is read.",
            "Take it out: here it would be shown as it is written.",
        )
