"""The time of an attempt, and what comes when it is up."""

from datetime import timedelta

from assessments.quizzes.plan import Overdue, Override, to_plain
from tests.assessments.examples import TRUTH
from tests.functional.quiz_taking.pages import verdicts


def test_what_comes_after_the_deadline_is_kept_and_does_not_count(site, taker):
    learner = taker((TRUTH,), seconds=600)
    learner.start()
    learner.answer(1, "True")
    late = learner.sheet
    learner.pass_time(minutes=11)
    page = late.submit("do", value="save").follow()
    assert "What you sent after the attempt had ended is kept, and does not count." in page
    assert verdicts(page) == ["Not answered"]
    with site.write() as root:
        (attempt,) = root["site"].quizzes["quiz"].attempts.values()
        assert attempt.answers[0].entries == 1
        assert attempt.finished == attempt.started + timedelta(minutes=10)


def test_a_page_that_changes_nothing_is_not_told_that_it_came_late(taker):
    learner = taker((TRUTH,), seconds=600)
    learner.start()
    learner.answer(1, "True")
    page = learner.press("save")
    learner.pass_time(minutes=11)
    page = learner.sheet.submit("do", value="finish").follow()
    assert "does not count" not in page
    assert verdicts(page) == ["Right"]


def test_within_grace_an_attempt_can_be_handed_in_and_not_changed(taker):
    learner = taker((TRUTH,), seconds=600, overdue=Overdue.GRACE, grace=120)
    learner.start()
    learner.answer(1, "True")
    learner.press("save")
    learner.answer(1, "False")
    late = learner.sheet
    learner.pass_time(minutes=11)
    page = late.submit("do", value="save")
    assert "The time was up. What you sent is kept, and does not count." in page
    assert "Hand them in until" in page
    assert verdicts(learner.hand_in()) == ["Right"]


def test_an_attempt_that_was_not_handed_in_is_abandoned_where_the_quiz_says_so(taker):
    learner = taker((TRUTH,), seconds=600, overdue=Overdue.ABANDON)
    learner.start()
    learner.pass_time(minutes=11)
    page = learner.browser.get(learner.path).follow()
    assert "It does not count." in page
    assert "It does not count." in learner.quiz()


def test_extra_time_reaches_an_open_attempt(site, taker):
    learner = taker((TRUTH,), seconds=600)
    learner.start()
    learner.pass_time(minutes=9)
    with site.write() as root:
        quiz, member = root["site"].quizzes["quiz"], root["site"].people.by_username("member")
        quiz.overrides[member.learner_id] = to_plain(Override(extra=1200))
    assert "Time left: <span data-left" in learner.look(1)
    assert "21 min" in learner.look(1)
