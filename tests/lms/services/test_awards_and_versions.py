"""Awards that ask for parts, when another version of the package does not have them."""

import json
from datetime import UTC, datetime

import pytest

from certificates import awarding
from learners import MANIFEST, add_award, add_course, add_person
from lms.resources.site import Site
from lms.services import courses, versions
from lms.services.earning import rule_for
from scorm.resources import PackageVersion

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def without(part: str) -> PackageVersion:
    """A version of the package that has a part less."""
    manifest = json.loads(MANIFEST)
    (organization,) = manifest["organizations"]
    organization["items"] = [each for each in organization["items"] if each["identifier"] != part]
    return PackageVersion(
        f"without {part}",
        index="{}",
        manifest=json.dumps(manifest),
        report="{}",
        size=1,
        created=NOW,
    )


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def course(site):
    return add_course(site, "listening", NOW)


@pytest.fixture
def award(site, course):
    rule = (("lessons", ("one", "two")), ("minutes", 30))
    return add_award(site, "course/listening", NOW, rule=rule)


def test_an_author_is_told_of_parts_that_a_certificate_asks_for(site, course, award):
    (weighed,) = versions.weigh(site, course.package, without("two"))
    assert weighed.vanished == (("two", "Two"),)
    course.rule = ("lessons", ("two",))
    (weighed,) = versions.weigh(site, course.package, without("two"))
    assert weighed.vanished == (("two", "Two"),)


def test_of_an_award_that_is_issued_no_more_nothing_is_said(site, course, award):
    awarding.retire(award, NOW)
    (weighed,) = versions.weigh(site, course.package, without("two"))
    assert weighed.vanished == ()


def test_whoever_has_not_begun_is_asked_for_what_there_is(site, course, award):
    ana = add_person(site, "ana", NOW)
    assert rule_for(site, award, ana) == award.rule
    course.package.current = without("two")
    rest = (("lessons", ("one",)), ("minutes", 30))
    assert rule_for(site, award, ana) == rest
    courses.enrol(course, ana, NOW)
    assert rule_for(site, award, ana) == rest


def test_parts_that_are_gone_keep_their_names(site, course):
    course.package.versions = (*course.package.versions, without("two"))
    assert courses.titles_of(course.package) == {"one": "One", "two": "Two"}
