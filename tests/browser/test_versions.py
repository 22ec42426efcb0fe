"""A learner is in the middle of a course while its author changes the version."""

import json

import pytest
from pyramid.paster import get_appsettings

import versioned
from browsers import Visitor
from lms.resources import site_of
from lms.settings import Settings
from lms.zodb import open_database
from servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path):
    """A site of its own with a published course of two parts, whose package has another version
    that waits."""
    server = Server(tmp_path)
    server.run("init")
    server.add_people("member")
    file = tmp_path / "parts.zip"
    file.write_bytes(versioned.package("2004", "one", "two", words="<p>The old words."))
    known = server.run("packages", "import", str(file), "--course", "parts", "--publish")
    settings = Settings.from_ini(dict(get_appsettings(str(server._ini))))
    database = open_database(settings.zodb_conf, settings.data)
    with database.transaction() as connection:
        packages = site_of(connection).packages
        data = versioned.package("2004", "one", "two", "three", words="<p>The new words.")
        version = versioned.add(packages, packages[known["package"]], data)
        server.new = known["package"], version.key
    database.close()
    server.start()
    yield server
    server.stop()


def ready(member):
    """The frame of content that has begun, when all is saved."""
    member.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    member.saved()
    return member.frame()


def tell(frame, place):
    frame.evaluate(
        "place => { const api = window.parent.API_1484_11;"
        " api.SetValue('cmi.location', place); api.SetValue('cmi.exit', 'suspend');"
        " return api.Commit(''); }",
        place,
    )


def test_who_is_in_the_middle_is_not_disturbed_and_goes_on_in_the_new_version(chromium, server):
    member = Visitor(chromium, server)
    member.open("parts", "Start")
    frame = ready(member)
    member.press("Continue")
    member.page.wait_for_function(
        "() => window.frames.sco.document.title === 'Two' && window.frames.sco.begun === 'true'"
    )
    frame = member.frame()
    tell(frame, "page 3")
    member.saved()
    package, version = server.new
    server.run("packages", "use", package, version, "--learners", "move")
    assert "The old words" in frame.evaluate("() => document.body.textContent")
    tell(frame, "page 4")
    member.saved()
    elsewhere = Visitor(chromium, server)
    elsewhere.page.goto(f"{server.url}/courses/parts")
    assert "Your place is kept" in elsewhere.page.locator("main").inner_text()
    elsewhere.press("Resume")
    old, frame = frame, ready(elsewhere)
    assert frame.evaluate("() => document.title") == "Two"
    assert "The new words" in frame.evaluate("() => document.body.textContent")
    assert frame.evaluate("() => window.parent.API_1484_11.GetValue('cmi.location')") == "page 4"
    assert frame.evaluate("() => window.parent.API_1484_11.GetValue('cmi.entry')") == "resume"
    tell(old, "from the page that was left open")
    member.page.get_by_text("opened somewhere else").first.wait_for()
    shown = server.run("runtime", "show", "parts", "member")
    assert shown["activities"]["two"]["values"]["cmi.location"] == "page 4"
    assert "from the page that was left open" in json.dumps(shown["sessions"])
    assert [passage["how"] for passage in shown["passages"]] == ["move"]
    assert not member.problems + elsewhere.problems
    elsewhere.close()
    member.close()
