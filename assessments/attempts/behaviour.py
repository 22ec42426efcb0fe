"""Checking an answer while the attempt goes on, and trying again, as the quiz's behaviour has it.

- deferred, manual: nothing is checked before the attempt is handed in
- immediate: once
- interactive: as often as the question has hints, and once more; each try that was not right takes
  the question's penalty, a share of its mark, off a later one, and never brings it below nothing

A question that adapts is checked in each of them, as often as it goes on by itself: without its
tries it could not be asked. It alone says what they are worth.
"""

from datetime import datetime
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.attempts.asking import marked, question_of
from assessments.attempts.history import MOST, TooMuch
from assessments.attempts.pages import is_here
from assessments.attempts.save import answer_at, put_on, replace_by
from assessments.attempts.timing import accepts
from assessments.questions.base import NONE, Hint, Question, Verdict
from assessments.quizzes.plan import Behaviour
from assessments.resources import Answer, Attempt

_ = TranslationStringFactory("tutela")


class CannotCheck(Exception):
    """The answer cannot be checked. The message is a translation string; nothing was changed."""


class Incomplete(CannotCheck):
    """Something is not answered yet; it takes no try."""


class Outdated(CannotCheck):
    """Another answer was saved since the page was made."""


def may_check(attempt: Attempt, position: int, now: datetime) -> bool:
    """Whether this question can be checked now."""
    answer = answer_at(attempt, position)
    question = answer.version.question
    told = attempt.behaviour in (Behaviour.IMMEDIATE, Behaviour.INTERACTIVE)
    return (
        ((told and question.answerable and question.automatic) or question.adaptive)
        and answer.state == "open"
        and is_here(attempt, position)
        and accepts(attempt, now)
    )


def check(
    attempt: Attempt,
    position: int,
    *,
    revision: int,
    now: datetime,
    post: str = "",
    tries: int | None = None,
) -> bool:
    """Mark the answer that was saved. The same post, or what was checked already, does nothing.

    :param revision: of the answer that the learner wants checked
    :param tries: how many there were when the page was made, None when it does not say
    :returns: whether it was marked now
    :raises CannotCheck: when the question cannot be checked now
    """
    answer = answer_at(attempt, position)
    if answer.state != "open" or (post and any(each["post"] == post for each in answer.tries)):
        return False
    if not may_check(attempt, position, now):
        raise CannotCheck(_("This question cannot be checked now."))
    if revision != answer.revision:
        raise Outdated(_("Another answer was saved meanwhile. Look at it before you check it."))
    if tries is not None and tries != len(answer.tries):
        raise Outdated(
            _("This question was checked in another window. Look at it before you check it again.")
        )
    question = question_of(attempt, answer)
    if not answer.response or not question.is_complete(answer.response, answer.arrangement):
        raise Incomplete(_("Please answer all of the question, then check it."))
    verdict = marked(attempt, answer).verdict
    count_try(attempt, answer, now=now, post=post)
    if question.adaptive:
        _go_on(attempt, position, now)
        return True
    interactive = attempt.behaviour == Behaviour.INTERACTIVE
    more = len(answer.tries) < question.tries() and verdict is not Verdict.RIGHT
    answer.state = "tried" if interactive and more else "done"
    return True


def _go_on(attempt: Attempt, position: int, now: datetime) -> None:
    """Ask a question that adapts on from what was tried, until it is over."""
    answer = answer_at(attempt, position)
    following = question_of(attempt, answer).go_on(answer.response, answer.arrangement)
    if following is None or answer.packed >= MOST:
        answer.state = "done"
        return
    answer.arrangement, response = following
    # A revision of its own, so that a window that shows what was asked before can be told.
    replace_by(answer, response, answer.certainty, now)
    answer.tries = (*answer.tries[:-1], {**answer.tries[-1], "again": answer.revision})


def stand(answer: Answer) -> None:
    """Of a question that adapts, and that nothing was answered to since its last try: what was
    tried stands as its answer, to be marked and shown as it was."""
    earlier = answer.arrangement.get("tries")
    if earlier:
        answer.arrangement = {**answer.arrangement, "tries": earlier[:-1]}
        answer.response, answer.revision = earlier[-1], answer.tries[-1]["revision"]


def count_try(attempt: Attempt, answer: Answer, *, now: datetime, post: str = "") -> None:
    """The answer as it is now is one more try, and what it is worth stands."""
    answer.tries = (*answer.tries, {"post": post, "at": now, "revision": answer.revision})
    fraction = machine_fraction(attempt, answer)
    answer.fraction = None if fraction is None else str(fraction)


def machine_fraction(
    attempt: Attempt, answer: Answer, question: Question | None = None
) -> Fraction | None:
    """What the machine finds that an answer is worth, after its tries; None when a person marks it.

    :param question: in another version, to see what that would bring
    """
    question = question or question_of(attempt, answer)
    if not question.answerable:
        return None
    if not answer.response and not answer.arrangement.get("tries"):
        return NONE
    if attempt.behaviour == Behaviour.MANUAL:
        return None
    fraction = question.mark_response(answer.response, answer.arrangement).fraction
    if fraction is None or question.adaptive:
        return fraction
    return less(fraction, question.penalty, len(answer.tries) - 1)


def try_again(attempt: Attempt, position: int, *, now: datetime) -> bool:
    """Open a question that was tried for another try; the hint may take out what was wrong.

    :returns: whether it was opened now
    :raises CannotCheck: when the time is up, its page was left, or nothing more is kept for it
    """
    answer = answer_at(attempt, position)
    if answer.state != "tried":
        return False
    if not accepts(attempt, now) or not is_here(attempt, position):
        raise CannotCheck(_("This question cannot be tried again now."))
    hint = hint_of(attempt, answer)
    answer.state = "open"
    if hint is not None and hint.clear_wrong:
        kept = question_of(attempt, answer).kept(answer.response, answer.arrangement)
        try:
            put_on(attempt, position, kept, now)
        except TooMuch as full:
            answer.state = "tried"
            raise CannotCheck(*full.args) from full
    answer.tries = (*answer.tries[:-1], {**answer.tries[-1], "again": answer.revision})
    return True


def untouched(answer: Answer) -> bool:
    """Whether nothing was answered since the last try: then that try stands."""
    last = answer.tries[-1] if answer.tries else {}
    return answer.state == "tried" or last.get("again") == answer.revision


def hint_of(attempt: Attempt, answer: Answer) -> Hint | None:
    """The hint after the last try; None before the first and when no try is left."""
    hints = question_of(attempt, answer).hints
    tried = len(answer.tries)
    due = attempt.behaviour == Behaviour.INTERACTIVE and answer.state != "done"
    return hints[tried - 1] if due and 0 < tried <= len(hints) else None


def tries_left(attempt: Attempt, answer: Answer) -> int:
    """How often it can still be checked."""
    if answer.state == "done":
        return 0
    if attempt.behaviour == Behaviour.INTERACTIVE:
        return answer.version.question.tries() - len(answer.tries)
    return 1 if attempt.behaviour == Behaviour.IMMEDIATE else 0


def less(fraction: Fraction, penalty: Fraction, tries: int) -> Fraction:
    """What is left of a fraction after so many tries that were not right."""
    return max(NONE, fraction - penalty * max(tries, 0)) if fraction > 0 else fraction
