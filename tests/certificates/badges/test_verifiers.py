"""Programs that others wrote check our badges, offline and as they are published."""

import json
import random
from datetime import timedelta

import pytest

from certificates import issuing
from certificates.status.lists import SUSPENSION
from tests.certificates.badges.making import BEFORE, FULL, NOW, OB_SCHEMA, Issuer
from tests.certificates.badges.programs import needs_verifiers, verified

pytestmark = needs_verifiers

TEXTS = {
    "control characters": "a\x00b\x01c\x08d\x0be\x0cf\x1fg\x7fh\x85i\x9f",
    "breaks": "one\ntwo\r\nthree\rfour\u2028five\u2029six\tseven",
    "right-to-left": "\u200fالاستماع الجيد\u200e (2) \u202bעברית\u202c \u2067x\u2069",
    "emoji": "👩🏽‍⚕️ 🏳️‍🌈 1️⃣ 🎓",
    "markup": "<script>alert('1')</script> &amp; <b>\"Listening\"</b> ]]> --> \\n \\u0041 `x` *y*",
    "quotes": '"‘’“”\'\\"\\\\',
    "halves of characters": "a\ud800b\udfffc",
    "nothing to see": "\u200b\u2060\ufeffx\u00ad",
    "far away": "\U000e0001\U0010ffff\ufffe\uffff\ue000",
    "templates": "${n} {{7*7}} %s {0}",
    "very long": "Listening well, and long. " * 4_000,
    "looks like an address": "https://example.org/a b?c=<d>",
    "only control characters": "\x01\x02\x85",
    "nothing at all to see": "\ufffe\u200b",
    "looks like JSON-LD": '{"@id": "urn:x", "@type": "@json"}',
}
HOURS = ("0.1", "1e-7", "0.000001", "0.0000014", "3", "3.0", "87.65", "0.333333", "2.675", "1e9")
LANGUAGES = ("sr-Latn", "zh_hant_tw", "pt-br", "de-CH-1996", "x-house", "not a tag")
ALPHABET = [
    *"aB 7<>&\"'\\/{}[]@:#_-.%$^|",
    *(chr(code) for code in (*range(32), *range(0x7F, 0xA1), *range(0x2000, 0x2070))),
    *"éßıİſΣςЖابתम्ไทย漢字가👍🏿\u0300\u034f\ufe0f\ufffd\U0001f468",
]


