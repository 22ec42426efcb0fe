"""What the pages on results share: how an answer is shown to those who mark, and who marks."""

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from assessments.attempts.asking import asked_of, question_of
from assessments.attempts.result import mark_of, most_of, shown_mark, verdict_of
from assessments.attempts.shown import number_of
from assessments.bank.shares import write_share
from assessments.questions.base import Verdict
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import EMPTY
from assessments.resources import Answer, AnswerFile, Attempt
from assessments.views import quiz_page
from assessments.views.asked import spoken
from assessments.views.bank_page import called
from assessments.views.neutral import opaque
from assessments.views.rendering import WORDS, render_html, render_question


def page(request, **values) -> dict:
    """The values of a template: its own, and what every page on results uses."""
    return quiz_page.page(
        request,
        **{
            "points": lambda value: "–" if value is None else str(shown_mark(value)),
            "percent": write_share,
            "fraction": Fraction,
            "verdict_words": lambda verdict: request.localizer.translate(WORDS[verdict]),
            "author_called": lambda who: called(request, who),
            "comment": lambda html: render_html(request, html, lambda name: name),
            **values,
        },
    )


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as those who mark see it.

    :param html: the question with what was answered; :param right: with a right answer
    :param files: that were handed in: number from 1 and file; a name of a file may name a person
    :param remarks: on the answer, as how many words it has; :param told: to those who mark
    """

    position: int
    number: int | None
    answer: Answer
    html: Markup
    right: Markup | None
    files: list[tuple[int, AnswerFile]]
    remarks: list[str]
    told: Markup
    mark: Fraction | None
    most: Fraction
    verdict: Verdict


def show(request, attempt: Attempt, position: int, pictures: str) -> ShownAnswer:
    """
    :param pictures: the address under which pictures of the question are found
    """
    answer = attempt.answers[position]
    question, asked = question_of(attempt, answer), asked_of(attempt, answer)
    language, direction = spoken(attempt, position)
    secret = request.registry["assessments"].secret
    number = number_of(attempt, position)

    def address(name: str) -> str:
        return pictures + opaque(attempt, position, name, secret)

    def rendered(prefix: str, response) -> Markup:
        return render_question(
            request,
            asked.for_learner(),
            prefix=f"{prefix}{position + 1}",
            values=asked.fields(response),
            file_url=address,
            number="" if number is None else str(number),
            disabled=True,
            lang=language,
            direction=direction,
        )

    right = question.right_response(answer.arrangement) if question.answerable else None
    told = question.for_markers if isinstance(question, EssayQuestion) else EMPTY
    said = question.remarks(answer.response, answer.arrangement) if answer.response else []
    return ShownAnswer(
        position,
        number,
        answer,
        rendered("q", answer.response),
        None if right is None else rendered("right", right),
        list(enumerate(files_of(answer), 1)),
        [request.localizer.translate(each) for each in said],
        render_html(request, told, address, lang=language),
        mark_of(attempt, answer),
        most_of(attempt, answer),
        verdict_of(answer),
    )


def files_of(answer: Answer) -> list[AnswerFile]:
    """The files that belong to the answer."""
    held = answer.files or {}
    return [held[each] for values in answer.response.values() for each in values if each in held]
