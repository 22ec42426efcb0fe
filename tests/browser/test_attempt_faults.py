"""The fault table of quizzes: what goes wrong between a learner and the server while an attempt is
open. In each of them nothing is lost, nothing is marked twice, and the deadline holds.
"""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessments.attempts.history import Kind, entries
from assessments.questions.html import Html
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.quizzes.plan import Behaviour, Overdue, Override, Settings, to_plain
from browsers import signed_in
from quizzes import add_quiz
from servers import Server
from tests.assessments.examples import SINGLE, TRUTH
from witness import TURNS

pytestmark = pytest.mark.browser

SHORT = ShortQuestion(
    name="The protocol",
    body=Html("<p>After which city is the manual named?</p>"),
    answers=(TextAnswer("right", "Istanbul", 1),),
)
QUESTIONS = [SHORT, TRUTH, SINGLE]
LINE = "Not saved yet: no connection. It is kept on this device."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of this table's own, since its server dies now and then."""
    server = Server(tmp_path_factory.mktemp("attempt-faults"))
    server.run("init")
    server.add_people("member")
    server.start()
    yield server
    server.stop()


class Learner:
    """Somebody in real Chromium, in an attempt at a quiz of this test's own."""

    def __init__(self, site, context, key: str):
        self.site = site
        self.context = context
        self.key = key
        self.page = signed_in(context, site, "member")

    def start(self):
        self.page.goto(f"{self.site.url}/quizzes/{self.key}/")
        self.page.get_by_role("button", name="Start").click()
        self.page.wait_for_url("**/?page=1")
        return self

    def write(self, words: str, page=None) -> None:
        (page or self.page).get_by_label("Your answer").fill(words)

    def written(self, page=None) -> str:
        return (page or self.page).get_by_label("Your answer").input_value()

    def state(self, state: str, words: str = "", page=None) -> None:
        status = (page or self.page).locator("[data-save]")
        expect(status).to_have_attribute("data-save", state)
        expect(status).to_contain_text(words)

    def saved(self, page=None) -> None:
        self.state("saved", "Saved at", page)

    def press(self, name: str, page=None) -> None:
        (page or self.page).get_by_role("button", name=name, exact=True).click()

    def finish(self) -> None:
        self.press("Finish …")
        self.page.wait_for_url("**/finish")
        self.press("Hand in")
        self.page.wait_for_url("**/review")

    def kept(self) -> list[str]:
        """What lies on the device."""
        return self.page.evaluate("Object.keys(localStorage).filter((key) => key[0] === 'q')")

    def history(self, position: int = 0) -> list[tuple[str, str]]:
        """What the server has of a question, with the server stopped for a moment."""
        with Reading(self.site) as root:
            (attempt,) = root.quizzes[self.key].attempts.values()
            answer = attempt.answers[position]
            return [
                (entry.kind, (*entry.response.get("answer", ()), "")[0])
                for entry in entries(answer)
            ]


class Reading:
    """The database of a site whose server is stopped meanwhile."""

    def __init__(self, site, turns: bool = False):
        """:param turns: whether the server's clock can be set afterwards"""
        self.site = site
        self.turns = turns

    def __enter__(self):
        self.site.stop()
        self.writing = self.site.writing()
        return self.writing.__enter__()

    def __exit__(self, *what):
        self.writing.__exit__(*what)
        self.site.start(turns=self.turns)


@pytest.fixture
def learner(chromium, site, request):
    """Makes a quiz with these settings and somebody who has started it; closes all browsers."""
    contexts = []

    def make(*, turns: bool = False, **settings) -> Learner:
        key = f"quiz{abs(hash(request.node.name))}"
        with Reading(site, turns) as root:
            add_quiz(root, QUESTIONS, Settings(**settings), key=key)
        contexts.append(chromium.new_context())
        return Learner(site, contexts[-1], key).start()

    yield make
    for context in contexts:
        context.close()


# The network is cut


def test_what_is_written_without_a_network_arrives_when_it_is_back(learner):
    member = learner()
    member.context.set_offline(True)
    member.write("Istanbul")
    member.state("unsaved", LINE)
    assert len(member.kept()) == 1
    member.context.set_offline(False)
    member.saved()
    assert member.kept() == []
    assert member.history() == [(Kind.SAVED, "Istanbul")]


