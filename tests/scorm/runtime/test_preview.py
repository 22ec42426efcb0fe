"""Previews: an author's own registration, new each time, that counts for nobody."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from scorm.packages.manifest import (
    ControlMode,
    Edition,
    Item,
    Manifest,
    Organization,
    Sequencing,
)
from scorm.resources import Packages, PackageVersion, Registrations, ScormPackage
from scorm.runtime import preview
from scorm.runtime.commit import open_session
from scorm.runtime.inspector import inspected
from scorm.runtime.record import history
from scorm.runtime.view import answer

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)
A_MINUTE = timedelta(minutes=1)


def version(sha256: str, *parts: str) -> PackageVersion:
    """Of a course that flows, and where nothing can be chosen; a heading is over its parts."""
    heading = Item("heading", "Heading", children=tuple(map(part, parts)), sequencing=FLOWS)
    manifest = Manifest(
        identifier="m",
        edition=Edition.FOURTH,
        title="Course",
        organizations=(Organization("org", "Course", (heading,), sequencing=FLOWS),),
        default_organization="org",
    )
    return PackageVersion(
        sha256,
        index="{}",
        manifest=json.dumps(manifest.to_plain()),
        report="{}",
        size=1,
        created=NOW,
    )


def part(key: str) -> Item:
    return Item(key, key.title(), launch=f"{key}.html", sco=True)


FLOWS = Sequencing(control=ControlMode(choice=False, flow=True))


@pytest.fixture
def packages():
    found = Packages()
    for key in ("p", "q"):
        package = ScormPackage(key, "Course", "author", NOW)
        old = version(f"{key}0-old", "one", "gone")
        package.versions = (old, version(f"{key}1-new", "one", "two", "three"))
        package.current = package.newest
        found.add(package)
    return found


@pytest.fixture
def registrations():
    return Registrations()


@pytest.fixture
def begin(packages, registrations):
    def begin(key="p", person="amal", now=NOW, **more):
        url = f"http://site.test/packages/{key}/"
        return preview.begin(registrations, packages[key], person, return_url=url, now=now, **more)

    return begin


def launch(registration) -> dict:
    """What the player is answered that opens it."""
    written = open_session(registration, "s", "normal", [], NOW)
    return answer(registration, written.session, "cap", [], 0)


def test_a_preview_is_of_the_current_version_under_a_pseudonym(begin):
    made = begin()
    assert made.preview
    assert made.version.sha256 == "p1-new"
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


def test_content_reads_the_name_that_it_would_of_a_learner(begin):
    assert launch(begin(learner_name="آمال"))["delivery"]["data"]["cmi.learner_name"] == "آمال"


def test_an_earlier_version_is_named_by_the_beginning_of_its_hash(begin):
    assert begin(version="p0").version.sha256 == "p0-old"


@pytest.mark.parametrize("prefix", ["p", "q0"])
def test_a_version_that_is_not_one_is_refused_and_nothing_is_lost(begin, registrations, prefix):
    before = begin()
    with pytest.raises(preview.PreviewRefused, match=f"no version “{prefix}”"):
        begin(version=prefix)
    assert list(registrations.values()) == [before]


def test_a_version_that_came_back_is_still_one(begin, packages):
    package = packages["p"]
    package.versions = (*package.versions, package.versions[0])
    assert begin(version="p0-old").version.sha256 == "p0-old"


def test_a_preview_begins_with_the_part_that_its_author_chose(begin):
    view = launch(begin(part="three"))
    assert view["delivery"]["activity"] == "three"
    assert view["delivery"]["data"]["cmi.entry"] == "ab-initio"


def test_the_page_is_told_when_learners_could_not_choose_it_and_the_log_of_requests_too(begin):
    made = begin(part="three")
    assert launch(made)["declined"] == "This part cannot be chosen."
    (asked,) = inspected(made).asked
    assert asked["request"] == "{target=three}choice"
    assert (asked["exception"], asked["delivery"]) == ("NB.2.1-10", "three")
    assert asked["past"] == "This part cannot be chosen."


def test_where_learners_begin_there_is_nothing_to_be_told(begin):
    made = begin(part="one")
    assert "declined" not in launch(made)
    assert inspected(made).asked[0]["past"] == ""


def test_what_content_sets_in_a_part_chosen_past_the_rules_is_in_the_record(begin):
    made = begin(part="three")
    launch(made)
    made.record("three").change({"cmi.location": "7"})
    assert history(made)["activities"]["three"]["values"] == {"cmi.location": "7"}


@pytest.mark.parametrize("name", ["heading", "org", "gone", "nowhere"])
def test_where_nothing_can_be_opened_no_preview_begins_and_the_earlier_one_stays(
    begin, registrations, name
):
    before = begin()
    with pytest.raises(preview.PreviewRefused, match=f"nothing to open in the part “{name}”"):
        begin(part=name)
    assert list(registrations.values()) == [before]


def test_a_preview_that_is_forgotten_leaves_nothing(begin, registrations, packages):
    begin()
    preview.forget(registrations, packages["p"], "amal")
    assert list(registrations.values()) == list(registrations._learners) == []
    assert dict(packages["p"].previews) == {}


def test_where_there_is_none_nothing_is_forgotten(begin, registrations, packages):
    preview.forget(registrations, packages["p"], "amal")
    theirs = begin(person="bela")
    preview.forget(registrations, packages["p"], "amal")
    assert list(registrations.values()) == [theirs]


def test_what_was_not_used_for_a_day_goes_when_the_next_begins_of_any_package(begin, registrations):
    begin("q")
    theirs = begin("q", person="bela")
    mine = begin("p", now=NOW + A_DAY + A_MINUTE)
    assert set(registrations.values()) == {mine, theirs}


def test_what_was_used_since_stays(begin, registrations):
    used = begin("q")
    open_session(used, "s", "normal", [], NOW + A_MINUTE)
    mine = begin("p", now=NOW + A_DAY + A_MINUTE)
    assert set(registrations.values()) == {mine, used}
