"""Open Badges' own samples are judged as their names say."""

import json
import re
from datetime import UTC, datetime

import pytest

from certificates.badges.baking import extract
from certificates.badges.judging import Judgement, judged
from shared import SHARED, needs_shared

SAMPLES = SHARED / "credentials" / "ob30"
NAMES = sorted(
    path.name for path in SAMPLES.glob("*.json") if not path.name.endswith("_schema.json")
)
WRONG = re.compile("-err-|noproof|revoked")
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)

pytestmark = needs_shared


def issuer_of(sample: dict) -> str | None:
    return sample.get("issuer", {}).get("id")


def allowed(sample: dict) -> dict[str, list[str]]:
    """The sample's own issuer, with the key that its proof names."""
    proofs = sample.get("proof", [])
    proofs = proofs if isinstance(proofs, list) else [proofs]
    found = [re.search("z6Mk.*", proof["verificationMethod"]) for proof in proofs]
    return {issuer_of(sample): [f"did:key:{match[0]}" for match in found if match]}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_what_its_name_says(name):
    text = (SAMPLES / name).read_text("utf-8")
    found = judged(text, allowed(json.loads(text)), NOW)
    assert (found is Judgement.VALID) == (WRONG.search(name) is None)


@pytest.mark.parametrize("name", ["simple-json.png", "simple-json.svg"])
def test_so_is_one_that_was_baked_into_a_picture(name):
    text = extract((SAMPLES / name).read_bytes())
    assert judged(text, allowed(json.loads(text)), NOW) is Judgement.VALID


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("simple-err-expired.json", Judgement.EXPIRED),
        ("simple-err-proof-value.json", Judgement.ALTERED),
        ("simple-err-context.json", Judgement.MALFORMED),
        ("simple-err-type.json", Judgement.MALFORMED),
        ("simple-err-issuer.json", Judgement.MALFORMED),
        ("simple-noproof.json", Judgement.MALFORMED),
    ],
)
def test_and_why(name, expected):
    text = (SAMPLES / name).read_text("utf-8")
    assert judged(text, allowed(json.loads(text)), NOW) is expected


@pytest.mark.parametrize("name", [name for name in NAMES if not WRONG.search(name)])
def test_a_sample_of_an_issuer_whom_we_do_not_know_is_not_believed(name):
    text = (SAMPLES / name).read_text("utf-8")
    assert judged(text, {"https://example.org": []}, NOW) is Judgement.STRANGE


@pytest.mark.parametrize("name", [name for name in NAMES if not WRONG.search(name)])
def test_a_sample_that_says_more_than_was_signed_is_not_believed(name):
    sample = json.loads((SAMPLES / name).read_text("utf-8"))
    for more in ({"cpdHours": 80}, {"narrative": "A doctor."}, {"urn:x:grade": "A"}):
        text = json.dumps(sample | more)
        assert judged(text, allowed(sample), NOW) is Judgement.ALTERED