def test_what_was_written_without_a_network_survives_a_reload(learner):
    member = learner()
    member.page.route("**/save", lambda route: route.abort())
    member.write("Istanbul")
    member.state("unsaved", LINE)
    member.page.on("dialog", lambda dialog: dialog.accept())
    member.page.reload()
    assert member.written() == "Istanbul"
    member.page.unroute("**/save")
    member.saved()
    member.page.reload()
    assert member.written() == "Istanbul"
    assert member.history() == [(Kind.SAVED, "Istanbul")]


def test_an_answer_of_the_server_that_is_lost_is_asked_for_again_and_done_once(learner):
    member = learner()
    lost = []

    def lose(route):
        if len(lost) < 2:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    member.page.route("**/save", lose)
    member.write("Istanbul")
    member.state("unsaved")
    member.write("Istanbul, in Turkey")
    member.saved()
    assert len(lost) == 2
    assert member.history() == [(Kind.SAVED, "Istanbul"), (Kind.SAVED, "Istanbul, in Turkey")]


def test_without_a_network_nobody_leaves_the_page_unasked(learner):
    member = learner()
    asked = []
    member.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    member.context.set_offline(True)
    member.write("Istanbul")
    member.state("unsaved", LINE)
    member.press("Next")
    member.state("unsaved", LINE)
    assert "page=1" in member.page.url
    assert asked == []
    with member.page.expect_event("dialog"):
        member.page.get_by_role("link", name="Courses").first.click()
    assert asked == ["beforeunload"]
    member.context.set_offline(False)
    member.saved()


def test_who_leaves_the_page_at_once_loses_nothing(learner):
    member = learner()
    member.page.on("dialog", lambda dialog: dialog.accept())
    member.write("Istanbul")
    member.page.goto(f"{member.site.url}/courses/")
    member.page.goto(f"{member.site.url}/quizzes/{member.key}/")
    member.press("Resume")
    assert member.written() == "Istanbul"
    member.page.wait_for_function("() => Object.keys(localStorage).every((key) => key[0] !== 'q')")


# Sent twice, and from two windows


def test_two_windows_are_shown_both_answers_and_the_learner_chooses(learner):
    member = learner()
    other = member.context.new_page()
    other.goto(member.page.url)
    member.write("Istanbul")
    member.saved()
    member.write("Ankara", other)
    member.state("unsaved", "choose between two answers", other)
    box = other.get_by_role("group").filter(has_text="This question was answered in two windows.")
    expect(box).to_contain_text("Your answer: Istanbul")
    expect(box).to_contain_text("Your answer: Ankara")
    box.get_by_role("button", name="Take this one").last.click()
    member.saved(other)
    expect(box).to_have_count(0)
    assert member.history() == [
        (Kind.SAVED, "Istanbul"),
        (Kind.CONFLICT, "Ankara"),
        (Kind.SAVED, "Ankara"),
    ]


def test_the_answer_of_the_other_window_can_be_taken(learner):
    member = learner()
    other = member.context.new_page()
    other.goto(member.page.url)
    member.write("Istanbul")
    member.saved()
    member.write("Ankara", other)
    member.state("unsaved", "choose between two answers", other)
    other.get_by_role("button", name="Take this one").first.click()
    member.state("saved", page=other)
    assert member.written(other) == "Istanbul"
    member.press("Next", other)
    other.wait_for_url("**page=2")
    assert member.kept() == []


def test_a_button_that_is_pressed_twice_does_one_thing(learner):
    member = learner(behaviour=Behaviour.INTERACTIVE)
    member.write("Istanbul")
    member.page.get_by_role("button", name="Check question 1").dblclick()
    expect(member.page.get_by_text("Right", exact=True).first).to_be_visible()
    with Reading(member.site) as root:
        (attempt,) = root.quizzes[member.key].attempts.values()
        assert len(attempt.answers[0].tries) == 1
        assert attempt.answers[0].revision == 1


# The clock


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_of_the_device_that_is_wrong_changes_nothing(learner, hours):
    member = learner(seconds=3600)
    now = member.page.evaluate("Date.now()")
    member.page.clock.set_system_time(now + hours * 3600 * 1000)
    member.page.reload()
    expect(member.page.locator("[data-left]")).to_have_text(re.compile(r"60 min|5\d min"))
    member.write("Istanbul")
    member.saved()
    assert member.history() == [(Kind.SAVED, "Istanbul")]


LEFT = """() => fetch(document.getElementById("answers").dataset.clockUrl)
  .then((answer) => answer.json()).then(({ left }) => left)"""


