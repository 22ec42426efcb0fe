"""A site with people alone: the real includes, views and templates over a database in memory."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import transaction
import webtest
import ZODB

import lms
from lms.evolution import STEPS, evolve
from lms.origins import Origins
from lms.resources import site_of
from lms.services import people
from lms.settings import Settings
from lms.zodb import find_class

PASSPHRASE = "four quiet green lamps"


class SiteWithPeople:
    """The WSGI application and its database, for tests to look into."""

    def __init__(self, *, https: bool = False, port: int = 6543, includes: tuple = ()):
        address = "https://learn.example.org" if https else f"http://localhost:{port}"
        content = "https://*.packages.example.net" if https else f"http://*.localhost:{port}"
        self.database = ZODB.DB(None, class_factory=find_class)
        self.url = address
        settings = Settings(
            origins=Origins(address, content),
            data=Path("unused"),
            zodb_conf=Path("unused"),
            secret="a secret that is long enough for tests",
            name="Tutela",
            upload_limit=1024,
        )
        with self.transaction() as connection:
            evolve(connection.root(), STEPS, datetime.now(UTC))
        self.app = self._application(settings, includes)

    def _application(self, settings, includes):
        config = lms.base(settings, self.database, lms.derived(settings))
        for include in ("lms.security", "lms.csp", "lms.forms"):
            config.include(include)
        config.set_root_factory(lambda request: site_of(request.zodb))
        config.add_static_view("static", "lms:static", cache_max_age=31536000)
        for name in ("auth", "account", "admin", "admin_people", "errors", "layout", "home"):
            config.scan(f"lms.views.{name}")
        for include in includes:
            config.include(include)
        self.registry = config.registry
        return config.make_wsgi_app()

    def transaction(self):
        return Transaction(self.database)

    def add(self, username: str, role: str = "member", **options) -> str:
        """Add somebody with :data:`PASSPHRASE`; the person's id."""
        with self.transaction() as connection:
            person = people.add(
                site_of(connection).people,
                username=username,
                passphrase=options.pop("passphrase", PASSPHRASE),
                role=role,
                now=datetime.now(UTC),
                **options,
            )
            return person.id

    def browser(self, **environ) -> "Browser":
        return Browser(self, environ)

    def look(self, read):
        """What ``read(site)`` gives, in a transaction of its own that stores nothing."""
        with self.transaction() as connection:
            return read(site_of(connection))


class Transaction:
    """``with`` block around a connection; commits unless something is raised."""

    def __init__(self, database):
        self._database = database

    def __enter__(self):
        self._manager = transaction.TransactionManager(explicit=True)
        self._manager.begin()
        self._connection = self._database.open(self._manager)
        return self._connection

    def __exit__(self, kind, *_rest):
        if kind is None:
            self._manager.commit()
        else:
            self._manager.abort()
        self._connection.close()


class Browser(webtest.TestApp):
    """A browser with cookies of its own."""

    def __init__(self, site, environ):
        host = site.url.partition("//")[2]
        options = {"HTTP_HOST": host, "REMOTE_ADDR": "192.0.2.1", **environ}
        if site.url.startswith("https"):
            options["wsgi.url_scheme"] = "https"
        super().__init__(site.app, extra_environ=options)

    def sign_in(self, username: str, passphrase: str = PASSPHRASE, *, shared=False, **options):
        """Fill in the sign-in form and send it; the answer."""
        form = self.get("/sign-in").forms["form"]
        form["username"], form["password"] = username, passphrase
        form["shared_computer"] = shared
        return form.submit("sign-in", **options)


@pytest.fixture
def site():
    made = SiteWithPeople()
    yield made
    made.database.close()


@pytest.fixture
def https_site():
    made = SiteWithPeople(https=True)
    yield made
    made.database.close()


@pytest.fixture
def make_site():
    made = []

    def make(**options):
        made.append(SiteWithPeople(**options))
        return made[-1]

    yield make
    for each in made:
        each.database.close()

