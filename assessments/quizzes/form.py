"""The settings of a quiz as a form: in parts, every rule told by what it does to the learner.

The form speaks as people do (minutes, hours, percent); the rules are kept as the domain counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank import fields
from assessments.bank.fields import Errors, Field, Part, Rows, Values
from assessments.questions.html import Html
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

BEHAVIOURS = {
    Behaviour.DEFERRED: (
        _("Answers are marked at the end"),
        _("Learners answer everything, hand in, and then see how they did."),
    ),
    Behaviour.IMMEDIATE: (
        _("Each question can be checked at once"),
        _(
            "Learners check a question when they have answered it, and read why. After that they "
            "cannot change it."
        ),
    ),
    Behaviour.INTERACTIVE: (
        _("Each question can be tried several times"),
        _(
            "After a wrong try learners get a hint and try again. Each wrong try takes off what "
            "the question says."
        ),
    ),
    Behaviour.MANUAL: (
        _("A person marks every question"),
        _("Learners hand in and wait until somebody has read their answers."),
    ),
}
OVERDUES = {
    Overdue.SUBMIT: (
        _("It is handed in as it is"),
        _("What was saved until then counts. Learners need not do anything."),
    ),
    Overdue.GRACE: (
        _("It can still be handed in for a while"),
        _(
            "Answers cannot be changed any more. Who does not hand in within that time has no "
            "result for this attempt."
        ),
    ),
    Overdue.ABANDON: (
        _("It counts only when it was handed in in time"),
        _("Who forgets to hand in has no result for this attempt."),
    ),
}
COUNTS = {
    Counted.HIGHEST: (_("The best"), _("Trying again can only help.")),
    Counted.AVERAGE: (_("The average"), _("Every attempt counts the same.")),
    Counted.FIRST: (_("The first"), _("Later attempts are for practice.")),
    Counted.LAST: (_("The last"), _("A later attempt can also make the result worse.")),
}
WHENS = {
    When.DURING: _("While answering, after a question is checked"),
    When.SOON: _("In the first two minutes after handing in"),
    When.LATER: _("Later, while the quiz is open"),
    When.CLOSED: _("After the quiz has closed"),
}
SEES = {
    See.RESPONSES: _("Their own answers"),
    See.VERDICTS: _("What was right and what was not"),
    See.MARKS: _("Marks and the result"),
    See.FEEDBACK: _("Feedback to their own answers"),
    See.GENERAL: _("The explanation for everybody"),
    See.ANSWERS: _("The right answers"),
    See.OVERALL: _("The words for their result"),
}


@dataclass(frozen=True)
class Chapter:
    """A part of the form under a heading.

    :param explained: fields of which every answer has a sentence: field, to answer, to sentence
    """

    key: str
    title: TranslationString
    parts: tuple[Part, ...]
    hint: TranslationString | None = None
    explained: Mapping[str, Mapping[str, TranslationString]] | None = None


def _options(told: Mapping[Any, tuple[TranslationString, TranslationString]]):
    return tuple((key.value, label) for key, (label, _sentence) in told.items())


def _sentences(told: Mapping[Any, tuple[TranslationString, TranslationString]]):
    return {key.value: sentence for key, (_label, sentence) in told.items()}


TITLE = Field("title", _("Title"), needed=True)
ABOUT = Chapter(
    "about",
    _("What it is"),
    (
        TITLE,
        Field(
            "intro",
            _("Introduction"),
            "html",
            _("Learners read it before they begin: what it is about, what it is good for."),
            size=4,
        ),
        Field(
            "language",
            _("Language of the texts"),
            hint=_("Its short code, such as en or ar, so that it is read out and laid out right."),
            needed=True,
            size=8,
        ),
    ),
)
ANSWERING = Chapter(
    "answering",
    _("Answering"),
    (
        Field(
            "behaviour",
            _("What happens to an answer"),
            "choose",
            options=_options(BEHAVIOURS),
        ),
        Field(
            "certainty",
            _("Learners say how certain they are"),
            "tick",
            _(
                "Being right and certain brings most, being wrong and certain takes most off: who "
                "guesses says so. Only for questions that are marked at once or at the end."
            ),
        ),
        Field(
            "shuffle_choices",
            _("Choices stand in another order for everybody"),
            "tick",
            _("A question can keep its own order all the same: it says so itself."),
            empty=True,
        ),
        Field(
            "per_page",
            _("Questions on a page"),
            "whole",
            _("Empty for a section on one page. One is best for a slow line."),
            empty="",
            size=8,
        ),
        Field(
            "sequential",
            _("Pages can only be gone through forwards"),
            "tick",
            _("Learners cannot go back to a page that they have left, not even to correct a slip."),
        ),
    ),
    explained={"behaviour": _sentences(BEHAVIOURS)},
)
TIME = Chapter(
    "time",
    _("Time"),
    (
        Field(
            "opens",
            _("Opens on"),
            "moment",
            _("Date and time in UTC. Empty: it is open as long as it does not close."),
        ),
        Field(
            "closes",
            _("Closes on"),
            "moment",
            _("Date and time in UTC. Empty: it never closes."),
        ),
        Field(
            "minutes",
            _("Minutes for an attempt"),
            "decimal",
            _(
                "Empty: no limit. A limit frightens many, and people read at different speeds. "
                "Where you need one, you can give somebody more time under Exceptions."
            ),
            empty="",
            size=8,
        ),
        Field(
            "overdue",
            _("When the time is up and the attempt is open"),
            "choose",
            options=_options(OVERDUES),
        ),
        Field(
            "grace",
            _("Minutes in which it can still be handed in"),
            "decimal",
            _("Only when it can still be handed in for a while."),
            empty="",
            size=8,
        ),
    ),
    explained={"overdue": _sentences(OVERDUES)},
)
ATTEMPTS = Chapter(
    "attempts",
    _("Attempts"),
    (
        Field(
            "attempts",
            _("How many attempts"),
            "whole",
            _("Empty: as many as they like."),
            empty="",
            size=8,
        ),
        Field(
            "wait_first",
            _("Hours between the first and the second attempt"),
            "decimal",
            _("Empty: at once. Half an hour is 0.5."),
            empty="",
            size=8,
        ),
        Field(
            "wait_later",
            _("Hours between later attempts"),
            "decimal",
            _("Empty: at once."),
            empty="",
            size=8,
        ),
        Field("counted", _("Which attempt counts"), "choose", options=_options(COUNTS)),
    ),
    explained={"counted": _sentences(COUNTS)},
)
RESULT = Chapter(
    "result",
    _("Result"),
    (
        Field(
            "pass_percent",
            _("Percent for a pass"),
            "decimal",
            _("Empty: nobody passes or fails."),
            empty="",
            size=8,
        ),
        Field(
            "out_of",
            _("A full result is called"),
            "decimal",
            _("100 for percent, or the number of points that learners are told."),
            empty=Decimal(100),
            size=8,
        ),
        Rows(
            "bands",
            _("Words for a result"),
            _("Words"),
            (
                Field("least", _("From percent"), "decimal", empty="", needed=True, size=8),
                Field("html", _("What learners are told"), "html", needed=True, size=2),
            ),
            _("Each is said from its percent on, up to the next. The lowest first."),
            movable=False,
            spare=2,
        ),
    ),
)
MARKING = Chapter(
    "marking",
    _("Marking by people"),
    (
        Field(
            "anonymous",
            _("Who marks does not see names"),
            "tick",
            _("Answers are marked for what they say. Names are seen when all is marked."),
            empty=True,
        ),
        Field(
            "double",
            _("Two people mark each answer"),
            "tick",
            _("Neither sees what the other gave before both have marked."),
        ),
        Field(
            "differ",
            _("How far two marks may be apart, in percent"),
            "share",
            _(
                "Of the most that the question brings. When they are further apart, a third person "
                "decides."
            ),
            empty=Fraction(1, 10),
            size=8,
        ),
    ),
)
REVIEW = Chapter(
    "review",
    _("What learners see, and when"),
    (),
    _(
        "Learners learn most from what is explained to them. Take a tick away only where you have "
        "a reason: a question that others will be asked yet, for example."
    ),
)


def compared(others: Iterable[tuple[str, TranslationString]]) -> Chapter:
    """:param others: ids and titles of the quizzes that may come before this one"""
    return Chapter(
        "use",
        _("Practice and comparison"),
        (
            Field(
                "practice",
                _("This quiz is for practice"),
                "tick",
                _(
                    "It counts nowhere. There is no time limit, no pass and no end to the "
                    "attempts, and every question tells at once, whatever is set above."
                ),
            ),
            Field(
                "pre_test",
                _("Compare with the quiz that learners took before the course"),
                "choose",
                _(
                    "The statistics then show, for questions that both ask, what learners know "
                    "now and did not know before."
                ),
                options=(("", _("none")), *others),
            ),
        ),
    )


def chapters(others: Iterable[tuple[str, str]]) -> tuple[Chapter, ...]:
    """The whole form, in the order in which it is filled in."""
    return (ABOUT, ANSWERING, TIME, ATTEMPTS, RESULT, REVIEW, MARKING, compared(others))


def parts(others: Iterable[tuple[str, str]]) -> tuple[Part, ...]:
    """Every part of every chapter."""
    return tuple(part for chapter in chapters(others) for part in chapter.parts)


def cell(when: When, see: See) -> str:
    """The field of the matrix that says whether something is seen at a moment."""
    return f"see-{when}-{see}"


def applies(when: When, see: See) -> bool:
    """Whether a cell of the matrix means anything: there is no result while an attempt is open."""
    return (when, see) != (When.DURING, See.OVERALL)


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


def problems(settings: Settings) -> Errors:
    """What in the rules cannot be so, by the field of the form that says it."""
    found: Errors = {}
    automatic = settings.behaviour in (Behaviour.DEFERRED, Behaviour.IMMEDIATE)
    if settings.certainty and not automatic:
        found["certainty"] = _(
            "Certainty counts only where answers are marked at the end, or can be checked once. "
            "Choose one of these, or take this tick away."
        )
    if settings.opens is not None and settings.closes is not None:
        if settings.closes <= settings.opens:
            found["closes"] = _("The quiz would close before it opens. Choose a later time.")
        elif timedelta(seconds=settings.seconds) > settings.closes - settings.opens:
            found["minutes"] = _(
                "This is longer than the quiz is open. Write fewer minutes, or close it later."
            )
    if settings.overdue is Overdue.GRACE and not settings.grace:
        found["grace"] = _("Write for how many minutes it can still be handed in.")
    if settings.attempts == 1 and any(settings.wait):
        name = "wait_first" if settings.wait[0] else "wait_later"
        found[name] = _("There is only one attempt, so there is nothing to wait for.")
    elif settings.attempts == 2 and settings.wait[1]:
        found["wait_later"] = _("There are only two attempts. Write the wait between these above.")
    if settings.pass_percent is not None and not 0 < settings.pass_percent <= 100:
        found["pass_percent"] = _("Write a percentage above 0, and no more than 100.")
    if settings.out_of <= 0:
        found["out_of"] = _("Write a number above 0.")
    if not 0 <= settings.differ <= 1:
        found["differ"] = _("Write a percentage from 0 to 100.")
    return {**found, **_bands(settings)}


def _bands(settings: Settings) -> Errors:
    found: Errors = {}
    before: Decimal | None = None
    lowest = -200 if settings.certainty else 0
    for number, band in enumerate(settings.bands):
        name = f"bands-{number}-least"
        if not lowest <= band.least <= 100:
            found[name] = _("Write a percentage from ${least} to 100.", {"least": lowest})
        elif before is not None and band.least <= before:
            found[name] = _("Write more percent than for the words before. The lowest comes first.")
        before = band.least
    return found
