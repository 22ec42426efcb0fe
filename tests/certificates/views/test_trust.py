"""What verifiers read of this site."""

import gc
import json
from datetime import UTC, datetime

import pytest
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from certificates.badges import signing
from certificates.keys import KeyRing, Keys

DID = "/.well-known/did.json"
LISTS = ["/awards/status/1/revocation", "/awards/status/1/suspension"]


def ring_of(site):
    return site.app.app.registry["certificates.keys"]


def test_the_did_document_is_where_verifiers_look_for_it(site):
    response = site.get(DID)
    assert response.json == ring_of(site).did_document()
    assert response.content_type == "application/json"


@pytest.mark.parametrize(
    ("accept", "did", "status_list"),
    [
        (None, "application/json", "application/json"),
        ("*/*", "application/json", "application/json"),
        ("application/ld+json, application/json", "application/json", "application/json"),
        ("application/did+json", "application/did+json", "application/json"),
        ("application/vc", "application/json", "application/vc"),
        ("application/vc, application/json;q=0.5", "application/json", "application/vc"),
        ("text/html", "application/json", "application/json"),
        ("?", "application/json", "application/json"),
    ],
)
def test_who_asks_for_the_types_of_the_standards_gets_them(site, accept, did, status_list):
    headers = {} if accept is None else {"Accept": accept}
    for path, expected in ((DID, did), (LISTS[0], status_list)):
        response = site.app.get(path, headers=headers)
        assert response.content_type == expected
        assert "Accept" in response.vary
        assert response.body == site.get(path).body


def test_it_says_what_was_rotated_while_the_site_runs(site):
    before = site.get(DID).json["verificationMethod"]
    command = KeyRing(ring_of(site).folder, issuer="Tutela", site_url="https://learn.example.org")
    fresh = command.rotate(datetime.now(UTC))
    after = site.get(DID).json["verificationMethod"]
    assert after[2:] == before
    assert after[0]["publicKeyMultibase"] == fresh.id


def held_with(private: bytes) -> list:
    """What has such a private key, of all that this process holds."""
    gc.collect()
    pairs = [each for each in gc.get_objects() if isinstance(each, Keys)]
    return [each for each in pairs if private in (each.p256_pem, each.document_pem)]


def test_what_was_rotated_is_let_go_of_while_the_site_runs(site):
    private = ring_of(site).current.p256_pem
    site.get(f"{site.page}/badge.jwt", "learner:learner-1")
    site.get(LISTS[0])
    assert held_with(private) != []
    assert signing._p256.cache_info().currsize > 0
    command = KeyRing(ring_of(site).folder, issuer="Tutela", site_url="https://learn.example.org")
    command.rotate(datetime.now(UTC))
    del command
    site.get(DID)
    assert held_with(private) == []
    assert signing._p256.cache_info().currsize == 0


@pytest.mark.parametrize("path", LISTS)
def test_a_status_list_is_signed_and_where_it_says_it_is(site, path):
    found = site.get(path).json
    assert found["id"] == f"https://learn.example.org{path}"
    verify_data_integrity_proof(found, ring_of(site).current.ed25519_public_pem)


def test_it_changes_with_what_is_revoked(site):
    revocation, suspension = (site.get(path).json for path in LISTS)
    site.revoke()
    assert site.get(LISTS[0]).json != revocation
    assert site.get(LISTS[1]).json == suspension


@pytest.mark.parametrize("path", ["/awards/status/2/revocation", "/awards/status/1/other"])
def test_there_is_no_other(site, path):
    site.get(path, status=404)


@pytest.mark.parametrize("path", [DID, *LISTS])
def test_they_may_be_kept_for_five_minutes_and_need_not_be_sent_again(site, path):
    response = site.get(path)
    cache = response.cache_control
    assert (cache.public, cache.max_age) == (True, 300)
    again = site.app.get(path, headers={"If-None-Match": response.headers["ETag"]}, status=304)
    assert not again.body


@pytest.mark.parametrize("path", [DID, *LISTS])
def test_pages_of_other_sites_may_read_them(site, path):
    assert site.get(path).headers["Access-Control-Allow-Origin"] == "*"
    asked = site.app.options(path, status=204)
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert asked.headers["Access-Control-Allow-Headers"] == "*"
    assert asked.headers["Access-Control-Allow-Methods"] == "GET"


@pytest.mark.parametrize("path", [DID, *LISTS])
def test_they_set_no_cookie_and_tell_nothing_of_people(site, path):
    response = site.get(path)
    assert "Set-Cookie" not in response.headers
    assert "learner" not in json.dumps(response.json).replace("learn.example.org", "")
