"""Pages are small: most lines are slow, and some are paid for by the megabyte."""

from datetime import UTC, datetime
from random import Random

import pytest

from browsers import Visitor
from lms.resources.courses import Course
from lms.services import topics
from scorm.resources import PackageVersion, ScormPackage
from servers import Server
from weigh import weigh

pytestmark = pytest.mark.browser

PAGES = {
    "sign-in": "/sign-in",
    "catalogue": "/courses/",
    "course": "/courses/weighed",
    "my-learning": "/learning/",
}


PLAYER = {"play", "player.css", "player.js", "elements_2004.json", "start"}
"""Of the player's own files, those that a course loads."""


@pytest.fixture(scope="module")
def weighed_course(server, tmp_path_factory):
    server.publish("weighed")


@pytest.mark.parametrize("name", PAGES)
def test_the_first_load_of_a_key_page_is_small_and_tells_nobody(
    server, visitor, weighed_course, name
):
    person = visitor(None if name == "sign-in" else "member")
    weight = weigh(person.page, server.url + PAGES[name])
    assert weight.bytes <= 60_000
    assert weight.requests <= 10
    assert weight.hosts == {server.url.partition("://")[2]}


def words(random: Random, many: int) -> str:
    """What packs worse than any language: words of letters by chance."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(random.choices(letters, k=random.randint(2, 9))) for _ in range(many))


@pytest.fixture(scope="module")
def server_with_many_courses(tmp_path_factory):
    """Five hundred courses, each with as long a row as rows get."""
    server = Server(tmp_path_factory.mktemp("many"))
    server.run("init")
    server.add_people("member")
    random, now = Random(1), datetime.now(UTC)
    with server.writing() as site:
        vocabulary = [topics.add(site.topics, words(random, 3)).id for _ in range(12)]
        for number in range(500):
            package = ScormPackage(f"p{number}", "Package", "author", now)
            package.versions = (
                PackageVersion(
                    f"{number}", index="{}", manifest="{}", report="{}", size=9 << 20, created=now
                ),
            )
            site.packages.add(package)
            course = Course(f"course-{number}", words(random, 8), package, now)
            course.summary, course.content_note = words(random, 60), words(random, 60)
            course.minutes, course.published = random.randint(5, 200), True
            course.topics = tuple(random.sample(vocabulary, 3))
            site.courses.add(course)
    server.start()
    yield server
    server.stop()


def test_a_catalogue_of_five_hundred_courses_is_small_as_well(chromium, server_with_many_courses):
    person = Visitor(chromium, server_with_many_courses)
    weight = weigh(person.page, f"{server_with_many_courses.url}/courses/")
    person.page.get_by_text("500 courses found.").wait_for()
    person.close()
    assert weight.bytes <= 60_000
    assert weight.requests <= 10


@pytest.mark.parametrize("standard", ["2004", "1.2"])
def test_the_page_of_all_elements_is_small_too(server, visitor, standard):
    person = visitor("author")
    weight = weigh(person.page, f"{server.url}/packages/elements?standard={standard}")
    assert weight.bytes <= 30_000
    assert weight.requests <= 10


def test_the_player_and_its_api_are_small(server, visitor, weighed_course):
    person = visitor()
    loaded = {}

    def note(request):
        if "/static/player/" in request.url or request.url.endswith(("/play", "/start")):
            loaded[request.url.rpartition("/")[2]] = request

    person.context.on("requestfinished", note)
    # Each is told of late on a busy machine, although the player has long had it.
    with person.context.expect_event("requestfinished", lambda _request: set(loaded) >= PLAYER):
        person.open("weighed", "Start")
    person.saved()
    sizes = {name: request.sizes()["responseBodySize"] for name, request in loaded.items()}
    assert set(sizes) == PLAYER
    assert sum(sizes.values()) <= 30_000
