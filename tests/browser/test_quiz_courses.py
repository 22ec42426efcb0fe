"""A course of two quizzes alone, from the admin who makes it to the report: as people do it, and
the pages for it are no wider than a phone and have nothing that axe finds."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from assessments.quizzes.plan import Settings
from browsers import signed_in
from lms.services import courses, quizzes
from quizzes import add_quiz
from servers import Server
from sites import NOW
from tests.assessments.examples import TRUTH
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser

BEFORE, AFTER = "Before you begin: what do you know?", "After it: what do you know now?"
PAGES = (
    "courses/add",
    "courses/ready/",
    "courses/ready/parts",
    "courses/ready/enrol",
    "courses/ready/report",
    "bank/category0/practice",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A running site with two quizzes, and a course of them that somebody is in."""
    server = Server(tmp_path_factory.mktemp("courses"))
    server.run("init")
    server.add_people("admin", role="admin")
    server.add_people("member")
    with server.writing() as found:
        found.people.by_username("member").centre = "Nairobi"
        before = add_quiz(found, [TRUTH], key="before", title=BEFORE, takers=())
        settings = Settings(pass_percent=Decimal(80), pre_test="before")
        after = add_quiz(found, [TRUTH], settings, key="after", title=AFTER, takers=())
        course = courses.create(found.courses, None, title="Ready", slug=None, now=NOW)
        quizzes.add(course, before)
        quizzes.add(course, after, needs="passed")
        courses.enrol(course, found.people.by_username("member"), NOW)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page_of(chromium, site):
    """The page of somebody signed in, in a browser of their own."""
    made = []

    def make(username, **options):
        made.append(chromium.new_context(**options))
        return signed_in(made[-1], site, username)

    yield make
    for context in made:
        context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_a_course_of_two_quizzes_is_made_opened_taken_completed_and_reported(page_of, site):
    admin, member = page_of("admin"), page_of("member", viewport={"width": 360, "height": 740})
    admin.goto(f"{site.url}/courses/add")
    admin.get_by_label("Title").fill("Two quizzes")
    press(admin, "Create the course")
    for title in (BEFORE, AFTER):
        admin.get_by_label("Add a quiz").select_option(label=title)
        press(admin, "Save")
    admin.get_by_label("What completing the course asks of it").nth(1).select_option("passed")
    press(admin, "Save")
    admin.get_by_role("link", name="Settings", exact=True).click()
    admin.get_by_label("Content note").fill("Nothing that may distress")
    admin.get_by_label("Published").check()
    press(admin, "Save")
    admin.get_by_role("link", name="Enrol people").click()
    admin.get_by_label("Everybody of a centre").select_option("Nairobi")
    press(admin, "Enrol")

    for button in ("Start", "Resume"):
        member.goto(f"{site.url}/courses/two-quizzes/")
        press(member, button)
        member.wait_for_url("**/quizzes/**")
        press(member, "Start")
        member.get_by_label(str(TRUTH.right), exact=True).check()
        press(member, "Finish")
        press(member, "Hand in")
        member.wait_for_url("**/review*")

    member.goto(f"{site.url}/courses/two-quizzes/")
    expect(member.get_by_text("You have completed this course.")).to_be_visible()
    expect(member.get_by_role("link", name="Certificate")).to_be_visible()
    admin.goto(f"{site.url}/courses/two-quizzes/report")
    row = admin.get_by_role("row", name="member")
    expect(row.get_by_role("cell", name="passed 100 %")).to_be_visible()
    admin.get_by_text("What people gained").get_by_role("link").click()
    expect(admin.get_by_role("heading", name="Before and after")).to_be_visible()


@needs_axe
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(page_of, site):
    page = page_of("admin", viewport={"width": 360, "height": 740})
    found, wider = {}, []
    for path in PAGES:
        page.goto(f"{site.url}/{path}")
        found[path] = findings(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wider.append(path)

    assert {path: each for path, each in found.items() if each} == {}
    assert wider == []
