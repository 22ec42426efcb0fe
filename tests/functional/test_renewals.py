"""Certificates that are earned anew: by an admin's hand, with attempts in between, along a path."""

from datetime import UTC, datetime, timedelta

import pytest

from certificates import awarding
from earners import SLUGS, add_courses, held, learn
from learners import add_award
from lms.services import awards
from sites import NOW

REST, WORK = "/courses/rest/", "/courses/work/"
DONE = {"completion_status": "completed"}


@pytest.fixture(params=["1.2", "2004"])
def standard(request):
    return request.param


@pytest.fixture
def site_with_courses(site, tmp_path, standard):
    """Two published courses on the smallest package, whose certificates can be renewed."""
    add_courses(site, tmp_path, standard)
    with site.write() as root:
        found = root["site"]
        for slug in SLUGS:
            (award,) = awards.of_course(found, found.courses[slug])
            awarding.change(award, {"validity": ("months", 24), "renewal": 3})
    return site


@pytest.fixture
def finish(site_with_courses, standard):
    """Take a course to its end, or begin it; another time begins it anew."""

    def take(course, *, completed=True):
        name = "completion_status" if standard == "2004" else "core.lesson_status"
        value = "completed" if completed else "incomplete"
        learn(site_with_courses, course, **{name: value})()

    return take


def in_the_window(site) -> None:
    """All that the member has was earned 700 days ago, and ends in twenty."""
    now = datetime.now(UTC)
    issued, end = now - timedelta(days=700), now + timedelta(days=20)
    with site.write() as root:
        person = root["site"].people.by_username("member")
        for certificate in root["site"].certificates.of_learner(person.learner_id):
            certificate.issued, certificate.valid_until = issued, end
        for enrolment in person.enrolments.values():
            enrolment.begun = (enrolment.begun[0], issued, 0)
            enrolment.fulfilled = (issued, enrolment.fulfilled[1])


def codes(site, slug="rest"):
    return [code for code, *_more in held(site, slug)]


def test_an_admin_renews_what_was_earned_anew_where_admins_issue(site_with_courses, finish):
    site = site_with_courses
    with site.write() as root:
        (award,) = awards.of_course(root["site"], root["site"].courses["rest"])
        awarding.change(award, {"automatic": False})
        address = f"/certificates/awards/{award.__name__}/issue"
    finish(REST)
    admin = site.signed_in("admin")
    issue_all(admin, address)
    (first,) = codes(site)
    in_the_window(site)
    assert nobody_has_earned_it(admin, address)
    finish(REST)
    assert codes(site) == [first]

    issue_all(admin, address)

    ((second, renews, _until),) = held(site)
    assert (second != first, renews) == (True, first)
    assert nobody_has_earned_it(admin, address)


def issue_all(admin, address) -> None:
    page = admin.get(address)
    form = next(form for form in page.forms.values() if "which" in form.fields)
    assert form.submit("which", value="all").status_int == 303


def nobody_has_earned_it(admin, address) -> bool:
    return not any("which" in form.fields for form in admin.get(address).forms.values())


def test_a_path_is_renewed_although_one_of_its_courses_was_begun_once_more(
    site_with_courses, finish
):
    site = site_with_courses
    with site.write() as root:
        rule = (("courses", ("rest", "work")),)
        settings = {"validity": ("months", 24), "renewal": 3, "rule": rule}
        path = add_award(root["site"], "", NOW, **settings).__name__
    finish(REST)
    finish(WORK)

    def of_path():
        with site.write() as root:
            tree = root["site"]
            person = tree.people.by_username("member")
            found = awards.present(tree, person.learner_id, tree.certificates.awards[path])
            return found.code, found.renews

    first, _renews = of_path()
    in_the_window(site)
    finish(REST)
    finish(REST, completed=False)
    assert of_path()[0] == first
    finish(WORK)
    assert of_path()[1] == first
