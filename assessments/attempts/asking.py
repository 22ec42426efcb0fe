"""The question behind an answer, as this attempt is asked it."""

from assessments.questions.base import Marked, Question
from assessments.questions.controls import Asked, Response
from assessments.questions.texts import in_language
from assessments.resources import Answer, Attempt


def question_of(attempt: Attempt, answer: Answer) -> Question:
    """The question in the version it is pinned to, in the attempt's language."""
    return in_language(answer.version.question, attempt.language)


def asked_of(attempt: Attempt, answer: Answer) -> Asked:
    """What is asked, with the author's keys."""
    return question_of(attempt, answer).ask(answer.arrangement)


def fields_of(
    attempt: Attempt, answer: Answer, response: Response, revision: int
) -> dict[str, tuple[str, ...]]:
    """A response as the learner's page had it: no key of the author is in it.

    :param revision: of the response: a question that adapts was asked otherwise before later tries
    """
    arrangement = answer.arrangement
    if arrangement.get("tries"):
        before = sum(each["revision"] < revision for each in answer.tries)
        arrangement = {**arrangement, "tries": arrangement["tries"][:before]}
    return question_of(attempt, answer).ask(arrangement).fields(response)


def marked(attempt: Attempt, answer: Answer) -> Marked:
    """What the response that counts now is worth."""
    return question_of(attempt, answer).mark_response(answer.response, answer.arrangement)
