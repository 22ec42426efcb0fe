"""Whether all that a credential says is signed."""

import pytest

from certificates.badges.form import all_signed
from tests.certificates.badges.making import FULL


@pytest.fixture
def badge(issuer) -> dict:
    return issuer.badge(issuer.issue(**FULL))


def test_all_of_a_badge_is(badge):
    assert all_signed(badge)


@pytest.mark.parametrize(
    "more",
    [
        {"cpdHours": 80},
        {"@index": "x"},
        {"https://example.org/term": "x"},
        {"evidence": [{"id": "/evidence/1", "type": ["Evidence"]}]},
        {"evidence": [{"id": "https://example.org/a b", "type": ["Evidence"]}]},
        {"evidence": [{"type": ["Evidence", "Praise"]}]},
    ],
)
def test_what_no_context_defines_is_not(badge, more):
    assert not all_signed(badge | more)


def test_neither_is_what_is_defined_elsewhere(badge):
    badge["credentialSubject"]["achievement"]["criteria"]["validUntilNoon"] = "x"
    assert not all_signed(badge)
