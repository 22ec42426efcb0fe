"""A case walked through, by a learner of any kind."""

from dataclasses import dataclass, field
from typing import Protocol

from conformance.answers import differences
from conformance.cases import Case, Deed, Launch, NotUnderstood, Question


class Astray(Exception):
    """A learner cannot go where the case leads; the message says why."""


class Learner(Protocol):
    """Somebody who walks through a case's packages, one session after the other."""

    def open(self, package: str) -> None:
        """Open a package's course, or open it again.

        :raises Astray: while a session is not over
        """

    def press(self, control: str) -> None:
        """:raises Astray: when it is not there, or disabled"""

    def choose(self, title: str) -> None:
        """Open a part from the contents.

        :raises Astray: when it is not there, or disabled"""

    def arrive(self, launch: Launch) -> None:
        """:raises Astray: when this activity is not what comes now, begun anew"""

    def play(self, launch: Launch) -> list[list[str]]:
        """Make the launch's calls; what each answered."""

    def say_goodbye(self) -> None:
        """Content calls Terminate, if it has begun.

        :raises Astray: when that is refused"""

    def settle(self) -> None:
        """What was said has been taken in, and what the learner sees says so.

        :raises Astray: when something was refused"""

    def can_press(self, control: str) -> bool: ...

    def can_choose(self, title: str | None) -> bool:
        """Whether a part can be opened from the contents; without a title, any."""

    def is_over(self) -> bool:
        """Whether the session has ended, and leads back to the course."""


@dataclass
class Walk:
    """How far it went, and what was otherwise than ADL expects."""

    launches: int = 0
    calls: int = 0
    questions: int = 0
    wrong: list[str] = field(default_factory=list)


def walk(found: Case, learner: Learner) -> Walk:
    """What comes of a case."""
    walked = Walk()
    try:
        learner.open(next(iter(found.packages)))
        if found.start is not None:
            learner.choose(found.start)
        for launch in found.launches:
            _take(walked, launch, learner)
            for deed in launch.deeds:
                _do(learner, deed)
        if not learner.is_over():
            walked.wrong.append("The session has not ended.")
    except (Astray, NotUnderstood) as problem:
        walked.wrong.append(str(problem))
    return walked


def _take(walked: Walk, launch: Launch, learner: Learner) -> None:
    """Questions are asked when content has come, and again when it has done what it does, unless it
    asks to go on."""
    learner.arrive(launch)
    walked.launches += 1
    walked.wrong += _otherwise(launch, learner, "at first")
    walked.questions += len(launch.questions)
    walked.wrong += differences(launch, learner.play(launch))
    walked.calls += len(launch.steps)
    if not launch.stays:
        learner.say_goodbye()
    if launch.stays or not launch.asks:
        learner.settle()
        walked.wrong += _otherwise(launch, learner, "afterwards")


def _otherwise(launch: Launch, learner: Learner, when: str) -> list[str]:
    return [
        f"{launch.key}, {when}: {question}."
        for question in launch.questions
        if _usable(learner, question) is not question.expect
    ]


def _usable(learner: Learner, question: Question) -> bool:
    if question.control is not None:
        return learner.can_press(question.control)
    return learner.can_choose(question.title)


def _do(learner: Learner, deed: Deed) -> None:
    if deed.what == "press":
        learner.press(deed.name)
    elif deed.what == "choose":
        learner.choose(deed.name)
    elif learner.is_over():
        learner.open(deed.name)
    else:
        raise Astray(f"The session has not ended, and {deed.name} is to be opened.")
