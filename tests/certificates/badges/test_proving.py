"""Which certificate a badge proves, and what proves none."""

import base64
import json
import time
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from openbadgeslib.ob3.clr import build_clr_credential

from certificates.badges.proving import LARGEST, Broken, NotOurs, all_proven
from certificates.badges.signing import embedded
from proofs import proven
from tests.certificates.badges.making import BEFORE, FULL, NOW, SITE, Issuer


@pytest.fixture
def certificate(issuer):
    return issuer.issue(**FULL, valid_until=NOW + timedelta(days=300))


def dumped(badge: dict) -> str:
    return json.dumps(badge, ensure_ascii=False)


def part(plain: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def test_a_badge_proves_its_certificate_in_both_forms(issuer, certificate):
    for document in (dumped(issuer.badge(certificate)), issuer.token(certificate)):
        assert proven(document, issuer.ring) == certificate.code
        assert proven(f"\n{document} ".encode(), issuer.ring) == certificate.code


def test_the_spelling_of_the_json_does_not_matter(issuer, certificate):
    badge = issuer.badge(certificate)
    [proof] = badge["proof"]
    for spelled in (
        json.dumps(badge, sort_keys=True, indent=4),
        json.dumps(badge | {"proof": proof}),
    ):
        assert proven(spelled, issuer.ring) == certificate.code


def test_it_goes_on_doing_so_when_the_keys_were_rotated(issuer, certificate):
    documents = [dumped(issuer.badge(certificate)), issuer.token(certificate)]
    issuer.ring.rotate(NOW)
    assert [proven(each, issuer.ring) for each in documents] == [certificate.code] * 2


def test_one_that_has_expired_is_proved_as_well(issuer):
    expired = issuer.issue(**FULL, valid_until=BEFORE + timedelta(days=1))
    for document in (dumped(issuer.badge(expired)), issuer.token(expired)):
        assert proven(document, issuer.ring) == expired.code


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Shooting well"},
        {"id": "https://learn.example.org/certificates/00000000000000000000000000"},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"cpdHours": 80},
        {"narrative": "A doctor."},
        {"https://www.w3.org/2018/credentials#validUntil": "2099-01-01T00:00:00Z"},
        {"@graph": []},
        {"credentialStatus": []},
        {"proof": None},
        {"proof": []},
        {"proof": ["x"]},
        {"proof": [{"verificationMethod": ["did:web:learn.example.org"]}]},
        {"@context": ["https://www.w3.org/ns/credentials/v2"]},
        {"@context": ["https://www.w3.org/ns/credentials/v2", "http://127.0.0.1/context"]},
        {"type": ["VerifiableCredential"]},
        {"credentialSubject": {}},
    ],
)
@pytest.mark.parametrize("days", [1, 300])
def test_a_badge_that_was_changed_proves_nothing(issuer, change, days):
    certificate = issuer.issue(**FULL, valid_until=BEFORE + timedelta(days=days))
    with pytest.raises(Broken):
        proven(dumped(issuer.badge(certificate) | change), issuer.ring)


SAYS_MORE = "something else than this site has signed"


@pytest.mark.parametrize(
    ("where", "member", "value"),
    [
        (["credentialSubject"], "result", None),
        (["credentialSubject"], "result", []),
        (["credentialSubject"], "result", [[]]),
        (["credentialSubject"], "@context", {"name": None}),
        (["credentialSubject"], "@context", []),
        (["issuer"], "@context", "https://w3id.org/security/multikey/v1"),
        (["proof", 0], "@context", ["https://www.w3.org/ns/credentials/v2"]),
    ],
)
def test_what_means_nothing_to_the_signature_is_not_let_through(
    issuer, certificate, transcript, where, member, value
):
    for document in (issuer.badge(certificate), transcript):
        assert all_proven(dumped(document), issuer.ring)
        part = document
        for step in where:
            part = part[step]
        part[member] = value
        with pytest.raises(Broken, match=SAYS_MORE):
            all_proven(dumped(document), issuer.ring)


@pytest.mark.parametrize(
    "more",
    [
        "https://w3id.org/security/multikey/v1",
        "https://w3id.org/security/data-integrity/v2",
        {"title": "https://schema.org/name"},
        {"proof": None},
        None,
    ],
)
def test_nor_are_terms_of_other_contexts(issuer, certificate, transcript, more):
    for document in (issuer.badge(certificate), transcript):
        ours = document["@context"]
        for contexts in ([*ours, more], [more, *ours], [*ours, ours[0]], ours[0]):
            with pytest.raises(Broken, match=SAYS_MORE):
                all_proven(dumped(document | {"@context": contexts}), issuer.ring)


