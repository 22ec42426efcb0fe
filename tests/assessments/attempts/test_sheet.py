"""The sheet of an attempt always says what its answers say, so that these need not be read."""

from datetime import timedelta
from fractions import Fraction

import pytest
import transaction
import ZODB
from ZODB.DemoStorage import DemoStorage

from assessments.attempts.finish import close_overdue, finish
from assessments.attempts.result import result_of
from assessments.attempts.save import save
from assessments.attempts.sheet import keep, lines_of
from assessments.bank.usage import asked_in, facility
from assessments.marking import regrade
from assessments.marking.marks import Given, Stage, correct, mark
from assessments.marking.rows import rows_of
from assessments.quizzes.plan import Overdue
from tests.assessments.attempts.making import MINUTE, NOW, SECOND, World, say, single
from tests.assessments.examples import ESSAY, EXAMPLES

LATER = NOW + MINUTE
HALF = Given(Fraction(1, 2))


def read(attempt):
    """What its answers say."""
    sheet, attempt.sheet = attempt.sheet, None
    found = lines_of(attempt)
    attempt.sheet = sheet
    return found


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_attempt_that_ends_has_a_sheet(kind):
    world = World(EXAMPLES[kind])
    attempt = world.begin()
    answer = attempt.answers[0]
    answer.response = answer.version.question.right_response(answer.arrangement) or {}
    finish(attempt, now=LATER)
    assert attempt.sheet is not None
    assert lines_of(attempt) == read(attempt)


def test_one_that_was_not_handed_in_has_one_too():
    world = World(single(), seconds=60, overdue=Overdue.ABANDON)
    attempt = world.begin()
    close_overdue(attempt, NOW + timedelta(days=1))
    assert attempt.state == "abandoned"
    assert attempt.sheet is not None


def test_one_that_goes_on_is_read_from_its_answers():
    attempt = World(single()).begin()
    keep(attempt)
    assert attempt.sheet is None
    say(attempt, 0, "half")
    assert lines_of(attempt)[0].response == (("answer", "half"),)


@pytest.fixture
def essay():
    """A text that was handed in."""
    attempt = World(ESSAY).begin()
    save(attempt, 0, revision=0, posted={"text": ["My story."]}, now=NOW + SECOND)
    finish(attempt, now=LATER)
    return attempt


def test_texts_that_people_mark_are_not_copied(essay):
    assert "My story." in str(essay.answers[0].response)
    assert "My story." not in str(essay.sheet.lines)


def test_a_mark_and_its_correction_are_on_the_sheet(essay):
    answer = essay.answers[0]
    mark(essay, answer, HALF, by="person:a", now=LATER, seen=Stage.MARK)
    assert lines_of(essay) == read(essay)
    assert result_of(essay).share == Fraction(1, 2)
    given = Given(Fraction(1))
    correct(essay, answer, given, by="person:a", now=LATER, reason="Read again.", seen=1)
    assert lines_of(essay) == read(essay)
    assert result_of(essay).share == 1


def test_what_is_marked_anew_is_on_the_sheet():
    world = World(single())
    attempt = world.begin()
    say(attempt, 0, "half")
    finish(attempt, now=LATER)
    attempt.answers[0].fraction = "0"  # as an older program marked it
    keep(attempt)
    run = regrade.begin(world.quiz, {"item-one": 0}, by="person:a", now=LATER)
    regrade.go_on(run, LATER)
    regrade.decide(run, "The program was wrong.", LATER)
    regrade.go_on(run, LATER)
    assert lines_of(attempt) == read(attempt)
    assert lines_of(attempt)[0].fraction == "1/2"


def test_figures_and_results_of_many_attempts_read_no_answer_that_reads_like_another():
    world = World(*(single(name) for name in ("one", "two", "three")))
    for number in range(20):
        attempt = world.begin(f"l-{number}")
        for position in range(3):
            say(attempt, position, "right")
        finish(attempt, now=LATER)
    database = ZODB.DB(DemoStorage())
    with database.transaction() as connection:
        connection.root()["bank"], connection.root()["quizzes"] = world.bank, world.quizzes
    connection = database.open(transaction.TransactionManager())
    try:
        quizzes = connection.root()["quizzes"]
        item = connection.root()["bank"].items["item-one"]
        quiz = quizzes["quiz"]
        connection.getTransferCounts(clear=True)
        assert len(rows_of(quiz, str).attempts) == 20
        assert facility(quizzes, item).answers == asked_in(quizzes, item)[1] == 20
        assert {result_of(attempt).share for attempt in quiz.attempts.values()} == {1}
        loads, _stores = connection.getTransferCounts()
    finally:
        connection.close()
        database.close()
    # Each of the four goes through 20 attempts with their sheets; the answers are 60.
    assert loads < 4 * 2 * 20 + 40
