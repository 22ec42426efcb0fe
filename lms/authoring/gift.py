"""Questions written as plain text, in a subset of Moodle's GIFT: the quiz and the checks in a text.

Read are single choice (``=`` and ``~``), several right answers (``~%50%``) and true/false, with
feedback to each answer (``#``) and an explanation (``####``). ``// [src: key, place]`` above a
question names where its answer comes from. ``$CATEGORY:`` lines mean nothing here and are passed
over. Anything else of GIFT is refused by name rather than shown wrongly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lms.authoring.errors import SourceError

SINGLE = "single"
MULTIPLE = "multiple"
TRUE_FALSE = "true-false"

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""Identifiers of answers: one letter each, as SCORM 1.2 wants them (interactions, "choice")."""

SOURCE = re.compile(r"\[src:\s*(?P<key>[^\],]*?)\s*(?:,\s*(?P<place>[^\]]*?)\s*)?\]")
"""``[src: key]`` or ``[src: key, place in it]``."""

COMMENT = re.compile(r"(?m)^[ \t]*(?://|\$CATEGORY:).*$")
TITLE = re.compile(r"::(?P<title>(?:\\.|(?!::).)*)::", re.DOTALL)
FORMAT = re.compile(r"\[(?:html|moodle|plain|markdown)\]")
TRUTH = re.compile(r"(?P<word>TRUE|T|FALSE|F)\s*(?P<feedback>#.*)?", re.DOTALL)
WEIGHT = re.compile(r"%(?P<percent>-?\d+(?:\.\d+)?)%")
ANSWER = re.compile(r"(?P<mark>[=~])(?P<body>(?:\\.|[^\\=~])*)", re.DOTALL)
EXPLANATION = re.compile(r"(?<!\\)####")
FEEDBACK = re.compile(r"(?<!\\)#")
ESCAPE = re.compile(r"\\([~=#{}:\\n])")
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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
    :raises SourceError: for anything that is not in the subset, with its line
    """
    reader = _Reader(text, file, first_line)
    questions = tuple(reader.questions())
    seen: set[str] = set()
    for question in questions:
        if question.identifier in seen:
            raise same_name(file, question)
        seen.add(question.identifier)
    return questions


def same_name(file: str, question: Question) -> SourceError:
    """The error for a question whose name is taken in its page."""
    return SourceError(
        file,
        question.line,
        f"There are two questions named “{question.identifier}”.",
        "Give each question its own name between double colons: ::own-name::",
    )


class _Reader:
    """One pass over the text; positions are turned into lines only when they are needed."""

    def __init__(self, text: str, file: str, first_line: int):
        self._file = file
        self._first = first_line
        self._comments = [(found.start(), found.group()) for found in COMMENT.finditer(text)]
        # Blanked and not cut out, so that every position keeps its line.
        self._text = COMMENT.sub(lambda found: " " * len(found.group()), text)

    def questions(self) -> Iterator[Question]:
        position = previous = 0
        number = 0
        while start := re.compile(r"\S").search(self._text, position):
            number += 1
            question, position = self._question(start.start(), previous, number)
            previous = position
            yield question

    def _question(self, start: int, previous: int, number: int) -> tuple[Question, int]:
        opening = self._brace("{", start)
        blank = re.compile(r"\n[ \t]*\n").search(self._text, start)
        if opening is None or (blank and blank.start() < opening and self._ends(start, blank)):
            raise self._wrong(
                start,
                "This question has no answers.",
                "Write them between braces after the question: { =right ~wrong }",
            )
        closing = self._brace("}", opening)
        if closing is None:
            raise self._wrong(
                opening, "The braces of this question are not closed.", "Put } after its answers."
            )
        rest = re.compile(r"[^\n]*").match(self._text, closing + 1)
        if rest is not None and rest.group().strip():
            raise self._wrong(
                closing,
                "There is text after the answers.",
                "Write the whole question before the braces, with a line of … for a gap.",
            )
        head = self._text[start:opening].strip()
        name = ""
        titled = TITLE.match(head)
        if titled:
            name = titled["title"]
            head = head[titled.end() :].strip()
        if FORMAT.match(head):
            raise self._wrong(
                start, "A text format in brackets is not read here.", "Write plain text without it."
            )
        if not head:
            raise self._wrong(
                start, "This question has no text.", "Write the question before its answers."
            )
        kind, choices, explanation = self._answers(opening + 1, closing)
        question = Question(
            identifier=_identifier(name) or f"q{number}",
            text=_plain(head),
            kind=kind,
            choices=choices,
            explanation=explanation,
            citations=tuple(self._citations(previous, closing)),
            line=self._line(start),
        )
        return question, closing + 1

    def _ends(self, start: int, blank: re.Match) -> bool:
        """Whether a blank line ends the question; one left by a comment line does not."""
        return not any(start < place < blank.end() for place, _ in self._comments)

    def _answers(self, start: int, end: int) -> tuple[str, tuple[Choice, ...], str]:
        body, *after = EXPLANATION.split(self._text[start:end], maxsplit=1)
        explanation = _plain(after[0]) if after else ""
        body = body.strip()
        truth = TRUTH.fullmatch(body)
        if truth:
            return TRUE_FALSE, _truth(truth), explanation
        if not body:
            raise self._wrong(
                start, "There are no answers between the braces.", "Write { =right ~wrong }."
            )
        found = list(ANSWER.finditer(body))
        if not found or "".join(each.group() for each in found) != body:
            raise self._wrong(
                start,
                "These answers are not in a form that is read here (numbers and essays are not).",
                "Start every answer with = when it is right or ~ when it is wrong, and write "
                "\\= \\~ \\# \\{ \\} for those signs themselves.",
            )
        marks = [(each["mark"], each["body"].strip()) for each in found]
        kind, choices = self._choices(start, marks)
        return kind, choices, explanation

    def _choices(self, start: int, marks: list[tuple[str, str]]) -> tuple[str, tuple[Choice, ...]]:
        weighted = any(WEIGHT.match(body) for _, body in marks)
        right = [mark == "=" for mark, _ in marks]
        if weighted:
            right = [_percent(body) > 0 for _, body in marks]
        self._judge(start, [mark for mark, _ in marks], right, weighted)
        choices = []
        for letter, is_right, (_, body) in zip(LETTERS, right, marks, strict=False):
            text, *feedback = FEEDBACK.split(WEIGHT.sub("", body, count=1), maxsplit=1)
            if not text.strip():
                raise self._wrong(start, "One answer is empty.", "Write its text, or take it out.")
            if re.search(r"(?<!\\)->", text):
                raise self._wrong(
                    start,
                    "Matching questions are not read here.",
                    "Ask one question for each pair.",
                )
            told = _plain(feedback[0]) if feedback else ""
            choices.append(Choice(letter, _plain(text), is_right, told))
        return MULTIPLE if weighted else SINGLE, tuple(choices)

    def _judge(self, start: int, marks: list[str], right: list[bool], weighted: bool) -> None:
        if not 2 <= len(marks) <= len(LETTERS):
            raise self._wrong(
                start,
                f"A question needs 2 to {len(LETTERS)} answers; this one has {len(marks)}.",
                "Add a wrong answer with ~ (typed answers are not read here).",
            )
        if weighted and ("=" in marks or not any(right)):
            raise self._wrong(
                start,
                "Answers with percentages must all start with ~, and one at least be above 0.",
                "For several right answers write ~%50%right ~%50%right too ~%-100%wrong.",
            )
        if not weighted and sum(right) != 1:
            raise self._wrong(
                start,
                f"Exactly one answer must be right; {sum(right)} start with =.",
                "For several right answers write ~%50%right ~%50%right too ~%-100%wrong.",
            )

    def _citations(self, start: int, end: int) -> Iterator[Citation]:
        for place, comment in self._comments:
            if start <= place < end:
                line = self._line(place)
                for found in SOURCE.finditer(comment):
                    yield Citation(found["key"], found["place"] or "", line)

    def _brace(self, brace: str, start: int) -> int | None:
        found = re.compile(r"(?<!\\)" + re.escape(brace)).search(self._text, start)
        return found.start() if found else None

    def _line(self, position: int) -> int:
        return self._first + self._text.count("\n", 0, position)

    def _wrong(self, position: int, message: str, remedy: str) -> SourceError:
        return SourceError(self._file, self._line(position), message, remedy)


def _truth(found: re.Match) -> tuple[Choice, ...]:
    """True and false. GIFT gives the feedback to a wrong answer first, then that to the right."""
    wrong, right, *_ = [*FEEDBACK.split((found["feedback"] or "")[1:], maxsplit=1), "", ""]
    is_true = found["word"].startswith("T")
    return tuple(
        Choice(name, "", here, _plain(right if here else wrong))
        for name, here in (("true", is_true), ("false", not is_true))
    )


def _percent(answer: str) -> float:
    weight = WEIGHT.match(answer)
    return float(weight["percent"]) if weight else 0.0


def _identifier(name: str) -> str:
    return "-".join(IDENTIFIER.findall(name.lower()))


def _plain(text: str) -> str:
    """Text as it is shown: escapes undone, ``\\n`` and line breaks made single spaces."""
    shown = ESCAPE.sub(lambda found: " " if found[1] == "n" else found[1], text)
    return " ".join(shown.split())
