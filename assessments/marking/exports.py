"""Tables of what people did, for a spreadsheet (:func:`assessments.statistics.table.csv_parts`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.attempts.asking import question_of
from assessments.attempts.result import mark_of, most_of
from assessments.attempts.sheet import Line, asked_in, let_go
from assessments.bank.shares import write_number
from assessments.marking.results import Row
from assessments.marking.rows import Places, alike, asked_of, finished
from assessments.questions.base import NONE
from assessments.questions.essay import EssayQuestion
from assessments.resources import Answer, Attempt, Quiz
from assessments.statistics.suppression import FEWEST
from assessments.statistics.table import RUN, Table

_ = TranslationStringFactory("tutela")

Say = Callable[[TranslationString], str]


class TooFewPeople(Exception):
    """So few people are in the table that anybody could tell whose answers are whose."""


def results_table(found: list[Row], say: Say, state: Callable[[Row], str]) -> Table:
    """One row for each attempt, with names.

    :param state: says where an attempt is
    """
    head = [
        _("Name"),
        _("Attempt"),
        _("State"),
        _("Started (UTC)"),
        _("Ended (UTC)"),
        _("Seconds"),
        _("Result (%)"),
        _("Passed"),
        _("Needs marking"),
    ]
    table = [[say(each) for each in head]]
    yes, no = say(_("yes")), say(_("no"))
    for row in found:
        result, attempt = row.result, row.attempt
        share = result.share if result else None
        passed = result.passed if result else None
        table.append(
            [
                harmless(row.name),
                str(attempt.number),
                state(row),
                _moment(attempt.started),
                _moment(attempt.finished),
                "" if row.taken is None else str(round(row.taken.total_seconds())),
                "" if share is None else f"{float(share * 100):.4f}".rstrip("0").rstrip("."),
                "" if passed is None else yes if passed else no,
                yes if row.waiting else no,
            ]
        )
    return table


def refuse_few(quiz: Quiz) -> None:
    """
    :raises TooFewPeople: when fewer than :data:`~assessments.statistics.suppression.FEWEST` people
        have finished
    """
    people = set()
    for attempt in finished(quiz):
        people.add(attempt.learner_id)
        if len(people) == FEWEST:
            return
    raise TooFewPeople


def answers_table(quiz: Quiz, say: Say, random: Random) -> Iterator[list[str]]:
    """One row for each finished attempt, without names and times: a running number by chance, and
    for each place the question, the answer, the mark and the most that it can bring.

    Each attempt is read when its row is asked for, and let go of: all might fill the memory.

    :param random: decides the order, anew each time; one that nobody can foretell
    :raises TooFewPeople: see :func:`refuse_few`
    """
    refuse_few(quiz)
    keys, asked = [], set()
    for attempt in finished(quiz):
        keys.append(attempt.__name__)
        asked.add(asked_of(asked_in(attempt)))
        let_go(attempt)
    random.shuffle(keys)
    places = Places(quiz, asked)
    head = [say(_("Number")), say(_("Result (%)"))]
    for place in range(1, places.count + 1):
        head += [
            say(words % {"place": place})
            for words in (
                _("${place}: question"),
                _("${place}: version"),
                _("${place}: answer"),
                _("${place}: mark"),
                _("${place}: of"),
            )
        ]
    yield head
    reader = _Reader(say)
    for number, key in enumerate(keys, 1):
        attempt = quiz.attempts[key]
        lines = asked_in(attempt)
        answers = [reader.cells(attempt, line) for line in lines]
        let_go(attempt)
        its = places.of(asked_of(lines))
        cells = {place: answer.texts for place, answer in zip(its, answers, strict=True)}
        most = sum((each.most for each in answers), NONE)
        share = sum((each.mark for each in answers), NONE) / most if most else None
        row = [str(number), "" if share is None else f"{float(share * 100):.4f}"]
        for place in range(1, places.count + 1):
            row += cells.get(place, _NOTHING)
        yield row


_NOTHING = ("",) * 5
READ_ALIKE = ("choice", "truth", "hotspot", "short", "numerical")
"""Kinds of questions whose one answer reads alike in whatever order it stood among the others."""
MOST_KNOWN = 10_000
"""Answers that are held in memory: people's own words are without end."""


@dataclass(frozen=True)
class _Cells:
    """An answer in the table; ``mark`` is 0 for one that nobody has marked."""

    texts: tuple[str, ...]
    mark: Fraction
    most: Fraction


class _Reader:
    """Reads answers; what was asked and answered alike is read once, where many answer alike."""

    def __init__(self, say: Say):
        self._say = say
        self._known: dict[Any, _Cells] = {}

    def cells(self, attempt: Attempt, line: Line) -> _Cells:
        if line.version.question.kind not in READ_ALIKE:
            return self._read(attempt, line)
        key = (*alike(attempt, line), line.response)
        found = self._known.get(key)
        if found is None:
            if len(self._known) == MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = self._read(attempt, line)
        return found

    def _read(self, attempt: Attempt, line: Line) -> _Cells:
        answer = attempt.answers[line.position]
        mark, most = mark_of(attempt, answer), most_of(attempt, answer)
        texts = (
            harmless(answer.version.item.current.name),
            str(answer.version.number),
            harmless(said(attempt, answer, self._say)),
            "" if mark is None else write_number(mark),
            write_number(most),
        )
        return _Cells(texts, mark or NONE, most)


def said(attempt: Attempt, answer: Answer, say: Say) -> str:
    """An answer as one line. Of files it is only said how many there are."""
    question = question_of(attempt, answer)
    if not isinstance(question, EssayQuestion):
        parts = question.mark_response(answer.response, answer.arrangement).parts
        words = (
            say(part.response) if isinstance(part.response, TranslationString) else part.response
            for part in parts
        )
        return "; ".join(filter(None, words))
    text = " ".join(question.written(answer.response).split())
    files = len(question.handed_in(answer.response))
    handed_in = say(_("(files: ${files})", mapping={"files": files})) if files else ""
    return " ".join(filter(None, (text, handed_in)))


def harmless(text: str) -> str:
    """What a spreadsheet takes for text, never for a formula."""
    return f"'{text}" if text[:1] and text[0] in RUN else text


def _moment(time) -> str:
    return "" if time is None else time.strftime("%Y-%m-%d %H:%M:%S")
