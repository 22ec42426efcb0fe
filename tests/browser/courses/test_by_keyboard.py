"""Both courses of the site, from their page to the certificate, by somebody without a mouse."""

import re

import pytest

from browsers import Visitor
from keyboard import Keyboard, Learner
from lms.authoring import build
from servers import ROOT, Server

pytestmark = pytest.mark.browser

COURSES = ("global-standards", "istanbul-protocol")
STANDARDS = ("2004", "1.2")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own, with each course in each standard (:func:`slug_of`)."""
    server = Server(tmp_path_factory.mktemp("courses"))
    server.run("init")
    server.add_people("member")
    for name in COURSES:
        for standard in STANDARDS:
            package = server.data / "course.zip"
            slug = slug_of(name, standard)
            build(ROOT / "courses" / name, package, standard)
            server.run("packages", "import", str(package), "--course", slug, "--publish")
    with server.writing() as root:
        for course in root.courses.values():
            course.rule = ("both",)
    server.start()
    yield server
    server.stop()


def slug_of(name: str, standard: str) -> str:
    return f"{name}-{standard.replace('.', '-')}"


@pytest.fixture
def learner(chromium, site):
    visitor = Visitor(chromium, site)
    yield visitor
    visitor.close()


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", COURSES)
def test_a_course_is_taken_from_its_page_to_the_certificate(learner, site, name, standard):
    page = learner.page
    page.goto(f"{site.url}/courses/{slug_of(name, standard)}")
    keyboard = Keyboard(page)
    keyboard.choose("button", "Start")
    page.wait_for_selector("#player", state="attached")

    met = []
    while True:
        learner.frame().wait_for_load_state()
        title = learner.sco.get_by_role("heading", level=1)
        title.wait_for()
        before = title.inner_text()
        if learner.frame().locator("main[data-kind=quiz]").count():
            break
        walk = Learner(keyboard)
        walk.work_through("Mark as done")
        met += walk.met
        keyboard.choose("button", "Continue")
        learner.sco.get_by_role("heading", level=1).filter(has_not_text=before).wait_for()
    quiz = Learner(keyboard)
    quiz.work_through("Hand in")
    learner.sco.get_by_text(re.compile("^Passed")).wait_for()
    learner.saved()
    keyboard.choose("button", "Exit")
    page.wait_for_selector("main[data-session=ended]")
    keyboard.choose("a", "Back to the course")
    page.get_by_role("heading", level=1).wait_for()
    keyboard.choose("a", "Certificate")
    page.get_by_role("heading", name="This certificate is valid").wait_for()
    assert {kind for kind, _ in met} >= {
        "radio",
        "checkbox",
        "select",
        "way",
        "textarea",
        "summary",
    }
    assert sum(kind in ("radio", "checkbox") for kind, _ in quiz.met) >= 12
    assert learner.problems == learner.foreign == learner.dialogs == []
