"""What every question is, whatever its type; the types are the modules beside this one.

A question is a plain value. How it is asked is made anew for each attempt (:meth:`arrange`) and
kept with it, so that a question is asked, marked and shown again in the same way for ever.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, TypeVar

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions import sizes
from assessments.questions.controls import Asked, Control, Option, Response
from assessments.questions.html import EMPTY, Html

_ = TranslationStringFactory("tutela")

T = TypeVar("T")

ONE = Fraction(1)
NONE = Fraction(0)


@dataclass(frozen=True)
class Hint:
    """What a learner is told between two tries.

    :param clear_wrong: whether wrong parts of the answer are taken out before the next try
    :param tell_right: whether the learner is told how many parts are right
    """

    html: Html
    clear_wrong: bool = False
    tell_right: bool = False


class Verdict(StrEnum):
    """How good an answer is."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNANSWERED = "unanswered"
    WAITING = "waiting"
    """A person has to mark it."""


@dataclass(frozen=True)
class Part:
    """How one control was answered.

    :param name: of the control; :param response: what was answered, in plain text, for people
    :param answer: which of the author's answers that is (its key), empty for none of them
    :param fraction: of what this part can bring: 0 to 1, also below for negative credit
    :param feedback: what the author says to this answer
    """

    name: str
    response: str
    answer: str
    fraction: Fraction
    feedback: Html = EMPTY


@dataclass(frozen=True)
class Marked:
    """What an answer is worth.

    :param fraction: of the question's mark, exact; None when a person has to mark it
    :param parts: in the order of the controls
    :param feedback: for the answer as a whole
    """

    fraction: Fraction | None
    parts: tuple[Part, ...] = ()
    feedback: Html = EMPTY

    @property
    def verdict(self) -> Verdict:
        if self.fraction is None:
            return Verdict.WAITING
        if self.fraction >= 1:
            return Verdict.RIGHT
        return Verdict.PARTLY if self.fraction > 0 else Verdict.WRONG


Arrangement = Mapping[str, Any]
"""How one attempt is asked a question, as JSON holds it: ``{"orders": {control: [key, …]}}`` and
what a type adds (``"variables"``, ``"gaps"``). ``"language"``, where it is there, is that of who is
asked: numbers are written and read by it. It stays on the server."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of any type.

    :param name: short, for authors
    :param body: what is asked
    :param feedback: what everybody is told afterwards, whatever the answer
    :param mark: what it brings when a quiz does not say otherwise, above 0
    :param penalty: what each wrong try takes off, as a share of the mark (interactive behaviour)
    :param language: of the texts (BCP 47), empty when nobody said
    :param translations: by language: each text that is translated, by its path
        (:mod:`assessments.questions.texts`)
    """

    kind: ClassVar[str]
    automatic: ClassVar[bool] = True
    """Whether the machine can mark it."""
    answerable: ClassVar[bool] = True
    """Whether there is anything to answer."""
    adaptive: ClassVar[bool] = False
    """Whether it goes on from try to try until it says itself that it is over."""

    name: str
    body: Html
    feedback: Html = EMPTY
    mark: Fraction = ONE
    penalty: Fraction = Fraction(1, 3)
    hints: tuple[Hint, ...] = ()
    language: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def problems(self) -> list[TranslationString]:
        """Why it cannot be asked like this, in words for its author; nothing when it can."""
        # What is too large is not looked into: that could take for ever.
        return sizes.problems(self) or [*self._general_problems(), *self.own_problems()]

    def _general_problems(self) -> list[TranslationString]:
        found = []
        if len(self.name) > sizes.LONGEST_NAME:
            found.append(
                _(
                    "The name has more than ${most} characters. Write a shorter one.",
                    mapping={"most": sizes.LONGEST_NAME},
                )
            )
        if self.answerable and self.mark <= 0:
            found.append(_("The mark must be above 0."))
        if not 0 <= self.penalty <= 1:
            found.append(_("What a wrong try takes off must be between 0 % and 100 %."))
        return found

    def own_problems(self) -> list[TranslationString]:
        """The part of :meth:`problems` that only its type has: what its answers lack."""
        return []

    def arrange(self, random: Random) -> dict[str, Any]:
        """How one attempt is asked it: chance decides here and nowhere else."""
        return {}

    def ask(self, arrangement: Arrangement) -> Asked:
        """What is asked, with the author's keys."""
        raise NotImplementedError

    def text_for(self, html: Html, arrangement: Arrangement) -> Html:
        """A text of the question (feedback, a hint) as one attempt reads it: with its numbers."""
        return html

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        """Whether every part is answered."""
        return all(control.name in response for control in self.ask(arrangement).controls)

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        """What the response is worth; ``response`` may be empty or incomplete."""
        raise NotImplementedError

    def right_response(self, arrangement: Arrangement) -> Response | None:
        """A response that brings the whole mark; None when there is none that could be shown."""
        raise NotImplementedError

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        """What a learner should know of a response before handing it in, as that a number cannot
        be read; the same whether it is right or wrong."""
        return []

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        """The response without its wrong parts, for the next try after a hint that clears them."""
        marked = self.mark_response(response, arrangement)
        good = {part.name for part in marked.parts if part.fraction > 0}
        return {name: values for name, values in response.items() if name in good}

    def go_on(
        self, response: Response, arrangement: Arrangement
    ) -> tuple[dict[str, Any], Response] | None:
        """How it is asked after a try, and what is in its controls then; None when it is over."""
        return None

    def between(self, arrangement: Arrangement) -> Html:
        """What it says of its own to the tries before, while it goes on."""
        return EMPTY

    def lowest(self) -> Fraction:
        """The least that any response brings: 0, or below for negative credit."""
        return NONE

    def guess(self) -> Fraction | None:
        """What somebody gets on average who guesses (Moodle's random guess score), 0 to 1; None
        when that is not known."""
        return NONE

    def summary(self, response: Response, arrangement: Arrangement) -> str:
        """The response as one line of plain text, for authors and tables; empty for none."""
        parts = self.mark_response(response, arrangement).parts
        return "; ".join(part.response for part in parts if part.response)

    def tries(self) -> int:
        """How often it may be tried with the interactive behaviour: once more than hints."""
        return len(self.hints) + 1


