"""The pages of a quiz for those who learn: axe finds nothing in English and in Arabic, the keyboard
alone is enough, and the first load is small."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessments.questions.html import Html
from assessments.quizzes.plan import Band, Behaviour, Settings
from browsers import sign_in
from quizzes import add_quiz
from servers import Server
from tests.assessments.examples import EXAMPLES, FILES, MORE, SHORT, SINGLE, TRUTH
from tests.browser.axe import findings, needs_axe
from weigh import weigh

pytestmark = pytest.mark.browser

EVERY = [*EXAMPLES.values(), *MORE.values()]
PEOPLE = ("english", "arabic", "keyboard", "weigher")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("attempt-pages"))
    server.run("init")
    server.add_people(*PEOPLE)
    bands = (Band(Decimal(-1000), Html("<p>Read the part on first meetings again.</p>")),)
    settings = Settings(
        behaviour=Behaviour.INTERACTIVE,
        per_page=4,
        seconds=2700,
        pass_percent=Decimal(60),
        bands=bands,
    )
    with server.writing() as root:
        add_quiz(root, EVERY, settings, files=FILES, sections=2)
        add_quiz(root, [TRUTH], Settings(certainty=True), key="sure")
        add_quiz(root, [SINGLE, SHORT, TRUTH], Settings(certainty=True), key="short")
        add_quiz(root, EVERY, Settings(per_page=0), key="weighed", files=FILES)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def opened(chromium, site):
    """Opens a page of somebody who has signed in; closes them all."""
    contexts = []

    def make(username: str, lang: str = "en"):
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        sign_in(page, site, username)
        cookie = {"name": "tutela-language", "value": lang, "url": site.url}
        contexts[-1].add_cookies([cookie])
        return page

    yield make
    for context in contexts:
        context.close()


def start(page, site, quiz: str) -> None:
    page.goto(f"{site.url}/quizzes/{quiz}/")
    page.locator("form[action$=start] button").first.click()
    page.wait_for_url("**/?page=1")


@needs_axe
@pytest.mark.parametrize(("username", "lang"), [("english", "en"), ("arabic", "ar")])
def test_axe_finds_nothing_on_any_page_of_a_quiz(opened, site, username, lang):
    page = opened(username, lang)
    page.goto(f"{site.url}/quizzes/quiz/")
    assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    found = {"rules": findings(page)}
    start(page, site, "quiz")
    found["first page"] = findings(page)
    page.locator("#q1 input").first.check()
    page.locator("button[value=check-1]").click()
    page.wait_for_selector(".verdict")
    found["checked"] = findings(page)
    for number in range(2, 1 + page.locator("nav.questions li").count()):
        page.goto(page.url.partition("?")[0] + f"?page={number}")
        if page.locator("form#answers").count() == 0:
            break
        found[f"page {number}"] = findings(page)
    page.goto(page.url.partition("?")[0] + "?page=1")
    address = page.url.partition("?")[0]
    page.goto(f"{address}finish")
    found["finish"] = findings(page)
    page.locator("form[action$=finish] button").click()
    page.wait_for_url("**/review")
    for details in page.locator("main details").all():
        details.evaluate("(element) => { element.open = true; }")
    found["review"] = findings(page)
    start(page, site, "sure")
    found["certainty"] = findings(page)
    other = page.context.new_page()
    other.goto(page.url)
    page.locator("#q1 input").first.check()
    expect(page.locator("[data-save]")).to_have_attribute("data-save", "saved")
    page.wait_for_function("() => document.querySelector('[name=revision-1]').value === '1'")
    other.locator("#q1 input").nth(1).check()
    other.wait_for_selector(".two")
    found["two windows"] = findings(other)
    assert {name: said for name, said in found.items() if said} == {}


def test_the_keyboard_alone_is_enough_for_a_whole_attempt(opened, site):
    page = opened("keyboard")
    page.goto(f"{site.url}/quizzes/short/")

    def go_to(locator) -> None:
        for _step in range(80):
            page.keyboard.press("Tab")
            if locator.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError("The keyboard does not reach it.")

    def button(name: str):
        return page.get_by_role("button", name=name, exact=True)

    go_to(button("Start"))
    page.keyboard.press("Enter")
    page.wait_for_url("**page=1")
    go_to(page.locator("#q1 input[type=radio]").first)
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Not very")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Come back to this later")).to_be_checked()
    go_to(button("Next"))
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2")
    go_to(page.get_by_label("Your answer"))
    page.keyboard.type("Istanbul")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_label("Your answer")).to_have_value("Istanbul")
    go_to(page.get_by_role("navigation", name="Questions").get_by_role("button", name="3").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**page=3")
    go_to(page.get_by_role("radio", name="True"))
    page.keyboard.press("Space")
    go_to(button("Finish"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/finish")
    expect(page.get_by_text("To come back to")).to_be_visible()
    go_to(button("Hand in"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    expect(page.get_by_text("Your answers")).to_be_visible()


def test_the_first_load_of_every_page_is_small(opened, site):
    page = opened("weigher")
    weights = {"rules": weigh(page, f"{site.url}/quizzes/weighed/")}
    start(page, site, "weighed")
    address = page.url
    weights["short"] = weigh(page, address)
    start(page, site, "quiz")
    address = page.url
    for number in (1, 2, 3):
        weights[f"page {number}"] = weigh(page, address.replace("page=1", f"page={number}"))
    assert {name: each for name, each in weights.items() if each.bytes > 60_000} == {}
    few = {name: each for name, each in weights.items() if name != "short"}
    assert {name: each for name, each in few.items() if each.requests > 10} == {}
