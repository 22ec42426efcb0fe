"""A sample package that its test alone decides: reading opens what comes next by completion; the
test can be jumped to."""

import re
import zipfile
from math import floor

import pytest
from playwright.sync_api import expect

from golfer import (
    DONE,
    FAILED,
    FUN,
    HANDICAPPING,
    NOT,
    NOW,
    PASSED,
    PLAYING,
    QUIZ,
    READING,
    ROLLUP,
    WITH_QUIZ,
    complete_when_passed,
)
from shared import needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

LIBRARY = """
window.$ = (selector) => ({
  element: document.querySelector(selector),
  dialog(what) { this.element.hidden = what !== "open"; },
  val(text) {
    if (text === undefined) return this.element.value;
    this.element.value = text;
  },
});
"""
"""What the third package uses of the library that it loads from another host, which it may not."""

ANOTHER_HOST = re.compile(rb'<script src="https://ajax\.googleapis\.com/[^"]+"[^>]*></script>')


@pytest.fixture(scope="module")
def rollup(tmp_path_factory):
    """The third package with the few lines that it needs of its library beside it."""
    path = tmp_path_factory.mktemp("rollup") / "package.zip"
    with zipfile.ZipFile(ROLLUP) as given, zipfile.ZipFile(path, "w") as archive:
        for name in given.namelist():
            data = given.read(name)
            if name == "shared/launchpage.html":
                data, changed = ANOTHER_HOST.subn(b"", data)
                assert changed == 2
                data = data.replace(b"<head>", b'<head><script src="library.js"></script>', 1)
            archive.writestr(name, data)
        archive.writestr("shared/library.js", LIBRARY)
    return path


def test_what_is_read_opens_the_next_part_and_at_last_the_quiz(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    for number, title in enumerate(READING):
        learner.sees(title, open_=WITH_QUIZ[: number + 1])
        # The quiz is hidden from choice alone, so that one may jump there; it can be flowed into.
        learner.may("Continue", title == FUN)
        learner.read()
        learner.sees(title, open_=WITH_QUIZ[: number + 2])
        learner.move("Continue")
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[DONE] * 4 + [NOW])
    assert learner.sit() == 100
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[DONE] * 4 + [PASSED])
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }
    assert learner.learning() == "completed · score 100 %"


def test_reading_alone_neither_completes_nor_passes_the_course(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    learner.choose(FUN)
    learner.move("Exit")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    # Weights 0.5, 0.3, 0.4 and 0.3 of 1.6 are read; the quiz's 0.1 is not.
    assert learner.tracking("golf_sample_default_org")["progress_measure"] == 0.9375
    learner.course("Resume", "Still missing: 1 part (Quiz).")


def test_from_the_first_part_one_can_skip_to_the_quiz_and_its_result_is_the_course_s(
    golfer, rollup
):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.turn(2)
    learner.sees(PLAYING, open_=[PLAYING], says=[NOW, NOT, NOT, NOT])
    expect(learner.entry(QUIZ)).to_have_count(0)
    learner.jump()
    learner.sees(QUIZ, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, NOW])
    score = learner.sit(right=12)
    assert score == 80
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "80 %",
    }
    # Half of the first part's 0.5 of 1.6 is read.
    assert floor(learner.tracking("golf_sample_default_org")["progress_measure"] * 10000) == 1562
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed · score 80 %"


def test_a_quiz_once_opened_may_be_chosen_again_though_nothing_before_it_is_read(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.jump()
    learner.choose(PLAYING)
    learner.sees(PLAYING, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, NOW])
    learner.may("Continue", False)
    learner.move("Suspend")
    learner.begin("Resume")
    learner.sees(PLAYING, open_=[PLAYING, QUIZ])
    learner.choose(QUIZ)
    learner.sees(QUIZ, open_=[PLAYING, QUIZ])
    learner.may("Previous", False)


def test_a_failed_quiz_is_the_course_s_result_until_it_is_taken_again(golfer, rollup, visitor):
    learner = golfer(rollup)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    learner.jump()
    assert learner.sit(right=6) == 40
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Not passed",
        "Score": "40 %",
    }
    learner.course("Resume", "Still missing: pass the course.")
    expect(learner.page.get_by_role("link", name="Certificate", exact=True)).to_have_count(0)
    assert learner.learning() == "in progress · score 40 %"
    learner.begin("Resume")
    learner.choose(QUIZ)
    learner.sees(QUIZ, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, FAILED])
    assert learner.sit() == 100
    learner.move("Exit")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }
    learner.course("Review", "You have completed this course.")
    learner.page.get_by_role("link", name="Certificate", exact=True).wait_for()


def test_a_quiz_that_is_left_unanswered_completes_nothing(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.jump()
    learner.move("Continue")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    learner.begin("Resume")
    learner.sees(PLAYING, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, NOW])


def test_notes_are_kept_from_part_to_part_and_over_a_pause(golfer, rollup):
    learner = golfer(rollup)
    sco = learner.visitor.sco
    learner.begin("Start")
    note = sco.locator("#txtNotes")
    sco.get_by_role("button", name="Notes").click()
    note.fill("Shout “Fore!”")
    sco.get_by_role("button", name="Save").click()
    learner.jump()
    sco.get_by_role("button", name="Notes").click()
    expect(note).to_have_value("Shout “Fore!”")
    learner.move("Suspend")
    learner.begin("Resume")
    learner.sees(QUIZ, open_=[PLAYING, QUIZ])
    sco.get_by_role("button", name="Notes").click()
    expect(note).to_have_value("Shout “Fore!”")


def test_who_only_looks_may_open_all_that_was_skipped_and_nothing_of_it_is_kept(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.jump()
    learner.sit()
    learner.move("Continue")
    learner.begin("Review")
    learner.sees(PLAYING, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, PASSED])
    learner.move("Exit")
    before = learner.shown()
    learner.begin("Review", look=True)
    learner.sees(PLAYING, open_=WITH_QUIZ, says=[NOW, NOT, NOT, NOT, PASSED])
    learner.choose(HANDICAPPING)
    learner.read()
    learner.sees(HANDICAPPING, open_=WITH_QUIZ, says=[NOW, NOT, NOT, NOT, PASSED])
    learner.choose(QUIZ)
    learner.sit(right=0)
    learner.move("Exit")
    after = learner.shown()
    assert [after[key] for key in ("tracking", "activities", "result")] == [
        before[key] for key in ("tracking", "activities", "result")
    ]
    assert learner.learning() == "completed · score 100 %"
