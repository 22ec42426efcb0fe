"""The badge, for its holder; what programs may know, for everybody."""

import json
from datetime import timedelta

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from certificates.codes import code_of
from proofs import proven

HOLDER = "learner:learner-1"
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}
UNKNOWN = f"/awards/{code_of(bytes(16))}"


@pytest.mark.parametrize(
    ("name", "content_type"),
    [("badge.json", "application/json"), ("badge.jwt", "application/vc+jwt")],
)
def test_the_holder_takes_the_badge_away(site, name, content_type):
    response = site.get(f"{site.page}/{name}", HOLDER)
    assert response.content_type == content_type
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert PRIVATE.items() <= dict(response.headers).items()
    ring = site.app.app.registry["certificates.keys"]
    assert proven(response.body, ring) == site.code
    assert site.get(f"{site.page}/{name}", HOLDER).body == response.body


@pytest.mark.parametrize("name", ["badge.json", "badge.jwt"])
@pytest.mark.parametrize("principal", ["", "learner:learner-2"])
def test_nobody_else_does(site, name, principal):
    site.get(f"{site.page}/{name}", principal, status=403)


def test_it_says_where_the_site_is(site):
    badge = site.get(f"{site.page}/badge.json", HOLDER).json
    assert badge["id"] == f"https://learn.example.org{site.page}"
    status = badge["credentialStatus"]["statusListCredential"]
    assert status == "https://learn.example.org/awards/status/1/revocation"


def test_everybody_may_know_whether_it_holds(site):
    response = site.get(f"{site.page}/status.json")
    assert response.json == {
        "status": "valid",
        "code": site.code,
        "kind": "achievement",
        "title": "Listening well",
        "issuer": "Tutela",
        "issued": "2026-11-24T09:00:00Z",
        "valid_until": None,
        "revoked": None,
        "suspended": None,
    }
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert PRIVATE.items() <= dict(response.headers).items()


def test_and_since_when_not(site):
    site.revoke()
    found = site.get(f"{site.page}/status.json").json
    assert (found["status"], found["revoked"]) == ("revoked", "2026-11-24T09:00:00Z")
    assert "mistake" not in json.dumps(found)


def test_and_until_when(site):
    with site.transaction() as tree:
        certificate = tree["awards"][site.code]
        certificate.valid_until = certificate.issued + timedelta(hours=1)
    found = site.get(f"{site.page}/status.json").json
    assert (found["status"], found["valid_until"]) == ("expired", "2026-11-24T10:00:00Z")


def test_a_code_that_is_none_is_said_to_be_none(site):
    found = site.get(f"{UNKNOWN}/status.json", status=404)
    assert found.json == {"status": "unknown", "code": None}


def test_codes_cannot_be_tried_out_here_either(site):
    for _ in range(60):
        site.get(f"{UNKNOWN}/status.json", status=404)
    site.get(f"{UNKNOWN}/status.json", status=429)
    site.get(f"{site.page}/status.json", status=429)


def test_its_criteria_are_in_the_certificates_language_whatever_the_visitors(make_site, tmp_path):
    snapshot = {
        "kind": "achievement",
        "title": "Écouter",
        "language": "fr",
        "issuer": "Tutela",
        "rule": [["passed"]],
    }
    site = make_site(snapshot=snapshot, translations=french(tmp_path))
    badge = site.get(f"{site.page}/badge.json?_LOCALE_=es", HOLDER).json
    criteria = badge["credentialSubject"]["achievement"]["criteria"]
    assert criteria == {"narrative": "L’examen a été réussi."}


def french(folder) -> str:
    """A catalogue with one text."""
    catalogue = Catalog(locale="fr", domain="tutela")
    catalogue.add("The examination was passed.", "L’examen a été réussi.")
    place = folder / "fr" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "tutela.mo").open("wb") as file:
        write_mo(file, catalogue)
    return str(folder)
