"""The tree below ``/certificates``, and who may do what in it."""

from datetime import UTC, datetime

import pytest
from pyramid.authorization import ACLHelper

from certificates.resources import Certificate, Certificates, UnknownCode

EVERYONE = "system.Everyone"
PERMISSIONS = ("view", "print", "issue", "revoke")


@pytest.fixture
def certificates():
    certificates = Certificates()
    certificates.add(
        Certificate(
            "abc",
            learner_id="learner-1",
            award="course/listening",
            snapshot={"kind": "achievement", "title": "Listening well"},
            issued=datetime(2026, 11, 24, tzinfo=UTC),
        )
    )
    return certificates


def allowed(context, *principals) -> set[str]:
    acl = ACLHelper()
    return {
        name
        for name in PERMISSIONS
        if acl.permits(context, [EVERYONE, *principals], f"certificate:{name}")
    }


def test_a_code_leads_to_its_certificate(certificates):
    assert certificates["abc"].__name__ == "abc"
    assert certificates["abc"].__parent__ is certificates


def test_everything_else_leads_to_a_place_that_says_so(certificates):
    found = certificates["abd"]
    assert isinstance(found, UnknownCode)
    assert (found.__name__, found.__parent__) == ("abd", certificates)


@pytest.mark.parametrize(
    ("principals", "rights"),
    [
        ((), {"view"}),
        (("learner:learner-1",), {"view", "print"}),
        (("learner:learner-2", "role:author"), {"view"}),
        (("role:admin",), {"view", "print", "issue", "revoke"}),
    ],
    ids=["stranger", "holder", "another learner", "admin"],
)
def test_rights_on_a_certificate(certificates, principals, rights):
    assert allowed(certificates["abc"], *principals) == rights


def test_a_certificate_stores_no_name(certificates):
    certificate = certificates["abc"]
    assert (certificate.kept_name, certificate.name_hash) == (None, None)
