"""A package that comes in while many certificates are changed: both get on, with one worker."""

import json
import secrets
from datetime import UTC, datetime
from threading import Event
from urllib.parse import urlsplit

import pytest

import smallest
from certificates import issuing
from postgresql import relstorage_conf
from servers import Client, Server

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MANY = 2000
SNAPSHOT = {"kind": "achievement", "title": "Listening", "language": "en", "issuer": "Tutela"}


@pytest.fixture(
    params=["in the site's process", pytest.param("apart", marks=pytest.mark.postgresql)]
)
def server(request, tmp_path):
    """The worker is a thread of the site, or ``tutela work`` beside it."""
    conf = None
    if request.param == "apart":
        postgresql = request.getfixturevalue("postgresql")
        conf = tmp_path / "zodb.conf"
        conf.write_text(relstorage_conf(postgresql.database(), tmp_path / "blobs"))
    server = Server(tmp_path, conf)
    server.run("init")
    server.add_people("admin", role="admin")
    yield server
    if server.process is not None:
        assert "Traceback" not in server.stop()


def issue_many(site) -> None:
    for number in range(MANY):
        issuing.issue(
            site.certificates,
            learner_id=f"learner{number}",
            award="an-award",
            snapshot=SNAPSHOT,
            now=NOW,
            random=secrets.token_bytes,
        )


def until(met):
    while not met():
        Event().wait(0.1)


def test_a_package_is_taken_in_while_many_certificates_are_changed(server, tmp_path):
    with server.writing() as site:
        issue_many(site)
    server.start()
    admin = Client(server)
    admin.sign_in("admin")
    answer = admin.post(
        "/certificates/all/change", what="revoke", which="all", count=str(MANY), reason="r"
    )
    address = f"{urlsplit(answer.headers['Location']).path}state"
    until(lambda: json.loads(admin.get(address))["seen"] > 0)
    page = admin.upload(smallest.write(tmp_path / "a.zip", "2004").read_bytes())
    assert "Smallest" in page
    until(lambda: json.loads(admin.get(address))["over"])
    state = json.loads(admin.get(address))
    assert (state["seen"], state["total"]) == (MANY, MANY)
    admin.close()
    server.stop()
    server.process = None
    with server.writing() as site:
        entries = [json.loads(entry)["action"] for _key, entry in site.audit.newest_first()]
        assert entries.count("certificate revoked") == MANY
        # The newest first: before the package was there some were revoked, and some after it.
        assert "certificate revoked" in entries[: entries.index("package imported")]
        assert "certificate revoked" in entries[entries.index("package imported") :]
