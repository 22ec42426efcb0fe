"""Status lists as verifiers read them."""

import base64
import gzip
from datetime import UTC, datetime, timedelta

import pytest
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from certificates import issuing
from certificates.keys import KeyRing
from certificates.resources.status import LENGTH, StatusLists
from certificates.status.lists import PURPOSES, encoded, status_credential
from tests.certificates.badges.making import Issuer

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def issuer(tmp_path) -> Issuer:
    return Issuer(tmp_path / "keys")


def made(issuer: Issuer, purpose: str = "revocation", now: datetime = NOW) -> dict:
    lists = issuer.certificates.status
    return status_credential(lists["1"], purpose, issuer.place, issuer.ring.current, now)


def set_in(credential: dict) -> set[int]:
    """The indexes whose bits are set, read as the standard says (§3.4)."""
    value = credential["credentialSubject"]["encodedList"]
    assert value.startswith("u")
    octets = gzip.decompress(base64.urlsafe_b64decode(value[1:] + "=" * (-len(value[1:]) % 4)))
    assert len(octets) * 8 == LENGTH
    return {i for i in range(LENGTH) if octets[i // 8] & 0x80 >> i % 8}


def test_an_empty_list_has_no_bit_set():
    assert set_in({"credentialSubject": {"encodedList": encoded([])}}) == set()


def test_the_first_index_is_the_highest_bit_of_the_first_octet():
    found = {"credentialSubject": {"encodedList": encoded([0, 7, 8, LENGTH - 1])}}
    assert set_in(found) == {0, 7, 8, LENGTH - 1}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_list_is_signed_and_good_for_a_week(issuer, purpose):
    found = made(issuer, purpose)
    verify_data_integrity_proof(found, issuer.ring.current.ed25519_public_pem)
    assert found["issuer"] == issuer.ring.did
    assert found["id"] == f"https://learn.example.org/certificates/status/1/{purpose}"
    assert found["validFrom"] == "2026-11-23T23:55:00Z"
    assert found["validUntil"] == "2026-12-01T00:00:00Z"
    assert found["credentialSubject"]["statusPurpose"] == purpose


def test_what_is_revoked_is_in_one_list_and_what_is_suspended_in_both(issuer):
    revoked, suspended, holds = (issuer.issue() for _ in range(3))
    issuing.revoke(revoked, "issued by mistake", NOW)
    issuing.suspend(suspended, "asked for papers", NOW)
    places = {each: each.listed[1] for each in (revoked, suspended, holds)}
    assert set_in(made(issuer)) == {places[revoked], places[suspended]}
    assert set_in(made(issuer, "suspension")) == {places[suspended]}
    issuing.resume(suspended)
    assert set_in(made(issuer)) == {places[revoked]}
    assert set_in(made(issuer, "suspension")) == set()


def test_one_that_was_suspended_and_then_revoked_stays_set(issuer):
    certificate = issuer.issue()
    issuing.suspend(certificate, "asked for papers", NOW)
    issuing.revoke(certificate, "papers were false", NOW)
    assert set_in(made(issuer)) == {certificate.listed[1]}


def test_it_is_made_again_when_something_changed_and_not_before(issuer):
    certificate = issuer.issue()
    first = made(issuer)
    assert made(issuer, now=NOW + timedelta(hours=3)) is first
    issuing.revoke(certificate, "issued by mistake", NOW)
    assert made(issuer) != first


def test_and_every_day_and_with_every_key(issuer):
    first = made(issuer)
    assert made(issuer, now=NOW + timedelta(days=1)) != first
    issuer.ring.rotate(NOW)
    assert made(issuer)["proof"] != first["proof"]


def test_every_process_makes_the_same(issuer):
    first = made(issuer)
    second = Issuer(issuer.ring.folder)
    issuer.certificates.status = StatusLists()
    status_credential.__globals__["_signed"].cache_clear()
    assert made(second) == first
    assert isinstance(second.ring, KeyRing)