def test_nor_inside_a_transcript(issuer, transcript):
    member = transcript["credentialSubject"]["verifiableCredential"][0]
    for contexts in ([], member["@context"][:2], [*member["@context"], {"name": None}]):
        member["@context"] = contexts
        with pytest.raises(Broken, match=SAYS_MORE):
            all_proven(dumped(transcript), issuer.ring)


@pytest.mark.parametrize(
    ("part", "member"),
    [("issuer", "name"), ("issuer", "url"), ("image", "caption"), ("credentialSchema", "type")],
)
def test_what_is_said_twice_is_said_each_time(issuer, certificate, transcript, part, member):
    """Leaving it out at one place would leave the signature intact."""
    for document in (issuer.badge(certificate), transcript):
        where = document
        if part not in where:
            where = where["credentialSubject"]["verifiableCredential"][0]
        found = where[part]
        del (found[0] if isinstance(found, list) else found)[member]
        with pytest.raises(Broken, match=SAYS_MORE):
            all_proven(dumped(document), issuer.ring)


def test_nor_is_a_type_that_means_the_same(issuer, certificate):
    badge = issuer.badge(certificate) | {"type": ["VerifiableCredential", "AchievementCredential"]}
    with pytest.raises(Broken, match=SAYS_MORE):
        all_proven(dumped(badge), issuer.ring)


def test_a_status_is_said_once(issuer, certificate):
    badge = issuer.badge(certificate)
    badge["credentialStatus"] = [badge["credentialStatus"]] * 2
    with pytest.raises(Broken, match=SAYS_MORE):
        all_proven(dumped(badge), issuer.ring)


def test_a_token_has_no_padding(issuer, certificate):
    """It would be decoded all the same, and is not what was issued."""
    with pytest.raises(Broken, match="not written as this site wrote it"):
        proven(f"{issuer.token(certificate)}==", issuer.ring)


def test_nor_does_one_without_an_end_that_has_expired(issuer):
    badge = issuer.badge(issuer.issue(valid_until=BEFORE + timedelta(days=1)))
    del badge["validUntil"]
    with pytest.raises(Broken):
        proven(dumped(badge), issuer.ring)


def test_nor_one_that_somebody_else_signed_in_our_name(issuer, certificate, tmp_path):
    other = Issuer(tmp_path / "other")
    credential = issuer.credential(certificate)
    with pytest.raises(Broken, match="not signed by a key of this site"):
        proven(dumped(embedded(credential, other.ring.current)), issuer.ring)
    with pytest.raises(Broken, match="not signed by a key of this site"):
        proven(other.token(certificate), issuer.ring)


def test_nor_with_our_keys_name_on_it(issuer, certificate, tmp_path):
    other = Issuer(tmp_path / "other")
    forged = embedded(issuer.credential(certificate), other.ring.current)
    forged["proof"][0]["verificationMethod"] = f"{issuer.ring.did}#{issuer.ring.current.id}"
    with pytest.raises(Broken, match="not as this site signed it"):
        proven(dumped(forged), issuer.ring)


def test_a_badge_of_another_site_is_not_ours(issuer, tmp_path):
    other = Issuer(tmp_path / "other", site_url="https://other.example.org")
    theirs = other.issue(**FULL)
    for document in (dumped(other.badge(theirs)), other.token(theirs)):
        with pytest.raises(NotOurs, match="not issued by this site"):
            proven(document, issuer.ring)


@pytest.mark.parametrize(
    "document",
    [
        "",
        "nothing",
        "a.b.c",
        "..",
        "{",
        "[]",
        "null",
        "{}",
        '{"issuer": []}',
        '{"issuer": {"id": {}}}',
        b"\xff\xfe",
        "\ud800",
        '{"a":' * 5_000,
        "[" * 100_000,
        "eyJhbGciOiJFUzI1NiJ9." + "W10" + ".AA",
        "eyJhbGciOiJFUzI1NiJ9." + "x" * 100_001 + ".AA",
        " " * (LARGEST + 1),
    ],
)
def test_what_is_no_badge_is_not_ours(issuer, document):
    with pytest.raises(NotOurs):
        proven(document, issuer.ring)


def test_what_else_we_sign_is_no_certificate(issuer, certificate):
    credential = issuer.credential(certificate) | {"id": "https://learn.example.org/other"}
    with pytest.raises(NotOurs, match="no certificate"):
        proven(dumped(embedded(credential, issuer.ring.current)), issuer.ring)


