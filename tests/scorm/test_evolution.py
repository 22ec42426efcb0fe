"""A database of the shape before group commit is brought up to the code, and nothing is lost."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import ZODB
from BTrees.OOBTree import OOBTree

from scorm import evolution
from scorm.evolution import read_manifests_again, rewrite_records
from scorm.packages.archive import Limits
from scorm.packages.document import ManifestRefused
from scorm.packages.manifest import Manifest, Sequencing
from scorm.resources import (
    ActivityRecord,
    Packages,
    Registration,
    Registrations,
    ScormPackage,
    Session,
    Text,
)
from scorm.sequencing import State
from scorm.services import import_package
from shared import SHARED, needs_shared


def key_of(registration):
    return "person" if registration.id == "r" else None


NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STATE = {"current": "one", "suspended": None, "tracking": {"one": {"active": True}}}


def old_registration() -> Registration:
    """As it was stored: attributes straight into the object."""
    record = ActivityRecord.__new__(ActivityRecord)
    values = OOBTree({"cmi.location": "7", "cmi.interactions.0.id": "q1"})
    values["cmi.suspend_data"] = Text("x" * 5000)
    record.__dict__.update(_values=values, attempt=1, total=100, past=OOBTree())
    session = Session.__new__(Session)
    waiting = OOBTree({3: "{}"})
    session.__dict__.update(started=NOW, last=NOW, mode="normal", waiting=waiting, late=OOBTree())
    registration = Registration.__new__(Registration)
    registration.__dict__.update(
        id="r",
        learner_id="1f",
        state=STATE,
        records=OOBTree({"one": record}),
        sessions=OOBTree({"s1": session}),
    )
    return registration


@pytest.fixture
def database():
    database = ZODB.DB(None)
    with database.transaction() as connection:
        registrations = Registrations()
        del registrations.__dict__["_learners"]
        registrations.add(old_registration())
        connection.root()["registrations"] = registrations
    yield database
    database.close()


def test_everything_an_old_registration_held_is_there_afterwards(database):
    for _ in range(2):
        with database.transaction() as connection:
            rewrite_records(connection.root()["registrations"], key_of)
            connection.root()["registrations"].learner("person").stores["kept"] = "over both runs"
        database.cacheMinimize()
    with database.transaction() as connection:
        registrations = connection.root()["registrations"]
        registration = registrations["r"]
        assert registration.tree.plain == STATE
        assert State.from_plain(registration.tree.plain)["one"].active
        assert registration.learner is registrations.learner("person")
        assert dict(registration.learner.stores) == {"kept": "over both runs"}
        record = registration.record("one")
        assert record.values() == {
            "cmi.location": "7",
            "cmi.interactions.0.id": "q1",
            "cmi.suspend_data": "x" * 5000,
        }
        assert (record.attempt, record.total) == (1, 100)
        session = registration.sessions["s1"]
        assert session.last == NOW
        assert session.held == 2


SEQUENCED = SHARED / "scorm/golf/SequencingForcedSequential_SCORM20043rdEdition.zip"


@pytest.fixture
def older():
    """Packages with one that came in when rules were not read, and its version."""
    packages = Packages()
    with SEQUENCED.open("rb") as source:
        package, _ = import_package(packages, source, owner="author", limits=Limits(), now=NOW)
    manifest = Manifest.from_plain(json.loads(str(package.newest.manifest)))
    (organization,) = manifest.organizations
    bare = tuple(replace(item, sequencing=Sequencing()) for item in organization.items)
    without = replace(manifest, organizations=(replace(organization, items=bare),))
    whole, package.newest.manifest = (
        str(package.newest.manifest),
        Text(json.dumps(without.to_plain())),
    )
    return packages, package.newest, whole


@needs_shared
def test_packages_get_the_rules_that_were_not_read_when_they_came_in(older):
    packages, version, whole = older
    assert str(version.manifest) != whole
    for _ in range(2):
        read_manifests_again(packages)
        assert str(version.manifest) == whole


@needs_shared
@pytest.mark.parametrize("refuses", [True, False])
def test_a_package_that_nobody_would_take_in_today_stays_as_it_was(older, monkeypatch, refuses):
    packages, version, _ = older
    before = str(version.manifest)

    def manifest(_self):
        if refuses:
            raise ManifestRefused("rule", "words", "remedy")

    monkeypatch.setattr(evolution.Reader, "manifest", manifest)
    read_manifests_again(packages)
    assert str(version.manifest) == before


MANIFEST = (
    '<manifest identifier="m" xmlns:adlcp="adlcp"><metadata><schemaversion>1.2</schemaversion>'
    '</metadata><organizations default="o"><organization identifier="o"><title>Test</title>'
    '<item identifier="i" identifierref="r"><title>One</title></item></organization>'
    '</organizations><resources><resource identifier="r" adlcp:scormtype="sco" href="a.html"/>'
    "</resources></manifest>"
)


def imported(packages, **files):
    """The version of a small package that was zipped without compression."""
    sent = io.BytesIO()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST)
        archive.writestr("a.html", "x")
        for name, content in files.items():
            archive.writestr(f"{name}.json", content)
    package, _ = import_package(packages, sent, owner="author", limits=Limits(), now=NOW)
    return package.newest


def test_a_package_that_we_have_made_smaller_than_it_came_is_read_again():
    packages = Packages()
    version = imported(packages, data="0," * 6_000_000)
    whole, version.manifest = str(version.manifest), Text("{}")
    read_manifests_again(packages)
    assert str(version.manifest) == whole


def test_a_manifest_that_would_not_be_read_today_holds_up_no_other(monkeypatch):
    packages = Packages()
    versions = [imported(packages, data=str(n)) for n in range(3)]
    for version in versions:
        version.manifest = Text("{}")
    read = []

    def parse(content):
        read.append(content)
        if len(read) == 2:
            raise ManifestRefused("rule", "words", "remedy")
        return original(content)

    original = evolution.parse
    monkeypatch.setattr(evolution, "parse", parse)
    read_manifests_again(packages)
    assert sorted(str(version.manifest) == "{}" for version in versions) == [False, False, True]


def test_packages_get_to_know_the_registrations_on_them():
    packages, registrations = Packages(), Registrations()
    package = ScormPackage("p", "Course", "author", NOW)
    del package.registrations
    packages.add(package)
    registration = Registration(
        *("r", "label", registrations.learner("somebody")),
        package=package,
        version=None,
        learner_id="1f",
        learner_name="Ana",
        reference="ana/course",
        return_url="",
        now=NOW,
    )
    registrations.add(registration)
    for _ in range(2):
        evolution.index_registrations(registrations, packages)
        assert dict(package.registrations) == {"r": registration}
