"""A hostile package tries all it can, in Chromium, on both set-ups: it reaches nobody, and its
author reads what it tried."""

import json
import re
from threading import Event

import pytest

import hostile
from balancer import Balancer
from browsers import Visitor
from hostile import Stranger
from postgresql import relstorage_conf
from servers import Client, Server

pytestmark = pytest.mark.browser

KEEP_A_SECRET = """async () => {
  localStorage.setItem("secret", "secret");
  sessionStorage.setItem("secret", "secret");
  await caches.open("secret");
  await new Promise((done) => { indexedDB.open("secret").onsuccess = done; });
  window.heard = [];
  new BroadcastChannel("room").onmessage = ({ data }) => heard.push(data);
}"""
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
SAVED = """() => new Promise((resolve) => {
  const save = document.getElementById("save");
  const look = () => (save.dataset.save === "saved" ? resolve() : setTimeout(look, 20));
  look();
})"""
TRIED = (
    "It tried to reach this site, where people are signed in. Refused.",
    "It tried to reach the content of another course or learner. Refused.",
    "It tried to lead the whole window away, to stranger.localhost. Refused.",
    "It tried to replace the player by a page of its own. Refused.",
    "It tried to put something of its own into the player’s page. Refused.",
    "It tried to install a script that stays in the browser (a service worker). Refused.",
    "It tried to exchange data with stranger.localhost. Refused.",
    "It tried to load a script from stranger.localhost. Refused.",
    "It tried to load a style sheet from stranger.localhost. Refused.",
    "It tried to load an image from stranger.localhost. Refused.",
    "It tried to load a font from stranger.localhost. Refused.",
    "It tried to load sound or video from stranger.localhost. Refused.",
    "It tried to show a page of stranger.localhost in its own. Refused.",
    "It tried to send a form to stranger.localhost. Refused.",
    "It tried to embed something from stranger.localhost. Refused.",
)
PEOPLE = ("member", "author", "admin")


@pytest.fixture
def embedded(tmp_path):
    server = Server(tmp_path)
    server.run("init")
    for role in PEOPLE:
        server.add_people(role, role=role)
    server.start()
    yield server
    assert "Traceback" not in server.stop()


@pytest.fixture
def two_processes(postgresql, tmp_path):
    """Two on one PostgreSQL, and each connection of the browser meets the other one."""
    balancer, conf = Balancer(), tmp_path / "zodb.conf"
    conf.write_text(relstorage_conf(postgresql.database(), tmp_path / "blobs"))
    one, two = (Server(tmp_path, conf, port_in_addresses=balancer.port) for _ in range(2))
    one.run("init")
    for role in PEOPLE:
        one.add_people(role, role=role)
    one.start()
    two.start()
    balancer.start(one.port, two.port)
    yield one
    balancer.close()
    for server in (one, two):
        assert "Traceback" not in server.stop()


@pytest.fixture(params=["embedded", pytest.param("two_processes", marks=pytest.mark.postgresql)])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def stranger():
    stranger = Stranger()
    yield stranger
    stranger.close()


@pytest.fixture
def admin(chromium, server):
    """The most that there is to steal: an admin takes the courses."""
    admin = Visitor(chromium, server, "admin")
    yield admin
    admin.close()


def started(visitor, slug):
    visitor.open(slug, "Start")
    visitor.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    return visitor.frame()


def attacked(visitor) -> dict[str, str]:
    """What came of each attempt. Nothing is asked of the page meanwhile: that would count as a
    person's click."""
    page = visitor.page
    page.goto(f"{visitor.server.url}/courses/hostile")
    with page.expect_console_message(
        lambda message: message.text.startswith("outcomes "), timeout=60_000
    ) as said:
        page.get_by_role("button", name="Start", exact=True).click()
    return json.loads(said.value.text.removeprefix("outcomes "))


def lines_of(client, package):
    return re.findall(r"(It tried .*? Refused\.)", client.get(package))


def test_a_hostile_package_reaches_nobody_and_its_author_reads_what_it_tried(
    server, admin, stranger, tmp_path
):
    server.publish("harmless")
    member = Client(server)
    member.sign_in("member")
    theirs = member.launch("harmless")
    theirs.commit(location="theirs")
    _, capability, version, _file = theirs.view["delivery"]["url"].split("/")
    # Another course in the same browser, in another tab.
    beside = Visitor(None, server, None, context=admin.context)
    secret = started(beside, "harmless")
    secret.evaluate(KEEP_A_SECRET)
    targets = {
        "site": server.url,
        "away": f"http://{stranger.place}",
        "other": f"http://{theirs.host}",
        "stolen": capability,
        "version": version,
    }
    package = hostile.write(tmp_path / "hostile.zip", targets)
    server.run("packages", "import", str(package), "--course", "hostile", "--publish")
    before = admin.context.cookies()

    outcomes = attacked(admin)

    assert len(outcomes) > 100
    assert [name for name, outcome in outcomes.items() if outcome == "reached"] == []
    assert stranger.heard == []
    # The window is where it was, and the player in it goes on.
    assert admin.page.url == "/".join(admin.frame().url.split("/")[:3]) + "/"
    frame = admin.frame()
    assert admin.page.evaluate("window.taken") is None
    assert frame.evaluate("set('cmi.location', 'still here') && commit()") == "true"
    admin.page.evaluate(SAVED)
    assert len(admin.context.pages) == 2
    assert admin.context.cookies() == before
    # Nobody else's data were touched, read, or spoken to.
    assert theirs.send("start")["delivery"]["data"]["cmi.location"] == "theirs"
    assert secret.evaluate("heard") == []
    assert frame.evaluate(WORKERS) == 0
    # The person is signed in still.
    assert admin.page.request.get(f"{server.url}/admin/").status == 200
    author = Client(server)
    author.sign_in("author")
    path = next(
        path
        for path in re.findall(r'href="[^"]*(/packages/[0-9a-f]{16}/)"', author.get("/packages/"))
        if "Hostile" in author.get(path)
    )
    for _turn in range(600):
        lines = lines_of(author, path)
        if set(TRIED) <= set(lines):
            break
        Event().wait(0.05)
    assert sorted(set(TRIED) - set(lines)) == []
    assert len(lines) == len(set(lines))
    assert "localhost:" not in "".join(lines), "A registration's own host is nobody's business."
    member.close()
    author.close()
