"""Nothing is lost: the browser is killed, the line is cut, the tab is closed."""

import os
import re
import signal
import subprocess

import pytest

import smallest
from browsers import CHROMIUM, program, sign_in

pytestmark = pytest.mark.browser


class Browser:
    """A Chromium of its own, on a profile of its own, that can be killed."""

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
        self.context.set_default_timeout(15_000)

    def kill(self) -> None:
        """With all its processes, without a chance to say goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stderr.close()
        self.browser.close()


@pytest.fixture
def browser_on(chromium):
    """Starts browsers on a profile; kills what is left of them."""
    started = []

    def start(profile):
        started.append(Browser(chromium, profile))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.kill()


@pytest.fixture(params=["1.2", "2004"])
def course(server, request, tmp_path):
    """A new course on the smallest package: its slug, and the bookmark's name."""
    slug = f"{re.sub('[^a-z]', '-', request.function.__name__)}-{request.param.replace('.', '-')}"
    server.publish(slug, request.param)
    return slug, smallest.LOCATION[request.param]


def begin(page, server, slug, button="Start"):
    """Open the course in a page of somebody who has signed in; the frame of its content."""
    page.goto(f"{server.url}/courses/{slug}")
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    return page.frame(name="sco")


def location(frame, name):
    return frame.evaluate("name => get(name)", name)


def saved(page):
    page.wait_for_selector("[data-save=saved]", state="attached")


def test_a_value_set_and_never_committed_survives_the_death_of_the_browser(
    server, visitor, browser_on, course, tmp_path
):
    slug, name = course
    doomed = browser_on(tmp_path / "profile")
    page = doomed.context.new_page()
    sign_in(page, server, "member")
    frame = begin(page, server, slug)
    saved(page)
    assert frame.evaluate("name => set(name, 'page 7')", name) == "true"
    saved(page)  # by itself: what has not left the device dies with the browser's memory
    doomed.kill()
    again = visitor()
    assert location(begin(again.page, server, slug, "Resume"), name) == "page 7"


def test_a_value_set_and_never_committed_survives_a_closed_tab(server, visitor, course):
    slug, name = course
    first = visitor()
    frame = begin(first.page, server, slug)
    saved(first.page)
    frame.evaluate("name => { for (let n = 1; n <= 50; n += 1) set(name, `page ${n}`); }", name)
    first.page.close()
    again = visitor()
    assert location(begin(again.page, server, slug, "Resume"), name) == "page 50"


def test_what_was_set_without_a_line_is_sent_at_the_next_launch(server, visitor, course):
    slug, name = course
    member = visitor()
    frame = begin(member.page, server, slug)
    saved(member.page)
    member.context.set_offline(True)
    assert frame.evaluate("name => set(name, 'without a line') && commit()", name) == "true"
    member.page.wait_for_selector("[data-save=unsaved]", state="attached")
    member.page.close()
    member.context.set_offline(False)
    member.page = member.context.new_page()
    frame = begin(member.page, server, slug, "Resume")
    assert location(frame, name) == "without a line"
    other = visitor()
    assert location(begin(other.page, server, slug, "Resume"), name) == "without a line"


def test_what_was_set_while_the_server_was_gone_arrives_when_it_is_back(server, visitor, course):
    slug, name = course
    member = visitor()
    frame = begin(member.page, server, slug)
    saved(member.page)
    server.kill()
    assert frame.evaluate("name => set(name, 'server gone') && commit()", name) == "true"
    member.page.wait_for_selector("[data-save=unsaved]", state="attached")
    server.start()
    saved(member.page)
    other = visitor()
    assert location(begin(other.page, server, slug, "Resume"), name) == "server gone"
