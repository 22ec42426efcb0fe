"""Certificates of somebody who goes."""

from datetime import UTC, datetime

import pytest
from ZODB.blob import Blob

from certificates import batches, codes, erasure, issuing, listing, standing
from certificates.listing import Wish
from certificates.resources import Certificates
from tests.certificates.conftest import SNAPSHOT

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def issue(certificates, number, *, learner="learner-1", award="course/listening", **more):
    return issuing.issue(
        certificates,
        learner_id=learner,
        award=award,
        snapshot={**SNAPSHOT, "quizzes": [{"title": "Quiz", "percent": "70"}]},
        now=NOW,
        random=lambda n: bytes([number]) * n,
        **more,
    )


@pytest.fixture
def certificates():
    """A revoked one, the one in its place, the one that renews that; and one of somebody else."""
    certificates = Certificates()
    issuing.revoke(issue(certificates, 1), "issued to Mina by mistake", NOW)
    second = issue(certificates, 2)
    second.kept_name, second.name_hash = "Mina", "$argon2id$"
    issue(certificates, 3, renew=True)
    issue(certificates, 4, learner="learner-2")
    return certificates


def certificate(certificates, number):
    return certificates[codes.code_of(bytes([number]) * 16)]


def test_every_certificate_of_the_person_leads_to_nobody(certificates):
    assert erasure.erase(certificates, "learner-1", NOW) == (3, ())
    for number in (1, 2, 3):
        each = certificate(certificates, number)
        assert (each.learner_id, each.kept_name, each.name_hash) == ("", None, None)
        assert (each.reason, each.suspension_reason) == (None, None)
        assert each.snapshot == {
            key: SNAPSHOT[key] for key in ("kind", "title", "language", "issuer", "minutes")
        }
        assert each.issued == NOW
        assert each.listed is not None
        assert each.__acl__() == []
    assert list(certificates.by_award) == ["learner-2/course/listening"]
    rows = listing.found(certificates, Wish(), NOW)
    assert sorted(row.learner_id for row in rows) == ["", "", "", "learner-2"]


def test_others_keep_theirs(certificates):
    erasure.erase(certificates, "learner-1", NOW)
    assert certificate(certificates, 4).snapshot["score"] == SNAPSHOT["score"]


def test_what_was_issued_can_still_be_checked_and_revoked(certificates):
    erasure.erase(certificates, "learner-1", NOW)
    found = {n: standing.status_of(certificate(certificates, n), NOW) for n in (1, 2, 3)}
    assert found == {1: "revoked", 2: "valid", 3: "valid"}
    third = certificate(certificates, 3)
    issuing.revoke(third, "the course was withdrawn", NOW)
    status_list, index = issuing.place_of(third)
    assert index in status_list.revoked


def test_who_has_none_leaves_none(certificates):
    assert erasure.erase(certificates, "learner-9", NOW).certificates == 0
    assert erasure.erase(certificates, "learner-1", NOW).certificates == 3
    assert erasure.erase(certificates, "learner-1", NOW).certificates == 0


def zip_of(certificates, *numbers):
    items = [certificate(certificates, number).code for number in numbers]
    return batches.begin(certificates, "zip", items, by="ada", now=NOW)


def made(batch):
    batches.finish(batch, NOW)
    batch.file = Blob(b"PK")
    return batch


def test_zips_that_a_certificate_of_theirs_is_in_can_be_fetched_no_more(certificates):
    theirs, before = made(zip_of(certificates, 2, 4)), made(zip_of(certificates, 1))
    others = made(zip_of(certificates, 4))
    unknown = made(zip_of(certificates, 4))
    unknown.parts.clear()  # as a zip from before this was kept
    gone = zip_of(certificates, 1)
    batches.finish(gone, NOW)
    erased = erasure.erase(certificates, "learner-1", NOW)
    assert set(erased.zips) == {each.__name__ for each in (theirs, before, unknown)}
    assert [each.fetchable for each in (theirs, before, unknown, others)] == [False] * 3 + [True]
    assert gone.withdrawn is None


def test_a_zip_that_is_being_made_is_begun_anew(certificates):
    batch, others = zip_of(certificates, 4, 2), zip_of(certificates, 4)
    batch.at, batch.seen, batch.changed = 1, 2, 1
    batch.failed[0] = ("a code", "It holds no more.")
    assert erasure.erase(certificates, "learner-1", NOW).zips == (batch.__name__,)
    assert (batch.run, batch.at, batch.seen, batch.changed, len(batch.failed)) == (1, 0, 0, 0, 0)
    assert others.run == 0


def test_batches_that_issue_forget_the_person(certificates):
    batch = batches.begin(
        certificates, "issue", ["learner-2", "learner-1"], by="ada", now=NOW, award="an-award"
    )
    batch.failed[0] = ("learner-1", "Has this certificate already.")
    erasure.erase(certificates, "learner-1", NOW)
    assert list(batch.parts.values()) == [("learner-2", "")]
    assert list(batch.failed.values()) == [("", "Has this certificate already.")]
