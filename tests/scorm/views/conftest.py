"""The content origin alone over a database of its own, with a learner on a small package."""

import io
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import transaction
import ZODB
import ZODB.FileStorage
from webtest import TestApp

from bare import SETTINGS, content_app
from scorm.capability import Capabilities, Capability
from scorm.packages.archive import Limits
from scorm.resources import Packages, Registrations
from scorm.runtime.launch import register
from scorm.services import import_package
from smallest import MANIFEST_12

NAMES = (
    *("Names/With Space.js", "Names/~tilde+plus,&=;@!$'().js", "Names/\u00e9t\u00e9.js"),
    *("Names/e\u0301tude.js", "Names/C#.js", "Names/100%.js", "Names/a%23b.js", "Names/\u8bfe.js"),
    *("Names/what?.js", "Names/index.html", "twins/a.js", "twins/A.js"),
)
"""Files that hold their own names."""
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Launch:
    """A launch of one registration: a browser on its host, and its capability."""

    names = NAMES

    def __init__(self, app, registration, session="s1", mode="normal", language="en", shared=False):
        self.capability = Capability(
            registration.id, session, registration.version.key, mode, language, shared
        )
        self.signed = Capabilities(SETTINGS["scorm.secret"]).sign(self.capability)
        self.version = registration.version.key
        self.browser = TestApp(
            app, extra_environ={"HTTP_HOST": f"{registration.label}.content.test"}
        )

    def get(self, path, **more):
        return self.browser.get(f"/{self.signed}/{path}", **more)

    def file(self, name, **more):
        return self.get(f"{self.version}/{name}", **more)

    def start(self, **body):
        return self.browser.post_json(f"/{self.signed}/start", body or {"session": "s1"}).json

    def post(self, path, body, status):
        return self.browser.post(
            f"/{self.signed}/{path}", body, content_type="application/json", status=status
        )


@pytest.fixture
def database(tmp_path):
    storage = ZODB.FileStorage.FileStorage(
        str(tmp_path / "data.fs"), blob_dir=str(tmp_path / "blobs")
    )
    database = ZODB.DB(storage)
    yield database
    database.close()


@pytest.fixture
def app(database):
    app = content_app(database)
    yield app
    app.registry["scorm.writer"].close()


@pytest.fixture
def registration(database, launch):
    """``with registration() as found:`` the one there is, in a transaction of its own."""

    @contextmanager
    def write():
        with database.transaction() as connection:
            yield next(iter(connection.root()["registrations"].values()))

    return write


@pytest.fixture
def launch(app, database):
    """Makes launches of one registration."""
    source = io.BytesIO()
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST_12.replace("Smallest", "Sämple"))
        archive.writestr("page.html", "<p>Hello")
        archive.writestr("media/film.mp4", bytes(range(256)) * 40)
        archive.writestr("media/picture.png", b"png")
        for name in NAMES:
            archive.writestr(name, name)
    manager = transaction.TransactionManager(explicit=True)
    manager.begin()
    connection = database.open(manager)
    root = connection.root()
    root["packages"], root["registrations"] = Packages(), Registrations()
    source.seek(0)
    package, _ = import_package(root["packages"], source, owner="a", limits=Limits(), now=NOW)
    registration = register(
        root["registrations"],
        package,
        package.newest,
        learner_key="somebody",
        learner_id="1f",
        learner_name="Ana",
        reference="ref",
        return_url="http://site.test/courses/x",
        now=NOW,
    )
    manager.commit()
    manager.begin()
    yield lambda **more: Launch(app, registration, **more)
    manager.abort()
    connection.close()
