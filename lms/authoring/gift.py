"""Questions written as plain text, in Moodle's GIFT: the quiz and the checks in a text.

The file is read by :mod:`assessments.exchange.gift`. A page of a course can show single choice
(``=`` and ``~``), several right answers (``~%50%``), true/false and, within a part, matching
(``=left -> right``), with feedback to each answer (``#``) and an explanation (``####``); any other
type is refused by name rather than shown wrongly. ``// [src: key, place]`` above a question names
where its answer comes from, ``// [own]`` says that it asks about an exercise of our own, and
``$CATEGORY: part-3`` puts the questions below it into a group.
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
from assessments.questions.matching import MatchingQuestion
from assessments.questions.truth import TruthQuestion
from lms.authoring.citations import LOOSE, OWN, SOURCE, Citation, citation, loose_mark
from lms.authoring.errors import SourceError
from lms.authoring.slips import refuse_in_plain

SINGLE = "single"
MULTIPLE = "multiple"
TRUE_FALSE = "true-false"
MATCHING = "matching"

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Identifiers of answers: one letter each, as SCORM 1.2 wants them (interactions, "choice")."""

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
    "matching": (
        "Matching questions are not read in a quiz.",
        "Put it into a check in a part, or ask one question for each pair.",
    ),
}
"""Types that GIFT has and a page of a course has not: what is said, and what to do."""


@dataclass(frozen=True)
class Choice:
    """One answer. ``text`` is empty for true and false, which the page words itself."""

    identifier: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class Pair:
    """One left side of a matching question, and the number, from 1, of the right side to it."""

    identifier: str
    text: str
    right: int


@dataclass(frozen=True)
class Question:
    """One question; ``kind`` is ``single``, ``multiple``, ``true-false`` or ``matching``.

    :param identifier: unique in its page, small letters, digits and hyphens
    :param named: whether the author has given it its name
    :param pairs: of matching alone; :param options: its right sides, in the order of the file
    :param explanation: why the right answer is right, shown after every answer; may be empty
    :param own: whether it is marked as asking about something of our own
    :param group: the last part of the category it stands in; empty for none
    :param line: of the source file, from 1
    """

    identifier: str
    named: bool
    text: str
    kind: str
    choices: tuple[Choice, ...]
    pairs: tuple[Pair, ...]
    options: tuple[str, ...]
    explanation: str
    citations: tuple[Citation, ...]
    own: bool
    group: str
    line: int

    @property
    def key(self) -> list[tuple[str, int]]:
        """What is right, in a form that is the same in every language."""
        if self.kind == MATCHING:
            return [(pair.identifier, pair.right) for pair in self.pairs]
        return [(choice.identifier, choice.right) for choice in self.choices]

    @property
    def texts(self) -> list[str]:
        """All that a page shows of it, as it is written."""
        answers = [text for each in self.choices for text in (each.text, each.feedback)]
        sides = [*(pair.text for pair in self.pairs), *self.options]
        return [self.text, *answers, *sides, self.explanation]

    @property
    def claim(self) -> str:
        """What it says is so: the question with its right answers, on one line."""
        if self.kind == MATCHING:
            right = [f"{pair.text} = {self.options[pair.right - 1]}" for pair in self.pairs]
        else:
            right = [each.text or each.identifier for each in self.choices if each.right]
        return f"{self.text} → {'; '.join(right)}"


def read(
    text: str, file: str, first_line: int = 1, *, matching: bool = False
) -> tuple[Question, ...]:
    """The questions of a text.

    :param file: named in errors; :param first_line: the line of ``file`` that ``text`` starts at
    :param matching: whether matching questions can be shown where these go
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
    read_here: dict[str, Question] = {}
    for number, each in enumerate(found, 1):
        question = _question(each, number, file, matching)
        if question.identifier in read_here:
            raise same_name(file, question)
        read_here[question.identifier] = question
    return tuple(read_here.values())


def same_name(file: str, question: Question) -> SourceError:
    """The error for a question whose name is taken in its page."""
    return SourceError(
        file,
        question.line,
        f"There are two questions named “{question.identifier}”.",
        "Give each question its own name between double colons: ::own-name::",
    )


def _question(written: Written, number: int, file: str, matching: bool) -> Question:
    question = written.entry.question
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    options: tuple[str, ...] = ()
    if isinstance(question, TruthQuestion):
        kind, choices = TRUE_FALSE, _truth(question)
    elif isinstance(question, ChoiceQuestion):
        kind = MULTIPLE if question.many else SINGLE
        choices = _choices(question, written, file)
    elif isinstance(question, MatchingQuestion) and matching:
        kind, pairs = MATCHING, _pairs(question, written, file)
        options = tuple(plain(option.html) for option in question.answers)
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
    asked = plain(question.body)
    name = _identifier(written.title)
    made = Question(
        identifier=name or f"q{number}",
        named=bool(name),
        text=asked,
        kind=kind,
        choices=choices,
        pairs=pairs,
        options=options,
        explanation=plain(question.feedback),
        citations=_citations(written, file),
        own=any(OWN.search(comment.text) for comment in written.comments),
        group=written.entry.category[-1] if written.entry.category else "",
        line=written.entry.line,
    )
    for text in made.texts:
        if LOOSE.search(text):
            raise SourceError(
                file,
                written.entry.line,
                "A mark of a source stands in the question.",
                "Write it on a line of its own above the question: // [src: key, place]",
            )
        refuse_in_plain(text, file, written.entry.line)
    return made


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


def _pairs(question: MatchingQuestion, written: Written, file: str) -> tuple[Pair, ...]:
    if len(question.pairs) > len(LETTERS):
        raise SourceError(
            file,
            written.answers_line,
            f"Matching has {len(LETTERS)} left sides at most; this has {len(question.pairs)}.",
            "Take some out.",
        )
    return tuple(
        Pair(letter, plain(pair.html), int(pair.answer))
        for letter, pair in zip(LETTERS, question.pairs, strict=False)
    )


def _citations(written: Written, file: str) -> tuple[Citation, ...]:
    found = []
    for comment in written.comments:
        found += [citation(each, comment.line) for each in SOURCE.finditer(comment.text)]
        if LOOSE.search(OWN.sub("", SOURCE.sub("", comment.text))):
            raise loose_mark(file, comment.line)
    return tuple(found)


def _identifier(name: str) -> str:
    return "-".join(IDENTIFIER.findall(name.lower()))
