"""A person goes for good, by an admin's page or the command line."""

import json
from random import Random

import pytest
from ZODB.serialize import referencesf

import smallest
from assessments.attempts.start import attempts_of, start
from assessments.marking import regrade
from certificates import issuing
from lms.services import courses, erasure
from quizzes import add_quiz
from scorm.packages.archive import Limits
from scorm.runtime import preview
from scorm.services import import_package
from sites import NOW
from tests.assessments.examples import TRUTH

SNAPSHOT = {
    "kind": "achievement",
    "subject": "course",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
    "score": 85,
}


@pytest.fixture
def lived(site, tmp_path):
    """A member and an author who have done everything that leaves something behind."""
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    with site.write() as root:
        tree = root["site"]
        with path.open("rb") as source:
            package, _report = import_package(
                tree.packages, source, owner="author", limits=Limits(), now=NOW
            )
        course = courses.create(tree.courses, package, title="Listening", slug=None, now=NOW)
        quiz, chance = add_quiz(tree, [TRUTH]), Random(1)
        for name in ("member", "author"):
            person = tree.people.by_username(name)
            enrolment = courses.enrol(course, person, NOW)
            courses.registration_for(
                tree.registrations, enrolment, person, site_url="http://x", now=NOW
            )
            learner = person.learner_id
            start(tree.bank, quiz, learner, (), NOW, random=chance)
            start(tree.bank, quiz, learner, (), NOW, random=chance, preview=True)
            quiz.overrides[learner] = {"attempts": 3}
            preview.begin(tree.registrations, package, person.id, return_url="http://x/", now=NOW)
            issuing.issue(
                tree.certificates,
                learner_id=learner,
                award="course/listening",
                snapshot=SNAPSHOT,
                now=NOW,
                random=lambda n, name=name: (name * 3).encode()[:n],
            )
    return site


def everything(connection) -> bytes:
    """Every record that the root leads to."""
    found, waiting = {}, [connection.root()._p_oid]
    while waiting:
        oid = waiting.pop()
        if oid not in found:
            found[oid], _serial = connection._storage.load(oid)
            referencesf(found[oid], waiting)
    return b"".join(found.values())


def erase_form(page):
    return next(form for form in page.forms.values() if "username" in form.fields)


def test_an_admin_erases_somebody_whose_certificates_stay(lived):
    with lived.write() as root:
        person = root["site"].people.by_username("member")
        person_id, learner = person.id, person.learner_id
    admin = lived.signed_in("admin")
    page = admin.get(f"/admin/people/{person_id}/").click("Erase the account")
    form = erase_form(page)
    form["username"] = "author"
    page = form.submit(status=400)
    assert "Nobody was erased." in page.text
    form = erase_form(page)
    form["username"] = "Member"
    page = form.submit().follow()
    assert "The account of member is erased." in page.text
    with lived.write() as root:
        tree = root["site"]
        assert tree.people.get(person_id) is None
        assert tree.people.by_username("member") is tree.people.by_learner(learner) is None
        (course,) = tree.courses.values()
        author = tree.people.by_username("author")
        assert list(course.roster) == [author.id]
        assert {each.reference.partition("/")[0] for each in tree.registrations.values()} == {
            author.id, "preview",
        }  # fmt: skip
        assert len(list(tree.registrations.values())) == 2
        assert len(list(course.package.registrations)) == 2
        assert list(course.package.previews) == [author.id]
        assert list(tree.registrations._learners).count(learner) == 0
        quiz = tree.quizzes["quiz"]
        assert {each.learner_id for each in quiz.attempts.values()} == {author.learner_id}
        assert {key.partition("/")[0] for key in quiz.by_learner} == {author.learner_id}
        assert len(quiz.open) == 1
        assert list(quiz.overrides) == [author.learner_id]
        assert sorted(each.learner_id for each in tree.certificates.values()) == [
            "", author.learner_id,
        ]  # fmt: skip
        code = next(c.code for c in tree.certificates.values() if not c.learner_id)
        (entry,) = [
            json.loads(text) for _key, text in tree.audit.newest_first() if "erased" in text
        ]
    assert entry["subject"] == person_id
    assert entry["details"] == {
        "enrolments": 1, "registrations": 1, "attempts": 2, "certificates": 1,
    }  # fmt: skip
    stranger = lived.browser().get(f"/certificates/{code}")
    assert "This certificate is valid" in stranger.text
    page = admin.get("/certificates/all")
    assert "account erased" in page.text
    form = next(f for f in page.forms.values() if "what" in f.fields)
    form["which"] = "all"
    form = next(f for f in form.submit().forms.values() if "reason" in f.fields)
    form["reason"] = "The course was withdrawn"
    assert "2 of 2 are done." in form.submit().follow().text
    stranger = lived.browser().get(f"/certificates/{code}")
    assert "This certificate is revoked" in stranger.text


def test_nothing_in_the_database_leads_to_somebody_who_was_erased(lived):
    with lived.write() as root:
        tree = root["site"]
        person = tree.people.by_username("member")
        learner = person.learner_id
        assert learner.encode() in everything(root._p_jar)
        erasure.erase(tree, person, NOW, actor="ada")
    with lived.write() as root:
        assert learner.encode() not in everything(root._p_jar)


def test_the_last_admin_is_not_erased(site):
    admin = site.signed_in("admin")
    with site.write() as root:
        person_id = root["site"].people.by_username("admin").id
    form = erase_form(admin.get(f"/admin/people/{person_id}/erase"))
    form["username"] = "admin"
    assert "This is the only admin." in form.submit().follow().text
    with site.write() as root:
        assert root["site"].people.get(person_id).closed is False


def test_a_regrade_goes_on_without_the_attempts_of_who_is_gone(lived):
    with lived.write() as root:
        tree = root["site"]
        quiz = tree.quizzes["quiz"]
        person = tree.people.by_username("member")
        (attempt,) = attempts_of(quiz, person.learner_id)
        (item,) = tree.bank.items.values()
        run = regrade.begin(quiz, {item.__name__: 1}, attempts=attempt.__name__, by="ada", now=NOW)
        run.changes[attempt.__name__] = {"answers": {}, "shares": (None, None)}
        erasure.erase(tree, person, NOW, actor="ada")
        assert list(run.changes) == []
        regrade.go_on(run, NOW)
        assert (run.state, run.seen) == ("found", 0)
