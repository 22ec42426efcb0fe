"""What every page on which authors make a quiz is given."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from pyramid.i18n import TranslationStringFactory

from assessments.attempts.result import shown_mark
from assessments.bank.fields import Field, Rows, Shown
from assessments.bank.layouts import LAYOUTS
from assessments.bank.shares import write_number
from assessments.questions.html import plain
from assessments.resources import Quiz, Quizzes
from assessments.views.bank_page import STATES

_ = TranslationStringFactory("tutela")


def page(request, **values) -> dict:
    """The values of a template: its own, and what every page uses."""
    say = request.localizer.translate
    return {
        "layout": request.registry["assessments"].layout,
        "quizzes": quizzes_of(request),
        "say": say,
        "number": write_number,
        "marks": marks,
        "plain": plain,
        "when": when,
        "kind_name": lambda kind: say(LAYOUTS[kind].label),
        "state_name": lambda state: say(STATES[state]),
        "errors": {},
        "problems": [],
        **values,
    }


def quizzes_of(request) -> Quizzes:
    return request.registry["assessments.quizzes"](request)


def marks(value: Fraction) -> str:
    """Marks as a number, and as the fraction that they are where no number is exact."""
    exact = write_number(value)
    return f"{shown_mark(value)} ({exact})" if "/" in exact else exact


def when(moment: datetime | None) -> str:
    """A time with its zone; a stroke for none."""
    return "–" if moment is None else moment.strftime("%Y-%m-%d %H:%M UTC")


def stale(request, quiz: Quiz):
    """What to say to whoever sends a form that was made before the quiz was last changed; None
    when nobody changed it since."""
    if request.POST.get("base", "") == quiz.changed.isoformat():
        return None
    return _(
        "Somebody changed this quiz at ${time} while you were writing. Look at it in another "
        "window. If yours is to hold all the same, save once more.",
        {"time": when(quiz.changed)},
    )


def labels(shown: Iterable[Shown], say, before: str = "") -> dict[str, str]:
    """What the fields of a form are called, in rows with the number of the row."""
    found: dict[str, str] = {}
    for each in shown:
        if isinstance(each.part, Field):
            found[each.name] = before + say(each.part.label)
        for number, _was, inside in each.rows:
            assert isinstance(each.part, Rows)
            found |= labels(inside, say, f"{say(each.part.each)} {number + 1}: ")
    return found
