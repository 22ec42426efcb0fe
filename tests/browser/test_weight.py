"""Pages are small: most lines are slow, and some are paid for by the megabyte."""

import pytest

from weigh import weigh

pytestmark = pytest.mark.browser

PAGES = {
    "sign-in": "/sign-in",
    "catalogue": "/courses/",
    "course": "/courses/weighed",
    "my-learning": "/learning/",
}


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


@pytest.mark.parametrize("standard", ["2004", "1.2"])
def test_the_page_of_all_elements_is_small_too(server, visitor, standard):
    person = visitor("author")
    weight = weigh(person.page, f"{server.url}/packages/elements?standard={standard}")
    assert weight.bytes <= 30_000
    assert weight.requests <= 10


def test_the_player_and_its_api_are_small(server, visitor, weighed_course):
    person = visitor()
    loaded = {}
    person.context.on("requestfinished", lambda request: loaded.update({request.url: request}))
    person.open("weighed", "Start")
    person.saved()
    sizes = {
        url.rpartition("/")[2]: request.sizes()["responseBodySize"]
        for url, request in list(loaded.items())
        if "/static/player/" in url or url.endswith(("/play", "/start"))
    }
    assert {"play", "player.css", "player.js", "elements_2004.json", "start"} == set(sizes)
    assert sum(sizes.values()) <= 30_000
