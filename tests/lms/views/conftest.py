"""A site with people alone: the real includes, views and templates over a database in memory."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import webtest
import ZODB
from argon2 import PasswordHasher

import lms
from lms import languages
from lms.evolution import STEPS, evolve
from lms.metrics import Metrics
from lms.origins import Origins
from lms.resources import site_of
from lms.services import passphrases, people
from lms.settings import Settings
from lms.zodb import find_class
from sites import PASSPHRASE, Writing


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
        with Writing(self.database) as root:
            evolve(root, STEPS, datetime.now(UTC))
        self.app = self._application(settings, includes)

    def _application(self, settings, includes):
        config = lms.base(settings, lms.derived(settings), Metrics())
        config.registry["zodb"] = self.database
        config.include("lms.zodb")
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

    def add(self, username: str, role: str = "member", **options) -> str:
        """Add somebody with :data:`PASSPHRASE`; the person's id."""
        with Writing(self.database) as root:
            person = people.add(
                root["site"].people,
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
        """What ``read(site)`` gives, in a transaction of its own."""
        with Writing(self.database) as root:
            return read(root["site"])


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


@pytest.fixture(autouse=True)
def _light_hashing(monkeypatch):
    """The real hashing with small parameters: what is tested here is what is around it."""
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passphrases, "_HASHER", light)


@pytest.fixture
def make_site():
    """Makes sites with people; each is closed at the end."""
    made = []

    def make(**options):
        made.append(SiteWithPeople(**options))
        return made[-1]

    yield make
    for each in made:
        each.database.close()


@pytest.fixture
def small_site(make_site):
    return make_site()


@pytest.fixture
def https_site(make_site):
    return make_site(https=True)


@pytest.fixture
def translated(monkeypatch):
    """As if every language that can be chosen had its translation."""
    monkeypatch.setattr(languages, "TRANSLATED", frozenset(languages.LANGUAGES))
