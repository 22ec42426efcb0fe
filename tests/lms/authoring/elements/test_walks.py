"""Whole walks through built courses beside the strictest learning sites: nothing is refused."""

import zipfile
from pathlib import Path

import pytest

from course_pages import EVEN, REFLECTION, SCENARIO, SKY, SORT, WORD, check, page, part, pool, quiz
from lms.authoring import build
from lms.authoring.starting import start
from scorm.cmi import DataModel

pytestmark = pytest.mark.browser
STANDARDS = ["2004", "1.2"]
COURSES = sorted(
    path.parent for path in (Path(__file__).parents[4] / "courses").glob("*/course.toml")
)
STARTED = Path("started")
"""Stands for the course that ``tutela courses new`` begins."""

MOST_STEPS = 8
COMPLETION = {"2004": "cmi.completion_status", "1.2": "cmi.core.lesson_status"}


def answer_all(place):
    """Answer every question that is shown, each with what stands first."""
    for each in place.locator("fieldset:visible").all():
        for select in each.locator("select").all():
            select.select_option(index=1)
        if each.locator("input").count():
            each.locator("input").first.check()


def walk(frame):
    """Do all that a page offers."""
    for veil in frame.locator("#veil > summary").all():
        veil.click()
    for word in frame.locator(".text a.word:visible").all()[:2]:
        word.click()
    for each in frame.locator("course-check").all():
        each.get_by_role("button").click()
        answer_all(each)
        each.get_by_role("button").click()
    for story in frame.locator("course-scenario").all():
        for _step in range(MOST_STEPS):
            links = story.locator(".choices a:visible")
            if links.count() == 0:
                break
            links.last.click()
    for reflection in frame.locator("course-reflection").all():
        reflection.locator("textarea").first.fill("Un lieu calme.\n\n{Et} du temps : « صمت » 🕊")
        reflection.locator(".send").click()
    if frame.locator("course-quiz").count():
        answer_all(frame.locator("course-quiz"))
        frame.locator("#hand-in").click()
    for again in frame.locator("#again").all():
        again.click()
        answer_all(frame.locator("course-quiz"))
        frame.locator("#hand-in").click()
    for done in frame.locator("#done").all():
        done.click()
    for onward in frame.locator("#next:visible").all():
        onward.click()


def refused_here(standard, sets):
    """What our own data model refuses of what a launch has set, with its error codes."""
    model = DataModel(standard, {})
    codes = [(name, value, model.set(name, value)) for name, value in sets]
    return [refused for refused in codes if refused[2] != 0]


@pytest.mark.parametrize("standard", STANDARDS)
def test_nothing_is_refused_on_pages_with_everything(launched, standard):
    pretest = quiz("pretest", 4, pool(2, 4, prefix="pre"))
    text = WORD + check(SKY, EVEN, SORT) + SCENARIO + REFLECTION + pretest
    final = quiz("final", 12, pool(8, 5))
    site = launched(
        {
            "part-3.html": part(standard, text),
            "quiz.html": page(standard, final, kind="quiz"),
        },
        standard,
    )
    for path in ("part-3.html", "quiz.html"):
        site.start_with({})
        walk(site.open(path))
        site.leave()
        assert (site.refusals(), refused_here(standard, site.sets())) == ([], [])
        site.open(path)
        site.leave()


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("folder", [STARTED, *COURSES], ids=lambda folder: folder.name)
def test_nothing_is_refused_in_a_course(launched, tmp_path, folder, standard):
    if folder == STARTED:
        folder = tmp_path / STARTED
        start(folder)
    package = zipfile.ZipFile(build(folder, tmp_path / "course.zip", standard).file)
    files = {name: package.read(name) for name in package.namelist()}
    pages = [name for name in files if name.startswith(("part-", "quiz"))]
    site = launched(files, standard)
    for path in pages:
        site.start_with({})
        walk(site.open(path))
        assert len(site.values().get("cmi.suspend_data", "")) < 4096
        assert site.values()[COMPLETION[standard]] in ("completed", "passed", "failed")
        site.leave()
        assert (site.refusals(), refused_here(standard, site.sets())) == ([], [])
    site.open("quiz.html")
    site.leave()


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_site_is_found_several_windows_up(launched, standard):
    site = launched({"part-3.html": part(standard, check(SKY))}, standard)
    site.page.goto(f"http://course.test/?standard={standard}")
    site.page.wait_for_function("!!window.host")
    site.page.evaluate("frames[0].location = 'between.html'")
    site.page.frame("sco").wait_for_url("**/between.html")
    site.page.evaluate("frames[0].frames[0].location = 'part-3.html'")
    site.page.wait_for_function("host.state === 'running'")


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_site_is_found_in_the_window_that_opened_the_page(launched, standard):
    site = launched({"part-3.html": part(standard, check(SKY))}, standard)
    site.page.goto(f"http://course.test/?standard={standard}")
    site.page.wait_for_function("!!window.host")
    with site.page.expect_popup() as popup:
        site.page.evaluate("window.open('part-3.html')")
    popup.value.get_by_role("button", name="Mark as done").click()
    assert site.values()[COMPLETION[standard]] == "completed"
    popup.value.close()
    site.page.wait_for_function("host.state === 'over'")
