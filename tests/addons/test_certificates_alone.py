"""The certificates house in a bare Pyramid application, with no ``lms`` on the path."""

import sys
from datetime import UTC, datetime

import pytest
import ZODB
from persistent.mapping import PersistentMapping
from pyramid.authorization import ACLHelper, Everyone
from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy
from webtest import TestApp

HOLDER = {"X-Learner": "learner-1"}


class Learners:
    """A security policy that believes the header ``X-Learner``."""

    def identity(self, request):
        return request.headers.get("X-Learner")

    authenticated_userid = identity

    def permits(self, request, context, permission):
        principals = [Everyone, f"learner:{self.identity(request)}"]
        return ACLHelper().permits(context, principals, permission)


@pytest.fixture
def without_lms(monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "lms"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lms", None)


@pytest.fixture
def database():
    database = ZODB.DB(None)
    yield database
    database.close()


@pytest.fixture
def code(without_lms, database):
    from certificates import issuing
    from certificates.resources import Certificates

    with database.transaction() as connection:
        tree = connection.root()["tree"] = PersistentMapping()
        tree.__name__, tree.__parent__ = "", None
        certificates = tree["certificates"] = Certificates()
        certificates.__parent__ = tree
        return issuing.issue(
            certificates,
            learner_id="learner-1",
            award="course/listening",
            snapshot={
                "kind": "achievement",
                "title": "Listening well",
                "language": "en",
                "issuer": "Another site",
            },
            now=datetime(2026, 11, 24, tzinfo=UTC),
            random=lambda n: bytes(range(n)),
        ).code


@pytest.fixture
def app(code, database, tmp_path):
    def opened(request):
        found = database.open(request.tm)
        request.add_finished_callback(lambda request: found.close())
        return found

    config = Configurator(
        settings={
            "certificates.issuer": "Another site",
            "certificates.site_url": "https://other.example.org",
            "certificates.keys": str(tmp_path / "keys"),
            "tm.manager_hook": "pyramid_tm.explicit_manager",
        },
        root_factory=lambda request: request.zodb.root()["tree"],
    )
    config.include("pyramid_tm")
    config.add_request_method(opened, "zodb", reify=True)
    config.set_security_policy(Learners())
    config.set_csrf_storage_policy(CookieCSRFStoragePolicy())
    config.include("certificates")
    return TestApp(config.make_wsgi_app())


def test_a_stranger_verifies_and_the_holder_prints(app, code):
    assert "This certificate is valid" in app.get(f"/certificates/{code}").text
    app.get(f"/certificates/{code}/print", status=403)

    form = app.get(f"/certificates/{code}/print", headers=HOLDER).form
    form["name"] = "Ana María"
    assert form.submit(headers=HOLDER).body.startswith(b"%PDF")
