"""A learner takes a quiz without script: rules, pages, checking, handing in, looking back."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from webtest import Upload
from ZODB.POSException import ConflictError

from assessments.attempts.history import Kind, entries
from assessments.attempts.receipt import verify
from assessments.events import AttemptStarted, ResultChanged
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from assessments.quizzes.plan import (
    ALL,
    Band,
    Behaviour,
    Counted,
    Overdue,
    Override,
    See,
    Settings,
    When,
    to_plain,
)
from assessments.views import attempting
from quizzes import Taker, add_quiz
from tests.assessments.attempts.making import hints, single
from tests.assessments.examples import DESCRIPTION, SHORT, SINGLE, TRUTH

NOTHING = dict.fromkeys(When, frozenset())
ESSAY = EssayQuestion(
    name="A letter", body=Html("<p>What helped you?</p>"), files=2, types=("text/plain",)
)


@pytest.fixture
def taker(site):
    """Makes a quiz of these questions, and a member who takes it."""

    def make(questions=(SINGLE, TRUTH), **settings) -> Taker:
        with site.write() as root:
            add_quiz(root["site"], list(questions), Settings(**settings))
        return Taker(site, "member")

    return make


# The quiz's own page


def test_the_rules_are_stated_before_anybody_starts(taker):
    page = taker(
        (SINGLE, TRUTH, DESCRIPTION),
        attempts=3,
        seconds=2700,
        sequential=True,
        pass_percent=Decimal(60),
        wait=(3600, 7200),
        certainty=True,
    ).rules()
    assert page["Questions"] == "2"
    assert page["Attempts"] == (
        "In all: 3. Left: 3. Your best attempt counts. Between the first and the second you wait "
        "1 h, between later ones 2 h."
    )
    assert page["Time"].startswith(
        "You have 45 min from the moment that you start. When the time is up, what you have "
        "answered until then is handed in."
    )
    assert page["Going back"] == "You cannot go back to a page that you have left."
    assert page["To pass"] == "At least 60 %."
    assert page["Your result"] == (
        "You see your result when you have handed in. You see the right answers when you have no "
        "attempt left."
    )


def test_certainty_is_explained_where_it_counts_and_only_there(taker):
    assert "a wrong one takes 6 times" in taker(certainty=True).quiz().text


def test_nothing_is_said_of_certainty_where_it_does_not_count(taker):
    assert "certain" not in taker(behaviour=Behaviour.INTERACTIVE, certainty=True).quiz().text


@pytest.mark.parametrize(
    ("overdue", "words"),
    [
        (Overdue.SUBMIT, "what you have answered until then is handed in"),
        (Overdue.GRACE, "You have 1 min to hand them in"),
        (Overdue.ABANDON, "an attempt that was not does not count"),
    ],
)
def test_what_happens_when_the_time_is_up_is_said_first(taker, overdue, words):
    assert words in taker(seconds=600, overdue=overdue).rules()["Time"]


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ({When.LATER: ALL}, "two minutes after you have handed in"),
        ({When.CLOSED: ALL}, "when the quiz is closed, from 2040-01-01 12:00 UTC on"),
        (NOTHING, "not shown here"),
    ],
)
def test_when_results_are_shown_is_said_first(taker, review, words):
    closes = datetime(2040, 1, 1, 12, tzinfo=UTC)
    assert words in taker(review=review, closes=closes).rules()["Your result"]


CLOSES = datetime(2040, 1, 1, 12, tzinfo=UTC)
PASS = {"pass_percent": Decimal(60)}
AT_CLOSING = "When the quiz is closed for everybody, you see the right answers."


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"attempts": 2}, "You see the right answers when you have no attempt left."),
        (
            {"attempts": 2, "closes": CLOSES},
            f"You see the right answers when you have no attempt left. {AT_CLOSING}",
        ),
        (
            {"attempts": 2, "answers_early": True},
            "You see the right answers after you have handed in.",
        ),
        ({"attempts": 1, **PASS}, "You see the right answers after you have handed in."),
        (PASS, "You see the right answers when you have passed."),
        ({}, "You see the right answers after you have handed in."),
        (
            {"behaviour": Behaviour.IMMEDIATE},
            "You see the right answer to a question when you are done with it.",
        ),
        (
            {"practice": True, **PASS},
            "You see the right answer to a question when you are done with it.",
        ),
        ({"review": {When.CLOSED: ALL}, "closes": CLOSES, **PASS}, AT_CLOSING),
        ({"review": {When.CLOSED: ALL}}, "The right answers are not shown."),
        ({"review": NOTHING}, "The right answers are not shown."),
    ],
)
def test_when_right_answers_are_shown_is_said_first(taker, settings, words):
    assert taker(**settings).rules()["Your result"].partition(". ")[2] == words


def test_a_quiz_without_limits_says_that_there_are_none(taker):
    page = taker(per_page=0).rules()
    assert page["Time"] == "There is no time limit."
    assert page["Attempts"] == "You can take it as often as you like. Your best attempt counts."
    assert "Open" not in page
    assert "To pass" not in page


def test_a_quiz_for_practice_counts_for_nothing_and_says_so(taker):
    assert taker(practice=True).rules()["To pass"] == (
        "This is for practice. It counts for nothing."
    )


def test_a_quiz_that_is_not_open_yet_says_from_when_on(taker):
    learner = taker(opens=datetime(2040, 1, 1, 12, tzinfo=UTC))
    page = learner.quiz()
    assert "This quiz is not open yet. It opens on 2040-01-01 12:00 UTC." in words_of(page)
    assert not has_button(page, "Start")
    assert learner.start().request.path == "/quizzes/quiz/"


def test_a_closed_quiz_says_so_and_has_no_button(taker):
    page = taker(closes=datetime(2020, 1, 1, tzinfo=UTC)).quiz()
    assert "This quiz is closed." in page
    assert not has_button(page, "Start")


def test_who_has_used_all_attempts_is_told(taker):
    learner = taker(attempts=1)
    learner.start()
    learner.hand_in()
    page = learner.quiz()
    assert "You have used all your attempts at this quiz." in page
    assert learner.rules()["Attempts"] == "In all: 1. Left: 0."
    assert not has_button(page, "Start")


def test_an_open_attempt_is_resumed_and_not_begun_anew(taker):
    learner = taker()
    first = learner.start().request.path
    page = learner.quiz()
    assert has_button(page, "Resume")
    assert "not handed in yet" in page
    assert learner.start().request.path == first


def test_the_address_of_the_start_button_leads_back_to_the_quiz(taker):
    learner = taker()
    assert learner.browser.get("/quizzes/quiz/start").location.endswith("/quizzes/quiz/")


def test_earlier_attempts_are_listed_with_their_results_and_can_be_looked_at(taker):
    learner = taker((TRUTH,), pass_percent=Decimal(50))
    learner.start()
    learner.answer(1, "True")
    learner.hand_in()
    page = learner.quiz()
    assert "Attempt 1" in page
    assert "100 %" in page
    assert "passed" in page
    assert page.click("Review").request.path.endswith("/review")


@pytest.mark.parametrize(
    ("counted", "result"),
    [("highest", "100 %"), ("average", "50 %"), ("first", "0 %"), ("last", "100 %")],
)
def test_what_several_attempts_bring_together_is_told(taker, counted, result):
    learner = taker((TRUTH,), counted=Counted(counted))
    for words in ("False", "True"):
        learner.start()
        learner.answer(1, words)
        learner.hand_in()
    assert f"Your result, as it counts: {result}" in learner.quiz()


def test_what_several_attempts_bring_together_waits_until_each_may_be_seen(taker):
    learner = taker((TRUTH,), review=NOTHING)
    for _attempt in range(2):
        learner.start()
        learner.hand_in()
    assert "as it counts" not in learner.quiz()


def test_a_result_that_may_not_be_seen_yet_is_not_on_the_quizs_page(taker):
    learner = taker((TRUTH,), review={When.CLOSED: ALL}, pass_percent=Decimal(50))
    learner.start()
    learner.answer(1, "True")
    learner.hand_in()
    assert "100 %" not in learner.quiz()
    assert "passed" not in learner.quiz()


def test_points_are_told_as_points(taker):
    learner = taker((TRUTH,), out_of=Decimal(20))
    learner.start()
    learner.answer(1, "True")
    assert "20 of 20 points" in learner.hand_in()


def test_an_author_tries_a_quiz_out_and_it_counts_nowhere(site, taker):
    taker()
    author = Taker(site, "author")
    page = author.quiz()
    form = next(form for form in page.forms.values() if "preview" in form.fields)
    shown = form.submit().follow()
    assert "You are trying this quiz out. Nothing of it counts." in shown
    assert "Your attempts" not in author.quiz()


def test_a_learner_cannot_try_it_out(taker):
    learner = taker()
    form = learner.form(learner.quiz(), "start")
    answer = learner.browser.post(
        form.action, {"csrf_token": form["csrf_token"].value, "preview": "yes"}
    ).follow()
    assert "Nothing of it counts" not in answer


def test_a_named_question_that_is_gone_is_not_counted(site, taker):
    learner = taker()
    with site.write() as root:
        root["site"].bank.items["item0"].state = "draft"
    assert learner.rules()["Questions"] == "1"


# Each behaviour through its whole life


def test_deferred_nothing_is_told_before_handing_in(taker):
    learner = taker()
    page = learner.start()
    assert not has_button(page, "Check")
    learner.answer(1, "Tell me what was done")
    page = learner.press("next")
    assert page.request.GET["page"] == "2"
    learner.answer(2, "True")
    page = learner.press("finish")
    assert "All questions are answered." in page
    assert not re.search(r"Wrong|Right|Not yet", page.text)
    page = learner.hand_in()
    assert verdicts(page) == ["Wrong", "Right"]
    assert "Think of what a client may fear." in page
    assert "Not yet." in page
    assert "Who knows what will happen can decide for herself." in page
    assert "Show a right answer" in page


def test_immediate_a_question_is_checked_once(taker):
    learner = taker(behaviour=Behaviour.IMMEDIATE)
    learner.start()
    learner.answer(1, "Tell me what was done")
    page = learner.press("check-1")
    assert "Wrong" in page
    assert "Not yet." in page
    assert not has_button(page, "Check")
    assert "Wrong" in states(page)[0]
    learner.press("next")
    learner.answer(2, "True")
    assert "Right" in learner.press("check-2")
    assert verdicts(learner.hand_in()) == ["Wrong", "Right"]


def test_interactive_a_question_can_be_tried_again_for_less(taker):
    learner = taker((SINGLE,), behaviour=Behaviour.INTERACTIVE)
    page = learner.start()
    assert "Tries left: 2" in page
    learner.answer(1, "Tell me what was done")
    page = learner.press("check-1")
    assert "What may a client fear who knows nobody here?" in page
    assert "Right parts: 0" in words_of(page)
    assert "Try again" in states(page)[0]
    page = learner.press("again-1")
    assert "Tries left: 1" in page
    learner.answer(1, "Who I am")
    page = learner.press("check-1")
    assert not has_button(page, "Try again")
    assert "66.67 %" in learner.hand_in()


def test_interactive_a_window_from_before_a_try_takes_no_other_one(taker):
    learner = taker((single(hints=hints("Think.")),), behaviour=Behaviour.INTERACTIVE)
    learner.start()
    learner.answer(1, "The wrong")
    old = learner.press("save").forms["answers"]
    learner.look()
    learner.press("check-1")
    learner.press("again-1")
    page = old.submit("do", value="check-1")
    assert "This question was checked in another window." in page
    assert "Tries left: 1" in page


def test_manual_a_person_marks_and_until_then_the_result_waits(taker):
    learner = taker(behaviour=Behaviour.MANUAL)
    learner.start()
    learner.answer(1, "Who I am")
    page = learner.hand_in()
    assert "A person has to mark some of your answers yet." in page
    assert "Not marked yet" in page
    assert "A person has to mark some of your answers yet." in learner.quiz()


def test_certainty_is_asked_kept_and_counted(taker):
    learner = taker((TRUTH,), certainty=True)
    page = learner.start()
    assert "How certain are you?" in page
    learner.answer(1, "True")
    learner.sheet["certainty-1"] = "3"
    page = learner.press("save")
    assert page.forms["answers"]["certainty-1"].value == "3"
    page = learner.hand_in()
    assert "Marks: 3 of 3" in words_of(page)
    assert "100 %" in page


# Going through the pages


def test_the_list_leads_to_every_page_and_saves_the_one_that_is_left(taker):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    page = learner.press("page-2")
    assert page.request.GET["page"] == "2"
    assert states(page) == ["1 Answered", "2 Not answered"]
    page = learner.press("previous")
    assert chosen(page, 1) == "Who I am, and what we can do here"


def test_a_question_to_come_back_to_is_marked_until_it_is_not(taker):
    learner = taker()
    learner.start()
    learner.sheet["flag-1"] = True
    assert states(learner.press("save"))[0] == "1 Not answered Later"
    assert "To come back to" in learner.press("finish")
    learner.look()
    learner.sheet["flag-1"] = False
    assert states(learner.press("save"))[0] == "1 Not answered"


def test_an_older_page_changes_no_flag_that_was_set_since(taker):
    learner = taker()
    old = learner.look_at(learner.start())
    learner.sheet["flag-1"] = True
    learner.press("save")
    old.submit("do", value="save")
    assert states(learner.look())[0] == "1 Not answered Later"


def test_a_sequential_attempt_cannot_be_gone_back_in(taker):
    learner = taker(sequential=True)
    assert "You cannot come back to this page when you go on." in learner.start()
    learner.press("next")
    assert learner.look(1).request.GET["page"] == "2"


def test_what_is_sent_from_a_page_that_was_left_is_kept_and_does_not_count(taker):
    learner = taker(sequential=True)
    old = learner.start().forms["answers"]
    learner.answer(1, "Who I am")
    learner.press("next")
    choose(old, 1, "rules")
    page = old.submit("do", value="save")
    assert "Page 2 of 2" in page
    assert verdicts(learner.hand_in())[0] == "Right"


def test_the_first_page_of_a_section_has_its_heading(site):
    with site.write() as root:
        add_quiz(root["site"], [SINGLE, TRUTH], Settings(), sections=2)
    learner = Taker(site, "member")
    assert "<h2>Part 1</h2>" in learner.start()
    assert "<h2>Part 2</h2>" in learner.press("next")


def test_a_question_in_another_language_says_which_and_how_it_is_written(taker):
    arabic = replace(TRUTH, language="ar", body=Html("<p>أسأل ثانية؟</p>"))
    question = taker((arabic,)).start().html.find(id="q1")
    assert (question["lang"], question["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize("what", ["check-9", "check-1", "again-1", "check", "page"])
def test_what_cannot_be_done_with_a_button_changes_nothing(taker, what):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    sent = [pair for pair in learner.sheet.submit_fields() if pair[0] != "do"]
    learner.browser.post(learner.path, [*sent, ("do", what)], status="*")
    assert chosen(learner.look(1), 1) == "Who I am, and what we can do here"


def reading(taker: Taker, language: str) -> Taker:
    """The same member, whose pages are in another language."""
    form = Taker.form(taker.browser.get("/language"), "/language")
    form.submit("language", value=language)
    return taker


def test_a_translated_question_says_the_language_that_it_is_read_in(taker):
    question = replace(TRUTH, language="en", translations={"ar": {"body": "<p>جملة</p>"}})
    taken = reading(taker((question,)), "ar")
    page = taken.start()

    def said(page):
        html = page.html
        asked = html.find(id="q1")
        return [asked.get("lang", html.html["lang"]), asked.get("dir", html.html["dir"])]

    assert "جملة" in page.text
    assert said(page) == ["ar", "rtl"]
    assert said(reading(taken, "en").look()) == ["ar", "rtl"]


def test_a_question_that_says_no_language_is_in_that_of_its_quiz(taker):
    page = reading(taker((TRUTH,)), "ar").start()

    asked, title = page.html.find(id="q1"), page.html.h1
    assert (asked["lang"], asked["dir"]) == ("en", "ltr")
    assert (title["lang"], title["dir"]) == ("en", "auto")


@pytest.mark.parametrize("page", ["0", "3", "99999"])
def test_a_page_that_is_not_there_is_not_found(taker, page):
    learner = taker()
    learner.start()
    learner.browser.get(f"{learner.path}?page={page}", status=404)


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


# Sent twice, and from two windows


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


def test_an_incomplete_answer_cannot_be_checked_and_takes_no_try(taker):
    learner = taker(behaviour=Behaviour.IMMEDIATE)
    learner.start()
    page = learner.sheet.submit("do", value="check-1")
    assert "Please answer all of the question, then check it." in page
    assert has_button(page, "Check")


# The clock


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


# Looking back


def test_before_an_attempt_is_handed_in_there_is_no_review_and_no_receipt(taker):
    learner = taker()
    learner.start()
    assert "page=1" in learner.browser.get(f"{learner.path}review").location
    assert learner.browser.get(f"{learner.path}receipt").location.endswith("finish")


def test_what_may_not_be_seen_is_not_in_the_review(taker):
    learner = taker(review=NOTHING)
    learner.start()
    learner.answer(1, "Tell me what was done")
    page = learner.hand_in()
    assert "Your answers are kept. They are not shown here now." in page
    assert not re.search(r"Wrong|Right|Marks|%", page.text.partition("<main")[2])


def test_answers_alone_can_be_seen_without_verdicts(taker):
    learner = taker(review=dict.fromkeys(When, frozenset({See.RESPONSES})))
    learner.start()
    learner.answer(1, "Tell me what was done")
    page = learner.hand_in()
    assert "Your answer" in page
    assert "Show a right answer" not in page
    assert verdicts(page) == ["Answered", "Not answered"]


def test_the_result_chooses_what_is_said_to_the_whole(taker):
    bands = (
        Band(Decimal(0), Html("<p>Read it again.</p>")),
        Band(Decimal(80), Html("<p>You know this.</p>")),
    )
    learner = taker((TRUTH,), bands=bands)
    learner.start()
    learner.answer(1, "True")
    page = learner.hand_in()
    assert "You know this." in page
    assert "Read it again." not in page


def test_the_receipt_is_genuine_and_can_be_saved(site, taker):
    learner = taker()
    learner.start()
    learner.answer(1, "Who I am")
    learner.press("save")
    page = learner.hand_in()
    file = page.click("Save the receipt")
    assert file.content_type == "text/plain"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    found = verify(file.text, site.settings.secret)
    assert found is not None
    assert found.count == 1
    assert found.chain in page


def test_the_review_leads_back_to_where_the_quiz_came_from(site, taker):
    learner = taker()
    registry = learner.registry
    registry["assessments.back"] = lambda _request, _quiz: ("/courses/first", "First meetings")
    learner.start()
    page = learner.hand_in()
    assert page.html.find("a", string="First meetings")["href"] == "/courses/first"
    assert learner.quiz().html.find("a", string="First meetings")["href"] == "/courses/first"


# What the host is told


@pytest.fixture
def told(site):
    """The events of the house, as they come."""
    events = []
    for kind in (AttemptStarted, ResultChanged):
        site.app.site.registry.registerHandler(events.append, (kind,))
    yield events
    for kind in (AttemptStarted, ResultChanged):
        site.app.site.registry.unregisterHandler(events.append, (kind,))


def test_the_host_is_told_once_of_a_start_and_once_of_a_result(taker, told):
    learner = taker((TRUTH,))
    learner.start()
    learner.start()
    learner.hand_in()
    learner.browser.get(f"{learner.path}review")
    assert [type(each) for each in told] == [AttemptStarted, ResultChanged]


def test_the_host_is_told_of_a_result_that_the_clock_brought(taker, told):
    learner = taker((TRUTH,), seconds=600)
    learner.start()
    learner.pass_time(minutes=11)
    learner.quiz()
    learner.quiz()
    assert [type(each) for each in told] == [AttemptStarted, ResultChanged]


def test_an_authors_own_look_changes_no_result(site, taker, told):
    taker((TRUTH,))
    author = Taker(site, "author")
    form = next(form for form in author.quiz().forms.values() if "preview" in form.fields)
    author.path = form.submit().follow().request.path
    author.look()
    author.hand_in()
    assert ResultChanged not in [type(each) for each in told]


# Whose it is


@pytest.mark.parametrize(
    "path", ["", "?page=1", "finish", "review", "receipt", "clock", "files/1/x", "uploads/x"]
)
def test_nobody_else_sees_an_attempt(site, taker, path):
    learner = taker()
    learner.start()
    with site.write() as root:
        site.add_person(root["site"], "another", "member")
    for name in ("another", "author"):
        site.signed_in(name).get(f"{learner.path}{path}", status=403)
    assert "/sign-in" in site.browser().get(f"{learner.path}{path}", status=303).location


@pytest.mark.parametrize("path", ["", "finish", "save"])
def test_nobody_else_writes_to_an_attempt(site, taker, path):
    learner = taker()
    form = learner.start().forms["answers"]
    with site.write() as root:
        site.add_person(root["site"], "another", "member")
    other = Taker(site, "another")
    token = other.form(other.quiz(), "start")["csrf_token"].value
    sent = [(name, value) for name, value in form.submit_fields() if name != "csrf_token"]
    other.browser.post(f"{learner.path}{path}", [*sent, ("csrf_token", token)], status=403)


def test_who_may_not_take_a_quiz_does_not_see_it(site):
    with site.write() as root:
        add_quiz(root["site"], [TRUTH], takers=("enrolled:somewhere",))
    browser = site.signed_in("member")
    browser.get("/quizzes/quiz/", status=403)


# Files


@pytest.fixture
def letter(taker):
    """An attempt in which a file was handed in."""
    learner = taker((ESSAY,))
    learner.start()
    learner.sheet["q1-text"] = "Rest."
    learner.sheet["q1-files"] = [Upload("diary <1>.txt", b"a walk", "text/plain")]
    learner.page = learner.press("save")
    return learner


def test_a_file_that_was_handed_in_can_be_saved_and_is_never_shown(letter):
    answer = letter.page.click("diary")
    assert answer.body == b"a walk"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_that_was_handed_in_is_kept_until_it_is_taken_out(letter):
    assert "diary" in letter.press("save")
    box = next(
        field for field in letter.sheet.fields["q1-files"] if field.attrs.get("type") == "checkbox"
    )
    box.checked = False
    assert "diary" not in letter.press("save")


def test_a_file_is_whole_when_the_request_met_another_one_and_was_done_again(taker, monkeypatch):
    learner = taker((ESSAY,))
    learner.start()
    learner.sheet["q1-files"] = [Upload("diary.txt", b"a walk", "text/plain")]
    close, met = attempting.close, []

    def meet_once(*what):
        if not met:
            met.append(True)
            raise ConflictError
        close(*what)

    monkeypatch.setattr(attempting, "close", meet_once)
    page = learner.press("save")
    assert page.click("diary").body == b"a walk"


def test_a_page_from_before_a_file_came_does_not_take_it_out(taker):
    learner = taker((ESSAY,))
    old = learner.look_at(learner.start())
    learner.sheet["q1-files"] = [Upload("diary.txt", b"a walk", "text/plain")]
    learner.press("save")
    old["q1-text"] = "Rest."
    old.submit("do", value="save", expect_errors=True)
    assert "diary.txt" in learner.look(1)


def test_a_file_of_another_type_is_refused_in_words_and_the_text_is_saved(taker):
    learner = taker((ESSAY,))
    learner.start()
    learner.sheet["q1-text"] = "Rest."
    learner.sheet["q1-files"] = [Upload("run.exe", b"MZ", "application/x-msdownload")]
    page = learner.sheet.submit("do", value="save")
    assert "A file of this type cannot be handed in here." in page
    assert page.forms["answers"]["q1-text"].value == "Rest."


def test_markers_can_save_what_was_handed_in_and_learners_cannot_by_that_address(site, letter):
    key = letter.page.html.find("a", string=re.compile("diary"))["href"].rpartition("/")[2]
    assert site.signed_in("author").get(f"{letter.path}handed-in/{key}").body == b"a walk"
    letter.browser.get(f"{letter.path}handed-in/{key}", status=403)
    site.signed_in("author").get(f"{letter.path}uploads/{key}", status=403)
    letter.browser.get(f"{letter.path}uploads/other", status=404)


def words_of(page) -> str:
    return " ".join(page.html.get_text(" ").split())


def has_button(page, name: str) -> bool:
    return any(name in each.get_text() for each in page.html.main.find_all("button"))


def states(page) -> list[str]:
    """What the list of questions says."""
    lines = page.html.find("nav", {"aria-label": "Questions"}).find_all(class_="step")
    for line in lines:
        for hidden in line.find_all(hidden=True):
            hidden.decompose()
    return [" ".join(line.get_text(" ").split()).removeprefix("Question ") for line in lines]


def verdicts(page) -> list[str]:
    return [state.partition(" ")[2] for state in states(page)]


def chosen(page, question: int) -> str | None:
    """What is chosen in the form of a page."""
    box = page.html.find(id=f"q{question}").find("input", checked=True)
    return box and page.html.find("label", {"for": box["id"]}).get_text()


def given(page, prefix: str) -> str:
    box = page.html.find(id=f"{prefix}1").find("input", checked=True)
    return page.html.find("label", {"for": box["id"]}).get_text()


def choose(form, question: int, words: str) -> None:
    Taker.choose(form, question, words)


def test_an_answer_in_the_language_of_the_question_is_right_and_that_is_the_one_told(taker):
    question = replace(
        SHORT,
        language="en",
        translations={"ar": {"body": "ما المدينة؟", "answers/0/text": "إسطنبول"}},
    )
    learner = reading(taker((question,)), "ar")
    assert "إسطنبول" not in learner.start().text
    learner.sheet["q1-answer"] = "اسطنبول"
    page = learner.hand_in()
    assert page.html.find(id="q1").find(class_="verdict")["data-verdict"] == "wrong"
    assert "إسطنبول" in page.html.find(id="right1").text
    again = learner.start()
    assert "إسطنبول" not in again.text
    learner.sheet["q1-answer"] = "إِسطنبول"
    page = learner.hand_in()
    assert page.html.find(id="q1").find(class_="verdict")["data-verdict"] == "right"


def test_numbers_are_written_as_the_language_of_the_page_has_them(taker):
    learner = reading(taker((SINGLE, TRUTH), pass_percent=Decimal("62.5")), "fr")
    assert "62,5" in " ".join(learner.rules().values())
    learner.start()
    learner.answer(1, "The rules of the house")
    page = learner.hand_in()
    assert "0,5" in page
    assert "25 %" in page.text.replace("\N{NARROW NO-BREAK SPACE}", " ")