def generated(seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choices(ALPHABET, k=chance.randrange(1, 200)))


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Issuer:
    return Issuer(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def badges(site) -> dict[str, dict]:
    found = {
        "least": site.badge(site.issue()),
        "full": site.badge(site.issue(**FULL, valid_until=NOW + timedelta(days=365))),
        "participation": site.badge(site.issue(kind="participation", subject="webinar")),
        "expired": site.badge(site.issue(valid_until=NOW - timedelta(days=1))),
    }
    for name, text in TEXTS.items():
        found[name] = site.badge(site.issue(**{**FULL, "title": text, "description": text}))
    for hours in HOURS:
        found[f"{hours} hours"] = site.badge(site.issue(**{**FULL, "hours": hours}))
    for tag in LANGUAGES:
        found[f"in {tag}"] = site.badge(site.issue(**FULL | {"language": tag}))
    for seed in range(200):
        given = {"title": generated(seed), "description": generated(-seed - 1)}
        found[f"generated {seed}"] = site.badge(site.issue(**{**FULL, **given}))
    revoked, suspended, resumed = site.issue(), site.issue(), site.issue()
    found |= {
        "revoked": site.badge(revoked),
        "suspended": site.badge(suspended),
        "resumed": site.badge(resumed),
    }
    issuing.revoke(revoked, "issued by mistake", NOW)
    issuing.suspend(suspended, "asked for papers", NOW)
    issuing.suspend(resumed, "asked for papers", NOW)
    issuing.resume(resumed)
    full = found["full"]
    found["other words"] = json.loads(json.dumps(full).replace("Listening well", "Shooting well"))
    found["other time"] = full | {"validUntil": "2099-01-01T00:00:00Z"}
    found["other list"] = full | {"credentialStatus": found["least"]["credentialStatus"]}
    found["more terms"] = full | {"cpdHours": 80}
    site.ring.rotate(BEFORE)
    found["after a rotation"] = site.badge(site.issue(**FULL))
    return found


@pytest.fixture(scope="module")
def findings(site, badges, tmp_path_factory) -> dict:
    return verified(tmp_path_factory.mktemp("node"), site.published(), badges)


GOOD = ["least", "full", "participation", "after a rotation", "resumed", *TEXTS]
GOOD += [f"{hours} hours" for hours in HOURS] + [f"in {tag}" for tag in LANGUAGES]
GOOD += [f"generated {seed}" for seed in range(200)]


@pytest.mark.parametrize("name", GOOD)
def test_a_badge_that_holds_is_verified_by_all(findings, name):
    assert findings[name]["digitalBazaar"] == {
        "verified": True,
        "errors": [],
        "statuses": [False],
    }
    core = findings[name]["verifierCore"]
    assert core["errors"] == []
    assert core["steps"] == {
        "valid_signature": True,
        "revocation_status": True,
        "expiration": True,
        # Nobody keeps a register of sites like this one.
        "registered_issuer": False,
    }


@pytest.mark.parametrize("name", ["other words", "other time", "other list", "more terms"])
def test_a_badge_that_was_changed_is_verified_by_none(findings, name):
    found = findings[name]
    assert not found["digitalBazaar"]["verified"]
    assert found["digitalBazaar"]["errors"] in (
        ["Invalid signature."],
        ["Safe mode validation error."],
    )
    assert found["verifierCore"]["steps"] == {}
    assert found["verifierCore"]["errors"]


def test_one_that_has_expired_is_signed_well_and_over(findings):
    found = findings["expired"]
    assert not found["digitalBazaar"]["verified"]
    assert "validUntil" in found["digitalBazaar"]["errors"][0]
    assert found["verifierCore"]["steps"]["valid_signature"]
    assert not found["verifierCore"]["steps"]["expiration"]


@pytest.mark.parametrize("name", ["revoked", "suspended"])
def test_one_that_does_not_hold_has_its_bit_set(findings, name):
    found = findings[name]
    assert found["digitalBazaar"]["statuses"] == [True]
    assert found["verifierCore"]["steps"]["valid_signature"]
    assert not found["verifierCore"]["steps"]["revocation_status"]


@pytest.mark.skipif(not OB_SCHEMA.exists(), reason="the shared schema is not beside this checkout")
def test_the_schema_of_open_badges_accepts_every_badge(findings):
    refused = {name: found["schemaErrors"] for name, found in findings.items()}
    assert {name: errors for name, errors in refused.items() if errors != []} == {}
    assert findings["full"]["verifierCore"]["schemas"] == [{"valid": True}]


def test_tokens_are_verified_with_the_key_that_the_site_publishes(site, badges, tmp_path):
    tokens = {
        name: site.token(site.issue(**FULL | {"title": text})) for name, text in TEXTS.items()
    }
    head, _body, signature = tokens["emoji"].split(".")
    other = tokens["quotes"].split(".")[1]
    tokens["swapped"] = ".".join((head, other, signature))
    found = verified(tmp_path, site.published(), {}, tokens)
    assert {name for name, each in found.items() if not each["node"]} == {"swapped"}


def test_the_lists_are_verified_too(site, findings, badges, tmp_path):
    """``findings`` first, for they need the lists as they were."""
    documents = site.published()
    [address] = [address for address in documents if address.endswith("/revocation")]
    documents[address] = documents[address] | {"validUntil": "2099-01-01T00:00:00Z"}
    found = verified(tmp_path, documents, {"least": badges["least"]})["least"]
    assert not found["digitalBazaar"]["verified"]
    assert found["verifierCore"]["steps"].get("revocation_status") is not True


def test_the_list_of_what_is_suspended_has_what_is_suspended_alone(site, badges):
    [only] = site.certificates.status.values()
    entry = badges["suspended"]["credentialStatus"]
    assert list(only.suspended) == [int(entry["statusListIndex"])]
    assert site.list(SUSPENSION)["credentialSubject"]["statusPurpose"] == "suspension"
