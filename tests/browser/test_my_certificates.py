"""My certificates in a real browser: with a mouse, by keyboard, on a phone, without script."""

from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from zipfile import ZipFile

import pytest

import certified
from certificates import awarding
from certificates.badges import baking
from lms.services import courses
from servers import PASSPHRASE, Server
from tests.browser.axe import findings, needs_axe
from weigh import weigh

pytestmark = pytest.mark.browser

MINE = "/certificates/mine/"
PATH = "First steps with survivors"


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A site on which a member has certificates of every standing and is on a path, and a newcomer
    has none."""
    server = Server(tmp_path_factory.mktemp("held"))
    server.run("init")
    server.add_people("member", "newcomer")
    server.publish("listening")
    with server.writing() as site:
        member, now = site.people.by_username("member"), datetime.now(UTC)
        certified.certify(site.certificates, member.learner_id, now)
        courses.enrol(site.courses["listening"], member, now)
        awards = site.certificates.awards
        path = awarding.create(awards, subject="", title=PATH, now=now, random=token_bytes)
        awarding.change(path, {"rule": (("courses", ("listening",)),), "language": "en"})
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page_of(chromium, held):
    """Makes pages on which the member is signed in."""
    contexts = []

    def make(username="member", **options):
        contexts.append(chromium.new_context(base_url=held.url, **options))
        page = contexts[-1].new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda told: page.problems.append(told.text))
        page.goto("/sign-in")
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(PASSPHRASE)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/learning/")
        return page

    yield make
    for context in contexts:
        context.close()


def first_row(page):
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=2)).first


def downloaded(page, press) -> Path:
    with page.expect_download() as download:
        press.click()
    return download.value.path()


def test_a_learner_finds_the_page_prints_shares_and_takes_the_badge(page_of):
    page = page_of(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("main").get_by_role("link", name="My certificates").click()
    row = first_row(page)
    row.locator("summary").click()
    badge = downloaded(page, row.get_by_role("link", name="Picture (PNG)"))
    assert baking.extract(badge.read_bytes()).startswith("{")
    row.get_by_role("button", name="Copy").click()
    row.get_by_role("button", name="Copied").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == row.get_by_label("Link for others").input_value()
    row.get_by_role("link", name="Print").click()
    page.get_by_label("Name on the certificate").wait_for()
    page.goto(address)
    page.get_by_role("heading", name="This certificate is valid").wait_for()
    assert page.problems == []


def test_where_there_is_no_clipboard_the_address_is_copied_all_the_same(page_of):
    """As in a page without HTTPS."""
    page = page_of()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(MINE)
    row = first_row(page)
    row.locator("summary").click()
    row.get_by_role("button", name="Copy").click()
    row.get_by_role("button", name="Copied").wait_for()
    address = row.get_by_label("Link for others").input_value()
    page.get_by_label("Name on the PDFs").focus()
    page.keyboard.press("Control+V")
    assert page.get_by_label("Name on the PDFs").input_value() == address


def test_it_is_in_the_menu_of_the_account_and_marks_no_other_link(page_of):
    page = page_of()
    page.get_by_text("member", exact=True).first.click()
    page.get_by_role("banner").get_by_role("link", name="My certificates").click()
    page.get_by_role("heading", name="My certificates", level=1).wait_for()
    assert page.locator("[aria-current=page]").count() == 0


def test_everything_is_there_without_script_and_by_keyboard(page_of):
    page = page_of(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(MINE)
    row = first_row(page)
    assert row.get_by_role("button", name="Copy").count() == 0
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    assert row.get_by_label("Link for others").is_visible()
    page.keyboard.press("Tab")
    assert row.get_by_label("Link for others").evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    assert row.get_by_role("link", name="Picture (PNG)").evaluate(
        "e => e === document.activeElement"
    )
    page.get_by_label("Name on the PDFs").fill("Zoë Ñandú")
    with ZipFile(downloaded(page, page.get_by_role("button", name="All as a zip"))) as archive:
        assert sum(name.endswith("certificate.pdf") for name in archive.namelist()) == 6
    assert downloaded(page, page.get_by_role("link", name="Transcript (JSON)")).stat().st_size


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_has_no_barriers_and_fits_a_phone(page_of, scheme, language):
    page = page_of(color_scheme=scheme, locale=language, viewport={"width": 360, "height": 740})
    page.goto(MINE)
    for summary in page.locator("main summary").all():
        summary.click()
    assert findings(page) == []
    room, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert needed <= room


def test_a_title_of_another_direction_begins_where_the_lines_of_the_page_do(page_of):
    page = page_of(locale="ar")
    heading = page.get_by_role("heading", name=PATH)
    heading.wait_for()
    ends = """heading => {
      const text = document.createRange();
      text.selectNodeContents(heading);
      return heading.getBoundingClientRect().right - text.getBoundingClientRect().right;
    }"""
    assert abs(heading.evaluate(ends)) < 1
    assert heading.evaluate("heading => getComputedStyle(heading).direction") == "ltr"


@needs_axe
def test_an_empty_page_has_no_barriers_either(page_of):
    page = page_of("newcomer")
    page.goto(MINE)
    page.get_by_text("You have none yet").wait_for()
    assert findings(page) == []


def test_the_page_is_small(page_of, held):
    weight = weigh(page_of(), held.url + MINE)
    assert weight.bytes <= 60_000
    assert weight.requests <= 10
    assert weight.hosts == {held.url.partition("://")[2]}
