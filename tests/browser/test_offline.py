"""Taking a course away: kept on the device, gone on with without a line, sent when there is one."""

import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

import smallest
from browsers import CHROMIUM, program, sign_in, sign_in_here
from lms.authoring import build, start
from servers import ROOT, Server

pytestmark = pytest.mark.browser

COURSES = {"global-standards": "2004", "istanbul-protocol": "1.2"}
"""The site's own, each in the standard that it is taken in here."""

ANSWER = """() => {
  const asked = "div[data-group]:not([hidden]) ";
  for (const input of document.querySelectorAll(`${asked}input[data-right]`)) input.click();
  for (const select of document.querySelectorAll(`${asked}select[data-right]`)) {
    select.value = select.dataset.right;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.getElementById("hand-in").click();
}"""
"""Every question of the final quiz that is asked, rightly."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site whose line can be cut: it is stopped."""
    site = Server(tmp_path_factory.mktemp("site"))
    site.run("init")
    site.add_people("member")
    for slug, more in (("free", ""), ("ruled", ' forwardOnly="true"')):
        package = write(site.data / f"{slug}.zip", more)
        site.run("packages", "import", str(package), "--course", slug, "--publish")
    for slug, standard in COURSES.items():
        package = build(ROOT / "courses" / slug, site.data / f"{slug}.zip", standard).file
        site.run("packages", "import", str(package), "--course", slug, "--publish")
    start(site.data / "short")
    package = build(site.data / "short", site.data / "short.zip").file
    for slug in ("again", "steady", "left"):
        site.run("packages", "import", str(package), "--course", slug, "--publish")
    with site.writing() as root:
        for slug in COURSES:
            root.courses[slug].rule = ("both",)
    site.start()
    yield site
    site.stop()


@pytest.fixture
def line(site):
    """Cuts the line to the site; it is there again afterwards."""

    @contextmanager
    def cut():
        site.stop()
        try:
            yield
        finally:
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


BEGUN = "() => window.frames.sco && window.frames.sco.begun === 'true'"
ANOTHER_BEGUN = f"() => ({BEGUN})() && !window.frames.sco.left"


def move(page, name, meanwhile=None) -> None:
    """Press a button that leads to another part; wait until that has begun.

    :param meanwhile: what happens before it can
    """
    page.wait_for_function(BEGUN)
    page.frame(name="sco").evaluate("window.left = true")
    page.get_by_role("button", name=name, exact=True).click()
    if meanwhile:
        meanwhile()
    page.wait_for_function(ANOTHER_BEGUN)


@pytest.mark.parametrize("slug", COURSES)
def test_a_course_is_finished_without_a_line_and_the_certificate_arrives(site, line, browser, slug):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, slug)
        keep(page)
        with line():
            for _ in (ROOT / "courses" / slug).glob("[0-9]*.md"):
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


RULES = """<manifest identifier="ruled" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Ruled</title>
<item identifier="a" identifierref="r"><title>First</title></item>
<item identifier="b" identifierref="r"><title>Second</title></item>
<imsss:sequencing><imsss:controlMode choice="true" flow="true"{more}/></imsss:sequencing>
</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="page.html"/>
</resources></manifest>"""
FILM = bytes(range(256)) * 400


def write(path, more="") -> Path:
    """Two parts and a film.

    :param more: attributes of the control mode
    """
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", RULES.replace("{more}", more))
        archive.writestr("page.html", smallest.PAGE)
        archive.writestr("film.mp4", FILM)
    return path


def origin_of(page) -> str:
    """The content host that the player is on."""
    return page.evaluate("location.origin")


def test_the_page_is_opened_again_without_a_line_and_nothing_is_lost(site, line, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "again")
        keep(page)
        part(page).get_by_role("button", name="Mark as done").click()
        page.wait_for_selector("[data-save=saved]", state="attached")
        origin = origin_of(page)
    with line(), browser() as page:
        page.goto(f"{origin}/")
        part(page).get_by_role("heading", level=1).wait_for()
        assert current(page) == [1, "Completed"]
        first, page = page, page.context.new_page()
        page.goto(f"{origin}/")
        first.get_by_role("heading", name="Opened somewhere else").wait_for()
        part(page).get_by_role("heading", level=1).wait_for()
        page.get_by_role("button", name="Continue", exact=True).click()
        part(page).get_by_role("button", name="Mark as done").click()
        title = part(page).locator("h1").inner_text()
        page.get_by_text("No connection to the site").wait_for()
        page.context.close()
    with browser() as page:
        page.goto(f"{site.url}/courses/again")
        page.get_by_role("button", name="Resume", exact=True).click()
        part(page).locator("h1", has_text=title).wait_for()
        page.wait_for_selector("[data-save=saved]", state="attached")
        assert current(page) == [2, "Completed"]


