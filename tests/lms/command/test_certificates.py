"""``tutela certificates`` and ``tutela people erase``: issuing, taking back, finding."""

import secrets
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from certificates import awarding
from lms.resources.site import SITE
from lms.services import courses
from lms.zodb import open_database
from servers import ROOT
from sites import Writing


@contextmanager
def writing(tutela):
    """The site in a transaction of its own."""
    opened = closing(open_database(ROOT / "zodb.conf", tutela.data))
    with opened as database, Writing(database) as root:
        yield root[SITE]


def test_a_certificate_is_issued_verified_and_revoked(tutela, course):
    tutela("people", "add", "amina")
    assert tutela("certificates", "issue", course, "amina").status == 1
    tutela("courses", "enrol", course, "amina")
    issued = tutela("certificates", "issue", course, "amina", "--json").json
    assert issued["url"].endswith(f"/certificates/{issued['code']}")
    assert tutela("certificates", "issue", course, "amina", "--json").json == issued

    valid = tutela("certificates", "verify", issued["code"], "--json")
    assert (valid.status, valid.json["status"]) == (0, "valid")
    assert tutela("certificates", "revoke", issued["code"], "--reason", " ").status == 1
    revoked = tutela("certificates", "revoke", issued["code"], "--reason", "A mistake.", "--json")
    assert revoked.json == {"code": issued["code"], "status": "revoked"}
    verdict = tutela("certificates", "verify", issued["code"])
    assert verdict.status == 1
    assert "revoked" in verdict.out

    again = tutela("certificates", "issue", course, "amina", "--json").json
    assert again["code"] != issued["code"]


@pytest.fixture
def certified(tutela, course):
    """The code of a certificate of somebody called amina."""
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    return tutela("certificates", "issue", course, "amina", "--json").json["code"]


def test_a_certificate_is_suspended_and_resumed(tutela, certified):
    done = tutela("certificates", "suspend", certified, "--reason", "It is looked into.")
    assert (done.status, done.err) == (0, "")
    assert f"tutela certificates resume {certified}" in done.out
    assert tutela("certificates", "verify", certified).status == 1
    again = tutela("certificates", "suspend", certified, "--reason", "Once more.")
    assert (again.status, again.out) == (1, "")
    assert "suspended or revoked already" in again.err
    resumed = tutela("certificates", "resume", certified, "--json").json
    assert resumed == {"code": certified, "status": "valid"}
    assert tutela("certificates", "resume", certified).status == 1
    assert tutela("certificates", "resume", "nothing").status == 1
    assert tutela("certificates", "suspend", certified).status == 2


def test_whoever_has_a_certificate_is_issued_none_and_the_words_say_so(tutela, course, certified):
    tutela("certificates", "suspend", certified, "--reason", "It is looked into.")
    done = tutela("certificates", "issue", course, "amina")
    assert done.status == 0
    words = "amina has this certificate already. It is suspended; nothing was issued."
    assert done.out.splitlines()[:2] == [words, certified]


def test_certificates_are_listed(tutela, course, certified):
    listed = tutela("certificates", "list", "--json").json["certificates"]
    assert [(each["code"], each["status"], each["username"]) for each in listed] == [
        (certified, "valid", "amina")
    ]
    assert certified in tutela("certificates", "list", "--title", listed[0]["title"]).out
    nothing = tutela("certificates", "list", "--status", "revoked")
    assert (nothing.status, nothing.out) == (0, "No certificate is like this.\n")
    table = tutela("certificates", "list", "--csv").out.splitlines()
    assert table[0] == "code,status,issued,valid_until,title,kind,username"
    assert table[1].startswith(f"{certified},valid,")
    assert tutela("certificates", "list", "--status", "burnt").status == 2


def test_somebody_is_erased_and_the_certificate_can_still_be_checked(tutela, certified):
    erased = tutela("people", "erase", "amina", "--json").json
    assert erased == {
        "username": "amina", "enrolments": 1, "registrations": 0, "attempts": 0, "certificates": 1,
    }  # fmt: skip
    assert tutela("people", "erase", "amina").status == 1
    assert tutela("certificates", "verify", certified).status == 0
    assert "account erased" in tutela("certificates", "list").out
    assert tutela("certificates", "revoke", certified, "--reason", "Withdrawn.").status == 0
    tutela("people", "add", "amina")
    assert "Enrolments: 0, registrations: 0" in tutela("people", "erase", "amina").out


def test_which_of_several_certificates_is_issued_is_named(tutela, course):
    with writing(tutela) as site:
        subject = courses.subject_of(course)
        second = awarding.create(
            site.certificates.awards,
            subject=subject,
            title="Listening, once more",
            now=datetime.now(UTC),
            random=secrets.token_bytes,
        ).__name__
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    several = tutela("certificates", "issue", course, "amina")
    assert several.status == 1
    assert f"{second}  Listening, once more" in several.err
    unknown = tutela("certificates", "issue", course, "amina", "--award", "nothing")
    assert (unknown.status, "no such certificate" in unknown.err) == (1, True)
    assert tutela("certificates", "issue", course, "amina", "--award", second).status == 0
    listed = tutela("certificates", "list", "--json").json["certificates"]
    assert [each["title"] for each in listed] == ["Listening, once more"]


def test_a_course_without_certificates_issues_none(tutela, course):
    with writing(tutela) as site:
        for award in site.certificates.awards.values():
            awarding.retire(award, datetime.now(UTC))
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    refused = tutela("certificates", "issue", course, "amina")
    assert (refused.status, "has no certificate" in refused.err) == (1, True)