def hasten(member: Learner, left: int) -> None:
    """So much time passes that only so many seconds are left of the attempt; then somebody looks at
    the page again, which asks how late it is."""
    member.site.set_clock(member.page.evaluate(LEFT) - left)
    for _turn in range(TURNS):
        if member.page.evaluate(LEFT) <= left:
            break
    member.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_at_the_end_the_page_saves_and_hands_in_by_itself(learner):
    member = learner(turns=True, seconds=3600)
    member.write("Istanbul")
    hasten(member, 20)
    member.page.wait_for_url("**/review", timeout=60_000)
    expect(member.page.get_by_text("Istanbul").first).to_be_visible()
    assert member.kept() == []


def test_within_grace_the_page_is_closed_and_what_was_saved_is_handed_in(learner):
    member = learner(turns=True, seconds=3600, overdue=Overdue.GRACE, grace=600)
    member.write("Istanbul")
    member.saved()
    hasten(member, 5)
    expect(member.page.get_by_text("Hand them in now.")).to_be_visible()
    expect(member.page.get_by_label("Your answer")).to_be_disabled()
    member.finish()
    expect(member.page.get_by_text("Istanbul").first).to_be_visible()
    assert member.history() == [(Kind.SAVED, "Istanbul")]


def test_what_is_sent_after_the_deadline_is_kept_and_does_not_count(learner):
    member = learner(seconds=3600)
    member.context.set_offline(True)
    member.write("Istanbul")
    member.state("unsaved", LINE)
    with Reading(member.site) as root:
        quiz = root.quizzes[member.key]
        (attempt,) = quiz.attempts.values()
        attempt.started -= timedelta(seconds=quiz.settings["seconds"] + 60)
    member.context.set_offline(False)
    # Nobody has to hand in: the site has closed the attempt as of its deadline meanwhile.
    member.page.get_by_role("link", name="See the attempt").click(timeout=40_000)
    member.page.wait_for_url("**/review")
    expect(member.page.get_by_text("Not answered").first).to_be_visible()
    assert member.history() == [(Kind.LATE, "Istanbul")]
    assert member.kept() == []


def test_extra_time_that_is_granted_reaches_the_open_page(learner):
    member = learner(seconds=3600)
    with Reading(member.site) as root:
        quiz = root.quizzes[member.key]
        (attempt,) = quiz.attempts.values()
        quiz.overrides[attempt.learner_id] = to_plain(Override(factor=Decimal(2)))
    member.write("Istanbul")
    member.saved()
    expect(member.page.locator("[data-told]")).to_contain_text("You were given more time.")
    expect(member.page.locator("[data-left]")).to_have_text(re.compile(r"2:00 h|1:5\d h"))


def test_the_time_is_said_at_ten_five_and_one_minutes(learner):
    member = learner(turns=True, seconds=3600)
    hasten(member, 605)
    expect(member.page.locator("[data-told]")).to_have_text("Time left: 10 min")


# The server is killed and started again at each step


def test_the_server_is_killed_at_each_step_and_nothing_is_lost(learner):
    member = learner(behaviour=Behaviour.IMMEDIATE)

    def restart():
        member.site.kill()
        member.site.start()

    restart()
    member.write("Istanbul")
    member.saved()
    member.site.kill()
    member.write("Istanbul, in Turkey")
    member.state("unsaved", LINE)
    member.site.start()
    member.saved()
    restart()
    member.write("Istanbul")
    member.page.get_by_role("button", name="Check question 1").click()
    expect(member.page.get_by_text("Right", exact=True).first).to_be_visible()
    restart()
    member.press("Finish …")
    member.page.wait_for_url("**/finish")
    restart()
    member.press("Hand in")
    member.page.wait_for_url("**/review")
    with Reading(member.site) as root:
        (attempt,) = root.quizzes[member.key].attempts.values()
        assert attempt.state == "finished"
        assert len(attempt.answers[0].tries) == 1
        assert attempt.answers[0].response == {"answer": ("Istanbul",)}


# The sign-in ends


def test_who_is_signed_out_keeps_everything_and_goes_on_after_signing_in_elsewhere(learner):
    member = learner()
    member.context.clear_cookies()
    member.write("Istanbul")
    member.state("unsaved", "your sign-in has ended")
    expect(member.page.get_by_role("link", name="Sign in in another tab")).to_be_visible()
    signed_in(member.context, member.site, "member")
    member.saved()
    expect(member.page.get_by_role("link", name="Sign in in another tab")).to_have_count(0)
    assert member.history() == [(Kind.SAVED, "Istanbul")]
