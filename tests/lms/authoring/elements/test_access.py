"""For everybody: keyboard, screen reader, small and enlarged screens, forced colours, no site."""

import pytest

from course_pages import (
    EVEN,
    MARKS,
    PRINT,
    REFLECTION,
    REVEAL,
    SCENARIO,
    SKY,
    SORT,
    TABLE,
    WORD,
    check,
    languages,
    page,
    part,
    pool,
    quiz,
)
from lms.authoring import assets
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser
EVERYTHING = "<h2 id='h1'>Near</h2>" + WORD + REVEAL + check(SKY, EVEN, SORT) + SCENARIO
SCHEMES = ["light", "dark"]
DRAWN = """each => [getComputedStyle(each).borderTopColor, getComputedStyle(each).opacity]"""
SMALL_TARGETS = """() => Array.from(
  document.querySelectorAll("button, summary, select, textarea, .choice, .choices a, nav a"))
  .filter((each) => each.offsetParent)
  .map((each) => [each.textContent.trim().slice(0, 30), each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 24 || box.width < 24)
  .map(([text]) => text)"""


@pytest.fixture
def open_site(launched):
    def of(standard="2004", **options):
        text = EVERYTHING + REFLECTION + PRINT
        links = languages("en", {"en": "part-3.html", "ar": "ar/part-3.html"})
        final = quiz("final", 4, pool(4, 3))
        files = {
            "part-3.html": part(standard, text, links=links),
            "ar/part-3.html": part(standard, text, language="ar"),
            "part-4.html": part(standard, TABLE + MARKS),
            "ar/part-4.html": part(standard, TABLE + MARKS, language="ar"),
            "quiz.html": page(standard, final, kind="quiz", title="The quiz"),
        }
        return launched(files, standard, **options)

    return of


def use_all(frame):
    """Bring everything to show that a page can show."""
    for word in frame.locator("a.word").all():
        word.click()
    frame.locator(".reveal summary").click()
    for label in ("False", "Two"):
        frame.get_by_label(label, exact=True).check()
    for select in frame.locator("select").all():
        select.select_option(index=1)
    for each in frame.locator("course-check button").all():
        each.click()
    frame.get_by_role("link", name="Accept the offer").click()
    frame.get_by_role("button", name="Clear").click()
    frame.get_by_role("button", name="Mark as done").click()
    frame.get_by_text("A list of what was done to a centre.").nth(1).wait_for()


@needs_axe
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["part-3.html", "ar/part-3.html"])
def test_axe_finds_nothing_in_a_part_before_and_after_it_is_used(open_site, path, scheme):
    frame = open_site(color_scheme=scheme).open(path)
    assert findings(frame) == []
    use_all(frame)
    assert findings(frame) == []


@needs_axe
@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_a_quiz_and_its_result(open_site, scheme):
    frame = open_site(color_scheme=scheme).open("quiz.html")
    assert findings(frame) == []
    frame.get_by_role("button", name="Hand in").click()
    assert findings(frame) == []
    for name in frame.locator("fieldset:visible").evaluate_all("all => all.map(e => e.id)"):
        frame.locator(f"#{name}").get_by_label("Wrong one").check()
    frame.get_by_role("button", name="Hand in").click()
    assert findings(frame) == []


@pytest.mark.parametrize("path", ["part-3.html", "ar/part-3.html", "quiz.html"])
def test_nothing_is_wider_than_a_small_screen_also_with_text_of_double_size(open_site, path):
    frame = open_site(viewport={"width": 320, "height": 640}).open(path)
    if path != "quiz.html":
        use_all(frame)
    assert frame.evaluate("document.documentElement.scrollWidth") == 320
    frame.evaluate("document.documentElement.style.fontSize = '200%'")
    assert frame.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("path", "key"), [("part-4.html", "Right"), ("ar/part-4.html", "Left")])
def test_a_wide_table_shows_that_it_goes_on_and_is_moved_by_keyboard(open_site, path, key):
    site = open_site(viewport={"width": 360, "height": 640}, locale=path[:2])
    frame = site.open(path)
    assert frame.evaluate("document.documentElement.scrollWidth") == 360
    place = frame.get_by_role("group", name="Table")
    attachment = place.evaluate("e => getComputedStyle(e).backgroundAttachment")
    assert attachment == "local, local, scroll, scroll"
    place.focus()
    site.page.keyboard.press(f"Arrow{key}")
    frame.wait_for_function("document.querySelector('.table').scrollLeft !== 0")


