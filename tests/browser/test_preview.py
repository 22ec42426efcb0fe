"""An author tries a package: sees every call, what was wrong with it, and what was kept."""

import json

import pytest
from playwright.sync_api import expect

from shared import SHARED, needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

GOLF = {
    "2004": SHARED / "scorm/golf/RunTimeAdvancedCalls_SCORM20043rdEdition.zip",
    "1.2": SHARED / "scorm/golf/RuntimeBasicCalls_SCORM12.zip",
}
WRONG = {
    "2004": ("API_1484_11", "SetValue", "cmi.score.scaled", "407 Data Model Element Value Out Of"),
    "1.2": ("API", "LMSSetValue", "cmi.core.score.raw", "405 Incorrect Data Type"),
}


@pytest.fixture(scope="module", params=["2004", "1.2"])
def golf(request, server):
    """A golf package: its standard and its page's address."""
    key = server.run("packages", "import", str(GOLF[request.param]))["package"]
    return request.param, f"{server.url}/packages/{key}/"


class Author:
    """Somebody who previews the package."""

    def __init__(self, visitor, golf):
        self.standard, self.package = golf
        self.visitor = visitor("author")
        self.page = self.visitor.page
        self.preview()

    def preview(self):
        self.page.goto(self.package)
        self.visitor.press("Preview")
        self.page.wait_for_selector("iframe[name=sco]", state="visible")
        self.log = self.page.get_by_role("region", name="Run-time log")
        self.toggle = self.page.get_by_role("button", name="Run-time log", exact=True)
        self.rows = self.log.locator("tbody tr")
        self.hello = self.log.get_by_role("rowheader", name="Initialize").first

    def call(self, value: str) -> str:
        """Content sets the element that takes no such value."""
        api, name, element, _ = WRONG[self.standard]
        script = "([api, name, element, value]) => window[api][name](element, value)"
        self.page.wait_for_function("api => window[api]", arg=api)
        return self.page.evaluate(script, [api, name, element, value])

    def begun(self):
        """Content has said hello."""
        self.toggle.click()
        self.hello.wait_for()
        self.toggle.click()


@pytest.fixture
def author(visitor, golf):
    return Author(visitor, golf)


def test_every_call_is_in_the_log_and_errors_are_said_in_words(author):
    _, name, element, error = WRONG[author.standard]
    assert author.toggle.get_attribute("aria-expanded") == "false"
    author.begun()
    assert author.call("777") == "false"
    author.toggle.click()
    assert author.toggle.get_attribute("aria-expanded") == "true"
    author.page.get_by_label("Errors only").check()
    row = author.rows.filter(has_text=element).first
    row.wait_for()
    assert row.get_by_role("rowheader").inner_text() == name
    assert error in row.inner_text()
    assert "takes a" in row.inner_text()
    expect(author.hello).to_have_count(0)
    expect(author.log).to_contain_text("with an error")
    author.page.get_by_label("Errors only").uncheck()
    author.hello.wait_for()
    author.page.get_by_label("Search", exact=True).fill(element.upper())
    author.hello.wait_for(state="detached")
    author.rows.first.wait_for()
    assert author.rows.count() == author.rows.filter(has_text=element).count() > 0
    assert author.visitor.problems == []


def test_the_log_is_a_file_that_can_be_kept(author):
    author.begun()
    author.call("777")
    author.toggle.click()
    with author.page.expect_download() as downloading:
        author.visitor.press("Download")
    with open(downloading.value.path(), encoding="utf-8") as file:
        calls = json.load(file)["calls"]
    _, _name, element, _ = WRONG[author.standard]
    wrong = [call for call in calls if call["element"] == element and call["result"] == "false"]
    assert wrong[-1]["value"] == "777"
    assert wrong[-1]["diagnostic"]
    author.visitor.press("Clear")
    author.rows.first.wait_for(state="detached")


def test_a_long_value_is_cut_with_its_length_and_opens(author):
    author.begun()
    api, name, _, _ = WRONG[author.standard]
    author.page.evaluate(
        "([api, name]) => window[api][name]('cmi.suspend_data', 'x'.repeat(3000))", [api, name]
    )
    author.toggle.click()
    row = author.rows.filter(has_text="cmi.suspend_data").last
    summary = row.locator("summary")
    assert "3000 characters" in summary.inner_text()
    assert len(summary.inner_text()) < 200
    summary.click()
    assert "x" * 3000 in row.inner_text()


def test_the_keyboard_moves_the_edge_and_closes_the_log(author):
    author.toggle.focus()
    author.page.keyboard.press("Enter")
    edge = author.page.get_by_role("separator", name="Height of the log")
    before = int(edge.get_attribute("aria-valuenow"))
    edge.focus()
    author.page.keyboard.press("ArrowUp")
    assert int(edge.get_attribute("aria-valuenow")) == before + 5
    author.page.keyboard.press("Escape")
    assert author.toggle.get_attribute("aria-expanded") == "false"
    assert author.toggle.evaluate("button => button === document.activeElement")


def test_much_at_once_does_not_hold_content_up(author):
    author.begun()
    author.toggle.click()
    api, name, element, _ = WRONG[author.standard]
    author.page.evaluate(
        "([api, name, element]) => {"
        " for (let n = 0; n < 12000; n += 1) window[api][name](element, 'x' + n); }",
        [api, name, element],
    )
    author.rows.filter(has_text="x11999").first.wait_for()
    assert author.rows.count() <= 500
    expect(author.log).to_contain_text("The newest 5000 calls are kept")


def test_after_leaving_the_record_says_what_was_kept(author):
    author.begun()
    element = "cmi.location" if author.standard == "2004" else "cmi.core.lesson_location"
    api, name, _, _ = WRONG[author.standard]
    author.page.evaluate(
        "([api, name, element]) => window[api][name](element, '2')", [api, name, element]
    )
    button = author.page.get_by_role("button", name="Suspend", exact=True)
    if not button.is_visible():
        button = author.page.get_by_role("button", name="Exit", exact=True)
    button.click()
    author.page.wait_for_selector("main[data-session]")
    author.page.get_by_role("link", name="Record of this preview").click()
    author.page.get_by_role("heading", name="Preview record").wait_for()
    expect(author.page.get_by_role("row", name=element)).to_have_count(1)
    author.page.get_by_role("heading", name="Why the course counts as it does").wait_for()
    author.page.get_by_role("link", name="Back to the package").click()
    author.page.get_by_role("link", name="Record of your last preview").wait_for()


def test_a_reloaded_preview_leads_back_to_the_package(author):
    author.page.reload()
    author.page.get_by_role("button", name="Preview", exact=True).wait_for()
    assert author.page.url.rstrip("/") == author.package.rstrip("/")


def test_a_member_gets_no_preview(visitor, golf):
    _, package = golf
    member = visitor("member")
    answer = member.page.goto(package)
    assert answer.status in (403, 404)
    assert member.page.get_by_role("button", name="Preview").count() == 0


def test_what_a_learner_loads_knows_of_no_log(server, visitor):
    server.publish("unwatched")
    learner = visitor()
    asked = []
    learner.context.on("request", lambda request: asked.append(request.url))
    learner.open("unwatched", "Start")
    learner.saved()
    assert not [url for url in asked if "/log." in url]
    assert learner.page.locator("#log").count() == 0
