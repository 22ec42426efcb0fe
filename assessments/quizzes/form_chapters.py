"""The parts of a quiz's form under their headings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank.fields import Field, Part, Rows
from assessments.quizzes.form_words import BEHAVIOURS, COUNTS, OVERDUES, options_of, sentences_of

_ = TranslationStringFactory("tutela")


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
            options=options_of(BEHAVIOURS),
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
    explained={"behaviour": sentences_of(BEHAVIOURS)},
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
            options=options_of(OVERDUES),
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
    explained={"overdue": sentences_of(OVERDUES)},
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
        Field("counted", _("Which attempt counts"), "choose", options=options_of(COUNTS)),
    ),
    explained={"counted": sentences_of(COUNTS)},
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
    (
        Field(
            "answers_early",
            _("Right answers also while attempts are left"),
            "tick",
            _(
                "Without this tick, learners see the right answers that the table allows only when "
                "they have no attempt left, or when the quiz is closed for everybody. If they can "
                "take it as often as they like, they see them when they have passed. If there is "
                "no pass either, the table alone counts."
            ),
        ),
    ),
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
