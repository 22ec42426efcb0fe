"""What the assessments house tells its host, inside the transaction in which it happens."""

from dataclasses import dataclass
from typing import Any

from assessments.quizzes.plan import Override
from assessments.resources import Attempt, Quiz, Regrade


@dataclass(frozen=True)
class AttemptStarted:
    """Somebody has begun an attempt."""

    request: Any
    attempt: Attempt


@dataclass(frozen=True)
class ResultChanged:
    """What somebody has in a quiz may have changed: an attempt was finished, marked or regraded.

    :param registry: of the application; there need not be a request
    :param connection: to the database
    """

    registry: Any
    connection: Any
    quiz: Quiz
    learner_id: str


@dataclass(frozen=True)
class ExceptionChanged:
    """An author has made, changed or taken back an exception to the rules of a quiz.

    :param who: id of the learner or the group that it is for
    :param override: what holds now; None when it was taken back
    """

    request: Any
    quiz: Quiz
    who: str
    override: Override | None


@dataclass(frozen=True)
class MarkCorrected:
    """An author has put another mark in the place of one that counted.

    :param position: of the answer in its attempt, from 0
    :param was: :param fraction: of the mark, before and now, as text
    """

    request: Any
    attempt: Attempt
    position: int
    was: str
    fraction: str
    reason: str


@dataclass(frozen=True)
class RulesChanged:
    """An author has saved the rules of a quiz: what people have in it may count otherwise now."""

    request: Any
    quiz: Quiz


@dataclass(frozen=True)
class ResultsExported:
    """An author has taken a table of what people did out of the site.

    :param what: ``results``, with names, or ``answers``, without
    """

    request: Any
    quiz: Quiz
    what: str
    purpose: str


@dataclass(frozen=True)
class RegradeAsked:
    """There is work for the background: looking or applying (:mod:`assessments.marking.regrade`).

    Its host calls :func:`assessments.marking.regrade.go_on` until nothing is left to do.
    """

    request: Any
    regrade: Regrade


@dataclass(frozen=True)
class RegradeDecided:
    """An author has let what a regrade found count, for a reason."""

    request: Any
    regrade: Regrade