@pytest.mark.parametrize(("path", "turned"), [("part-4.html", False), ("ar/part-4.html", True)])
def test_marks_follow_their_word_in_the_direction_of_the_page(open_site, path, turned):
    frame = open_site().open(path)
    first, second = (each.bounding_box()["x"] for each in frame.locator(".mark").all())
    assert (first > second) == turned


@pytest.mark.parametrize("scheme", SCHEMES)
def test_boxes_to_choose_in_are_plain_to_see_also_when_nothing_can_be_changed(open_site, scheme):
    frame = open_site(color_scheme=scheme).open("quiz.html")
    box = frame.locator("fieldset:visible input").first
    before = box.evaluate(DRAWN)
    box.evaluate("each => { each.disabled = true }")
    assert box.evaluate(DRAWN) == before
    assert (
        before
        == {"light": ["rgb(123, 127, 133)", "1"], "dark": ["rgb(119, 130, 142)", "1"]}[scheme]
    )
    box.evaluate("each => { each.checked = true }")
    assert (
        box.evaluate(DRAWN)[0] == {"light": "rgb(12, 90, 94)", "dark": "rgb(124, 196, 192)"}[scheme]
    )


@pytest.mark.parametrize("path", ["part-3.html", "quiz.html"])
def test_what_is_pressed_is_large_enough(open_site, path):
    frame = open_site(viewport={"width": 360, "height": 640}).open(path)
    assert frame.evaluate(SMALL_TARGETS) == []


def test_a_part_can_be_worked_by_keyboard_alone(open_site):
    site = open_site()
    frame = site.open()
    press = site.page.keyboard.press

    def reach(words):
        """Move on with the tabulator to what says these words."""
        for _step in range(40):
            press("Tab")
            if words in frame.evaluate(
                "`${document.activeElement.labels?.[0]?.textContent || ''}"
                " ${document.activeElement.textContent}`"
            ):
                return
        pytest.fail(f"“{words}” is not reached")

    reach("attack registry")
    press("Enter")
    frame.locator("#with-word + .meaning").get_by_text("A list of what").wait_for()
    press("Escape")
    reach("How a report")
    press("Enter")
    reach("True")
    press("Space")
    reach("Check")
    press("Enter")
    assert frame.locator("#p3-sky-feedback").inner_text().startswith("✓ Right")
    reach("Oak")
    press("ArrowDown")
    reach("Trout")
    press("ArrowDown")
    reach("Pike")
    press("ArrowDown")
    reach("Check")
    press("Enter")
    assert frame.locator("#p3-sort-feedback").inner_text().startswith("✗ Not right")
    reach("Accept the offer")
    press("Enter")
    assert frame.evaluate("document.activeElement.innerText") == "Then: This may do harm"
    reach("What is there already?")
    site.page.keyboard.type("A door.")
    reach("Mark as done")
    press("Enter")
    assert site.values()["cmi.completion_status"] == "completed"


def test_what_is_chosen_is_seen_in_forced_colours(open_site):
    frame = open_site(forced_colors="active").open()
    frame.get_by_label("False").check()
    chosen = frame.locator(".choice.is-chosen")
    assert chosen.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


def test_from_a_folder_on_a_stick_everything_but_the_record_works(open_site, chromium, tmp_path):
    shared = assets.shared_files()
    for path, text in open_site().files.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace('type="module"', "defer"), "utf-8")
    for name, content in shared.items():
        (tmp_path / name).write_bytes(content)
    context = chromium.new_context()
    page = context.new_page()
    page.goto((tmp_path / "part-3.html").as_uri())
    assert page.get_by_text("This page is open outside a learning site").is_visible()
    page.get_by_label("True").check()
    page.get_by_role("button", name="Check").first.click()
    assert page.locator("#p3-sky-feedback").inner_text().startswith("✓ Right")
    page.get_by_role("link", name="Accept the offer").click()
    assert page.get_by_text("He says less than he would.").is_visible()
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar/part-3.html")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    context.close()


def test_the_script_and_the_style_sheet_are_small():
    shared = assets.shared_files()
    assert len(shared["course.js"]) <= 33_000
    assert len(shared["course.css"]) <= 14_000
