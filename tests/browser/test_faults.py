"""The fault table: what goes wrong between a learner and the server, a test for each line of it.

In each of them no value is lost that SetValue took, and the page says at every moment what is so:
"Saved" is what the server has acknowledged, and nothing else is.
"""

import os
import re
import signal
import subprocess

import pytest
from playwright.sync_api import expect

from browsers import CHROMIUM, program, sign_in_here
from servers import Server
from witness import TURNS, Learner, answers, hand_back

pytestmark = pytest.mark.browser

PEOPLE = [f"learner-{number}" for number in range(50)]
SAVING = ("saving", "Saving…")
UNSAVED = ("unsaved", "Not saved yet")
NO_LINE = ("No connection", "Your answers are kept on this device")
NO_ROOM = "This device has no room to keep your answers. Stay on this page until they are saved."
SIGNED_OUT = ("Your sign-in has ended.", "answers are kept on this device")
ELSEWHERE = "This course was opened somewhere else. What you did here until then is kept"
LEAVE = "Leave anyway: your answers stay on this device and are sent next time"

FILL = """() => {
  let size = 8 * 1024 * 1024;
  for (let number = 0; size >= 1; ) {
    try {
      localStorage.setItem(`full/${number}`, "x".repeat(size));
      number += 1;
    } catch {
      size = Math.floor(size / 2);
    }
  }
}"""
"""Leaves no room for another character in the storage of the page's origin."""

CLOCK = """(() => {
  const off = HOURS * 3600 * 1000;
  const RealDate = Date;
  window.Date = class Date extends RealDate {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(RealDate.now() + off);
    }
    static now() {
      return RealDate.now() + off;
    }
  };
})()"""
"""What the device thinks of the time is some hours off."""

FLOOD = """([location, seconds, committing]) => {
  const begun = performance.now();
  let [calls, untrue, slowest, last] = [0, 0, 0, begun];
  const step = () => {
    const now = performance.now();
    slowest = Math.max(slowest, now - last);
    last = now;
    while (calls < 200 * seconds && calls < (now - begun) / 5) {
      calls += 1;
      const value = String(calls);
      if (put([[location, value]]).length !== 1 || get(location) !== value) untrue += 1;
      if (committing && commit() !== "true") untrue += 1;
    }
    if (calls < 200 * seconds) setTimeout(step, 10);
    else window.done = [(now - begun) / 1000, untrue, slowest];
  };
  step();
}"""
"""Two hundred values a second, each read back and perhaps committed."""

MEBIBYTE = ("¿Qué?✓ " * 2**18)[: 2**20]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A site of this table's own, since its server dies now and then."""
    server = Server(tmp_path_factory.mktemp("faults"))
    server.run("init")
    server.add_people(*PEOPLE)
    server.start()
    for standard in ("1.2", "2004"):
        server.publish(f"smallest-{standard.replace('.', '-')}", standard)
    yield server
    server.stop()


@pytest.fixture
def site(running):
    """It is started again for the next test when this one has killed it and failed, or has let a
    day pass on it."""
    yield running
    if running.process.poll() is None and running.ahead:
        running.kill()
    if running.process.poll() is not None:
        running.start()


@pytest.fixture(scope="module")
def usernames():
    """A learner of its own for each test, so that all share two courses."""
    return iter(PEOPLE)


@pytest.fixture(params=["1.2", "2004"])
def course(request):
    """The slug of a course on the smallest package."""
    return f"smallest-{request.param.replace('.', '-')}"


def of(standard):
    """What goes wrong in the same way whatever content speaks is shown in one standard."""
    return pytest.mark.parametrize("course", [standard], indirect=True)


@pytest.fixture
def device(chromium, site, course, usernames):
    """Makes devices of one learner, who has signed in on them; closes them all."""
    username = next(usernames)
    contexts = []

    def make() -> Learner:
        contexts.append(chromium.new_context())
        learner = Learner(contexts[-1], site, course, username)
        learner.sign_in()
        return learner

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def learner(device):
    """A learner who has begun the course, and of whom everything is saved."""
    learner = device()
    learner.open()
    learner.saved()
    return learner


