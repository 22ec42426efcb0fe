"""Registrations on small courses, driven as the player drives them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from scorm.packages.manifest import (
    ControlMode,
    Edition,
    Item,
    Manifest,
    Organization,
    Sequencing,
)
from scorm.resources import PackageVersion, Registrations, ScormPackage
from scorm.runtime.commit import Applied, Entry, commit, open_session, replay
from scorm.runtime.launch import register
from scorm.runtime.record import history
from scorm.runtime.view import answer
from scorm.services import add_version, choose_version

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
VERSIONS = count()


def lesson(key: str, sequencing: Sequencing | None = None, **more) -> Item:
    """An item with content of its own."""
    return Item(
        identifier=key,
        title=key.title(),
        launch=more.pop("launch", f"{key}.html"),
        sco=more.pop("sco", True),
        sequencing=sequencing or Sequencing(),
        **more,
    )


def version_of(
    edition: Edition,
    items: tuple[Item, ...],
    control: ControlMode,
    sequencing: Sequencing | None = None,
    root: str = "org",
    **more,
) -> PackageVersion:
    """A package version with these items."""
    organization = Organization(
        identifier=root,
        title="Course",
        items=items,
        sequencing=replace(sequencing or Sequencing(), control=control),
        **more,
    )
    manifest = Manifest(
        identifier="m",
        edition=edition,
        title="Course",
        organizations=(organization,),
        default_organization=root,
    )
    return PackageVersion(
        f"version-{next(VERSIONS)}",
        index="{}",
        manifest=json.dumps(manifest.to_plain()),
        report="{}",
        size=1,
        created=NOW,
    )


FREE = ControlMode(choice=True, choice_exit=True, flow=True)


def whole(*items: Item | str) -> tuple[Item, ...]:
    """The items, and lessons for those that are only named."""
    return tuple(lesson(item) if isinstance(item, str) else item for item in items)


class Learner:
    """A registration and the session that is open on it."""

    def __init__(
        self,
        edition: Edition,
        items: tuple[Item, ...],
        control: ControlMode,
        registrations: Registrations,
        sequencing: Sequencing | None = None,
        **more,
    ):
        version = version_of(edition, items, control, sequencing, **more)
        package = ScormPackage("p", "Course", "author", NOW)
        package.versions = (version,)
        self.registration = register(
            registrations,
            package,
            version,
            learner_key="somebody",
            learner_id="1f",
            learner_name="Ana",
            reference="ref",
            return_url="http://site.test/courses/x",
            now=NOW,
        )
        self.session = ""
        self.number = 0
        self.now = NOW
        self.capability = "cap"

    def start(self, session: str, mode: str = "normal") -> dict:
        if session != self.session:
            self.number = 0
        self.session = session
        self.now += timedelta(minutes=1)
        written = open_session(self.registration, session, mode, [], self.now)
        return answer(self.registration, written.session, "cap", written.refused, 0)

    def choose(self, version: PackageVersion, choice: str) -> PackageVersion:
        """An author makes the version current; the version."""
        package = self.registration.package
        add_version(package, version)
        choose_version(package, version, choice, by="author", now=self.now)
        return version

    def offer(self, *items: Item | str, choice: str, edition=Edition.FOURTH, control=FREE, **more):
        """An author adds a version with these items and makes it current; the version."""
        return self.choose(version_of(edition, whole(*items), control, **more), choice)

    def entry(self, kind: str, activity: str | None = None, **more) -> dict:
        self.number += 1
        return {"number": self.number, "kind": kind, "activity": activity, **more}

    def send(self, *entries: dict, session: str | None = None) -> dict:
        """Commit the entries; the whole view, as for a page that has seen none."""
        name = session or self.session
        read = [Entry.from_plain(entry) for entry in entries]
        written = commit(self.registration, name, read, self.now)
        return answer(self.registration, written.session, "cap", written.refused, 0)

    def replay(self, session: str, *entries: dict) -> Applied:
        read = [Entry.from_plain(entry) for entry in entries]
        return replay(self.registration, session, read, self.now)

    def initialize(self, activity: str) -> dict:
        return self.send(self.entry("initialize", activity))

    def set(self, activity: str, values: dict[str, str]) -> dict:
        pairs = [list(pair) for pair in values.items()]
        return self.send(self.entry("set", activity, values=pairs))

    def terminate(self, activity: str, request: str = "_none_") -> dict:
        return self.send(self.entry("terminate", activity, request=request))

    def navigate(self, request: str, activity: str | None = None) -> dict:
        return self.send(self.entry("navigate", activity, request=request))

    def values(self, activity: str) -> dict[str, str]:
        return self.registration.record(activity).values()

    def history(self) -> dict:
        return history(self.registration)


@pytest.fixture
def learner():
    """Makes registrations of one learner on courses of lessons with these names, or of these
    items."""
    registrations = Registrations()

    def make(*items, edition=Edition.FOURTH, control=FREE, **more) -> Learner:
        found = whole(*items) or (lesson("one"),)
        return Learner(edition, found, control, registrations, **more)

    return make


@pytest.fixture
def another_learner():
    """Makes registrations like ``learner``, each of somebody who has done nothing before."""

    def make(*items, edition=Edition.FOURTH, control=FREE, **more) -> Learner:
        return Learner(edition, items, control, Registrations(), **more)

    return make


@pytest.fixture
def lesson_of():
    """Makes an item with content of its own."""
    return lesson
