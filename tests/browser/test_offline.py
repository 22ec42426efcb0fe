"""Taking a course away: kept on the device, gone on with without a line, sent when there is one."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from browsers import CHROMIUM, program, sign_in
from lms.authoring import build
from servers import ROOT, Server

pytestmark = pytest.mark.browser

COURSE = ROOT / "courses" / "first-steps"
ANSWER = """() => {
  for (const input of document.querySelectorAll("[data-right]")) input.click();
  document.getElementById("hand-in").click();
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site whose line can be cut: it is stopped."""
    site = Server(tmp_path_factory.mktemp("site"))
    site.run("init")
    site.add_people("member")
    for name in ("built-2004", "built-1.2", "again-2004", "steady-2004"):
        standard = name.partition("-")[2]
        package = build(COURSE, site.data / f"{name}.zip", standard).file
        slug = name.replace(".", "")
        site.run("packages", "import", str(package), "--course", slug, "--publish")
    site.start()
    yield site
    site.stop()


@pytest.fixture
def line(site):
    """Cuts the line to the site; it is there again afterwards."""

    @contextmanager
    def cut():
        site.stop()
        yield
        site.start()

    return cut


@pytest.fixture
def browser(chromium, site, tmp_path):
    """Opens a browser with a profile on disk, the same each time; closes it."""

    @contextmanager
    def opened(profile: Path = tmp_path / "profile"):
        context = chromium.browser_type.launch_persistent_context(
            str(profile),
            executable_path=program(),
            args=CHROMIUM,
            viewport={"width": 1280, "height": 800},
        )
        context.set_default_timeout(15_000)
        page = context.pages[0]
        page.on("pageerror", lambda problem: pytest.fail(str(problem)))
        yield page
        context.close()

    return opened


def keep(page):
    page.get_by_role("button", name="Keep on this device").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.get_by_text("Kept on this device").wait_for()


def begin(page, site, slug, button="Start"):
    page.goto(f"{site.url}/courses/{slug}")
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_selector("[data-save=saved]", state="attached")


def part(page):
    return page.frame_locator("iframe[name=sco]")


@pytest.mark.parametrize("slug", ["built-2004", "built-12"])
def test_a_course_is_finished_without_a_line_and_the_certificate_arrives(site, line, browser, slug):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, slug)
        keep(page)
        with line():
            parts = page.locator("#contents li").count()
            for _ in range(1, parts):
                part(page).get_by_role("button", name="Mark as done").click()
                page.get_by_role("button", name="Continue", exact=True).click()
            part(page).locator("#hand-in").wait_for()
            page.frame(name="sco").evaluate(ANSWER)
            page.get_by_role("button", name="Exit", exact=True).click()
            page.get_by_text("Open the course again when you have a connection").wait_for()
            page.context.close()
    with browser() as page:
        page.goto(f"{site.url}/courses/{slug}")
        page.get_by_role("button", name="Resume", exact=True).click()
        page.wait_for_selector("main[data-session], [data-save=saved]", state="attached")
        page.goto(f"{site.url}/courses/{slug}")
        page.get_by_role("link", name="Certificate", exact=True).wait_for()


def current(page) -> list:
    """The part that is before the learner, counted from 1, and its status."""
    return page.evaluate(
        "() => { const lines = [...document.querySelectorAll('#contents li')];"
        " const at = lines.findIndex(line => line.querySelector('[aria-current]'));"
        " return [at + 1, lines[at].querySelector('.status').textContent]; }"
    )


def origin_of(page) -> str:
    """The content host that the player is on."""
    return page.evaluate("location.origin")


def test_the_page_is_opened_again_without_a_line_and_nothing_is_lost(site, line, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "again-2004")
        keep(page)
        part(page).get_by_role("button", name="Mark as done").click()
        page.wait_for_selector("[data-save=saved]", state="attached")
        origin = origin_of(page)
    with line(), browser() as page:
        page.goto(f"{origin}/")
        part(page).get_by_role("heading", level=1).wait_for()
        assert current(page) == [1, "Completed"]
        page.get_by_role("button", name="Continue", exact=True).click()
        part(page).get_by_role("button", name="Mark as done").click()
        title = part(page).locator("h1").inner_text()
        page.get_by_text("No connection to the site").wait_for()
        page.context.close()
    with browser() as page:
        page.goto(f"{site.url}/courses/again-2004")
        page.get_by_role("button", name="Resume", exact=True).click()
        part(page).locator("h1", has_text=title).wait_for()
        page.wait_for_selector("[data-save=saved]", state="attached")
        assert current(page) == [2, "Completed"]


def test_a_line_that_comes_back_does_not_disturb_what_is_open(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "steady-2004")
        keep(page)
        site.stop()
        part(page).get_by_role("button", name="Mark as done").click()
        page.get_by_role("button", name="Continue", exact=True).click()
        part(page).get_by_role("button", name="Mark as done").wait_for()
        page.frame(name="sco").evaluate("window.mark = 'same'")
        page.wait_for_selector("[data-save=unsaved]", state="attached")
        site.start()
        page.get_by_role("button", name="Try again").click()
        page.wait_for_selector("[data-save=saved]", state="attached")
        assert page.frame(name="sco").evaluate("window.mark") == "same"
        page.get_by_role("button", name="Continue", exact=True).click()
        page.wait_for_function("() => window.frames.sco && !window.frames.sco.mark")
        part(page).get_by_role("button", name="Mark as done").wait_for()
        assert "(2)" not in page.locator("#save").inner_text()
