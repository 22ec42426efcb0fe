"""The SCORM house in a bare Pyramid application, with no ``lms`` on the path."""

import sys
from datetime import UTC, datetime

import pytest
import transaction
import ZODB
import ZODB.FileStorage
from webtest import TestApp

from bare import SETTINGS, content_app
from shared import SHARED, needs_shared

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def without_lms(monkeypatch):
    monkeypatch.setitem(sys.modules, "lms", None)


@pytest.fixture
def database(tmp_path):
    database = ZODB.DB(
        ZODB.FileStorage.FileStorage(str(tmp_path / "data.fs"), blob_dir=str(tmp_path / "blobs"))
    )
    yield database
    database.close()


@pytest.fixture
def app(without_lms, database):
    from scorm.resources import Packages, Registrations

    manager = transaction.TransactionManager(explicit=True)
    with manager:
        connection = database.open(manager)
        connection.root()["packages"] = Packages()
        connection.root()["registrations"] = Registrations()
    connection.close()

    app = content_app(database)
    yield app
    app.registry["scorm.writer"].close()


def register(database, path):
    """Import a package and register a learner; the host and the capability of a launch."""
    from scorm.capability import Capabilities, Capability
    from scorm.packages.archive import Limits
    from scorm.runtime.launch import register
    from scorm.services import import_package

    manager = transaction.TransactionManager(explicit=True)
    with manager:
        connection = database.open(manager)
        root = connection.root()
        with path.open("rb") as source:
            package, _ = import_package(
                root["packages"], source, owner="author", limits=Limits(), now=NOW
            )
        registration = register(
            root["registrations"],
            package,
            package.newest,
            learner_key="somebody",
            learner_id="learner-1",
            learner_name="Learner One",
            reference="somebody",
            return_url="http://site.test/courses/x",
            now=NOW,
        )
        capability = Capability(registration.id, "session-1", registration.version.key, "normal")
        host = f"{registration.label}.content.test"
    connection.close()
    return host, Capabilities(SETTINGS["scorm.secret"]).sign(capability)


@needs_shared
def test_a_learner_is_served_and_remembered(app, database, tmp_path):
    golf = SHARED / "scorm/golf/RuntimeBasicCalls_SCORM12.zip"
    host, capability = register(database, golf)
    browser = TestApp(app, extra_environ={"HTTP_HOST": host})
    assert "player-settings" in browser.get(f"/{capability}/play").text

    view = browser.post_json(f"/{capability}/start", {"session": "session-1"}).json
    assert view["delivery"]["data"]["cmi.core.entry"] == "ab-initio"
    page = browser.get(view["delivery"]["url"])
    assert "Course Launch Page" in page.text

    item = view["delivery"]["activity"]
    entries = [
        {"number": 1, "activity": item, "kind": "initialize"},
        {
            "number": 2,
            "activity": item,
            "kind": "set",
            "values": [["cmi.core.lesson_location", "7"], ["cmi.core.lesson_status", "incomplete"]],
        },
    ]
    body = {"session": "s", "seen": 0, "entries": entries}
    view = browser.post_json(f"/{capability}/commit", body).json
    assert view["acknowledged"] == 2
    assert view["delivery"]["data"]["cmi.core.lesson_location"] == "7"