def test_a_token_needs_our_signature_of_the_one_kind(issuer, certificate):
    keys = issuer.ring.current
    claims = jwt.decode(issuer.token(certificate), options={"verify_signature": False})
    kid = f"{issuer.ring.did}#{keys.token_id}"
    stranger = ec.generate_private_key(ec.SECP256R1())
    forged = [
        jwt.encode(claims, None, algorithm="none", headers={"kid": kid}),
        jwt.encode(claims, "x" * 64, algorithm="HS256", headers={"kid": kid}),
        jwt.encode(claims, stranger, algorithm="ES256", headers={"kid": kid}),
        jwt.encode(claims, stranger, algorithm="ES256"),
        part({"alg": "none", "kid": kid}) + f".{part(claims)}.",
    ]
    hmac = part({"alg": "HS256", "typ": "JWT", "kid": kid}) + "." + part(claims)
    key = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = key.sign(hmac.encode(), keys.p256_public_pem)
    forged.append(f"{hmac}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}")
    for text in forged:
        with pytest.raises(Broken):
            proven(text, issuer.ring)


@pytest.fixture
def transcript(issuer, certificate) -> dict:
    """A record of two badges, as our transcripts are."""
    other = issuer.issue(title="Writing reports")
    credential = build_clr_credential(
        {"id": issuer.ring.did, "type": ["Profile"], "name": "Tutela", "url": SITE},
        [],
        [issuer.badge(certificate), issuer.badge(other)],
        credential_id="urn:uuid:5b9d8f6e-2f0c-5a3b-9a4e-6a9a53f0c1d2",
        valid_from=NOW,
    )
    del credential["credentialSubject"]["identifier"]
    credential["credentialSubject"]["id"] = "urn:uuid:5b9d8f6e-2f0c-5a3b-9a4e-6a9a53f0c1d3"
    return embedded(credential, issuer.ring.current)


def codes(transcript: dict) -> tuple[str, ...]:
    members = transcript["credentialSubject"]["verifiableCredential"]
    return tuple(member["id"].rpartition("/")[2] for member in members)


def test_a_transcript_proves_every_certificate_in_it(issuer, transcript):
    assert all_proven(dumped(transcript), issuer.ring) == codes(transcript)


def test_one_that_is_put_in_another_form_is_broken(issuer, transcript):
    """The same signature covers lists of one and what is in them."""
    subject = transcript["credentialSubject"]
    with pytest.raises(Broken):
        all_proven(dumped(transcript | {"credentialSubject": [subject]}), issuer.ring)


@pytest.mark.parametrize("more", [{"name": "Doctor"}, {"cpdHours": 80}, {"version": "2"}])
def test_a_transcript_that_was_changed_proves_nothing(issuer, transcript, more):
    with pytest.raises(Broken):
        proven(dumped(transcript | more), issuer.ring)
    transcript["credentialSubject"]["verifiableCredential"][1] |= more
    with pytest.raises(Broken):
        proven(dumped(transcript), issuer.ring)


def test_nor_does_one_with_a_badge_more(issuer, transcript):
    members = transcript["credentialSubject"]["verifiableCredential"]
    members.append(issuer.badge(issuer.issue(title="Surgery")))
    with pytest.raises(Broken):
        proven(dumped(transcript), issuer.ring)


def poison(size: int) -> list[dict]:
    """Blank nodes that all look alike, each pointing to every other: canonicalisation of such a
    graph takes time that doubles with each of them."""
    return [
        {
            "id": f"_:n{one}",
            "type": ["Evidence"],
            "narrative": "x",
            "image": [{"id": f"_:n{two}"} for two in range(size) if two != one],
        }
        for one in range(size)
    ]


def alike(size: int) -> list[dict]:
    """Blank nodes without a name that cannot be told apart."""
    return [{"image": {"image": {"type": "Image"}}} for _ in range(size)]


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": poison(60)},
        {"image": poison(60)},
        {"image": alike(2_000)},
        {"credentialSubject": {"result": alike(2_000)}},
        {"image": [{"type": ["Result"], "name": str(n)} for n in range(4_000)]},
        {"type": ["VerifiableCredential", "OpenBadgeCredential"] * 8_000},
        {"name": "x" * 250_000},
        {"endorsement": [{"@context": ["https://www.w3.org/ns/credentials/v2"] * 100}] * 60},
        {"a" * n: n for n in range(1, 600)},
    ],
)
def test_what_would_take_long_is_refused_in_time(issuer, certificate, change):
    document = dumped(issuer.badge(certificate) | change)
    began = time.process_time()
    with pytest.raises((Broken, NotOurs)):
        proven(document, issuer.ring)
    assert time.process_time() - began < 2
