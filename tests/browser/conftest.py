"""A running site in a process of its own, and real Chromium."""

import pytest

from browsers import Visitor
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
