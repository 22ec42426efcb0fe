"""Another site than ours: a bare Pyramid application with the certificates house alone."""

import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import webtest
import ZODB
from persistent.mapping import PersistentMapping
from pyramid.authorization import ACLHelper, Everyone
from pyramid.config import Configurator
from pyramid.csrf import CookieCSRFStoragePolicy

from certificates import codes, issuing
from certificates.events import CertificateRevoked
from certificates.pdf.printer import Printer
from certificates.resources import Certificates
from certificates.settings import CertificatesSettings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OCTETS = bytes(range(16))
CODE = codes.code_of(OCTETS)
SNAPSHOT = {
    "kind": "achievement",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
    "minutes": 90,
    "score": 85,
}
SETTINGS = {
    "certificates.issuer": "Tutela",
    "certificates.site_url": "https://learn.example.org",
    "tm.manager_hook": "pyramid_tm.explicit_manager",
    "tm.annotate_user": "false",
    "jinja2.i18n.domain": "tutela",
}


class Principals:
    """A security policy that believes the header ``X-Principals``."""

    def identity(self, request):
        return None

    def authenticated_userid(self, request):
        return None

    def permits(self, request, context, permission):
        principals = [Everyone, *request.headers.get("X-Principals", "").split()]
        return ACLHelper().permits(context, principals, permission)


def learner_of(request) -> str | None:
    """The first principal that is a learner."""
    given = request.headers.get("X-Principals", "").split()
    learners = [each for each in given if each.startswith("learner:")]
    return learners[0].removeprefix("learner:") if learners else None


class BareSite:
    """The application and its database in memory: one certificate, at ``/awards/<code>``."""

    code = CODE
    page = f"/awards/{CODE}"
    snapshot = SNAPSHOT

    def __init__(self, *, snapshot: dict = SNAPSHOT, translations: str | None = None, **settings):
        self.revoked: list[CertificateRevoked] = []
        self.database = ZODB.DB(None)
        self.keys = tempfile.TemporaryDirectory()
        with self.transaction() as tree:
            tree["awards"] = Certificates()
            tree["awards"].__name__, tree["awards"].__parent__ = "awards", tree
            issuing.issue(
                tree["awards"],
                learner_id="learner-1",
                award="course/listening",
                snapshot=snapshot,
                now=NOW,
                random=lambda n: OCTETS[:n],
            )
        self.app = webtest.TestApp(self._application(settings, translations))

    def _application(self, settings: dict, translations: str | None):
        named = {f"certificates.{key}": value for key, value in settings.items()}
        config = Configurator(
            settings={**SETTINGS, "certificates.keys": self.keys.name, **named},
            root_factory=lambda request: request.zodb.root()["tree"],
        )
        config.include("pyramid_tm")
        config.add_request_method(self._connection, "zodb", reify=True)
        config.set_security_policy(Principals())
        config.set_csrf_storage_policy(CookieCSRFStoragePolicy())
        config.add_subscriber(self.revoked.append, CertificateRevoked)
        if translations is not None:
            config.add_translation_dirs(translations)
        config.registry["certificates.learner"] = learner_of
        config.include("certificates")
        self.registry = config.registry
        self._printer = config.registry["certificates.printer"]
        return config.make_wsgi_app()

    def _connection(self, request):
        opened = self.database.open(request.tm)
        request.add_finished_callback(lambda request: opened.close())
        return opened

    def close(self):
        self._printer.close()
        self.database.close()
        self.keys.cleanup()

    @contextmanager
    def transaction(self):
        with self.database.transaction() as connection:
            root = connection.root()
            if "tree" not in root:
                root["tree"] = PersistentMapping()
                root["tree"].__name__, root["tree"].__parent__ = "", None
            yield root["tree"]

    def revoke(self):
        with self.transaction() as tree:
            issuing.revoke(tree["awards"][CODE], "issued by mistake", NOW)

    def get(self, path: str, *principals: str, **more):
        return self.app.get(path, headers={"X-Principals": " ".join(principals)}, **more)

    def fill(self, path: str, *principals: str, status: int | None = None, **fields):
        """Open the form at a path, fill it in and send it."""
        form = self.get(path, *principals).form
        for name, value in fields.items():
            form[name] = value
        return form.submit(headers={"X-Principals": " ".join(principals)}, status=status)


@pytest.fixture(scope="session")
def printer():
    """One for all sites with the usual fonts: its processes are warm."""
    printer = Printer(CertificatesSettings.from_ini({**SETTINGS, "certificates.keys": "."}).fonts)
    yield printer
    printer.close()


@pytest.fixture
def make_site(printer):
    """``make_site(…)``: a :class:`BareSite`, closed after the test."""
    sites = []

    def make(**options) -> BareSite:
        sites.append(BareSite(**options))
        if "fonts" not in options:
            sites[-1].registry["certificates.printer"] = printer
        return sites[-1]

    yield make
    for site in sites:
        site.close()


@pytest.fixture
def site(make_site):
    return make_site()