def shuffled(keys: list[str], random: Random, fixed: frozenset[str] = frozenset()) -> list[str]:
    """The keys in an order of chance; fixed ones keep their places."""
    free = [key for key in keys if key not in fixed]
    random.shuffle(free)
    others = iter(free)
    return [key if key in fixed else next(others) for key in keys]


def in_order(options: Mapping[str, T], arrangement: Arrangement, name: str) -> tuple[T, ...]:
    """The options in the order in which an attempt is shown those of a control."""
    order = arrangement.get("orders", {}).get(name, list(options))
    return tuple(options[key] for key in order if key in options)


def repeated(values: Iterable[str]) -> list[str]:
    """Those that are there more than once, each once, in their order."""
    return [value for value, times in Counter(values).items() if times > 1]


def key_problems(keys: Iterable[str]) -> list[TranslationString]:
    """Why a response could not tell the things with these keys apart."""
    keys = list(keys)
    found = []
    if not all(keys):
        found.append(_("An answer has no key. Give every answer a key of its own."))
    if again := repeated(filter(None, keys)):
        found.append(
            _(
                "More than one answer has this key: ${keys}. Give every answer a key of its own.",
                mapping={"keys": ", ".join(again)},
            )
        )
    return found


def fraction_problems(fractions: Iterable[Fraction]) -> list[TranslationString]:
    """What is wrong with shares of a mark, each by itself."""
    if all(-1 <= fraction <= 1 for fraction in fractions):
        return []
    return [_("What an answer brings must be between -100 % and 100 %.")]


def mean(fractions: list[Fraction]) -> Fraction:
    """Their exact mean; 0 for none."""
    return sum(fractions, NONE) / len(fractions) if fractions else NONE


__all__ = [
    "EMPTY",
    "NONE",
    "ONE",
    "Arrangement",
    "Asked",
    "Control",
    "Hint",
    "Html",
    "Marked",
    "Option",
    "Part",
    "Question",
    "Response",
    "Verdict",
    "fraction_problems",
    "in_order",
    "key_problems",
    "mean",
    "repeated",
    "shuffled",
]
