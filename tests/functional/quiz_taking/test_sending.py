"""What is sent twice, from two windows, or by no page of ours."""

import pytest

from assessments.attempts.history import Kind, entries
from assessments.quizzes.plan import Behaviour
from tests.functional.quiz_taking.pages import choose, chosen, given, words_of


@pytest.mark.parametrize(
    "field", [("page", "one"), ("revision-1", "-1"), ("post", "x" * 101), ("do", "page-x")]
)
def test_what_no_page_of_ours_sends_is_refused_and_changes_nothing(taker, field):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    sent = [pair for pair in learner.sheet.submit_fields() if pair[0] != field[0]]
    learner.browser.post(learner.path, [*sent, field], status=400)
    assert chosen(learner.look(1), 1) is None


def test_a_page_that_is_sent_twice_is_done_once(site, taker):
    learner = taker(behaviour=Behaviour.INTERACTIVE)
    learner.start()
    learner.answer(1, "Tell me what was done")
    form = learner.sheet
    for _time in range(2):
        form.submit("do", value="check-1")
    with site.write() as root:
        (attempt,) = root["site"].quizzes["quiz"].attempts.values()
        assert len(attempt.answers[0].tries) == 1
        assert attempt.answers[0].revision == 1


def test_handing_in_twice_leads_to_the_same_place(site, taker):
    learner = taker()
    learner.start()
    form = learner.form(learner.press("finish"), "finish")
    assert form.submit().location == form.submit().location
    assert learner.browser.get(f"{learner.path}finish").location.endswith("/review")
    assert learner.browser.get(learner.path).location.endswith("/review")


def test_two_windows_are_shown_both_answers_and_nothing_is_lost(site, taker):
    learner = taker()
    one, other = (learner.look_at(learner.start()) for _window in range(2))
    choose(one, 1, "Who I am")
    one.submit("do", value="save")
    choose(other, 1, "rules")
    page = other.submit("do", value="next")
    said = words_of(page)
    assert "Saved here earlier, or in another window" in said
    assert "What you have in this window" in said
    assert [given(page, prefix) for prefix in ("saved", "here")] == [
        "Who I am, and what we can do here",
        "The rules of the house",
    ]
    form = learner.form(page, "")
    form["keep-1"] = "here"
    assert form.submit("do").follow().request.GET["page"] == "2"
    assert chosen(learner.look(1), 1) == "The rules of the house"
    with site.write() as root:
        (attempt,) = root["site"].quizzes["quiz"].attempts.values()
        said = [(entry.kind, entry.revision) for entry in entries(attempt.answers[0])]
    assert said == [(Kind.SAVED, 1), (Kind.CONFLICT, 0), (Kind.SAVED, 2)]


def test_the_version_that_was_saved_can_be_kept(taker):
    learner = taker()
    one, other = (learner.look_at(learner.start()) for _window in range(2))
    choose(one, 1, "Who I am")
    one.submit("do", value="save")
    choose(other, 1, "rules")
    form = learner.form(other.submit("do", value="save"), "")
    form["keep-1"] = "saved"
    form.submit("do")
    assert chosen(learner.look(1), 1) == "Who I am, and what we can do here"
