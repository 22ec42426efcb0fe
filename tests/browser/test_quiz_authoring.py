"""The pages on which authors make quizzes: axe finds nothing, nothing is wider than a phone, and
the keyboard alone puts a quiz together, without JavaScript."""

import pytest
from playwright.sync_api import expect

from assessments.bank import categories, items
from assessments.quizzes import editing, exceptions
from assessments.quizzes import sections as plan
from assessments.quizzes.plan import Override, Settings, to_plain
from browsers import author
from servers import Server
from sites import NOW
from tests.assessments.examples import EXAMPLES
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "add",
    "{quiz}/edit",
    "{quiz}/questions",
    "{quiz}/add",
    "{quiz}/chance",
    "{quiz}/exceptions",
    "{quiz}/exception?who=l-1",
    "{quiz}/exception-remove?who=l-1",
    "{quiz}/preview",
    "{quiz}/remove",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A running site, and in it a quiz: questions of some types, an empty section, an exception."""
    server = Server(tmp_path_factory.mktemp("quizzes"))
    server.run("init")
    server.add_people("author", role="author")
    with server.writing() as found:
        home = categories.make(found.bank, "Care")
        keys = [
            items.add(found.bank, home, question, {}, now=NOW, by="").__name__
            for question in EXAMPLES.values()
        ]
        found.bank.items[keys[0]].state = "draft"
        quiz = editing.make(found.quizzes, "What you know", now=NOW)
        quiz.settings = to_plain(Settings(seconds=1800))
        plan.keep(quiz, plan.add_section(plan.add_items((), "", keys[:5])), NOW)
        exceptions.change(quiz, "l-1", Override(extra=300, reason="asked for"))
        server.quiz = quiz.__name__
    server.start()
    yield server
    server.stop()


@needs_axe
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_that_make_a_quiz(chromium, site, language, scheme):
    with author(chromium, site, language, color_scheme=scheme) as page:
        found = {}
        for path in PAGES:
            page.goto(f"{site.url}/quizzes/{path.format(quiz=site.quiz)}")
            found[path] = findings(page)

    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_that_makes_a_quiz_is_wider_than_a_phone(chromium, site, language):
    with author(chromium, site, language, viewport={"width": 360, "height": 740}) as page:
        wider = []
        for path in PAGES:
            page.goto(f"{site.url}/quizzes/{path.format(quiz=site.quiz)}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wider.append(path)

    assert wider == []


def tab_to(page, role: str, name: str) -> None:
    """Press Tab until something has the focus."""
    wanted = page.get_by_role(role, name=name).first
    for _press in range(300):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach the {role} {name}.")


def press(page, role: str, name: str, key: str = "Enter") -> None:
    tab_to(page, role, name)
    page.keyboard.press(key)


def test_the_keyboard_alone_puts_a_quiz_together_without_script(chromium, site):
    with author(chromium, site, java_script_enabled=False) as page:
        page.goto(f"{site.url}/quizzes/")
        press(page, "link", "Make a quiz")
        tab_to(page, "textbox", "Title")
        page.keyboard.type("By keyboard")
        press(page, "button", "Make the quiz")
        press(page, "button", "Add from the question bank")
        press(page, "checkbox", "An appointment", " ")
        press(page, "checkbox", "Consent can be taken back", " ")
        press(page, "button", "Put the ticked ones into the quiz")
        press(page, "button", "Down Question 1")

        expect(page.locator(".slots .name bdi")).to_have_text(
            ["Consent can be taken back", "An appointment"]
        )
