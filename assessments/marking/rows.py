"""Attempts as the statistics take them. Practice and authors' own looks are not among them.

A place is a slot of the quiz. Where a section asks only some of its slots, attempts do not share
their slots, and a place is the first, the second … question of that section instead.

Which of somebody's attempts are counted follows the quiz's own rule, and nobody can choose:
whoever could compare the figures of first and of last attempts could work out what the few people
did who tried twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from translationstring import TranslationString

from assessments.attempts.asking import question_of
from assessments.attempts.pairs import Pair, pairs, pre_test_of
from assessments.attempts.result import counts_certainty, mark_of, most_of
from assessments.attempts.rules import settings_of
from assessments.attempts.sheet import Line, asked_in, let_go
from assessments.questions.base import Part, Question
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.controls import Control, Optioned, Point, Write
from assessments.questions.formula import FormulaAnswer
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.html import plain
from assessments.questions.numerical import NumberAnswer
from assessments.questions.short import TextAnswer
from assessments.quizzes.plan import Counted
from assessments.quizzes.sections import sections_of, slots
from assessments.resources import Attempt, Quiz
from assessments.statistics import attempts as rows
from assessments.statistics.attempts import Response, Which
from assessments.statistics.groups import Offered

WHICH = {
    Counted.FIRST: Which.FIRST,
    Counted.LAST: Which.LAST,
    Counted.HIGHEST: Which.BEST,
    Counted.AVERAGE: Which.ALL,
}
Say = Callable[[TranslationString], str]
"""Turns a sentence into the reader's language."""


@dataclass(frozen=True)
class Rows:
    """What the statistics of a quiz are made from.

    :param offered: what could be answered where there is a list of it
    :param titles: of the questions, by item
    :param certain: the attempts in which certainty counted, with the answers in which it did
    """

    attempts: list[rows.Attempt]
    which: Which
    offered: Offered
    titles: dict[str, str]
    certain: list[rows.Attempt]


def finished(quiz: Quiz) -> Iterator[Attempt]:
    """The attempts that count somewhere; none of a quiz for practice. Whoever has read one lets it
    go before the next: together they may fill the memory."""
    if not settings_of(quiz).practice:
        for attempt in quiz.attempts.values():
            if attempt.state == "finished" and not attempt.preview:
                yield attempt


def rows_of(quiz: Quiz, say: Say) -> Rows:
    """:param say: for the words of an answer that are ours, as true and false"""
    reader = _Reader(say)
    read: list[tuple[rows.Attempt, Asked, bool]] = []
    for attempt in finished(quiz):
        lines = asked_in(attempt)
        answers = tuple(reader.answer(attempt, line) for line in lines)
        row = rows.Attempt(attempt.__name__, attempt.learner_id, answers, attempt.number)
        read.append((row, reader.asked(lines), attempt.certainty))
        let_go(attempt)
    places = Places(quiz, (asked for _row, asked, _certain in read))
    made = [
        replace(
            row,
            answers=tuple(
                sorted(
                    map(reader.at, places.of(asked), row.answers), key=lambda answer: answer.slot
                )
            ),
        )
        for row, asked, _certain in read
    ]
    return Rows(
        made,
        WHICH[settings_of(quiz).counted],
        reader.offered,
        reader.titles,
        [
            replace(
                row, answers=tuple(each for each in row.answers if each.correctness is not None)
            )
            for row, (_row, _asked, certain) in zip(made, read, strict=True)
            if certain
        ],
    )


Asked = tuple[tuple[int, str], ...]
"""The questions of an attempt in their order: index of the section, id of the slot."""


def asked_of(lines: Iterable[Line]) -> Asked:
    return tuple((line.section, line.slot) for line in lines)


def gain_rows(quiz: Quiz) -> tuple[list[rows.Attempt], list[rows.Attempt]] | None:
    """Everybody's first attempt at the pre-test and last at this quiz, with the questions that both
    asked, each for as much as another, certainty aside; None when there is no pre-test, or one of
    the two is for practice."""
    before = pre_test_of(quiz)
    if before is None or settings_of(before).practice or settings_of(quiz).practice:
        return None
    met: dict[str, list[Pair]] = {}
    for pair in pairs(quiz):
        met.setdefault(pair.learner_id, []).append(pair)
    return (
        [_sat(learner, [(each.item, each.before) for each in its]) for learner, its in met.items()],
        [_sat(learner, [(each.item, each.after) for each in its]) for learner, its in met.items()],
    )


def _sat(learner: str, met: list[tuple[str, Fraction | None]]) -> rows.Attempt:
    answers = (
        rows.Answer(place, item, Fraction(1), fraction)
        for place, (item, fraction) in enumerate(met, 1)
    )
    return rows.Attempt(learner, learner, tuple(answers))


class Places:
    """Where each question of an attempt stands, counted from 1."""

    def __init__(self, quiz: Quiz, attempts: Iterable[Asked]):
        """:param attempts: what each of them asked"""
        order = [slot.id for slot in slots(sections_of(quiz))]
        sets: dict[int, set[frozenset[str]]] = {}
        for asked in set(attempts):
            for section, met in _by_section(asked).items():
                sets.setdefault(section, set()).add(frozenset(met))
        self._rank = {slot: rank for rank, slot in enumerate(order)}
        self._place: dict[tuple[int, str], int] = {}
        self._first: dict[int, int] = {}
        following = 1
        for section, its in sorted(sets.items()):
            if len(its) == 1:
                for slot in sorted(*its, key=self._ranked):
                    self._place[section, slot] = following
                    following += 1
            else:
                self._first[section] = following
                following += max(map(len, its))
        self.count = following - 1

    def of(self, asked: Asked) -> list[int]:
        """The place of each."""
        ordered = {
            section: sorted(met, key=self._ranked) for section, met in _by_section(asked).items()
        }
        return [
            self._first[section] + ordered[section].index(slot)
            if section in self._first
            else self._place[section, slot]
            for section, slot in asked
        ]

    def _ranked(self, slot: str) -> tuple[int, str]:
        return self._rank.get(slot, len(self._rank)), slot


