"""Who was shown before an award is issued, sent back with the form."""

from datetime import UTC, datetime
from random import Random

import pytest

from learners import add_award, add_course, add_person
from lms.resources.site import Site
from lms.services import courses, granting

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def people(site):
    """Five in the one course, and five in the other; the fourth and fifth are in both."""
    found = [add_person(site, f"person{number}", NOW) for number in range(8)]
    for slug, taking in (("listening", found[:5]), ("speaking", found[3:])):
        course = add_course(site, slug, NOW)
        for person in taking:
            courses.enrol(course, person, NOW)
    return [person.id for person in found]


@pytest.fixture
def path(site, people):
    return add_award(site, "path/ready", NOW, rule=(("courses", ("listening", "speaking")),))


def test_a_ticket_says_exactly_who_was_shown(site, path, people):
    for shown in ([], people, people[::2], people[4:5]):
        text = granting.ticket(site, path, shown)
        assert granting.shown_by(site, path, text) == sorted(shown)


def test_it_says_nobody_whom_the_award_does_not_concern(site, path, people):
    text = granting.ticket(site, path, [*people, "a stranger"])
    assert granting.shown_by(site, path, text) == people


def test_it_is_worth_nothing_once_somebody_has_joined_or_left(site, path, people):
    text = granting.ticket(site, path, people)
    for change in (
        lambda: courses.enrol(site.courses["speaking"], add_person(site, "new", NOW), NOW),
        lambda: site.courses["speaking"].roster.pop("person7"),
    ):
        change()
        with pytest.raises(granting.ListChanged):
            granting.shown_by(site, path, text)


def test_it_is_worth_nothing_for_another_award(site, path, people):
    text = granting.ticket(site, path, people)
    other = add_award(site, "course/listening", NOW)
    with pytest.raises(granting.ListChanged):
        granting.shown_by(site, other, text)


def test_thousands_fit_into_a_form(site):
    course, chance = add_course(site, "listening", NOW), Random(5)
    for number in range(5000):
        course.roster[f"{number:032}"] = None
    award = add_award(site, "course/listening", NOW)
    shown = [each for each in course.roster if chance.random() < 0.5]
    text = granting.ticket(site, award, shown)
    assert granting.shown_by(site, award, text) == shown
    assert len(text) < 1000
