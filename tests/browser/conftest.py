"""A running site in a process of its own, and real Chromium."""

import re

import pytest

from browsers import Visitor
from golfer import Golfer
from servers import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("site"))
    server.run("init")
    for role in ("member", "author", "admin"):
        server.add_people(role, role=role)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visitor(chromium, server):
    """Makes visitors; closes them all."""
    made = []

    def visit(username: str | None = "member") -> Visitor:
        made.append(Visitor(chromium, server, username))
        return made[-1]

    yield visit
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def learner(chromium, server):
    """One visitor for a whole module, who opens one course after the other."""
    learner = Visitor(chromium, server)
    yield learner
    learner.close()


@pytest.fixture
def published(server, request):
    """Publishes a package as this test's own course; its address."""

    def publish(package) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[5:].strip("-")
        server.run("packages", "import", str(package), "--course", slug, "--publish")
        return slug

    return publish


@pytest.fixture
def golfer(published, learner):
    """A learner who is about to start a package."""
    made = []

    def enter(package) -> Golfer:
        made.append(Golfer(learner, published(package)))
        return made[-1]

    learner.dialogs.clear()
    yield enter
    refused = [words for words in learner.dialogs if "Error" in words]
    assert refused == []
    assert learner.problems == learner.foreign == []