class Browser:
    """A Chromium of its own, on a profile of its own, that can be stopped and killed."""

    def __init__(self, chromium, profile):
        self.process = subprocess.Popen(
            [
                program(),
                *CHROMIUM,
                "--headless=new",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        for line in self.process.stderr:
            found = re.search(r"DevTools listening on (ws://\S+)", line)
            if found:
                break
        self.browser = chromium.browser_type.connect_over_cdp(found.group(1))
        self.context = self.browser.contexts[0]

    def signal(self, number: signal.Signals) -> None:
        """To all its processes."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """Without a chance to say goodbye."""
        self.signal(signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
        self.browser.close()


@pytest.fixture
def browser_on(chromium, tmp_path):
    """Starts browsers on a profile; kills what is left of them."""
    started = []

    def start() -> Browser:
        started.append(Browser(chromium, tmp_path / "profile"))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.kill()


# The network is cut


def test_what_was_done_without_a_network_arrives_when_it_is_back(learner):
    learner.cut()
    assert learner.answer(0)
    assert learner.commit() == "true"
    learner.hears(UNSAVED, *NO_LINE)
    assert learner.answer(10)
    assert learner.commit() == "true"
    assert learner.get(learner.location) == "page 20"
    learner.hears(UNSAVED, *NO_LINE)
    learner.mend()
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


@of("2004")
def test_who_leaves_without_a_network_waits_until_all_is_saved(learner):
    learner.cut()
    learner.answer()
    learner.press("Exit")
    waits(learner, *NO_LINE)
    expect(learner.page.get_by_role("link", name=LEAVE)).to_be_visible()
    assert learner.page.locator("main[data-session]").count() == 0
    learner.mend()
    learner.page.wait_for_selector("main[data-session=ended]")
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


def test_what_was_done_without_a_network_and_closed_is_sent_at_the_next_launch(learner):
    learner.cut()
    learner.answer(0)
    learner.hears(UNSAVED, *NO_LINE)
    learner.answer(10)
    assert learner.commit() == "true"
    learner.page.close()
    learner.mend()
    learner.open_again()
    assert learner.get(learner.location) == "page 20"
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


# The server is killed


def test_content_goes_on_while_the_server_is_killed_and_started_again(learner, site):
    learner.work(rounds=150)
    learner.at_work(20)
    site.kill()
    learner.hears(UNSAVED, *NO_LINE)
    learner.at_work(60)
    site.start()
    learner.at_work(150)
    learner.saved()
    assert len(learner.taken) >= 6 * 150
    assert learner.lost() == {}
    assert learner.lies == []


@of("1.2")
def test_what_was_done_while_the_server_was_away_and_closed_is_sent_when_it_is_back(learner, site):
    site.kill()
    learner.answer()
    assert learner.commit() == "true"
    learner.hears(UNSAVED, *NO_LINE)
    learner.page.close()
    site.start()
    learner.open_again()
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


# The tab, the browser, the machine


def test_what_was_set_and_never_committed_survives_a_closed_tab(learner, device):
    learner.answer()
    learner.page.close()
    elsewhere = device()
    elsewhere.open()
    assert elsewhere.get(learner.location) == "page 10"
    elsewhere.saved()
    assert learner.lost() == {}
    assert learner.lies == []


@of("2004")
@pytest.mark.parametrize("line", ["there", "cut"])
def test_what_was_set_and_never_committed_survives_a_tab_that_crashes(learner, line):
    learner.answer(0)
    learner.saved()
    if line == "cut":
        learner.cut()
    learner.answer(10)
    learner.crash()
    learner.mend()
    learner.open_again()
    assert learner.get(learner.location) == "page 20"
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


def test_what_was_set_and_never_committed_survives_the_death_of_the_browser(
    site, course, usernames, browser_on
):
    doomed = browser_on()
    learner = Learner(doomed.context, site, course, next(usernames))
    learner.sign_in()
    learner.open()
    learner.saved()
    learner.answer()
    learner.saved()  # by itself: what has not left the device dies with the browser's memory
    doomed.kill()
    assert learner.lost() == {}
    assert learner.lies == []


@of("2004")
def test_a_machine_that_slept_while_the_server_was_started_again_goes_on(
    site, course, usernames, browser_on
):
    laptop = browser_on()
    learner = Learner(laptop.context, site, course, next(usernames))
    learner.sign_in()
    learner.open()
    learner.work(rounds=60)
    learner.at_work(20)
    laptop.signal(signal.SIGSTOP)
    site.kill()
    site.start()
    laptop.signal(signal.SIGCONT)
    learner.at_work(60)
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


@of("1.2")
def test_a_request_that_was_on_its_way_when_the_lid_was_closed_is_made_again(device):
    learner = device()
    learner.page.clock.install()
    learner.open()
    learner.saved()
    held = Held(learner)
    learner.answer(0)
    learner.until(lambda: held)
    learner.page.clock.fast_forward("08:00:00")
    learner.hears(UNSAVED, *NO_LINE)
    held.let_go()
    learner.answer(10)
    learner.saved()
    held[0].abort()
    assert learner.lost() == {}
    assert learner.lies == []


# The device's storage is full


@of("2004")
def test_a_full_device_saves_on_the_server(learner):
    learner.page.evaluate(FILL)
    assert learner.answer()
    learner.saved()
    assert learner.commit() == "true"
    assert learner.lost() == {}
    assert learner.lies == []


def test_a_full_device_without_a_network_says_so_and_holds_the_page(learner):
    learner.page.evaluate(FILL)
    learner.cut()
    assert learner.answer()
    assert learner.commit() == "false"
    learner.hears(UNSAVED, NO_ROOM)
    assert asks_before_it_closes(learner)
    assert learner.get(learner.location) == "page 10"
    learner.press("Exit")
    waits(learner, NO_ROOM)
    assert learner.page.get_by_role("link", name=LEAVE).count() == 0
    assert not any("kept on this device" in told.notice + told.sheet for told in learner.told)
    learner.mend()
    learner.page.wait_for_selector("main[data-session=ended]")
    learner.saved()
    assert not asks_before_it_closes(learner)
    assert learner.lost() == {}
    assert learner.lies == []


# Two tabs, two devices


@of("2004")
def test_a_tab_says_at_once_that_another_one_has_taken_over(learner):
    learner.answer(0)
    learner.saved()
    second = learner.another_tab()
    second.open()
    stops(learner)
    learner.saved()
    second.answer(10)
    second.saved()
    assert learner.lost(learner.taken + second.taken) == {}
    assert learner.lies == second.lies == []


def test_a_tab_takes_over_what_the_one_before_had_not_sent(learner):
    learner.page.route("**/commit", lambda route: route.abort())
    learner.answer(0)
    learner.hears(UNSAVED, *NO_LINE)
    second = learner.another_tab()
    second.open()
    assert second.get(learner.location) == "page 10"
    second.answer(10)
    second.saved()
    learner.page.unroute("**/commit")
    stops(learner)
    assert learner.lost(learner.taken + second.taken) == {}
    assert learner.lies == second.lies == []


def test_what_a_device_had_not_sent_when_another_took_over_is_kept_and_overwrites_nothing(
    learner, device
):
    learner.answer(0)
    learner.saved()
    learner.cut()
    both = learner.taken.copy()
    assert learner.answer(10, by="first")
    learner.hears(UNSAVED, *NO_LINE)
    second = device()
    second.open()
    assert second.get(learner.location) == "page 10"
    second.answer(10, by="second")
    second.saved()
    both += second.taken
    learner.mend()
    stops(learner)
    assert learner.statuses[-1] == 409
    assert (learner.told[-1].save, learner.told[-1].status) == UNSAVED
    sent = len(learner.posts)
    assert learner.lost(both) == {}
    assert len(learner.posts) == sent
    unsent = learner.taken[-len(answers(learner.standard)) :]
    learner.page.close()
    learner.open_again()
    assert learner.get(learner.location) == "page 20 second"
    assert learner.lost(both) == {}
    assert learner.late() == unsent
    assert learner.lies == second.lies == []


@of("2004")
def test_what_a_full_device_had_not_sent_when_another_took_over_is_kept(learner, device):
    learner.page.evaluate(FILL)
    learner.cut()
    assert learner.answer(0, by="first")
    learner.hears(UNSAVED, NO_ROOM)
    second = device()
    second.open()
    second.saved()
    learner.mend()
    stops(learner)
    assert learner.late() == learner.taken


# The sign-in ends


@of("2004")
def test_a_sign_in_that_ends_keeps_nobody_from_learning(learner, device):
    learner.answer(0)
    other = device()
    other.page.goto(f"{other.server.url}/account")
    other.press("End all others")
    other.page.get_by_text("signed out").wait_for()
    learner.answer(10)
    learner.saved()
    learner.press("Exit")
    learner.page.wait_for_selector("main[data-session=ended]")
    learner.saved()
    assert not any(told.notice for told in learner.told)
    assert learner.lost() == {}
    assert learner.lies == []


def test_a_course_whose_address_has_ended_says_so_and_goes_on_in_place(learner):
    end_address(learner)
    assert learner.answer(0)
    learner.hears(UNSAVED, *SIGNED_OUT)
    assert learner.answer(10)
    learner.hears(UNSAVED, *SIGNED_OUT)
    sent = len(learner.posts)
    learner.page.get_by_role("button", name="Try again", exact=True).dispatch_event("click")
    learner.until(lambda: len(learner.posts) > sent)
    learner.hears(UNSAVED, *SIGNED_OUT)
    sign_in_again(learner)
    learner.saved()
    assert learner.commit() == "true"
    assert learner.get(learner.location) == "page 20"
    assert learner.lost() == {}
    assert learner.lies == []


@of("2004")
def test_a_full_device_whose_address_has_ended_says_both_and_holds_the_page(learner):
    learner.page.evaluate(FILL)
    end_address(learner)
    assert learner.answer()
    assert learner.commit() == "false"
    assert asks_before_it_closes(learner)
    learner.hears(UNSAVED, SIGNED_OUT[0], NO_ROOM)
    sign_in_again(learner)
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


# The device's clock


@pytest.mark.parametrize(("course", "hours"), [("1.2", -24), ("2004", 24)], indirect=["course"])
def test_a_device_whose_clock_is_a_day_off_saves_and_resumes(device, hours):
    learner = device()
    learner.context.add_init_script(CLOCK.replace("HOURS", str(hours)))
    learner.open()
    learner.answer(0)
    learner.saved()
    learner.cut()
    learner.answer(10)
    learner.hears(UNSAVED, *NO_LINE)
    learner.page.close()
    learner.mend()
    learner.open_again()
    assert learner.get(learner.location) == "page 20"
    learner.answer(20)
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


# Commits and their answers are lost, late, doubled, out of order


def test_commits_that_are_delivered_twice_count_once(learner):
    def twice(route):
        learner.deliver(route)
        hand_back(route, learner.deliver(route))

    learner.page.route("**/commit", twice)
    learner.answer(0)
    learner.saved()
    learner.answer(10)
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


def test_commits_whose_answers_are_lost_count_once(learner):
    def lose(route):
        learner.deliver(route)
        route.abort()

    learner.page.route("**/commit", lose)
    learner.answer(0)
    learner.hears(UNSAVED, *NO_LINE)
    learner.answer(10)
    learner.commit()
    learner.until(lambda: len(learner.posts) > 2)
    learner.hears(UNSAVED, *NO_LINE)
    learner.page.unroute("**/commit")
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


@of("2004")
def test_while_an_answer_is_late_the_page_says_that_it_saves(learner):
    held = Held(learner)
    learner.answer(0)
    learner.until(lambda: held)
    answer = learner.deliver(held[0])
    learner.hears(SAVING)
    learner.answer(10)
    assert learner.commit() == "true"
    learner.hears(SAVING)
    held.let_go()
    hand_back(held[0], answer)
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


def test_commits_and_answers_that_overtake_each_other_do_no_harm(learner):
    held = Held(learner)
    for number in range(3):
        learner.answer(10 * number)
        learner.leave()
        learner.until(lambda number=number: len(held) > number)
    carried = [(route, learner.deliver(route)) for route in reversed(held)]
    held.let_go()
    for route, answer in reversed(carried):
        hand_back(route, answer)
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


# Much at once


@of("2004")
def test_content_that_calls_two_hundred_times_a_second_is_served_and_sends_little(learner):
    assert flood(learner, seconds=10) <= 5


@of("1.2")
def test_content_that_commits_two_hundred_times_a_second_is_served_and_sends_little(learner):
    assert flood(learner, seconds=5, committing=True) <= 5


def flood(learner, *, seconds, committing=False):
    """Two hundred values a second, each read back; how many commits the page sent in a second."""
    before = len(learner.posts)
    learner.frame.evaluate(FLOOD, [learner.location, seconds, committing])
    learner.page.wait_for_function("() => window.frames.sco.done", timeout=60_000)
    took, untrue, slowest = learner.frame.evaluate("done")
    sent = len(learner.posts) - before
    learner.taken.append((learner.location, str(200 * seconds)))
    learner.saved()
    assert untrue == 0
    assert slowest < 5000  # milliseconds in which the page did not answer
    assert learner.lost() == {}
    assert learner.lies == []
    return sent / took


def test_a_mebibyte_of_suspend_data_is_saved(learner):
    assert learner.put([("cmi.suspend_data", MEBIBYTE)])
    assert learner.commit() == "true"
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


def test_a_mebibyte_of_suspend_data_survives_a_tab_that_is_closed_at_once(learner):
    assert learner.put([("cmi.suspend_data", MEBIBYTE)])
    learner.page.close()
    learner.open_again()
    assert learner.get("cmi.suspend_data") == MEBIBYTE
    learner.saved()
    assert learner.lost() == {}
    assert learner.lies == []


# What several lines say


def asks_before_it_closes(learner):
    """Whether somebody who closes the page is asked; they then stay."""
    asked = []
    learner.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    # A browser asks nobody who has not touched the page.
    learner.page.get_by_role("heading", name="Smallest").click()
    learner.page.close(run_before_unload=True)
    for _turn in range(TURNS):
        if asked or learner.page.is_closed():
            break
        learner.context.cookies()  # lets the browser go on, with or without this page
    return asked == ["beforeunload"]


def end_address(learner):
    """A day and an hour pass, in which nobody has used the course, or the site."""
    learner.server.kill()
    learner.server.start(hours=25)


def sign_in_again(learner):
    """In the window that the page's link opens; back in the course, it asks by itself."""
    with learner.page.context.expect_page() as opened:
        learner.page.get_by_role("link", name="Sign in again").click()
    window = opened.value
    username = window.get_by_label("Username", exact=True)
    signed_in = window.get_by_role("heading", name="You are signed in again")
    username.or_(signed_in).wait_for()
    if username.is_visible():
        sign_in_here(window, learner.username)
    signed_in.wait_for()
    window.close()
    learner.page.evaluate("() => window.dispatchEvent(new Event('focus'))")


class Held(list):
    """The page's commits, kept from the server until they are let go."""

    def __init__(self, learner):
        super().__init__()
        self._holding = True
        learner.page.route("**/commit", self._take)

    def _take(self, route):
        if self._holding:
            self.append(route)
        else:
            route.continue_()

    def let_go(self):
        """Those that come from now on; each that is held is for the test to carry."""
        self._holding = False


def stops(learner):
    """The page has given way to another one and says so."""
    main = learner.page.locator("main[data-session=blocked]")
    expect(main.get_by_role("heading", name="Opened somewhere else")).to_be_visible()
    expect(main.get_by_text(ELSEWHERE)).to_be_visible()
    expect(main.get_by_role("link", name="Back to the course")).to_be_visible()
    assert learner.page.locator("iframe[name=sco]").is_hidden()
    assert learner.page.evaluate("() => !window.API && !window.API_1484_11")


def waits(learner, *why):
    """In the content's place the page says that it waits, and what for."""
    main = learner.page.get_by_role("main")
    expect(main.get_by_role("heading", name="Waiting to save")).to_be_visible()
    for words in why:
        expect(main.get_by_text(words).first).to_be_visible()
    expect(learner.page.locator("#notice")).to_be_hidden()
