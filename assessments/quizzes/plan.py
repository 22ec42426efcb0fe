"""What an author decides about a quiz: its rules, its sections, exceptions for people and groups.

Plain values; a quiz keeps them as JSON (:func:`to_plain`). Times are aware, in UTC; lengths of time
are seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from cattrs import Converter

from assessments.questions.html import EMPTY, Html

T = TypeVar("T")


class Behaviour(StrEnum):
    """What happens to answers while an attempt goes on."""

    DEFERRED = "deferred"
    """Nothing is marked before the attempt is handed in."""
    IMMEDIATE = "immediate"
    """Each question can be checked, once."""
    INTERACTIVE = "interactive"
    """Each question can be tried again, with a hint, for less."""
    MANUAL = "manual"
    """A person marks every question."""


class Counted(StrEnum):
    """Which of several attempts counts."""

    HIGHEST = "highest"
    AVERAGE = "average"
    FIRST = "first"
    LAST = "last"


class Overdue(StrEnum):
    """What becomes of an attempt whose time is up while it is open."""

    SUBMIT = "submit"
    """It is handed in as it was then."""
    GRACE = "grace"
    """It can still be handed in for a while, not changed."""
    ABANDON = "abandon"
    """It counts only when it was handed in in time."""


class When(StrEnum):
    """The moments of which the author says what a learner may see."""

    DURING = "during"
    """While the attempt is open, after a question was checked."""
    SOON = "soon"
    """In the first two minutes after handing in."""
    LATER = "later"
    """Until the quiz closes."""
    CLOSED = "closed"
    """When the quiz is closed."""


class See(StrEnum):
    """What of a finished attempt a learner may see."""

    RESPONSES = "responses"
    VERDICTS = "verdicts"
    MARKS = "marks"
    FEEDBACK = "feedback"
    GENERAL = "general"
    ANSWERS = "answers"
    OVERALL = "overall"


ALL = frozenset(See)
REVIEW: dict[When, frozenset[See]] = {
    When.DURING: ALL - {See.OVERALL},
    When.SOON: ALL,
    When.LATER: ALL,
    When.CLOSED: ALL,
}


@dataclass(frozen=True)
class Band:
    """What is said to a result from ``least`` percent on, up to the next band."""

    least: Decimal
    html: Html


@dataclass(frozen=True)
class Settings:
    """The rules of a quiz.

    :param certainty: whether learners say how certain they are (certainty-based marking)
    :param seconds: time for an attempt, 0 for any; :param grace: for handing in late
    :param attempts: how many, 0 for any number; :param wait: between the first and the second, and
        between later ones
    :param sequential: whether pages can only be gone through forwards
    :param per_page: questions on a page, 0 for all of a section
    :param anonymous: whether markers do without names; :param double: whether two mark each answer
    :param differ: by how much, of the mark, two markers may differ before a third decides
    :param pass_percent: what is a pass, None when nothing is
    :param out_of: what a full result is called: 100 for percent, or points
    :param answers_early: whether right answers are told also while they can be of use
        (:func:`assessments.attempts.review.seen`)
    :param pre_test: id of the quiz that this one is compared with, item by item
    """

    behaviour: Behaviour = Behaviour.DEFERRED
    certainty: bool = False
    seconds: int = 0
    grace: int = 60
    overdue: Overdue = Overdue.SUBMIT
    opens: datetime | None = None
    closes: datetime | None = None
    attempts: int = 0
    wait: tuple[int, int] = (0, 0)
    counted: Counted = Counted.HIGHEST
    sequential: bool = False
    per_page: int = 1
    shuffle_choices: bool = True
    anonymous: bool = True
    double: bool = False
    differ: Fraction = Fraction(1, 10)
    pass_percent: Decimal | None = None
    out_of: Decimal = Decimal(100)
    review: Mapping[When, frozenset[See]] = field(default_factory=lambda: dict(REVIEW))
    answers_early: bool = False
    bands: tuple[Band, ...] = ()
    practice: bool = False
    pre_test: str = ""


@dataclass(frozen=True)
class Slot:
    """A place for a question in a quiz: an item, or one of chance from a category.

    :param id: stays when the slot moves
    :param item: id in the bank; empty for one of chance
    :param version: number that is asked, 0 for the newest that is ready
    :param category: :param below: :param tags: where one of chance comes from: the category's id,
        whether what lies in it counts too, and tags that it must all have
    :param by: principal of who put in one of chance: it draws from no private category of others
    :param mark: what it brings, None for what the question says
    """

    id: str
    item: str = ""
    version: int = 0
    category: str = ""
    below: bool = True
    tags: tuple[str, ...] = ()
    mark: Fraction | None = None
    by: str = ""


@dataclass(frozen=True)
class Section:
    """Slots under a heading.

    :param shuffle: whether their order is chance
    :param pick: how many of them are asked, 0 for all
    """

    id: str
    title: str = ""
    intro: Html = EMPTY
    shuffle: bool = False
    pick: int = 0
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Override:
    """What is different for one learner or one group; None where nothing is.

    :param factor: the time for an attempt, times this; :param extra: seconds more on top
    """

    factor: Decimal | None = None
    extra: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    attempts: int | None = None
    reason: str = ""


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True)
    for kind in (Fraction, Decimal):
        converter.register_unstructure_hook(kind, str)
        converter.register_structure_hook(kind, lambda text, made: made(text))
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat())
    converter.register_structure_hook(datetime, lambda text, _type: datetime.fromisoformat(text))
    converter.register_unstructure_hook_func(
        lambda kind: kind == frozenset[See], lambda seen: sorted(map(str, seen))
    )
    # The database loads no class of ours that is not persistent, an enumeration neither.
    for enum in (Behaviour, Counted, Overdue, When):
        converter.register_unstructure_hook(enum, str)
    return converter


def to_plain(value: Settings | Section | Override) -> dict[str, Any]:
    """As JSON holds it; what is as usual is left out."""
    return _converter().unstructure(value)


def from_plain(kind: type[T], plain: Mapping[str, Any]) -> T:
    """The inverse of :func:`to_plain`."""
    return _converter().structure(plain, kind)
