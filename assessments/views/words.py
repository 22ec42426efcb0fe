"""What pages for learners say in words: rules, times, states, marks."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pyramid.i18n import Localizer, TranslationStringFactory

from assessments.attempts.overview import Line, Step
from assessments.attempts.result import Result, shown_mark
from assessments.attempts.rules import Rules, settings_of
from assessments.numbers import format_of, write
from assessments.questions.base import Verdict
from assessments.quizzes.plan import Behaviour, Counted, Overdue, See, Settings, When
from assessments.resources import Quiz
from assessments.views.rendering import WORDS as VERDICTS

_ = TranslationStringFactory("tutela")

HUNDRED = Decimal(100)

STEPS = {
    Step.UNANSWERED: _("Not answered"),
    Step.ANSWERED: _("Answered"),
    Step.TRIED: _("Try again"),
    Step.CHECKED: _("Checked"),
}
COUNTED = {
    Counted.HIGHEST: _("Your best attempt counts."),
    Counted.AVERAGE: _("The average of your attempts counts."),
    Counted.FIRST: _("Your first attempt counts."),
    Counted.LAST: _("Your last attempt counts."),
}
BEHAVIOURS = {
    Behaviour.DEFERRED: _("Nothing is marked before you hand in."),
    Behaviour.IMMEDIATE: _("You can check each question once while you work."),
    Behaviour.INTERACTIVE: _(
        "You can check each question while you work. When it is not right, you are given a hint "
        "and can try again, for less."
    ),
    Behaviour.MANUAL: _("A person reads and marks your answers."),
}
CERTAINTIES = {
    1: _("Not very certain: a right answer brings 1 times its marks, a wrong one takes nothing."),
    2: _("Fairly certain: a right answer brings 2 times its marks, a wrong one takes 2 times."),
    3: _("Very certain: a right answer brings 3 times its marks, a wrong one takes 6 times."),
}
CERTAIN = {1: _("Not very"), 2: _("Fairly"), 3: _("Very")}
WERE_CERTAIN = {
    1: _("You were not very certain."),
    2: _("You were fairly certain."),
    3: _("You were very certain."),
}
LATE = {
    "late": _("The time was up. What you sent is kept, and does not count."),
    "done": _("This question was checked already. What you sent is kept, and does not count."),
    "page": _("You have left this page already. What you sent is kept, and does not count."),
    "full": _("This question was answered so often that no more can be kept."),
}
"""Why something that was sent does not count."""


def moment(time: datetime) -> str:
    """A time with its zone."""
    return f"{time:%Y-%m-%d %H:%M} UTC"


def span(seconds: int):
    """A length of time."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    if not hours:
        return _("${minutes} min", mapping={"minutes": minutes})
    if not minutes:
        return _("${hours} h", mapping={"hours": hours})
    return _("${hours} h ${minutes} min", mapping={"hours": hours, "minutes": minutes})


def mark(value: Fraction, language: str) -> str:
    """Marks as people of a language are shown them."""
    return write(shown_mark(value), format_of(language))


def result(found: Result, quiz: Quiz, localizer: Localizer) -> str:
    """What an attempt brought, as the quiz puts it; empty where nothing can be had."""
    if found.out_of is None:
        return ""
    of = settings_of(quiz).out_of
    if of == HUNDRED:
        percent = mark(found.out_of, localizer.locale_name)
        return localizer.translate(_("${percent} %", mapping={"percent": percent}))
    both = {"points": found.out_of, "of": Fraction(of)}
    points = {name: mark(value, localizer.locale_name) for name, value in both.items()}
    return localizer.translate(_("${points} of ${of} points", mapping=points))


def state_of(line: Line) -> tuple[str, Any]:
    """Its key for the style sheet, and in words."""
    if line.verdict is not None and line.verdict is not Verdict.UNANSWERED:
        return line.verdict.value, VERDICTS[line.verdict]
    return line.step.value, STEPS[line.step]


def time_rules(rules: Rules, translate) -> list:
    """What is said of time: how much there is, and what happens when it is up."""
    if rules.seconds is None:
        said = [_("There is no time limit.")]
        if rules.closes is None:
            return said
    else:
        time = translate(span(rules.seconds))
        said = [_("You have ${time} from the moment that you start.", mapping={"time": time})]
    overdue = rules.settings.overdue
    if overdue is Overdue.SUBMIT:
        said.append(_("When the time is up, what you have answered until then is handed in."))
    elif overdue is Overdue.GRACE:
        grace = translate(span(rules.settings.grace))
        said.append(
            _(
                "When the time is up, your answers cannot be changed any more. You have ${grace} "
                "to hand them in; after that the attempt does not count.",
                mapping={"grace": grace},
            )
        )
    else:
        said.append(_("Hand in before the time is up: an attempt that was not does not count."))
    if rules.seconds is not None:
        said.append(_("If you need more time, ask the author of this quiz before you start."))
    return said


def told_when(settings: Settings, closes: datetime | None):
    """When learners see what they have reached."""
    shows = {when: bool(seen & {See.MARKS, See.VERDICTS}) for when, seen in settings.review.items()}
    if shows.get(When.SOON):
        return _("You see your result when you have handed in.")
    if shows.get(When.LATER):
        return _("You see your result two minutes after you have handed in.")
    if shows.get(When.CLOSED) and closes is not None:
        return _(
            "You see your result when the quiz is closed, from ${time} on.",
            mapping={"time": moment(closes)},
        )
    return _("Your result is not shown here.")


def answers_when(rules: Rules) -> list:
    """When learners see the right answers (:func:`assessments.attempts.review.seen`)."""
    settings = rules.settings
    review = settings.review
    told = {when for when, seen in review.items() if {See.RESPONSES, See.ANSWERS} <= seen}
    while_open = told & {When.SOON, When.LATER}
    at_once = See.ANSWERS in review.get(When.DURING, ()) and settings.behaviour in (
        Behaviour.IMMEDIATE,
        Behaviour.INTERACTIVE,
    )
    closed = (
        [_("When the quiz is closed for everybody, you see the right answers.")]
        if When.CLOSED in told and rules.closes is not None
        else []
    )
    more = rules.attempts > 1 or (not rules.attempts and settings.pass_percent is not None)
    if more and not settings.answers_early and (while_open or at_once):
        if rules.attempts:
            return [_("You see the right answers when you have no attempt left."), *closed]
        return [_("You see the right answers when you have passed."), *closed]
    if at_once:
        return [_("You see the right answer to a question when you are done with it.")]
    if while_open:
        return [_("You see the right answers after you have handed in.")]
    return closed or [_("The right answers are not shown.")]
