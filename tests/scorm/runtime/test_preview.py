"""Previews: an author's own registration, new each time, that counts for nobody."""

from datetime import UTC, datetime

import pytest

from scorm.resources import Packages, Registrations, ScormPackage
from scorm.runtime import preview

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def packages():
    found = Packages()
    for key in ("p", "q"):
        package = ScormPackage(key, "Course", "author", NOW)
        package.versions = ("old", "new")
        found.add(package)
    return found


@pytest.fixture
def registrations():
    return Registrations()


@pytest.fixture
def begin(packages, registrations):
    def begin(key="p", person="amal"):
        url = f"http://site.test/packages/{key}/"
        return preview.begin(registrations, packages[key], person, return_url=url, now=NOW)

    return begin


def test_a_preview_is_of_the_newest_version_under_a_pseudonym(begin):
    made = begin()
    assert made.preview
    assert made.version == "new"
    assert made.learner_name == "Preview"
    assert made.reference == "preview/amal"


def test_the_next_takes_the_earlier_one_away_with_all_its_data(begin, registrations, packages):
    first, second = begin(), begin()
    assert list(registrations.values()) == [second]
    assert registrations.get(first.id) is None
    assert list(registrations._learners) == [second.learner_id]
    assert packages["p"].previews["amal"] is second


def test_those_of_others_and_of_other_packages_stay(begin, registrations):
    made = {begin().id, begin("q").id, begin(person="bela").id}
    assert {each.id for each in registrations.values()} == made


def test_a_person_finds_their_own_by_its_label_and_nobody_elses(begin, packages):
    begin("q")
    mine = begin()
    assert preview.labelled(packages, "amal", mine.label) is mine
    assert preview.labelled(packages, "bela", mine.label) is None
    assert preview.labelled(packages, "amal", None) is None
