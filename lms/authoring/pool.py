"""The pool of the final quiz, ``quiz.gift``: its groups, and how many questions a try draws."""

import re
from dataclasses import replace

from lms.authoring import gift
from lms.authoring.errors import SourceError
from lms.authoring.folder import COURSE, Folder
from lms.authoring.tables import Table

QUIZ = "quiz.gift"
GROUP = re.compile(r"part-(?P<number>[0-9]{1,3})")
CATEGORY = re.compile(r"(?m)^[ \t]*\$CATEGORY:.*$")
MOST = 1000


def questions(folder: Folder) -> tuple[gift.Question, ...]:
    """The pool of the quiz.

    :raises SourceError: for a mistake in it, an empty pool, and a group without questions
    """
    text = folder.text(QUIZ)
    file = folder.label(QUIZ)
    found = gift.read(text, file)
    if not found:
        raise SourceError(file, 1, "There is no question in the quiz.", "Write at least one.")
    filled = {question.group for question in found}
    for line in CATEGORY.finditer(text):
        group = line[0].rpartition("/")[2].rpartition(":")[2].strip()
        if group not in filled:
            raise SourceError(
                file,
                text.count("\n", 0, line.start()) + 1,
                f"The group “{group}” has no question.",
                "Write its questions below this line, or take the line out.",
            )
    return tuple(replace(each, group=_same_number(each.group)) for each in found)


def _same_number(group: str) -> str:
    """``part-3`` for ``part-03``, as files are numbered."""
    number = GROUP.fullmatch(group)
    return f"part-{int(number['number'])}" if number else group


def refuse_strange_groups(pool: tuple[gift.Question, ...], numbers: set[int]) -> None:
    """:raises SourceError: for a group that is none of the parts', or a question in none"""
    grouped = any(question.group for question in pool)
    for question in pool:
        found = GROUP.fullmatch(question.group)
        if grouped and (found is None or int(found["number"]) not in numbers):
            raise SourceError(
                QUIZ,
                question.line,
                f"The question stands in the group “{question.group}”, which is no part's."
                if question.group
                else "The question stands in no group, and others do.",
                "Write $CATEGORY: part-N above it, with the number of a part.",
            )


def draw(table: Table, pool: int, default: int | None) -> int:
    """How many questions of the pool a section of ``course.toml`` draws.

    :raises SourceError: when it is no number, or more than there are
    """
    line = table.line("draw")
    drawn = table.whole("draw", 1, MOST, default)
    if drawn > pool:
        raise SourceError(
            COURSE,
            line,
            f"{drawn} questions are to be drawn, and {QUIZ} has {pool}.",
            f"Write draw = {pool} or less, or more questions.",
        )
    return drawn
