"""Signing in, menus and pages, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from servers import PASSPHRASE

pytestmark = pytest.mark.browser


@pytest.fixture
def page_of(chromium, server):
    """Makes pages of new browser contexts; what the console says against them is collected."""
    contexts = []

    def make(**options):
        contexts.append(chromium.new_context(base_url=server.url, **options))
        page = contexts[-1].new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        return page

    yield make
    for context in contexts:
        context.close()


def sign_in(page, username="member", *, shared=False):
    page.goto("/sign-in?next=/account")
    page.get_by_label("Username", exact=True).fill(username)
    page.get_by_label("Password", exact=True).fill(PASSPHRASE)
    if shared:
        page.get_by_label("This is a shared computer").check()
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/account")


def test_a_shared_computer_keeps_nothing_after_signing_out(page_of):
    page = page_of()
    sign_in(page, shared=True)
    page.evaluate("localStorage.setItem('left', 'behind')")
    assert all(cookie["expires"] == -1 for cookie in page.context.cookies())
    page.locator("summary", has_text="member").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("heading", name="You are signed out").wait_for()
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


def test_everything_works_without_script(page_of):
    page = page_of(java_script_enabled=False, viewport={"width": 360, "height": 740})
    sign_in(page)
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="Courses").click()
    page.get_by_role("heading", name="Courses").wait_for()


def test_a_passphrase_can_be_looked_at_and_is_hidden_again_when_it_is_sent(page_of):
    page = page_of()
    page.goto("/sign-in")
    field = page.get_by_label("Password", exact=True)
    field.fill("look at me")
    page.get_by_role("button", name="Show").click()
    assert field.get_attribute("type") == "text"
    page.get_by_role("button", name="Show").click()
    assert field.get_attribute("type") == "password"


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page_of):
    page = page_of(viewport={"width": 360, "height": 740})
    page.goto("/sign-in")
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="Verify a certificate").focus()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="Verify a certificate").is_visible()
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_a_form_is_sent_once_however_often_its_button_is_pressed(page_of):
    page = page_of()
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.goto("/sign-in")
    page.get_by_label("Username", exact=True).fill("nobody")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.evaluate(
        "() => { const button = document.querySelector('main button[type=submit]');"
        " button.click(); button.click(); button.click(); }"
    )
    page.get_by_text("do not belong together").wait_for()
    expect(page.locator(".errors")).to_be_focused()
    assert len(sent) == 1


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_is_wider_than_the_screen_or_against_the_policy(page_of, server, width, language):
    server.run("people", "add", f"{'a-name-without-end' * 3}-{width}{language}", "--role", "member")
    page = page_of(viewport={"width": width, "height": 740}, locale=language)
    page.goto("/sign-in?next=/account")
    page.locator("input[name=username]").fill("admin")
    page.locator("input[name=password]").fill(PASSPHRASE)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/account")
    paths = ("/", "/account", "/passphrase", "/language", "/admin/", "/admin/people/")
    for path in (*paths, "/admin/people/add", "/admin/audit", "/admin/topics/", "/courses/"):
        page.goto(path)
        room, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        assert needed <= room, path
    assert [words for words in page.said if re.search("Content.Security|violates", words)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(page_of, scheme):
    """WCAG 2.2 1.4.3 for every pair of tokens that is used together."""
    page = page_of(color_scheme=scheme)
    page.goto("/sign-in")
    tokens = page.evaluate(
        "() => { const style = getComputedStyle(document.documentElement);"
        " return Object.fromEntries(['paper', 'ink', 'muted', 'edge', 'accent', 'accent-soft',"
        " 'on-accent', 'attention', 'attention-soft', 'wrong', 'wrong-soft', 'right',"
        " 'right-soft', 'sheet'].map(n => [n, style.getPropertyValue('--' + n).trim()])) }"
    )
    body = [("ink", "paper"), ("ink", "sheet")]
    text = [("muted", "paper"), ("accent", "paper"), ("on-accent", "accent"), ("accent", "sheet")]
    for kind in ("attention", "wrong", "right", "accent"):
        text += [(kind, "paper"), (kind, f"{kind}-soft"), ("ink", f"{kind}-soft")]
    ratios = {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in body + text}
    assert [pair for pair in body if ratios[pair] < 7] == []
    assert [pair for pair in text if ratios[pair] < 4.5] == []
    assert contrast(tokens["edge"], tokens["sheet"]) >= 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two ``#rgb`` or ``#rrggbb`` colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
