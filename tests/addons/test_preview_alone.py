"""Authors' pages and previews in a bare Pyramid application, with no ``lms`` on the path."""

import sys
from datetime import UTC, datetime

import pytest
import ZODB
from webtest import TestApp
from ZODB.FileStorage import FileStorage

import smallest
from bare import authors_app, content_app

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    storage = FileStorage(str(tmp_path / "data.fs"), blob_dir=str(tmp_path / "blobs"))
    database = ZODB.DB(storage)
    yield database
    database.close()


@pytest.fixture
def author(monkeypatch, database, tmp_path):
    """A browser on the site's side, and the address of a package."""
    monkeypatch.setitem(sys.modules, "lms", None)
    from scorm.packages.archive import Limits
    from scorm.resources import Packages, Registrations
    from scorm.services import import_package

    path = smallest.write(tmp_path / "smallest.zip", "2004")
    with database.transaction() as connection:
        root = connection.root()
        root["packages"], root["registrations"] = Packages(), Registrations()
        with path.open("rb") as source:
            package, _ = import_package(
                root["packages"], source, owner="amal", limits=Limits(), now=NOW
            )
        key = package.__name__

    return TestApp(authors_app(database)), f"/{key}/"


def test_an_author_previews_a_package_and_reads_its_record(author, database):
    browser, package = author
    page = browser.get(package)
    form = next(form for form in page.forms.values() if form.action.endswith("/preview"))
    rest = form.submit().location.partition("://")[2]
    host, capability, _play = rest.split("/")
    app = content_app(database)
    content = TestApp(app, extra_environ={"HTTP_HOST": host})
    view = content.post_json(f"/{capability}/start", {"session": "-"}).json
    assert view["delivery"]["data"]["cmi.learner_name"] == "Preview"
    app.registry["scorm.writer"].close()
    record = browser.get(f"{package}preview-record")
    assert "has not called Initialize" in record.text