def _by_section(asked: Asked) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for section, slot in asked:
        found.setdefault(section, []).append(slot)
    return found


def alike(attempt: Attempt, line: Line) -> tuple[Any, ...]:
    """By what answers that say the same are told apart: their question, language and marks."""
    return (
        line.version._p_oid or id(line.version),
        attempt.language,
        line.fraction,
        line.mark,
        attempt.certainty and line.certainty,
        attempt.certainty,
    )


class _Reader:
    """Reads answers; what was answered alike is read once."""

    def __init__(self, say: Say):
        self._say = say
        self._known: dict[Any, rows.Answer] = {}
        self._asked: dict[Asked, Asked] = {}
        self._placed: dict[tuple[int, int], rows.Answer] = {}
        self.offered: dict[tuple[str, str], list[Response]] = {}
        self.titles: dict[str, str] = {}

    def asked(self, lines: Sequence[Line]) -> Asked:
        """What was asked; the same object for the same."""
        asked = asked_of(lines)
        return self._asked.setdefault(asked, asked)

    def answer(self, attempt: Attempt, line: Line) -> rows.Answer:
        """The row of an answer, at no place yet."""
        key = (*alike(attempt, line), line.variant, line.response)
        row = self._known.get(key)
        if row is None:
            row = self._known[key] = self._row(attempt, line)
        return row

    def at(self, place: int, row: rows.Answer) -> rows.Answer:
        """The row at a place; the same one for the same."""
        key = (place, id(row))
        if key not in self._placed:
            self._placed[key] = replace(row, slot=place)
        return self._placed[key]

    def _row(self, attempt: Attempt, line: Line) -> rows.Answer:
        version = line.version
        item, number = version.item.__name__, str(version.number)
        question = version.question
        self.titles.setdefault(item, version.item.current.name)
        if (item, number) not in self.offered:
            self.offered[item, number] = self._offered(question)
        certain = counts_certainty(attempt, line)
        fraction = None if line.fraction is None else Fraction(line.fraction)
        return rows.Answer(
            slot=0,
            item=item,
            max_mark=most_of(attempt, line),
            mark=mark_of(attempt, line),
            version=number,
            variant=line.variant,
            responses=self._responses(attempt, line, question),
            guess=None if certain else question.guess(),
            certainty=(line.certainty or 1) if certain and line.response else None,
            correctness=fraction if certain else None,
        )

    def _responses(self, attempt: Attempt, line: Line, question: Question) -> tuple[Response, ...]:
        """Nothing of what only people mark: an essay tells who wrote it. What was chosen is told in
        the question's own language, whatever language it was asked in."""
        if not question.automatic or not line.response:
            return ()
        answer = attempt.answers[line.position]
        controls = question.ask(answer.arrangement).controls
        written = {control.name for control in controls if isinstance(control, Write)}
        called = {} if _one_part(question) else self._called(controls)
        asked = question_of(attempt, answer) if written else question
        parts = asked.mark_response(answer.response, answer.arrangement).parts
        return tuple(self._response(question, part, written, called) for part in parts)

    def _called(self, controls: Iterable[Control]) -> dict[str, str]:
        """How the parts of a question are called: by their labels, where these tell them apart."""
        called = {each.name: plain(self._said(each.label)) or each.name for each in controls}
        return called if len(set(called.values())) == len(called) else {n: n for n in called}

    def _said(self, words: str) -> str:
        return self._say(words) if isinstance(words, TranslationString) else words

    def _response(
        self, question: Question, part: Part, written: set[str], called: Mapping[str, str]
    ) -> Response:
        words = self._said(part.response)
        own = part.name in written
        name = called.get(part.name, "")
        credit = part.fraction
        if isinstance(question, ChoiceQuestion | HotspotQuestion) and question.many:
            credit = Fraction(part.fraction > 0)
        if not own:
            return Response(name, words, credit=credit)
        return Response(name, _key_words(question, part.answer), words, credit=credit)

    def _offered(self, question: Question) -> list[Response]:
        """Every option of a question that has one list of them."""
        if not question.automatic or not question.answerable or not _one_part(question):
            return []
        control = question.ask({}).controls[0] if _can_be_asked(question) else None
        if isinstance(control, Optioned):
            keys = [option.key for option in control.options]
        elif isinstance(control, Point):
            keys = [area.key for area in control.areas]
        else:
            return []
        found = []
        for key in keys:
            parts = question.mark_response({control.name: (key,)}, {}).parts
            found += [self._response(question, part, set(), {}) for part in parts]
        return found


def _one_part(question: Question) -> bool:
    return question.kind in ("choice", "truth", "short", "numerical", "formula", "hotspot")


def _can_be_asked(question: Question) -> bool:
    return question.kind in ("choice", "truth", "hotspot")


def _key_words(question: Question, key: str) -> str:
    """How the author's answer reads that a response was matched with; empty for none of them."""
    for answer in getattr(question, "answers", ()):
        if answer.key == key:
            return _words_of(answer)
    return key


def _words_of(answer: TextAnswer | NumberAnswer | FormulaAnswer) -> str:
    match answer:
        case TextAnswer():
            return answer.text
        case FormulaAnswer():
            return answer.expression
    return "*" if answer.value is None else f"{answer.value:f}"