def test_a_line_that_comes_back_does_not_disturb_what_is_open(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "steady")
        keep(page)
        site.stop()
        part(page).get_by_role("button", name="Mark as done").click()
        page.get_by_role("button", name="Continue", exact=True).click()
        part(page).get_by_role("button", name="Mark as done").wait_for()
        page.frame(name="sco").evaluate("window.mark = 'same'")
        page.wait_for_selector("[data-save=unsaved]", state="attached")
        site.start()
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_selector("[data-save=saved]", state="attached")
        assert page.frame(name="sco").evaluate("window.mark") == "same"
        page.get_by_role("button", name="Continue", exact=True).click()
        part(page).locator("#hand-in").wait_for()
        assert "(2)" not in page.locator("#save").inner_text()


def test_with_rules_the_part_that_is_open_goes_on_and_moving_waits_for_the_line(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "ruled")
        page.get_by_role("button", name="Keep on this device").click()
        page.get_by_text("To go to another part you need a connection").wait_for()
        page.get_by_role("button", name="Keep", exact=True).click()
        page.get_by_text("Kept on this device").wait_for()
        site.stop()
        page.frame(name="sco").evaluate("set('cmi.location', 'here') && commit()")

        def mend():
            page.get_by_role("heading", name="Waiting to save").wait_for()
            site.start()
            page.evaluate("dispatchEvent(new Event('online'))")

        move(page, "Continue", mend)
        assert current(page)[0] == 2


def test_who_signs_in_on_a_shared_computer_finds_nothing_kept_there(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "left")
        keep(page)
        page.goto(f"{site.url}/learning/")
        page.locator("summary", has_text="member").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.get_by_role("heading", name="You are signed out").wait_for()
        page.goto(f"{site.url}/sign-in")
        page.get_by_label("This is a shared computer").check()
        sign_in_here(page, "member")
        page.wait_for_url("**/learning/")
        begin(page, site, "left", "Resume")
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0
        left = page.evaluate("Object.keys(localStorage).map(key => key.split('/')[0])")
        assert "kept" not in left


def stored(page, place="/kept/index") -> bool:
    return page.evaluate("place => caches.match(place).then(Boolean)", place)


def test_what_is_kept_can_be_removed_and_answers_that_are_not_sent_stay(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "free", "Start")
        keep(page)
        assert stored(page)
        site.stop()
        page.frame(name="sco").evaluate("set('cmi.location', 'unsent') && commit()")
        page.wait_for_selector("[data-save=unsaved]", state="attached")
        page.get_by_role("button", name="Remove", exact=True).click()
        page.get_by_text("Some of your answers are not sent yet.").wait_for()
        page.get_by_role("button", name="Remove", exact=True).click()
        page.get_by_role("button", name="Keep on this device").wait_for()
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0
        left = page.evaluate("Object.keys(localStorage).map(key => key.split('/')[0])")
        assert set(left) <= {"outbox", "lease"}
        page.context.close()
    site.start()
    with browser() as page:
        begin(page, site, "free", "Resume")
        page.wait_for_function(BEGUN)
        assert page.frame(name="sco").evaluate("get('cmi.location')") == "unsent"


FORGE = """async () => {
  const name = (await caches.keys()).find(name => name.startsWith("kept-"));
  const cache = await caches.open(name);
  const headers = { "Content-Type": "text/html", "Content-Security-Policy": "" };
  await cache.put("/kept/file/forged.html", new Response("<p>forged", { headers }));
  await cache.put("/kept/file/page.html", new Response("<p>forged", { headers }));
  for (const { url } of await cache.keys()) {
    if (url.includes("/static/")) await cache.put(url, new Response("window.forged = true;"));
  }
  const at = location.pathname.split("/").slice(0, 3).join("/");
  const answer = await fetch(`${at}/forged.html`);
  return [await answer.text(), answer.headers.get("Content-Security-Policy")];
}"""


def test_content_that_writes_over_what_is_kept_gains_nothing_by_it(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "free", "Resume")
        keep(page)
        move(page, "Continue")
        film = page.frame(name="sco").evaluate(
            "fetch('film.mp4', { headers: { Range: 'bytes=256-259' } })"
            ".then(async answer => [answer.status,"
            " [...new Uint8Array(await answer.arrayBuffer())],"
            " answer.headers.get('Content-Range')])"
        )
        assert film == [206, [0, 1, 2, 3], f"bytes 256-259/{len(FILM)}"]
        text, policy = page.frame(name="sco").evaluate(FORGE)
        assert text == "<p>forged"
        assert "default-src 'self' data: blob:;" in policy
        refused = page.frame(name="sco").evaluate(
            "navigator.serviceWorker.register('page.html').then(() => 'reached', () => 'refused')"
        )
        assert refused == "refused"
        address = page.evaluate("performance.getEntriesByType('navigation')[0].name")
        page.goto(address)
        page.wait_for_selector("[data-save]", state="attached")
        assert page.evaluate("window.forged") is None


