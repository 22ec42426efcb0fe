"""What an attempt brought, and what a learner has in a quiz. All of it is exact.

With certainty-based marking a right answer brings 1, 2 or 3 times its mark, a wrong one 0, -2 or -6
times, and the whole is three times the marks: a hundred percent is everything right, and certain.
What nobody answered brings nothing, and takes nothing. Rounding is for showing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from assessments.attempts.rules import settings_of
from assessments.attempts.sheet import Line, asked_in
from assessments.attempts.start import attempts_of
from assessments.questions.base import NONE, Verdict
from assessments.questions.html import Html
from assessments.quizzes.plan import Counted, Settings
from assessments.resources import Answer, Attempt, Quiz
from assessments.statistics.certainty import RIGHT, certainty_mark

DECIMALS = 2
"""Decimals that people are shown."""


@dataclass(frozen=True)
class Result:
    """What an attempt, or several, brought.

    :param share: of the whole, 1 for all of it; None when nothing can be had
    :param out_of: the share as the quiz puts it: of a hundred percent, or of its points
    :param waiting: whether a person has to mark something yet: the share may change
    :param passed: None when the quiz has no pass, or nothing can be had
    :param band: what the author says to such a result; empty for nothing
    """

    share: Fraction | None
    out_of: Fraction | None
    waiting: bool
    passed: bool | None
    band: Html


@dataclass(frozen=True)
class Marks:
    """The marks of one attempt.

    :param mark: the sum; :param most: what could be had; :param waiting: questions that a person
        has to mark yet; they bring nothing so far
    """

    mark: Fraction
    most: Fraction
    waiting: int


def counts_certainty(attempt: Attempt, answer: Answer | Line) -> bool:
    """Whether certainty changes what this answer brings: where the machine marks it."""
    question = answer.version.question
    return attempt.certainty and question.answerable and question.automatic


def certain(fraction: Fraction, certainty: int) -> Fraction:
    """What a fraction becomes by how certain the learner was; who did not say was not certain."""
    return certainty_mark(fraction, certainty or 1)


def mark_of(attempt: Attempt, answer: Answer | Line) -> Fraction | None:
    """The marks that an answer brought; None when it is not marked."""
    return None if answer.fraction is None else worth(attempt, answer, Fraction(answer.fraction))


def worth(attempt: Attempt, answer: Answer | Line, fraction: Fraction) -> Fraction:
    """The marks that an answer brings when it is worth this fraction."""
    if counts_certainty(attempt, answer) and answer.response:
        fraction = certain(fraction, answer.certainty)
    return fraction * Fraction(answer.mark)


def most_of(attempt: Attempt, answer: Answer | Line) -> Fraction:
    """The marks that an answer can bring."""
    return Fraction(answer.mark) * (RIGHT[3] if counts_certainty(attempt, answer) else 1)


def verdict_of(answer: Answer) -> Verdict:
    """How good an answer that is done was found."""
    if answer.fraction is None:
        return Verdict.WAITING
    fraction = Fraction(answer.fraction)
    if not answer.response and fraction == 0:
        return Verdict.UNANSWERED
    if fraction >= 1:
        return Verdict.RIGHT
    return Verdict.PARTLY if fraction > 0 else Verdict.WRONG


def marks_of(attempt: Attempt) -> Marks:
    """The marks of an attempt that has ended."""
    answers = asked_in(attempt)
    marks = [mark_of(attempt, each) for each in answers]
    return Marks(
        sum((each for each in marks if each is not None), NONE),
        sum((most_of(attempt, each) for each in answers), NONE),
        marks.count(None),
    )


def result_of(attempt: Attempt) -> Result | None:
    """The result of an attempt; None unless it is finished."""
    if attempt.state != "finished":
        return None
    return result_with(attempt, marks_of(attempt))


def result_with(attempt: Attempt, marks: Marks) -> Result:
    """The result of a finished attempt when it has these marks."""
    share = marks.mark / marks.most if marks.most else None
    return _result(settings_of(attempt.quiz), share, marks.waiting > 0)


def result_for(quiz: Quiz, learner_id: str, since: datetime | None = None) -> Result | None:
    """What a learner has in a quiz, by the author's way of counting attempts; None for nothing yet.

    :param since: attempts that were handed in before count for nothing

    Practice counts for nothing. The highest and the average are of the attempts that are wholly
    marked; when the first or the last is to count, its marking is waited for.
    """
    settings = settings_of(quiz)
    if settings.practice:
        return None
    attempts = attempts_since(quiz, learner_id, since)
    found = [result for each in attempts if (result := result_of(each))]
    return _counted(settings, found) if found else None


def attempts_since(quiz: Quiz, learner_id: str, since: datetime | None) -> list[Attempt]:
    """A learner's attempts that were handed in since then; None for all there are."""
    attempts = attempts_of(quiz, learner_id)
    if since is None:
        return attempts
    return [each for each in attempts if each.finished is not None and each.finished >= since]


def _counted(settings: Settings, results: Sequence[Result]) -> Result:
    if settings.counted is Counted.FIRST:
        return results[0]
    if settings.counted is Counted.LAST:
        return results[-1]
    shares = [each.share for each in results if not each.waiting and each.share is not None]
    waiting = any(each.waiting for each in results)
    if not shares:
        return results[-1]
    highest = settings.counted is Counted.HIGHEST
    share = max(shares) if highest else sum(shares, NONE) / len(shares)
    return _result(settings, share, waiting)


def _result(settings: Settings, share: Fraction | None, waiting: bool) -> Result:
    if share is None:
        return Result(None, None, waiting, None, Html(""))
    least = settings.pass_percent
    percent = share * 100
    passed = None if least is None else percent >= Fraction(least)
    bands = [each for each in settings.bands if Fraction(each.least) <= percent]
    band = max(bands, key=lambda each: each.least).html if bands else Html("")
    return Result(share, share * Fraction(settings.out_of), waiting, passed, band)


def shown_mark(value: Fraction, decimals: int = DECIMALS) -> Decimal:
    """The number as people are shown it: rounded half up (away from nothing), no zeros at its end.

    >>> shown_mark(Fraction(1, 3)), shown_mark(Fraction(1, 200)), shown_mark(Fraction(-5, 2))
    (Decimal('0.33'), Decimal('0.01'), Decimal('-2.5'))
    """
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    exact = Decimal(whole if value > 0 else -whole).scaleb(-decimals)
    text = f"{exact:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
