"""What the statistics are made from: one row for each attempt, plain values only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Response:
    """One thing that was answered in one part of a question.

    :param part: of the question: a gap, a row of a matching question, an option of a multiple
        choice; ``""`` in a question of one part
    :param model: the answer of the key that it was matched with, or the option chosen
    :param answer: what the person wrote, when it was in their own words
    :param credit: the share of the part's marks that this response earns, where the key says it
    """

    part: str
    model: str
    answer: str | None = None
    credit: Fraction | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one attempt holds in one place of the quiz.

    :param slot: the place in the quiz, counted from 1
    :param item: the question that stood there; in a random slot it differs between attempts
    :param version: of the question
    :param variant: which of its seeded values
    :param mark: in marks, ``0`` for no answer, ``None`` while nobody has marked it
    :param guess: what pure guessing would earn, as a share of the marks; ``None`` if unknown
    :param certainty: 1, 2 or 3 in certainty-based marking; ``None`` for no answer
    :param correctness: the share that was right, before certainty was counted
    """

    slot: int
    item: str
    max_mark: Fraction
    mark: Fraction | None
    version: str = ""
    variant: str = ""
    responses: tuple[Response, ...] = ()
    guess: Fraction | None = None
    certainty: int | None = None
    correctness: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One finished attempt.

    :param number: 1 for the learner's first attempt at the quiz
    """

    id: str
    learner: str
    answers: tuple[Answer, ...]
    number: int = 1


class Which(Enum):
    """Which of a learner's attempts are counted."""

    FIRST = "first"
    LAST = "last"
    BEST = "best"
    ALL = "all"


def chosen(attempts: Iterable[Attempt], which: Which) -> list[Attempt]:
    """The attempts that count, in the order of the learners' first rows.

    The best is the one with most marks, the earlier of two equal ones. One that is wholly marked
    goes before one that waits for somebody: that one has no total yet.
    """
    if which is Which.ALL:
        return list(attempts)
    by_learner: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        by_learner.setdefault(attempt.learner, []).append(attempt)
    found = []
    for theirs in by_learner.values():
        theirs.sort(key=lambda attempt: attempt.number)
        if which is Which.BEST:
            found.append(max(theirs, key=_goodness))
        else:
            found.append(theirs[0 if which is Which.FIRST else -1])
    return found


def _goodness(attempt: Attempt) -> tuple[bool, Fraction]:
    marks = [answer.mark for answer in attempt.answers if answer.mark is not None]
    return len(marks) == len(attempt.answers), sum(marks, Fraction(0))
