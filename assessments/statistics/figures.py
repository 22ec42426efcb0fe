"""The figures, and the reasons why one cannot be given.

Percentages are floats from 0 to 100, or -100 to 100 for correlations. Marks are floats too: the
sums behind them are exact, and nothing is compared with these for equality.
"""

from dataclasses import dataclass
from enum import Enum

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("tutela")


class Insufficient(Enum):
    """Why the data do not give a figure; the value is the sentence for a person."""

    TOO_FEW_ATTEMPTS = _("Too few attempts to say.")
    TOO_FEW_QUESTIONS = _("Too few questions to say.")
    NO_VARIANCE = _("Everybody has the same mark here, so there is nothing to compare.")
    NEGATIVE_COVARIANCE = _(
        "People with more marks here have fewer in the whole quiz, so it has no weight to name."
    )
    NO_MARKS = _("This question has no marks.")
    NOT_KNOWN = _("Not known for this question.")

    @property
    def words(self) -> TranslationString:
        return self.value


class Suppressed(Enum):
    """Why a figure is kept back although the data would give it."""

    FEW_PEOPLE = _("Not shown, to protect people in small groups.")

    @property
    def words(self) -> TranslationString:
        return self.value


Figure = float | Insufficient | Suppressed
Count = int | Suppressed
SUPPRESSED = Suppressed.FEW_PEOPLE


@dataclass(frozen=True, kw_only=True)
class Choice:
    """How often one response was given.

    :param model: the answer of the key or the option; ``None`` for no answer
    :param answer: in the person's own words; suppressed where few people's are taken together
    :param attempts: that gave it
    :param share: of all attempts that had the question, in percent
    :param rest_mean: mean mark of those attempts in the rest of the quiz
    :param correlation: between giving it and the mark in the rest of the quiz, -100 to 100
    """

    part: str
    model: str | None
    answer: str | Suppressed | None
    right: bool | None
    attempts: Count
    share: Figure
    rest_mean: Figure
    correlation: Figure


@dataclass(frozen=True, kw_only=True)
class Group:
    """The attempts that met the same question: all of a slot, or one item, version or variant.

    What is the same for all of them is named, what differs is ``None`` and is told apart in
    ``groups``. ``rest`` is the rest of the quiz; for one item of a random slot it is the whole
    quiz, because the places of its neighbours are not the same places.

    :param guess: what pure guessing would earn, in percent
    :param facility: mean mark, in percent of the marks
    :param deviation: standard deviation of the mark, in percent of the marks
    :param covariance: of the mark and the rest, in marks²
    :param greatest_covariance: that the same marks could have, both in order, in marks²
    :param discrimination: correlation of the mark and the rest, -100 to 100
    :param efficiency: covariance in percent of the greatest
    :param choices: the answers given, where no group below tells them apart
    """

    item: str | None
    version: str | None
    variant: str | None
    attempts: Count
    guess: Figure
    facility: Figure
    deviation: Figure
    variance: Figure
    covariance: Figure
    rest_variance: Figure
    greatest_covariance: Figure
    discrimination: Figure
    efficiency: Figure
    choices: tuple[Choice, ...] = ()
    groups: tuple["Group", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Position:
    """One place in the quiz.

    :param intended_weight: share of the quiz's marks, in percent
    :param effective_weight: share of what makes the totals differ, in percent
    :param reliability_without: what the quiz's reliability would be without it, in percent
    """

    slot: int
    group: Group
    intended_weight: Figure
    effective_weight: Figure
    reliability_without: Figure


@dataclass(frozen=True, kw_only=True)
class Band:
    """How many attempts earned from ``low`` up to, not including, ``high`` percent.

    The lowest band holds whatever is less too, the highest whatever is more.
    """

    low: int
    high: int
    attempts: Count


@dataclass(frozen=True, kw_only=True)
class QuizStatistics:
    """A quiz: ``mean``, ``median``, ``deviation`` and ``standard_error`` are in marks.

    :param unmarked: attempts left out, because a mark in them is still missing
    :param max_mark: of the quiz
    :param reliability: coefficient of internal consistency (Cronbach's alpha), in percent; it is
        below zero where questions contradict each other
    :param error_ratio: how much of the deviation is chance, in percent
    """

    attempts: Count
    unmarked: int
    max_mark: Figure
    mean: Figure
    median: Figure
    deviation: Figure
    skewness: Figure
    kurtosis: Figure
    reliability: Figure
    error_ratio: Figure
    standard_error: Figure
    distribution: tuple[Band, ...] = ()
    positions: tuple[Position, ...] = ()
