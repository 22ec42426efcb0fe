"""The designer of certificate templates: the picture follows the typing, the keyboard does all of
it, and without script a button shows the page."""

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

import images
from browsers import signed_in
from servers import Server
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
MOST_TABS = 100
SHOWN = "page-preview img"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("templates"))
    server.run("init")
    server.add_people("admin", role="admin")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def admin(chromium, site):
    """Opens pages of an admin; notes what their consoles say."""
    contexts, said = [], []

    def opened(**options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = signed_in(context, site, "admin")
        speak(page, site, "en")
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []


def speak(page, site, language: str) -> None:
    """Which an account remembers."""
    page.goto(f"{site.url}/language")
    page.locator(f"[value={language}]").first.click()
    page.wait_for_load_state()


def make(page, site, name: str, base: str) -> None:
    page.goto(f"{site.url}/certificates/templates/new")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Begin with a copy of").select_option(label=base)
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("heading", name=name, level=1).wait_for()
    page.wait_for_load_state()


def changed(page, before: str) -> str:
    """The address of the picture, once it is another one."""
    expect(page.locator(SHOWN)).not_to_have_attribute("src", before)
    expect(page.locator("page-preview:not([aria-busy])")).to_be_visible()
    return page.locator(SHOWN).get_attribute("src")


def tab_to(page, place) -> None:
    """Press Tab until the place has the focus."""
    for _ in range(MOST_TABS):
        if place.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {place}.")


def test_the_picture_follows_what_is_typed_and_chosen(admin, site, tmp_path):
    seal = tmp_path / "seal.png"
    seal.write_bytes(images.png((300, 300)))
    page = admin(viewport={"width": 1280, "height": 900})
    make(page, site, "Followed", "Quiet")
    first = page.locator(SHOWN).get_attribute("src")
    assert first.endswith("/1/preview.png?language=en")

    page.get_by_label("Heading").first.fill("Well done")
    typed = changed(page, first)
    assert typed.startswith("data:image/png;base64,")
    page.get_by_label("Frame: a border").check()
    framed = changed(page, typed)
    page.get_by_label("Preview in").select_option(label="العربية")
    arabic = changed(page, framed)

    page.get_by_label("Seal", exact=True).set_input_files(seal)
    changed(page, arabic)
    kept = page.locator("[data-slot=seal] .kept img")
    expect(kept).to_be_visible()
    expect(page.get_by_label("Seal", exact=True)).to_have_value("")
    assert kept.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300

    page.get_by_label("Text", exact=True).fill("#dddddd")
    remark = page.get_by_role("status").get_by_text("This text is hard to read on this paper.")
    remark.wait_for()
    page.get_by_label("Text", exact=True).fill("#222222")
    expect(remark).to_have_count(0)

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("A new version is saved.").wait_for()
    page.get_by_text("Changed: Layout, Text, Seal, Words").wait_for()


def test_without_script_a_button_shows_the_page(admin, site):
    page = admin(java_script_enabled=False, viewport=PHONE)
    make(page, site, "Scriptless", "Band")
    page.get_by_label("Portrait").check()
    page.get_by_role("button", name="Preview", exact=True).click()
    content = page.locator(SHOWN).get_attribute("src").removeprefix("data:image/png;base64,")
    shown = Image.open(io.BytesIO(base64.b64decode(content)))
    assert shown.height > shown.width
    expect(page.get_by_label("Portrait")).to_be_checked()


def test_the_keyboard_alone_makes_a_template(admin, site):
    page = admin(viewport=PHONE)
    page.goto(f"{site.url}/certificates/templates/")
    tab_to(page, page.get_by_role("link", name="New template"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Name"))
    page.keyboard.type("By keys")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="By keys", level=1).wait_for()
    page.wait_for_load_state()
    before = page.locator(SHOWN).get_attribute("src")
    tab_to(page, page.get_by_label("Quiet: text on calm paper"))
    page.keyboard.press("ArrowDown")
    before = changed(page, before)
    tab_to(page, page.get_by_text("Signatory 2", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#signatory-2-name"))
    page.keyboard.type("Ana")
    changed(page, before)
    tab_to(page, page.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    page.get_by_text("A new version is saved.").wait_for()


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_a_phone_shows_all_of_it(admin, site, language, scheme):
    page = admin(viewport=PHONE, color_scheme=scheme)
    name = f"Checked {language} {scheme}"
    make(page, site, name, "Frame")
    edit = page.url
    page.goto(f"{site.url}/language")
    page.locator(f"[value={language}]").first.click()
    room = f"{site.url}/certificates/templates/"
    for address in (
        room,
        f"{room}new",
        f"{room}import",
        f"{room}band/",
        edit,
        edit[: -len("edit")],
    ):
        page.goto(address)
        assert findings(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
