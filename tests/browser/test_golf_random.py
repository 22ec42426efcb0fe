"""A sample package with a test drawn by chance: closed until all is read; two attempts; the last
score counts."""

import pytest
from playwright.sync_api import expect

from golfer import (
    ETIQUETTE,
    FAILED,
    FUN,
    NOT,
    NOW,
    PASSED,
    PLAYING,
    POST_TEST,
    RANDOM,
    READING,
    TESTS,
    WITH_POST_TEST,
    Golfer,
    complete_when_passed,
)
from servers import PASSPHRASE, Client
from shared import needs_shared

pytestmark = [pytest.mark.browser, needs_shared]


def reader(golfer) -> Golfer:
    """A learner who has read everything, and is in the random test."""
    learner = golfer(RANDOM)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    return learner


def test_the_random_test_opens_when_all_is_read_in_whatever_order(golfer):
    learner = golfer(RANDOM)
    learner.begin("Start")
    learner.sees(PLAYING, open_=READING, says=[NOW] + [NOT] * 4)
    for title in reversed(READING[1:]):
        learner.choose(title)
        learner.read()
        learner.sees(title, open_=READING)
    learner.choose(FUN)
    learner.may("Continue", False)
    learner.choose(PLAYING)
    learner.turn(3)
    learner.sees(PLAYING, open_=READING, says=[NOW, PASSED, PASSED, PASSED, NOT])
    learner.turn(1)
    learner.sees(PLAYING, open_=WITH_POST_TEST)
    learner.choose(POST_TEST)
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])


def test_the_random_test_is_one_of_four_and_passing_it_ends_the_course(golfer):
    learner = reader(golfer)
    learner.sees(POST_TEST, open_=WITH_POST_TEST)
    order = learner.tracking("posttest_item")["available"]
    assert sorted(order) == sorted(TESTS)
    assert learner.drawn() == order[0]
    expect(learner.page.get_by_role("button", name="Suspend", exact=True)).to_have_count(0)
    assert learner.sit() == 100
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed · score 100 %"


def test_after_a_failed_random_test_another_is_drawn_and_its_score_is_the_course_s(golfer):
    learner = reader(golfer)
    assert learner.sit(right=0) == 0
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [FAILED])
    learner.move("Continue")
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])
    tracking = learner.tracking("posttest_item")
    assert tracking["attempt_count"] == 2
    assert learner.drawn() == tracking["available"][0]
    assert learner.sit() == 100
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }


def test_a_random_test_failed_twice_completes_the_course_and_is_closed(golfer, visitor):
    learner = golfer(RANDOM)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    first = learner.sit(right=1)
    learner.move("Continue")
    assert learner.sit(right=0) == 0
    learner.move("Continue")
    assert 0 < first < 70
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Not passed",
        "Score": "0 %",
    }
    learner.course("Resume", "Still missing: pass the course.")
    assert learner.learning() == "in progress · score 0 %"
    learner.begin("Resume")
    learner.sees(PLAYING, open_=READING, says=[PASSED] * 4 + [FAILED])
    learner.choose(FUN)
    learner.may("Continue", False)


def test_a_random_test_left_unanswered_is_an_attempt_that_is_gone(golfer):
    learner = reader(golfer)
    learner.choose(ETIQUETTE)
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])
    assert learner.tracking("posttest_item")["attempt_count"] == 2
    learner.choose(ETIQUETTE)
    assert learner.result("You have completed the course") == {"Result": "Completed"}


def test_leaving_the_course_from_the_random_test_leaves_one_attempt(golfer):
    learner = reader(golfer)
    learner.move("Exit")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    learner.course("Resume", "Still missing: 1 part (Post Test).")
    parts = learner.page.get_by_role("article").get_by_role("listitem").locator("bdi")
    expect(parts).to_have_text(WITH_POST_TEST)
    learner.begin("Resume")
    learner.sees(PLAYING, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])
    learner.choose(POST_TEST)
    learner.sit(right=0)
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Not passed",
        "Score": "0 %",
    }


def test_who_closes_the_window_in_the_random_test_comes_back_to_the_same(golfer):
    learner = reader(golfer)
    drawn = learner.drawn()
    order = learner.tracking("posttest_item")["available"]
    learner.visitor.saved()
    learner.page.goto("about:blank")
    learner.begin("Resume")
    learner.sees(POST_TEST, open_=WITH_POST_TEST)
    assert learner.drawn() == drawn
    assert learner.tracking("posttest_item")["available"] == order
    assert learner.tracking("posttest_item")["attempt_count"] == 1
    learner.sit()
    learner.move("Continue")
    assert learner.result("You have completed the course")["Score"] == "100 %"


def test_the_random_test_is_drawn_for_each_learner_and_stays_the_same_over_a_pause(
    server, published
):
    slug = published(RANDOM)
    more = [f"golfer-{number}" for number in range(3)]
    for name in more:
        server.run("people", "add", name, "--password-stdin", given=PASSPHRASE)
    orders = set()
    for name in ("member", "author", "admin", *more):
        client = Client(server)
        client.sign_in(name)
        client.launch(slug)
        orders.add(drawn := drawn_for(server, slug, name))
        if name == "member":
            client.launch(slug)
            assert drawn_for(server, slug, name) == drawn
        client.close()
    assert all(sorted(order) == sorted(TESTS) for order in orders)
    assert len(orders) > 1


def drawn_for(server, slug: str, username: str) -> tuple[str, ...]:
    tracking = server.run("runtime", "show", slug, username)["tracking"]["tracking"]
    return tuple(tracking["posttest_item"]["available"])


def test_a_passed_random_test_is_not_taken_again_and_looking_keeps_nothing(golfer):
    learner = reader(golfer)
    learner.sit()
    learner.move("Continue")
    begun_again = ["In progress", *[PASSED] * 4]
    learner.begin("Review")
    learner.sees(PLAYING, open_=READING, says=begun_again)
    learner.move("Exit")
    before = learner.shown()
    learner.begin("Review", look=True)
    learner.sees(PLAYING, open_=WITH_POST_TEST, says=begun_again)
    learner.choose(POST_TEST)
    learner.sit(right=0)
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=begun_again)
    learner.move("Exit")
    after = learner.shown()
    assert [after[key] for key in ("tracking", "activities", "result")] == [
        before[key] for key in ("tracking", "activities", "result")
    ]
    assert learner.learning() == "completed · score 100 %"