def test_a_file_that_cannot_be_had_ends_the_storing_which_can_be_tried_again(site, browser):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "free", "Resume")
        slow = []
        page.route("**/page.html", lambda route: slow.append(route))
        page.route("**/film.mp4", lambda route: route.fulfill(status=500))
        page.get_by_role("button", name="Keep on this device").click()
        with page.expect_response("**/film.mp4"):
            page.get_by_role("button", name="Keep", exact=True).click()
        with page.expect_event("requestfinished", lambda sent: sent.url.endswith("page.html")):
            slow[0].continue_()
        page.unroute("**/film.mp4")
        page.get_by_role("button", name="Try again").click()
        page.get_by_text("Kept on this device").wait_for()


MARK = "() => Object.entries(localStorage).find(([key]) => key.startsWith('kept/'))"


def test_a_mark_of_the_last_visit_that_has_not_reached_the_disk_holds_nobody_up(
    site, line, browser
):
    with browser() as page:
        sign_in(page, site, "member")
        begin(page, site, "free", "Resume")
        keep(page)
        page.wait_for_function(BEGUN)
        mark = page.evaluate(MARK)
    with browser() as page:
        held = []
        page.route("**/keep", lambda route: held.append(route))
        begin(page, site, "free", "Resume")
        page.wait_for_function("([key, value]) => localStorage.getItem(key) !== value", arg=mark)
        held[0].continue_()
        page.evaluate(OF_THIS_SESSION)
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", mark)
        origin = origin_of(page)
    with line(), browser() as page:
        page.goto(f"{origin}/")
        page.wait_for_function(BEGUN)


def test_a_page_that_comes_back_after_days_asks_to_sign_in_and_nothing_is_lost(
    browser, tmp_path_factory
):
    later = Server(tmp_path_factory.mktemp("later"))
    later.run("init")
    later.add_people("member")
    later.run("packages", "import", str(write(later.data / "p.zip")), "--course", "p", "--publish")
    later.start()
    with browser() as page:
        sign_in(page, later, "member")
        begin(page, later, "p")
        keep(page)
    with browser() as page:  # another visit, whose session is another
        begin(page, later, "p", "Resume")
        origin = origin_of(page)
        page.evaluate(OF_THIS_SESSION)
    later.stop()
    with browser() as page:
        page.goto(f"{origin}/")
        page.wait_for_function(BEGUN)
        page.frame(name="sco").evaluate(
            "set('cmi.location', 'days ago') && set('cmi.exit', 'suspend')"
        )
        move(page, "Continue")
        later.start(hours=72)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.get_by_text("Your sign-in has ended.").wait_for()
    with browser() as page:
        page.goto(f"{later.url}/sign-in")
        if page.get_by_label("Username", exact=True).count():
            sign_in(page, later, "member")
        begin(page, later, "p", "Resume")
        page.wait_for_function(BEGUN)
        assert current(page)[0] == 2
        move(page, "Previous")
        page.locator("#contents li:first-child [aria-current]").wait_for()
        assert page.frame(name="sco").evaluate("get('cmi.location')") == "days ago"
    later.stop()


OF_THIS_SESSION = """async () => {
  const settings = JSON.parse(document.getElementById("player-settings").textContent);
  const words = { index: settings.session, shelf: settings.session, page: settings.page };
  const has = async ([place, word]) =>
    (await (await caches.match(`/kept/${place}`)).text()).includes(word);
  while (!(await Promise.all(Object.entries(words).map(has))).every(Boolean)) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}"""
"""Waits until this visit is what is kept; ``wait_for_function`` does not wait for a promise."""


def test_another_version_of_the_package_takes_the_old_one_off_the_device(browser, tmp_path_factory):
    renewed = Server(tmp_path_factory.mktemp("renewed"))
    renewed.run("init")
    renewed.add_people("member")
    first = write(renewed.data / "p.zip")
    found = renewed.run("packages", "import", str(first), "--course", "p", "--publish")
    renewed.start()
    with browser() as page:
        sign_in(page, renewed, "member")
        begin(page, renewed, "p")
        keep(page)
    renewed.stop()
    more = write(renewed.data / "q.zip", ' choiceExit="true"')
    added = renewed.run("packages", "import", str(more), "--replace", found["package"])
    use = ("packages", "use", found["package"], added["version"][:32])
    renewed.run(*use, "--learners", "move")
    renewed.start()
    with browser() as page:
        begin(page, renewed, "p", "Resume")
        page.get_by_role("button", name="Keep on this device").wait_for()
        assert page.evaluate("caches.keys()") == []
    renewed.stop()
