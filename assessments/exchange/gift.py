"""Reading GIFT, Moodle's questions as plain text, as docs.moodle.org/en/GIFT_format describes it.

A mistake costs the question that it is in and no other. All scanning goes forward once: how long it
takes grows with the file and not with what is in it.
"""

from assessments.exchange.decoding import decode
from assessments.exchange.entries import Taken
from assessments.exchange.formats import MOODLE
from assessments.exchange.gift_blocks import blocks
from assessments.exchange.gift_question import QuestionReader, Written
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.work import Work


def read(content: bytes, work: Work | None = None) -> Taken:
    """The questions of a file.

    :param work: what may be read of it; None for anything
    :raises Unreadable: when it is too large
    """
    notes = Notes(work=work)
    written = questions(decode(content, notes), notes)
    return Taken(tuple(each.entry for each in written), notes.by_line())


def questions(
    text: str, notes: Notes, first_line: int = 1, usual: str = MOODLE
) -> tuple[Written, ...]:
    """The questions of a text, with its comments; what is wrong with others is noted.

    :param first_line: the line of the file that the text starts at
    :param usual: the format of texts that name none
    """
    found = []
    for block in blocks(text, first_line):
        notes.question(block.line)
        try:
            found.append(QuestionReader(block, usual, notes).read())
        except Broken as broken:
            notes.broken(broken, block.line, block.name)
    return tuple(found)
