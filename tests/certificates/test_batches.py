"""The same done with many certificates, a part at a time."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from certificates import batches, issuing
from certificates.issuing import CertificateRefused
from certificates.resources import Certificates
from tests.certificates.conftest import SNAPSHOT

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def certificates():
    certificates = Certificates()
    for number in range(60):
        issuing.issue(
            certificates,
            learner_id=f"learner-{number}",
            award="course/listening",
            snapshot=SNAPSHOT,
            now=NOW,
            random=lambda n, number=number: bytes([number]) * n,
        )
    return certificates


def begin(certificates, kind="revoke", **more):
    options = {"by": "ada", "now": NOW, "reason": "a course of another year", **more}
    items = options.pop("items", list(certificates._certificates))
    return batches.begin(certificates, kind, items, **options)


def revoked(certificates):
    return sum(each.revoked is not None for each in certificates.values())


def test_a_part_is_done_at_a_time_until_nothing_is_left(certificates):
    batch = begin(certificates)
    do = partial(batches.change, certificates, batch, now=NOW)
    assert [batches.go_on(batch, do, NOW) for _ in range(6)] == [True] * 5 + [False]
    assert (batch.seen, batch.changed, batch.total) == (60, 60, 60)
    assert batch.finished == NOW
    assert revoked(certificates) == 60
    assert {each.reason for each in certificates.values()} == {"a course of another year"}


def test_after_the_last_part_nothing_is_done_again(certificates):
    batch = begin(certificates, items=list(certificates._certificates)[:3])
    do = partial(batches.change, certificates, batch, now=NOW)
    assert not batches.go_on(batch, do, NOW)
    assert not batches.go_on(batch, do, NOW + timedelta(days=1))
    assert (batch.seen, batch.changed, batch.finished) == (3, 3, NOW)


def test_an_item_that_comes_twice_is_done_once(certificates):
    first = next(iter(certificates._certificates))
    assert begin(certificates, items=[first, first]).total == 1


def test_what_cannot_be_changed_stays_and_is_told(certificates):
    code, *_rest = certificates._certificates
    issuing.revoke(certificates[code], "before", NOW)
    batch = begin(certificates, items=[code, "no code"])
    batches.go_on(batch, partial(batches.change, certificates, batch, now=NOW), NOW)
    assert (batch.seen, batch.changed) == (2, 0)
    assert dict(batch.failed) == {
        0: (code, "This certificate is revoked already."),
        1: ("no code", "There is no such certificate."),
    }
    assert certificates[code].reason == "before"


def test_certificates_are_suspended_and_hold_again(certificates):
    for kind, held in (("suspend", False), ("resume", True)):
        batch = begin(certificates, kind)
        do = partial(batches.change, certificates, batch, now=NOW)
        while batches.go_on(batch, do, NOW):
            pass
        assert batch.changed == 60
        assert all((each.suspended is None) is held for each in certificates.values())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"reason": " "}, "Give a reason."),
        ({"reason": "x" * 1001}, "at most 1000 characters"),
        ({"items": []}, "Choose at least one certificate."),
    ],
)
def test_a_batch_is_refused(certificates, options, words):
    with pytest.raises(CertificateRefused, match=words):
        begin(certificates, **options)
    assert list(certificates.batches.values()) == []
