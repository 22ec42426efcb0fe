"""All figures of a quiz, worked out when somebody asks for them.

Of a large quiz that takes some seconds, so its figures are used again for :data:`KEPT`; the page
prints when they were worked out.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from translationstring import TranslationString, TranslationStringFactory

from assessments.marking.rows import Say, gain_rows, rows_of
from assessments.resources import Quiz
from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Which
from assessments.statistics.certainty import CertaintyStatistics, analyse_certainty
from assessments.statistics.figures import Group, Insufficient, Position, QuizStatistics
from assessments.statistics.gain import PairedGain, paired_gain

_ = TranslationStringFactory("tutela")

LARGE = 500
"""Attempts from which on figures are used again."""
KEPT = timedelta(minutes=15)
EASY, WEAK = 95, 10
"""Percent: a facility that tells nobody apart, a discrimination that hardly does."""


@dataclass(frozen=True)
class Figures:
    """
    :param when: they were worked out; :param attempts: how many rows they are from
    :param titles: of the questions, by item
    :param certainty: None where certainty does not count
    :param gain: None without a pre-test
    """

    when: datetime
    which: Which
    attempts: int
    titles: dict[str, str]
    quiz: QuizStatistics
    certainty: CertaintyStatistics | None
    gain: PairedGain | None


@dataclass(frozen=True)
class Known:
    """Of this process, by quiz and language: figures of large quizzes, and who is making some."""

    figures: dict[tuple[str, str], Figures] = field(default_factory=dict)
    making: dict[tuple[str, str], Lock] = field(default_factory=dict)


def figures(quiz: Quiz, say: Say, language: str, now: datetime, known: Known) -> Figures:
    """The figures of a quiz, anew or, of a large one, as they were at most :data:`KEPT` ago.

    They are made by one at a time. Who looks meanwhile is told the last known, or waits for them.

    :param known: of this process; changed
    """
    key = (quiz.__name__, language)
    last = known.figures.get(key)
    if last is not None and now - last.when < KEPT:
        return last
    making = known.making.setdefault(key, Lock())
    if last is None:
        making.acquire()
    elif not making.acquire(blocking=False):
        return last
    try:
        made = known.figures.get(key)
        if made is not None and made is not last:
            return made
        found = _figures(quiz, say, now)
        known.figures.pop(key, None)
        if found.attempts >= LARGE:
            known.figures[key] = found
        return found
    finally:
        making.release()


def _figures(quiz: Quiz, say: Say, now: datetime) -> Figures:
    rows = rows_of(quiz, say)
    both = gain_rows(quiz)
    return Figures(
        now,
        rows.which,
        len(rows.attempts),
        rows.titles,
        analyse(rows.attempts, which=rows.which, offered=rows.offered),
        analyse_certainty(rows.certain, which=rows.which) if rows.certain else None,
        None if both is None else paired_gain(*both),
    )


def warnings(position: Position) -> list[TranslationString]:
    """What an author should look at in a question; nothing where nothing strikes."""
    group = position.group
    found = []
    if isinstance(group.discrimination, float):
        if group.discrimination < 0:
            found.append(
                _(
                    "Those who do well in the rest of the quiz do badly here. Look at this "
                    "question’s key, or at how people marked it."
                )
            )
        elif group.discrimination < WEAK:
            found.append(_("This question hardly tells those who know from those who do not."))
    if isinstance(group.facility, float):
        if group.facility >= EASY:
            found.append(_("Almost everybody has this right."))
        elif isinstance(group.guess, float) and group.facility <= group.guess:
            found.append(_("It is right no more often than by guessing."))
    if position.effective_weight is Insufficient.NEGATIVE_COVARIANCE:
        found.append(_("It works against the rest of the quiz."))
    return found + _distracting(group)


def _distracting(group: Group) -> list[TranslationString]:
    wrong = [each for each in group.choices if each.right is False and each.model is not None]
    strong = [
        each.answer if isinstance(each.answer, str) else each.model
        for each in wrong
        if isinstance(each.correlation, float) and each.correlation > WEAK
    ]
    idle = [each.model for each in wrong if each.attempts == 0]
    found = [
        _(
            "“${answer}” is marked as wrong, and those who do well in the rest choose it. Is it "
            "right after all?",
            mapping={"answer": words},
        )
        for words in strong
    ]
    return found + [_("Nobody chooses “${answer}”.", mapping={"answer": words}) for words in idle]
