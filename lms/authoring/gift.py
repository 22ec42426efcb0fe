"""Questions written as plain text, in Moodle's GIFT: the quiz and the checks in a text.

The file is read by :mod:`assessments.exchange.gift`. A page of a course can show single choice
(``=`` and ``~``), several right answers (``~%50%``) and true/false, with feedback to each answer
(``#``) and an explanation (``####``); any other type is refused by name rather than shown wrongly.
``// [src: key, place]`` above a question names where its answer comes from.
"""

import re
from dataclasses import dataclass

from assessments.exchange.entries import Kind
from assessments.exchange.formats import PLAIN
from assessments.exchange.gift import questions
from assessments.exchange.gift_question import Written
from assessments.exchange.notes import Notes
from assessments.questions.base import NONE, ONE
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.html import plain
from assessments.questions.truth import TruthQuestion
from lms.authoring.errors import SourceError

SINGLE = "single"
MULTIPLE = "multiple"
TRUE_FALSE = "true-false"

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Identifiers of answers: one letter each, as SCORM 1.2 wants them (interactions, "choice")."""

SOURCE = re.compile(r"\[src:\s*(?P<key>[^\],]*?)\s*(?:,\s*(?P<place>[^\]]*?)\s*)?\]")
"""``[src: key]`` or ``[src: key, place in it]``."""

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

REFUSED = {
    "description": (
        "This question has no answers.",
        "Write them between braces after the question: { =right ~wrong }",
    ),
    "essay": ("There are no answers between the braces.", "Write { =right ~wrong }."),
    "numerical": (
        "Numbers as answers are not read here.",
        "Write answers to choose from: { =right ~wrong }",
    ),
    "short": (
        "Typed answers are not read here.",
        "Add at least one wrong answer with ~, so that there is something to choose from.",
    ),
    "matching": ("Matching questions are not read here.", "Ask one question for each pair."),
}
"""Types that GIFT has and a page of a course has not: what is said, and what to do."""


@dataclass(frozen=True)
class Citation:
    """Where a claim comes from: a key of ``[sources]`` and, if given, the place in that source."""

    key: str
    place: str
    line: int


@dataclass(frozen=True)
class Choice:
    """One answer. ``text`` is empty for true and false, which the page words itself."""

    identifier: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class Question:
    """One question; ``kind`` is ``single``, ``multiple`` or ``true-false``.

    :param identifier: unique in its page, small letters, digits and hyphens
    :param explanation: why the right answer is right, shown after every answer; may be empty
    :param line: of the source file, from 1
    """

    identifier: str
    text: str
    kind: str
    choices: tuple[Choice, ...]
    explanation: str
    citations: tuple[Citation, ...]
    line: int


def read(text: str, file: str, first_line: int = 1) -> tuple[Question, ...]:
    """The questions of a text.

    :param file: named in errors; :param first_line: the line of ``file`` that ``text`` starts at
    :raises SourceError: for the first mistake, and for a type that a page cannot show, by line
    """
    notes = Notes()
    found = questions(text, notes, first_line, usual=PLAIN)
    for remark in notes.by_line():
        if remark.kind == Kind.LEFT_OUT:
            raise SourceError(
                file,
                remark.line,
                remark.message.interpolate(),
                "Mend this question, or take it out.",
            )
    read_here: list[Question] = []
    for number, each in enumerate(found, 1):
        question = _question(each, number, file)
        if question.identifier in {other.identifier for other in read_here}:
            raise same_name(file, question)
        read_here.append(question)
    return tuple(read_here)


def same_name(file: str, question: Question) -> SourceError:
    """The error for a question whose name is taken in its page."""
    return SourceError(
        file,
        question.line,
        f"There are two questions named “{question.identifier}”.",
        "Give each question its own name between double colons: ::own-name::",
    )


def _question(written: Written, number: int, file: str) -> Question:
    question = written.entry.question
    if isinstance(question, TruthQuestion):
        kind, choices = TRUE_FALSE, _truth(question)
    elif isinstance(question, ChoiceQuestion):
        kind = MULTIPLE if question.many else SINGLE
        choices = _choices(question, written, file)
    else:
        raise SourceError(file, written.answers_line, *REFUSED[question.kind])
    if written.missing_word:
        raise SourceError(
            file,
            written.answers_line,
            "There is text after the answers.",
            "Write the whole question before the braces, with a line of … for a gap.",
        )
    if written.form:
        raise SourceError(
            file,
            written.entry.line,
            "A text format in brackets is not read here.",
            "Write plain text without it.",
        )
    if not question.body:
        raise SourceError(
            file,
            written.entry.line,
            "This question has no text.",
            "Write the question before its answers.",
        )
    return Question(
        identifier=_identifier(written.title) or f"q{number}",
        text=plain(question.body),
        kind=kind,
        choices=choices,
        explanation=plain(question.feedback),
        citations=tuple(_citations(written)),
        line=written.entry.line,
    )


def _truth(question: TruthQuestion) -> tuple[Choice, ...]:
    return (
        Choice("true", "", question.right, plain(question.when_true)),
        Choice("false", "", not question.right, plain(question.when_false)),
    )


def _choices(question: ChoiceQuestion, written: Written, file: str) -> tuple[Choice, ...]:
    shares = [choice.fraction for choice in question.choices]
    if len(shares) > len(LETTERS):
        raise SourceError(
            file,
            written.answers_line,
            f"A question needs 2 to {len(LETTERS)} answers; this one has {len(shares)}.",
            "Take some out.",
        )
    several = "For several right answers write ~%50%right ~%50%right too ~%-100%wrong."
    if not question.many and set(shares) - {NONE, ONE}:
        raise SourceError(
            file,
            written.answers_line,
            "Answers with percentages must all start with ~, and one at least be above 0.",
            several,
        )
    if not question.many and shares.count(ONE) > 1:
        raise SourceError(
            file,
            written.answers_line,
            f"Exactly one answer must be right; {shares.count(ONE)} start with =.",
            several,
        )
    return tuple(
        Choice(letter, plain(choice.html), choice.fraction > 0, plain(choice.feedback))
        for letter, choice in zip(LETTERS, question.choices, strict=False)
    )


def _citations(written: Written) -> list[Citation]:
    return [
        Citation(found["key"], found["place"] or "", comment.line)
        for comment in written.comments
        for found in SOURCE.finditer(comment.text)
    ]


def _identifier(name: str) -> str:
    return "-".join(IDENTIFIER.findall(name.lower()))
