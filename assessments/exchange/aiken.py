"""Aiken: the plainest form of single choice, as docs.moodle.org/en/Aiken_format describes it.

    What is asked
    A) One answer
    B. Another
    ANSWER: B

A question's text may go on over several lines; a blank line in it ends it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.decoding import decode
from assessments.exchange.entries import Entry, Remark, Taken
from assessments.exchange.formats import as_plain, name_of
from assessments.exchange.losses import cannot_say, losses
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.work import Work
from assessments.questions.base import NONE, ONE
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import Html, escaped

_ = TranslationStringFactory("tutela")

ANSWER = re.compile(r"([A-Z])[.)](?:\s+(.*))?")
RIGHT = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class _Open:
    """A question that is being read: its text, its answers by letter."""

    line: int
    text: list[str] = field(default_factory=list)
    ended: bool = False
    answers: list[tuple[str, str]] = field(default_factory=list)


def read(content: bytes, work: Work | None = None) -> Taken:
    """The questions of a file.

    :param work: what may be read of it; None for anything
    :raises Unreadable: when it is too large
    """
    notes = Notes(work=work)
    reader = _Reader(notes)
    for number, line in enumerate(decode(content, notes).split("\n"), 1):
        reader.line(number, line.strip())
    reader.end()
    return Taken(tuple(reader.entries), notes.by_line())


class _Reader:
    """Goes through the lines once."""

    def __init__(self, notes: Notes):
        self.entries: list[Entry] = []
        self._notes = notes
        self._open: _Open | None = None
        self._lost = False
        """Whether the lines before belong to no question, and that is said already."""

    def line(self, number: int, line: str) -> None:
        if not line:
            if self._open is not None:
                self._open.ended = True
            self._lost = False
        elif found := RIGHT.fullmatch(line):
            self._right(number, found[1])
        elif found := ANSWER.fullmatch(line):
            self._answer(number, found[1], found[2] or "")
        else:
            self._text(number, line)

    def _right(self, number: int, said: str) -> None:
        if self._open is None:
            self._without_question(number)
            self._lost = False
            return
        question, self._open = self._open, None
        try:
            self.entries.append(_entry(question, said, number))
        except Broken as broken:
            self._leave_out(question, broken)

    def _answer(self, number: int, letter: str, text: str) -> None:
        if self._open is None:
            self._without_question(number)
        else:
            self._open.answers.append((letter, text))

    def _text(self, number: int, line: str) -> None:
        if self._open is not None and (self._open.answers or self._open.ended):
            self.end()
        if self._open is None:
            self._notes.question(number)
            self._open = _Open(number)
        self._open.text.append(line)
        self._lost = False

    def _without_question(self, number: int) -> None:
        if not self._lost:
            self._notes.left_out(
                _("These answers belong to no question. Write its text on the line above them."),
                number,
            )
        self._lost = True

    def end(self) -> None:
        """Nothing more belongs to the question that is open: it is not complete."""
        if self._open is not None:
            incomplete = _(
                "This question is not complete. After its text come its answers, "
                "each on a line, and then ANSWER: with a letter."
            )
            self._leave_out(self._open, Broken(incomplete))
            self._open = None

    def _leave_out(self, question: _Open, broken: Broken) -> None:
        self._notes.broken(broken, question.line, name_of(escaped(" ".join(question.text))))


def _entry(question: _Open, said: str, line: int) -> Entry:
    """:raises Broken: when nobody can answer it"""
    if len(question.answers) < 2:
        raise Broken(_("A question needs at least two answers to choose from."), question.line)
    letters = [letter for letter, _text in question.answers]
    if said.strip(" .)").upper() not in letters:
        raise Broken(
            _(
                "ANSWER: names no answer of this question. Write one of these letters: ${letters}",
                mapping={"letters": ", ".join(letters)},
            ),
            line,
        )
    right = letters.index(said.strip(" .)").upper())
    body = escaped(" ".join(question.text))
    choices = tuple(
        Choice(str(number), escaped(text), ONE if number - 1 == right else NONE)
        for number, (_letter, text) in enumerate(question.answers, 1)
    )
    if not all(choice.html for choice in choices):
        raise Broken(_("One answer is empty. Write its text, or take it out."), question.line)
    return Entry(ChoiceQuestion(name=name_of(body), body=body, choices=choices), line=question.line)


def write(entries: Iterable[Entry]) -> tuple[bytes, tuple[Remark, ...]]:
    """The questions as a file, and what it cannot say about them."""
    notes = Notes()
    blocks = [block for _entry, block in notes.writable(entries, lambda each: _block(each, notes))]
    return "\n".join(blocks).encode(), notes.by_line()


def _block(entry: Entry, notes: Notes) -> str:
    """:raises Broken: when Aiken has no form for it"""
    question = entry.question
    if not isinstance(question, ChoiceQuestion) or question.many:
        raise Broken(cannot_say(question, "Aiken"))
    right = [number for number, each in enumerate(question.choices) if each.fraction == ONE]
    if len(right) != 1 or len(question.choices) > len(LETTERS):
        raise Broken(_("Aiken needs exactly one right answer, and no more than 26 answers."))
    plains = [as_plain(html) for html in (question.body, *(one.html for one in question.choices))]
    body, *answers = (text for text, _whole in plains)
    lines = [f"{letter}) {text}" for letter, text in zip(LETTERS, answers, strict=False)]
    block = "\n".join([body, *lines, f"ANSWER: {LETTERS[right[0]]}", ""])
    again = read(block.encode()).entries
    if len(again) != 1 or _plains(again[0].question) != [escaped(body), *map(escaped, answers)]:
        raise Broken(_("Aiken has no way to write this text: it would be read as something else."))

    def changed(message: TranslationString) -> None:
        notes.changed(message, question=question.name)

    for sentence in losses(entry):
        changed(sentence)
    if not all(whole for _text, whole in plains):
        changed(_("The texts lose their mark-up."))
    if question.name != name_of(question.body):
        changed(_("The name is not kept: it will be the text."))
    if any(choice.fraction not in (NONE, ONE) for choice in question.choices):
        changed(_("Shares of the mark between nothing and all of it are not kept."))
    if any(choice.feedback for choice in question.choices):
        changed(_("What is said to each answer is not kept."))
    return block


def _plains(question) -> list[Html]:
    return [question.body, *(choice.html for choice in question.choices)]
