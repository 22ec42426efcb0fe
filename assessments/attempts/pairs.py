"""A quiz and its pre-test, linked by item: who took both, and what they knew before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from assessments.attempts.rules import settings_of
from assessments.attempts.sheet import Line, asked_in, let_go
from assessments.attempts.start import attempts_of
from assessments.resources import Attempt, Quiz


@dataclass(frozen=True)
class Pair:
    """One learner and one item that both tests asked.

    :param before: :param after: the fraction of the mark that the answer brought, certainty aside;
        None where a person has to mark it yet
    :param version_before: :param version_after: of the item, by number
    """

    learner_id: str
    item: str
    before: Fraction | None
    after: Fraction | None
    version_before: int
    version_after: int


def pre_test_of(quiz: Quiz) -> Quiz | None:
    """The quiz that this one is compared with; None when there is none."""
    quizzes, key = quiz.__parent__, settings_of(quiz).pre_test
    return quizzes.get(key) if quizzes is not None and key else None


def pairs(quiz: Quiz) -> Iterator[Pair]:
    """Everybody's first attempt at the pre-test against their last at this quiz, item by item."""
    before = pre_test_of(quiz)
    if before is None:
        return
    for learner_id in sorted({attempt.learner_id for attempt in quiz.by_learner.values()}):
        first, last = _finished(before, learner_id), _finished(quiz, learner_id)
        if not first or not last:
            continue
        earlier = _by_item(first[0])
        for item, answer in _by_item(last[-1]).items():
            if item in earlier:
                was = earlier[item]
                yield Pair(
                    learner_id,
                    item,
                    _fraction(was),
                    _fraction(answer),
                    was.version.number,
                    answer.version.number,
                )


def _finished(quiz: Quiz, learner_id: str) -> list[Attempt]:
    return [each for each in attempts_of(quiz, learner_id) if each.state == "finished"]


def _by_item(attempt: Attempt) -> dict[str, Line]:
    found = {line.version.item.__name__: line for line in asked_in(attempt)}
    let_go(attempt)
    return found


def _fraction(answer: Line) -> Fraction | None:
    return None if answer.fraction is None else Fraction(answer.fraction)
