from datetime import UTC, datetime

from pyramid.testing import DummyRequest

from lms.permissions import Permission
from lms.resources.people import Person
from lms.resources.site import Site
from lms.security import SecurityPolicy, principals_of

NOW = datetime(2027, 3, 31, tzinfo=UTC)


def person(role):
    made = Person("0011223344556677", "feed", "mina", NOW)
    made.role = role
    return made


def test_a_visitor_is_everybody_and_no_more():
    assert principals_of(None) == ["system.Everyone"]


def test_an_admin_may_do_what_members_and_authors_may():
    assert principals_of(person("admin")) == [
        "system.Everyone",
        "system.Authenticated",
        "person:0011223344556677",
        "learner:feed",
        "role:member",
        "role:author",
        "role:admin",
    ]


def test_outside_a_transaction_nobody_is_signed_in():
    request = DummyRequest(cookies={"tutela-sign-in": "0011223344556677." + "a" * 43})
    policy = SecurityPolicy(secure=False)
    assert policy.identity(request) is None
    assert policy.authenticated_userid(request) is None
    assert not policy.permits(request, Site(), Permission.ADMIN_VIEW)


def test_every_permission_is_named_resource_and_action_in_order():
    names = [str(permission) for permission in Permission]
    assert names == sorted(names)
    assert all(name.count(":") == 1 for name in names)
