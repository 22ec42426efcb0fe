"""Where items are asked: by which quizzes, in which version, and by how many attempts.

Attempts are counted only for one item, on its own page: a quiz may have thousands.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from assessments.attempts.rules import is_practice
from assessments.attempts.sheet import Line, let_go, lines_of
from assessments.quizzes.plan import Section, from_plain
from assessments.resources import Attempt, Category, Item, Quiz, Quizzes
from assessments.statistics.suppression import FEWEST


@dataclass(frozen=True)
class Use:
    """A quiz that asks an item.

    :param version: number that is asked, 0 for the newest
    :param by_chance: whether the quiz draws from the item's category, and may or may not ask it
    """

    quiz: Quiz
    version: int
    by_chance: bool = False


def counted(quizzes: Quizzes) -> Counter[str]:
    """In how many quizzes each item is asked by name: by the item's id."""
    return Counter(item for quiz in quizzes.values() for item in _items_of(quiz))


def _items_of(quiz: Quiz) -> set[str]:
    return {slot.item for section in sections(quiz) for slot in section.slots if slot.item}


def sections(quiz: Quiz) -> Iterable[Section]:
    """The quiz's sections as values."""
    return [from_plain(Section, dict(each)) for each in quiz.sections]


def uses(quizzes: Quizzes, item: Item) -> list[Use]:
    """The quizzes that ask an item, by title: by name, or by chance from its category."""
    path = {category.__name__ for category in item.category.path()} if item.category else set()
    found = []
    for quiz in sorted(quizzes.values(), key=lambda each: (each.title.casefold(), each.__name__)):
        for section in sections(quiz):
            for slot in section.slots:
                if slot.item == item.__name__:
                    found.append(Use(quiz, slot.version))
                elif slot.category and _drawn(slot, item, path):
                    found.append(Use(quiz, 0, by_chance=True))
    return list(dict.fromkeys(found))


def _drawn(slot, item: Item, path: set[str]) -> bool:
    assert item.category is not None
    inside = slot.category in path if slot.below else slot.category == item.category.__name__
    return inside and set(slot.tags) <= set(item.tags)


def asked_in(quizzes: Quizzes, item: Item) -> Counter[int]:
    """By how many attempts each version of an item was asked; previews count nowhere."""
    return Counter(
        line.version.number
        for quiz in quizzes.values()
        for attempt in quiz.attempts.values()
        if not attempt.preview
        for line in _lines(attempt, item)
    )


def _lines(attempt: Attempt, item: Item) -> list[Line]:
    """What an attempt was asked of an item; it is let go of."""
    found = [line for line in lines_of(attempt) if line.version.item is item]
    let_go(attempt)
    return found


@dataclass(frozen=True)
class Facility:
    """How hard the newest version of an item is, over all quizzes.

    :param answers: :param share: how many answers count, and what they have of the mark on average
    """

    answers: int
    share: Fraction


def facility(quizzes: Quizzes, item: Item) -> Facility | None:
    """Of each person the first answer in each quiz that is marked; practice does not count.

    A quiz in which fewer than :data:`FEWEST` answered is left out: what they did could be had by
    subtraction from the quizzes' own statistics.

    :returns: None when there are too few
    """
    fractions: list[Fraction] = []
    for quiz in quizzes.values():
        first: dict[str, tuple[int, Fraction]] = {}
        for learner, number, fraction in _answers(quiz, item):
            known = first.get(learner)
            if known is None or number < known[0]:
                first[learner] = number, fraction
        if len(first) >= FEWEST:
            fractions += [fraction for _number, fraction in first.values()]
    if not fractions:
        return None
    return Facility(len(fractions), sum(fractions, Fraction(0)) / len(fractions))


def _answers(quiz: Quiz, item: Item) -> Iterator[tuple[str, int, Fraction]]:
    """The marked answers to the newest version in attempts that count: whose, in which of their
    attempts, and what share of the mark they had."""
    if is_practice(quiz):
        return
    for attempt in quiz.attempts.values():
        if attempt.state == "finished" and not attempt.preview:
            learner, number = attempt.learner_id, attempt.number
            for line in _lines(attempt, item):
                if line.version is item.current and line.fraction is not None:
                    yield learner, number, Fraction(line.fraction)


def draws_from(quizzes: Quizzes, category: Category) -> list[Quiz]:
    """The quizzes that draw questions of chance from a category itself."""
    return [
        quiz
        for quiz in quizzes.values()
        if any(
            slot.category == category.__name__
            for section in sections(quiz)
            for slot in section.slots
        )
    ]
