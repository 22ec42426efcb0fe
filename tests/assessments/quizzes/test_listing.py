"""The list of quizzes: found by words, in order, with what waits for its author."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.save import save
from assessments.questions.html import Html
from assessments.quizzes.listing import rows
from assessments.quizzes.plan import Behaviour, Section, Slot
from tests.assessments.attempts.making import MINUTE, NOW, World, say, single
from tests.assessments.examples import EXAMPLES

MONDAY = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def world():
    """Quizzes with no, one and two questions; the last has one attempt that waits for a person."""
    made = World(key="zero")
    made.quiz.title = "Élan"
    one = made.another_quiz(single("a"), key="one", opens=MONDAY, closes=MONDAY + timedelta(1))
    one.title = "Law"
    one.changed = NOW + timedelta(1)
    two = made.another_quiz(
        single("a"), single("b"), key="two", closes=MONDAY, behaviour=Behaviour.MANUAL
    )
    two.title, two.intro = "Zeal", Html("<p>About <em>care</em>.</p>")
    for learner in ("l-1", "l-2", "l-3"):
        attempt = made.begin(learner, quiz=two)
        say(attempt, 0, "right")
        if learner == "l-1":
            finish(attempt, now=NOW + timedelta(minutes=1))
    made.begin("author", quiz=two, preview=True)
    return made


def titles(found) -> list[str]:
    return [row.quiz.title for row in found]


def test_a_row_counts_questions_attempts_and_what_waits(world):
    zeal = rows(world.quizzes.values())[2]

    assert (zeal.questions, zeal.attempts, zeal.waiting) == (2, 3, 1)
    assert (zeal.opens, zeal.closes) == (None, MONDAY)


def test_what_is_marked_waits_for_nobody(world):
    quiz = world.another_quiz(single("a"), key="three")
    attempt = world.begin("l-1", quiz=quiz)
    say(attempt, 0, "right")
    finish(attempt, now=NOW + timedelta(minutes=1))

    assert [(row.attempts, row.waiting) for row in rows([quiz])] == [(1, 0)]


def test_what_only_people_mark_waits_until_it_is_marked(world):
    quiz = world.another_quiz(single("a"), EXAMPLES["essay"], EXAMPLES["description"], key="three")
    attempt = world.begin("l-1", quiz=quiz)
    control = attempt.answers[1].version.question.ask(attempt.answers[1].arrangement).controls[0]
    save(attempt, 1, revision=0, posted={control.name: ["In words."]}, now=NOW + MINUTE)
    finish(attempt, now=NOW + MINUTE)

    before = [row.waiting for row in rows([quiz])]
    attempt.answers[1].fraction = "1/2"

    assert before == [1]
    assert [row.waiting for row in rows([quiz])] == [0]


def test_a_section_that_picks_counts_what_it_asks(world):
    slots = tuple(Slot(f"s{number}", f"i{number}") for number in range(3))
    quiz = world.another_quiz(
        key="some", sections=(Section("p", pick=2, slots=slots), Section("q", pick=9, slots=slots))
    )

    assert [row.questions for row in rows([quiz])] == [5]


@pytest.mark.parametrize(
    ("words", "found"),
    [("", 3), ("ELAN", 1), ("zeal care", 1), ("em", 0), ("zeal law", 0)],
)
def test_quizzes_are_found_by_title_and_introduction(world, words, found):
    assert len(rows(world.quizzes.values(), words)) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", ["Élan", "Law", "Zeal"]),
        ("-title", ["Zeal", "Law", "Élan"]),
        ("questions", ["Élan", "Law", "Zeal"]),
        ("-attempts", ["Zeal", "Élan", "Law"]),
        ("-waiting", ["Zeal", "Élan", "Law"]),
        ("-opens", ["Law", "Élan", "Zeal"]),
        ("closes", ["Zeal", "Law", "Élan"]),
        ("-changed", ["Law", "Élan", "Zeal"]),
        ("nonsense", ["Élan", "Law", "Zeal"]),
    ],
)
def test_the_list_is_in_the_order_that_was_chosen(world, sort, order):
    assert titles(rows(world.quizzes.values(), sort=sort)) == order
