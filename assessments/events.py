"""What the assessments house tells its host, inside the transaction in which it happens."""

from dataclasses import dataclass
from typing import Any

from assessments.quizzes.plan import Override
from assessments.resources import Attempt, Quiz


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
