"""Versions of a package, as an admin types it."""

import pytest

import versioned
from lms.resources.site import SITE
from lms.zodb import open_database
from servers import ROOT
from sites import Writing


@pytest.fixture
def package(tutela):
    """A package of two parts with a course on it, and a version that has another second part; the
    package's id and the keys of both."""
    file = tutela.data.parent / "parts.zip"
    file.write_bytes(versioned.package("2004", "one", "two"))
    done = tutela("packages", "import", str(file), "--course", "parts", "--publish", "--json")
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        packages = root[SITE].packages
        found = packages[done.json["package"]]
        versioned.add(packages, found, versioned.package("2004", "one", "new"))
        root[SITE].courses["parts"].rule = ("lessons", ("one", "two"))
        keys = [version.key for version in found.versions]
    database.close()
    return done.json["package"], *keys


def test_the_versions_of_a_package_are_listed(tutela, package):
    key, old, new = package
    rows = tutela("packages", "versions", key, "--json").json["versions"]
    assert [(row["version"], row["current"]) for row in rows] == [(new, False), (old, True)]
    assert f"{old[:12]}" in tutela("packages", "versions", key).out
    assert "There is no package" in tutela("packages", "versions", "none").err


def test_versions_are_compared(tutela, package):
    key, old, new = package
    found = tutela("packages", "compare", key, "--json").json
    assert [part["id"] for part in found["added"]] == ["new"]
    assert [part["id"] for part in found["gone"]] == ["two"]
    words = tutela("packages", "compare", key, old[:8], new[:8]).out
    assert "added: New (new)" in words
    assert "files gone: 1" in words
    assert "Nothing is different" in tutela("packages", "compare", key, old, old).out
    assert "Name two versions" in tutela("packages", "compare", key, old).err
    assert "has no version" in tutela("packages", "compare", key, old, "nothing").err


def test_parts_that_a_course_asks_for_are_not_lost_without_a_word(tutela, package):
    key, old, new = package
    done = tutela("packages", "use", key, new, "--learners", "move")
    assert done.status == 1
    assert "Parts: Two" in done.err
    assert tutela("packages", "versions", key, "--json").json["versions"][1]["current"]
    done = tutela("packages", "use", key, new, "--learners", "move", "--drop-vanished")
    assert "these parts no longer count: Two" in done.out
    assert f"tutela packages use {key} {old[:12]}" in done.out
    again = tutela("packages", "use", key, new, "--learners", "keep")
    assert "is the current one already" in again.err
    done = tutela("packages", "use", key, old[:12], "--learners", "keep", "--json").json
    assert done["version"] == old
    assert done["numbers"]["in_flight"] == 0
    assert done["courses"]["parts"]["vanished"] == []


def test_another_standard_and_other_rules_are_told(tutela, package):
    key, _old, _new = package
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        packages = root[SITE].packages
        versioned.add(packages, packages[key], versioned.package("1.2", "one", "two"))
    database.close()
    words = tutela("packages", "compare", key).out
    assert "standard: SCORM 2004 4th → 1.2" in words
    assert "the whole course has other rules" in words


def test_the_one_part_of_a_course_counts_under_the_identifier_that_it_has(tutela):
    file = tutela.data.parent / "whole.zip"
    file.write_bytes(versioned.package("2004", "first"))
    done = tutela("packages", "import", str(file), "--course", "whole", "--publish", "--json")
    key = done.json["package"]
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        packages = root[SITE].packages
        versioned.add(packages, packages[key], versioned.package("2004", "second"))
        root[SITE].courses["whole"].rule = ("lessons", ("first",))
        new = packages[key].newest.key
    database.close()
    assert "taken for the same part: first → second" in tutela("packages", "compare", key).out
    used = tutela("packages", "use", key, new, "--learners", "move", "--json").json
    assert used["courses"]["whole"]["vanished"] == []
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        assert root[SITE].courses["whole"].rule == ("lessons", ("second",))
    database.close()
