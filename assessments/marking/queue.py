"""Answers that wait for a person: by question, then one after the other.

Their order is chance, another one for each marker, and always the same: who comes early in it is
not who handed in early, and nobody can tell from a place in it whose answer it is. Nobody marks
their own answers: a marker who took the quiz too does not meet them.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from assessments.marking.marks import Stage, stage, waits_for
from assessments.resources import Answer, Attempt, Item, Quiz


@dataclass(frozen=True)
class Waiting:
    """One question of a quiz.

    :param waiting: answers that wait for this marker
    :param others: that wait for somebody else, this marker having marked them
    :param marked: that a person has marked
    """

    item: Item
    waiting: int
    others: int
    marked: int


@dataclass(frozen=True)
class Place:
    """One answer in the queue of a question.

    :param handle: names its attempt for this marker, and says nothing
    :param position: in the attempt, from 0
    """

    handle: str
    position: int
    attempt: Attempt
    stage: Stage


def questions(quiz: Quiz, marker: str, learner: str = "") -> list[Waiting]:
    """The questions that persons mark, or have marked, those with most to do first.

    :param learner: the marker's own id as a learner
    """
    found: dict[str, tuple[Item, list[int]]] = {}
    for _attempt, _position, answer in _marked_by_people(quiz, learner):
        item = answer.version.item
        counts = found.setdefault(item.__name__, (item, [0, 0, 0]))[1]
        counts[0 if waits_for(answer, marker) else 1 if answer.fraction is None else 2] += 1
    rows = [Waiting(item, *counts) for item, counts in found.values()]
    return sorted(rows, key=lambda row: (-row.waiting, row.item.current.name.casefold()))


def queue(quiz: Quiz, item: str, marker: str, secret: str, learner: str = "") -> list[Place]:
    """The answers to one question that wait for this marker or that persons have marked, in the
    marker's own order.

    :param learner: the marker's own id as a learner
    """
    found = [
        Place(
            handle_of(attempt.__name__, marker, secret),
            position,
            attempt,
            stage(attempt, answer, marker),
        )
        for attempt, position, answer in _marked_by_people(quiz, learner)
        if answer.version.item.__name__ == item
    ]
    return sorted(found, key=lambda place: (place.handle, place.position))


def after(places: list[Place], handle: str, position: int) -> tuple[Place | None, Place | None]:
    """The one before, and the next that can be marked, round from the end to the beginning."""
    here = next(
        (
            at
            for at, each in enumerate(places)
            if (each.handle, each.position) == (handle, position)
        ),
        -1,
    )
    before = places[here - 1] if here > 0 else None
    round_from_here = places[here + 1 :] + places[: max(here, 0)]
    to_do = (each for each in round_from_here if each.stage in (Stage.MARK, Stage.DECIDE))
    return before, next(to_do, None)


def handle_of(attempt: str, marker: str, secret: str) -> str:
    """What names an attempt for one marker: nobody else can tell which it is."""
    told = f"attempt for a marker\n{marker}\n{attempt}"
    return hmac.new(secret.encode(), told.encode(), hashlib.sha256).hexdigest()[:24]


def behind(quiz: Quiz, handle: str, marker: str, secret: str) -> Attempt | None:
    """The attempt that a handle names for this marker; None for none. No attempt is loaded but
    that one."""
    for key in quiz.attempts:
        if hmac.compare_digest(handle_of(key, marker, secret), handle):
            return quiz.attempts[key]
    return None


def _marked_by_people(quiz: Quiz, but: str) -> Iterator[tuple[Attempt, int, Answer]]:
    """What waits for a person, or waited for one before it was marked.

    :param but: a learner whose answers are left out
    """
    for attempt in quiz.attempts.values():
        if not attempt.preview and attempt.learner_id != but:
            for position in attempt.by_people:
                yield attempt, position, attempt.answers[position]
