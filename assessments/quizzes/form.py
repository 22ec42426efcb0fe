"""The settings of a quiz as a form: in parts, every rule told by what it does to the learner.

The form speaks as people do (minutes, hours, percent); the rules are kept as the domain counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from translationstring import TranslationStringFactory

from assessments.bank import fields
from assessments.bank.fields import Errors, Values
from assessments.questions.html import Html
from assessments.quizzes.form_chapters import parts
from assessments.quizzes.form_problems import problems
from assessments.quizzes.form_review import applies, cell
from assessments.quizzes.plan import (
    Band,
    Behaviour,
    Counted,
    Overdue,
    See,
    Settings,
    When,
    from_plain,
)
from assessments.resources import Quiz

_ = TranslationStringFactory("tutela")
MINUTE = 60
HOUR = 3600
LONGEST = 366 * 24 * HOUR
"""Seconds of the longest time that a rule can say."""


def opened(quiz: Quiz, others: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The form's texts for a quiz as it is."""
    settings = from_plain(Settings, quiz.settings)
    texts = fields.shown(parts(others), _values(quiz, settings))
    for when in When:
        for see in See:
            texts[cell(when, see)] = "1" if see in settings.review.get(when, ()) else ""
    return texts


def _values(quiz: Quiz, settings: Settings) -> Values:
    first, later = settings.wait
    return {
        "title": quiz.title,
        "intro": quiz.intro,
        "language": quiz.language,
        "behaviour": settings.behaviour.value,
        "certainty": settings.certainty,
        "shuffle_choices": settings.shuffle_choices,
        "per_page": settings.per_page or "",
        "sequential": settings.sequential,
        "opens": settings.opens,
        "closes": settings.closes,
        "minutes": Fraction(settings.seconds, MINUTE) if settings.seconds else "",
        "overdue": settings.overdue.value,
        "grace": Fraction(settings.grace, MINUTE) if settings.grace else "",
        "attempts": settings.attempts or "",
        "wait_first": Fraction(first, HOUR) if first else "",
        "wait_later": Fraction(later, HOUR) if later else "",
        "counted": settings.counted.value,
        "pass_percent": "" if settings.pass_percent is None else settings.pass_percent,
        "out_of": settings.out_of,
        "answers_early": settings.answers_early,
        "bands": [{"least": each.least, "html": each.html} for each in settings.bands],
        "anonymous": settings.anonymous,
        "double": settings.double,
        "differ": settings.differ,
        "practice": settings.practice,
        "pre_test": settings.pre_test,
    }


@dataclass(frozen=True)
class Read:
    """What came of a form.

    :param settings: None when something in it cannot be so; :param errors: by field
    """

    title: str
    intro: Html
    language: str
    settings: Settings | None
    errors: Errors


def read(posted: Mapping[str, Any], quiz: Quiz, others: Iterable[tuple[str, str]]) -> Read:
    """The rules that a form says, or what is wrong with them, in words.

    :param quiz: that is edited: what nobody changed stays exactly as it is
    """
    before = _values(quiz, from_plain(Settings, quiz.settings))
    values, errors = fields.read(parts(others), posted, before)
    made = None
    if not errors:
        made, errors = _settings(values, posted)
    return Read(
        values.get("title", ""),
        values.get("intro", Html("")),
        values.get("language", ""),
        None if errors else made,
        errors,
    )


def _settings(values: Values, posted: Mapping[str, Any]) -> tuple[Settings | None, Errors]:
    errors: Errors = {}
    settings = Settings(
        behaviour=Behaviour(values["behaviour"]),
        certainty=values["certainty"],
        seconds=_seconds(values, "minutes", MINUTE, errors),
        grace=_seconds(values, "grace", MINUTE, errors),
        overdue=Overdue(values["overdue"]),
        opens=values["opens"],
        closes=values["closes"],
        attempts=values["attempts"] or 0,
        wait=(
            _seconds(values, "wait_first", HOUR, errors),
            _seconds(values, "wait_later", HOUR, errors),
        ),
        counted=Counted(values["counted"]),
        sequential=values["sequential"],
        per_page=values["per_page"] or 0,
        shuffle_choices=values["shuffle_choices"],
        anonymous=values["anonymous"],
        double=values["double"],
        differ=values["differ"],
        pass_percent=None if values["pass_percent"] == "" else values["pass_percent"],
        out_of=values["out_of"],
        review={
            when: frozenset(
                see for see in See if applies(when, see) and posted.get(cell(when, see))
            )
            for when in When
        },
        answers_early=values["answers_early"],
        bands=tuple(Band(row["least"], row["html"]) for row in values["bands"]),
        practice=values["practice"],
        pre_test=values["pre_test"],
    )
    return settings, {**problems(settings), **errors}


def _seconds(values: Values, name: str, unit: int, errors: Errors) -> int:
    value = values[name]
    if value == "":
        return 0
    seconds = Fraction(value) * unit
    if not 0 < seconds <= LONGEST:
        errors[name] = _("Write a number above 0, and no more than a year.")
        return 0
    return round(seconds)
