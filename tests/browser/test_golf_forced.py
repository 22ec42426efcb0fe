"""A sample package in forced order: a part opens when the one before it is satisfied; one may
always go back."""

import pytest
from playwright.sync_api import expect

from golfer import (
    DONE,
    ETIQUETTE,
    FAILED,
    FORCED,
    HANDICAPPING,
    NOT,
    NOW,
    PASSED,
    PLAYING,
    QUIZ,
    READING,
    WITH_QUIZ,
    complete_when_passed,
)
from shared import needs_shared

pytestmark = [pytest.mark.browser, needs_shared]


def test_in_forced_order_a_part_opens_when_the_one_before_it_is_read(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    for number, title in enumerate(READING):
        learner.sees(title, open_=WITH_QUIZ[: number + 1])
        learner.may("Continue", False)
        learner.may("Previous", number > 0)
        learner.read()
        learner.sees(title, open_=WITH_QUIZ[: number + 2])
        learner.may("Continue", True)
        learner.move("Continue")
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 4 + [DONE])
    assert learner.sit() == 100
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 5)
    learner.move("Continue")
    assert learner.result("You have completed the course") == {"Result": "Completed, Passed"}
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed"


def test_in_forced_order_nothing_happens_when_a_later_part_is_pressed(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.turn(2)
    learner.entry(ETIQUETTE).click(force=True)
    learner.entry(QUIZ).click(force=True)
    learner.turn(1)
    learner.sees(PLAYING, open_=[PLAYING], says=[NOW] + [NOT] * 4)
    assert set(learner.shown()["activities"]) == {"playing_item"}


def test_in_forced_order_one_may_go_back_and_loses_nothing(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.read_on()
    learner.read_on()
    learner.turn(1)
    learner.choose(PLAYING)
    learner.sees(PLAYING, open_=READING[:3], says=[PASSED, PASSED, NOW, NOT, NOT])
    learner.move("Continue")
    learner.sees(ETIQUETTE, open_=READING[:3])
    learner.move("Previous")
    learner.sees(PLAYING, open_=READING[:3])
    learner.may("Previous", False)
    learner.choose(HANDICAPPING)
    learner.may("Continue", False)
    expect(learner.test.get_by_role("heading").first).to_have_text("Calculating a Handicap")
    learner.read()
    learner.may("Continue", True)
    assert [learner.tracking(key)["attempt_count"] for key in ("playing_item", "etuqiette_item")]


def test_in_forced_order_what_is_open_stays_open_when_the_course_is_resumed(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.read_on()
    learner.turn(1)
    learner.move("Suspend")
    assert learner.result("Your place is kept")["Result"] == "Not completed yet"
    learner.course("Resume", "Still missing: 4 parts")
    learner.begin("Resume")
    learner.sees(ETIQUETTE, open_=READING[:2], says=[PASSED, NOW, NOT, NOT, NOT])
    learner.may("Continue", False)
    learner.read()
    learner.sees(ETIQUETTE, open_=READING[:3])


def test_in_forced_order_leaving_half_way_opens_nothing(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.turn(3)
    learner.move("Exit")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    assert learner.learning() == "in progress"
    learner.begin("Resume")
    learner.sees(PLAYING, open_=[PLAYING], says=[NOW] + [NOT] * 4)
    learner.turn(1)
    learner.sees(PLAYING, open_=READING[:2])


def test_in_forced_order_a_failed_quiz_fails_the_course_until_it_is_passed(golfer, visitor):
    learner = golfer(FORCED)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    assert learner.sit(right=3) == 20
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 4 + [FAILED])
    learner.move("Continue")
    assert learner.result("You have completed the course") == {"Result": "Completed, Not passed"}
    learner.course("Resume", "Still missing: pass the course.")
    expect(learner.page.get_by_role("link", name="Certificate", exact=True)).to_have_count(0)
    learner.begin("Resume")
    learner.choose(QUIZ)
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 4 + [FAILED])
    assert learner.sit() == 100
    learner.move("Exit")
    assert learner.result("You have completed the course") == {"Result": "Completed, Passed"}
    learner.course("Review", "You have completed this course.")
    learner.page.get_by_role("link", name="Certificate", exact=True).wait_for()


def test_in_forced_order_a_quiz_that_is_not_handed_in_passes_nothing(golfer, visitor):
    learner = golfer(FORCED)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    learner.move("Continue")
    assert learner.result("You have completed the course") == {"Result": "Completed"}
    learner.course("Resume", "Still missing: pass the course.")


def test_in_forced_order_a_completed_course_is_begun_again_in_its_order(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    learner.sit()
    learner.move("Continue")
    learner.begin("Review")
    learner.sees(PLAYING, open_=[PLAYING], says=["In progress", *[PASSED] * 4])
    learner.read_on()
    learner.move("Exit")
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed"
