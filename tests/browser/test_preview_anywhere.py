"""An author looks at any part of a package, on a screen of any size, and leaves nothing behind."""

import pytest

from shared import SHARED, needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

GOLF = SHARED / "scorm/golf"
SCREENS = {"phone": [360, 640], "tablet": [768, 1024], "desktop": [1280, 720]}
KEYS = "store => Object.keys(window[store])"
SWEEP = """() => {
  const look = async () => {
    window.swept = !localStorage.length && !sessionStorage.seen
      && !(await indexedDB.databases()).length;
    if (!window.swept) requestAnimationFrame(look);
  };
  look();
}"""
"""Notes when content has left nothing; ``wait_for_function`` does not wait for a promise."""


@pytest.fixture(scope="module")
def packages(server):
    """Addresses of sample packages: lessons that flow, lessons that open one after the other, and
    tests of which one is drawn."""
    names = {
        "lessons": "ContentPackagingOneFilePerSCO_SCORM12",
        "forced": "SequencingForcedSequential_SCORM20043rdEdition",
        "drawn": "SequencingRandomTest_SCORM20043rdEdition",
    }
    return {
        word: f"{server.url}/packages/{server.run('packages', 'import', str(path))['package']}/"
        for word, name in names.items()
        for path in [GOLF / f"{name}.zip"]
    }


@pytest.fixture
def preview(visitor, packages):
    """Begins a preview, with the part of this title or from the beginning; the author."""

    def begin(word, part=None):
        author = visitor("author")
        author.page.goto(packages[word])
        author.press("Preview" if part is None else f"Preview from here {part}")
        author.page.wait_for_selector("iframe[name=sco]", state="visible")
        author.page.get_by_role("button", name="Run-time log", exact=True).wait_for()
        return author

    return begin


def current(author):
    contents = author.page.get_by_role("navigation", name="Course contents")
    return contents.locator("[aria-current=page]").inner_text()


@pytest.mark.parametrize(
    ("word", "part", "shown", "why"),
    [
        ("forced", "Having Fun", "Having Fun", "It is closed until something else is done"),
        ("drawn", "Test 3", "Post Test", "This part cannot be chosen."),
    ],
)
def test_a_part_that_learners_cannot_choose_is_opened_and_it_is_said_why(
    preview, word, part, shown, why
):
    author = preview(word, part)
    told = author.page.locator("#told")
    told.get_by_text("Learners who have just begun cannot choose this part.").wait_for()
    assert why in told.inner_text()
    assert current(author) == shown
    author.saved()
    author.press("Exit")
    author.page.wait_for_selector("main[data-session]")
    author.page.get_by_role("link", name="Sequencing of this preview").click()
    author.page.get_by_text("earlier request").click()
    author.page.get_by_text(f"so it opened “{part}” all the same").wait_for()
    assert author.problems == []


def test_a_part_that_can_be_chosen_is_opened_without_a_word_and_the_course_goes_on(preview):
    author = preview("lessons", "Par")
    assert current(author) == "Par"
    assert author.page.locator("#told").inner_text() == ""
    author.press("Continue")
    author.page.locator("[aria-current=page]", has_text="Keeping Score").wait_for()


def sees(author, size):
    """Waits until the content's own window has this size."""
    author.page.wait_for_function(
        "size => { const seen = window.frames.sco;"
        " return String([seen.innerWidth, seen.innerHeight]) === String(size); }",
        arg=size,
    )


def screen(author):
    return author.page.get_by_role("combobox", name="Screen")


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("window", [360, 1280])
def test_content_sees_the_size_that_was_chosen_whatever_the_window_s(preview, name, window):
    author = preview("lessons")
    author.page.set_viewport_size({"width": window, "height": 800})
    screen(author).select_option(name)
    sees(author, SCREENS[name])
    author.press("Turn")
    sees(author, SCREENS[name][::-1])
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    assert author.page.evaluate(fits)


def test_a_size_of_ones_own_is_typed_and_stays_when_the_next_part_opens(preview):
    author = preview("lessons")
    screen(author).focus()
    author.page.keyboard.press("P")
    sees(author, SCREENS["phone"])
    for _ in range(2):
        author.page.keyboard.press("Tab")
    author.page.keyboard.type("412")
    author.page.keyboard.press("Tab")
    author.page.keyboard.type("915")
    author.page.keyboard.press("Enter")
    sees(author, [412, 915])
    assert screen(author).input_value() == "custom"
    before = current(author)
    author.press("Continue")
    author.page.locator("[aria-current=page]").filter(has_not_text=before).wait_for()
    sees(author, [412, 915])
    assert author.problems == []


def test_what_is_larger_than_the_window_is_scrolled_by_the_keyboard_too(preview):
    author = preview("lessons")
    screen(author).select_option("tablet")
    sees(author, SCREENS["tablet"])
    place = author.page.locator("main")
    place.focus()
    author.page.keyboard.press("End")
    author.page.wait_for_function("() => document.querySelector('main').scrollTop > 0")
    screen(author).select_option("full")
    room = place.evaluate("main => [main.clientWidth, main.clientHeight]")
    sees(author, room)
    assert place.get_attribute("tabindex") is None


def test_to_say_another_size_begins_with_the_size_that_is_there(preview):
    author = preview("lessons")
    room = author.page.locator("main").evaluate("main => [main.clientWidth, main.clientHeight]")
    screen(author).select_option("custom")
    sees(author, room)
    assert author.page.get_by_label("Width").input_value() == str(room[0])


def test_nothing_stays_on_the_device(preview):
    author = preview("forced")
    author.saved()
    content = author.frame()
    content.evaluate("localStorage.setItem('bookmark', '3'); sessionStorage.setItem('seen', '1')")
    content.evaluate(
        "new Promise((done) => { indexedDB.open('course').onsuccess = (event) => {"
        " event.target.result.close(); done(); }; })"
    )
    assert author.page.evaluate(KEYS, "localStorage") == ["bookmark"]
    author.press("Exit")
    author.page.wait_for_selector("main[data-session]")
    author.page.evaluate(SWEEP)
    author.page.wait_for_function("() => window.swept")
    assert screen(author).count() == 0
    left = author.page.evaluate(KEYS, "sessionStorage")
    assert [key for key in left if key.startswith("outbox/")] == []


def test_a_preview_is_forgotten_on_the_package_s_page(preview, packages):
    author = preview("lessons")
    author.saved()
    author.page.goto(packages["lessons"])
    author.press("Forget this preview")
    author.page.get_by_role("button", name="Preview", exact=True).wait_for()
    assert author.page.get_by_role("link", name="Record of your last preview").count() == 0


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_list_of_parts_fits_every_screen(visitor, packages, width, direction):
    author = visitor("author")
    author.page.set_viewport_size({"width": width, "height": 800})
    author.page.goto(packages["lessons"])
    author.page.evaluate("way => { document.documentElement.dir = way; }", direction)
    assert author.page.get_by_role("button", name="Preview from here").count() == 18
    assert author.page.evaluate("document.documentElement.scrollWidth") <= width
