"""A database that the version before awards has written, served by this one.

``databases/before_awards.tar.xz`` was made by that version's own pages: a member has completed four
courses, of which three gave a certificate and one of these gives none by now; the author's first
certificate was revoked and given anew, and passed a quiz with two right answers of three.
"""

import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certificates import issuing, listing
from certificates.listing import Wish
from lms.evolution import STEPS, DatabaseBehind, evolve, refuse_if_behind
from lms.resources.site import SITE
from lms.services import awards, quiz_results
from lms.zodb import database_from_text
from sites import FILESTORAGE, QUICK, Site
from tests.functional.test_awards import learn, shown

DATABASE = Path(__file__).parent / "databases" / "before_awards.tar.xz"
CODES = {
    ("member", "rest"): "11ds1rh5bzecfvbarrqy9961tq",
    ("member", "work"): "1xajtd78x7c86zpta6mrp22hdq",
    ("member", "gave"): "6kv0xc3afsaznnesnvna56662c",
    ("author", "ask"): "5q9ev4g3vv326h1p91m93qn1tm",
    ("author", "rest"): "4jm8vm6wfgvj8rr1jr5gjesn94",
}
REVOKED = "1pkxtarz1q4wvk2dfq792zk07q"


@pytest.fixture
def folder(tmp_path):
    with tarfile.open(DATABASE) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


@pytest.fixture
def site(folder, monkeypatch):
    """The site, brought up to this version."""
    monkeypatch.setattr("lms.services.passphrases._HASHER", QUICK)
    found = Site(folder, FILESTORAGE.format(data=folder))
    yield found
    found.close()


def test_it_is_not_served_before_it_is_evolved_and_evolving_it_again_changes_nothing(folder):
    database = database_from_text(FILESTORAGE.format(data=folder))
    now = datetime.now(UTC)
    with database.transaction() as connection:
        with pytest.raises(DatabaseBehind, match="furnish-certificates, give-courses-awards"):
            refuse_if_behind(connection.root(), STEPS)
        assert len(evolve(connection.root(), STEPS, now)) >= 2
    with database.transaction() as connection:
        awards_before = [each.__name__ for each in all_awards(connection)]
        for step in STEPS:
            step.run(connection.root())
        assert [each.__name__ for each in all_awards(connection)] == awards_before
        assert evolve(connection.root(), STEPS, now) == []
    database.close()


def all_awards(connection):
    return connection.root()[SITE].certificates.awards.values()


def test_every_certificate_keeps_its_code_its_holder_and_what_it_says(site):
    with site.write() as root:
        tree = root[SITE]
        house = tree.certificates
        for (name, slug), code in CODES.items():
            person = tree.people.by_username(name)
            (held,) = awards.held_in(tree, person.learner_id, tree.courses[slug])
            assert (held.code, held.snapshot["title"]) == (code, slug.title())
            assert held.snapshot["minutes"] == (None if slug == "ask" else 90)
        assert len(house) == len(listing.found(house, Wish(), datetime.now(UTC))) == 6
        assert house.get(CODES["member", "rest"]).snapshot["score"] == 85
        assert house.get(CODES["author", "rest"]).replaces == REVOKED
        status_list, index = issuing.place_of(house.get(REVOKED))
        assert list(status_list.revoked) == [index]
        assert status_list.count() == 6
    for code in (*CODES.values(), REVOKED):
        text = site.browser().get(f"/certificates/{code}").text
        said = "This certificate is revoked" if code == REVOKED else "This certificate is valid"
        assert said in text


def test_courses_give_what_they_gave(site):
    with site.write() as root:
        tree = root[SITE]
        found = {
            slug: [
                each.retired is not None for each in awards.of_course(tree, course, retired=True)
            ]
            for slug, course in ((each.__name__, each) for each in tree.courses.values())
        }
    assert found == {"rest": [False], "work": [False], "walk": [], "gave": [True], "ask": [False]}


def test_holders_find_print_and_take_along_what_they_had(site):
    member = site.signed_in("member")
    page = member.get("/certificates/mine")
    for title in ("Rest", "Work", "Gave"):
        assert title in page.text
    code = CODES["member", "rest"]
    badge = member.get(f"/certificates/{code}/badge.json").json
    assert badge["credentialSubject"]["achievement"]["name"] == "Rest"
    assert "Rest" in member.get(f"/certificates/{code}/print").text
    assert "Rest" in shown(site, "/learning/")
    author = site.signed_in("author")
    assert author.get("/certificates/mine").text.count("revoked") >= 1


def test_admins_find_them_and_change_what_they_are_given_for(site):
    admin = site.signed_in("admin")
    assert "6 certificates found." in admin.get("/certificates/all").text
    assert "account erased" not in admin.get("/certificates/all").text
    for slug in ("rest", "work", "walk", "gave", "ask"):
        page = admin.get(f"/courses/{slug}/certificates")
        for link in page.html.main.select("li a.button"):
            admin.get(link["href"], status=200)
        admin.get(f"/courses/{slug}/report", status=200)


def test_what_is_under_way_goes_on_and_earns_one_certificate(site):
    # The author's course of SCORM 1.2 was begun before; the member's is over and reported again.
    for name in ("author", "member"):
        learn(site, "/courses/work/", name, **{"core.lesson_status": "completed"})()
    with site.write() as root:
        tree = root[SITE]
        author = tree.people.by_username("author")
        (issued,) = awards.held_in(tree, author.learner_id, tree.courses["work"])
        assert issued.snapshot["rule"] == [["completed"], ["lessons", ["i"]]]
        assert len(tree.certificates) == 7


def test_the_result_of_a_quiz_is_kept_exactly_and_earns_nothing_twice(site):
    with site.write() as root:
        tree = root[SITE]
        person = tree.people.by_username("author")
        enrolment = person.enrolments["ask"]
        assert enrolment.quizzes["quiz"]["share"] == "2/3"
        now = datetime.now(UTC)
        awards.reassess(tree, enrolment.course, "Tutela", now, actor="ada")
        quiz_results.catch_up(tree, enrolment.course, person, "Tutela", now)
        (held,) = awards.held_in(tree, person.learner_id, enrolment.course)
        assert held.code == CODES["author", "ask"]
