"""A whole site over a database of its own, as the functional tests use it."""

from datetime import UTC, datetime
from pathlib import Path

import transaction
from argon2 import PasswordHasher
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from webtest import TestApp
from webtest import Upload as WebUpload

from lms import application
from lms.evolution import STEPS, evolve
from lms.origins import Origins
from lms.services import people
from lms.settings import Settings
from lms.worker import Worker
from lms.zodb import database_from_text

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSPHRASE = "quiet river over stones"
SITE = "http://localhost:6543"
CONTENT = "http://*.localhost:6543"

FILESTORAGE = """
<zodb main>
  pool-size 64
  <filestorage>
    path {data}/data.fs
    blob-dir {data}/blobs
  </filestorage>
</zodb>
"""

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""For people who exist for one test: a hash that nobody has to guard takes no time."""


class Compiled(BytecodeCache):
    """Templates that an earlier site of this process has compiled; they differ in nothing."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


def settings_of(folder: Path, site_url: str = SITE, content_url: str = CONTENT) -> Settings:
    """Of a site whose data are in a folder."""
    return Settings(
        origins=Origins(site_url, content_url),
        data=folder,
        zodb_conf=folder / "zodb.conf",
        secret="a secret of the tests, long enough",
        name="Tutela",
        upload_limit=50 * 1024 * 1024,
    )


class Site:
    """The WSGI application, its database, and the people in it."""

    def __init__(self, folder: Path, text: str, site_url: str = SITE, content_url: str = CONTENT):
        self.settings = settings_of(folder, site_url, content_url)
        self.database = database_from_text(text)
        with self.write() as root:
            evolve(root, STEPS, NOW)
            for role in ("member", "author", "admin"):
                if root["site"].people.by_username(role) is None:
                    self.add_person(root["site"], role, role)
        self.worker = Worker(self.database, self.settings, alone=True)
        ini = {"jinja2.bytecode_caching": COMPILED}
        self.app = application(self.settings, self.database, ini, wake=self.work)

    def work(self) -> None:
        """Do what waits in the background, at once."""
        while self.worker.work():
            pass

    @staticmethod
    def add_person(site, username: str, role: str):
        return people.add(
            site.people,
            username=username,
            passphrase=PASSPHRASE,
            role=role,
            display_name=username.title(),
            now=NOW,
        )

    def write(self):
        return Writing(self.database)

    def browser(self) -> TestApp:
        """A browser that has not been here before."""
        return TestApp(self.app, extra_environ={"HTTP_HOST": "localhost:6543"})

    def signed_in(self, username: str) -> TestApp:
        browser = self.browser()
        form = browser.get("/sign-in").forms[0]
        for found in browser.get("/sign-in").forms.values():
            if "username" in found.fields:
                form = found
        form["username"] = username
        form["password"] = PASSPHRASE
        form.submit("sign_in" if "sign_in" in form.fields else None)
        return browser

    def content(self, url: str) -> tuple[TestApp, str]:
        """A browser on the content host of an address, and the capability in it."""
        host, _, path = url.partition("://")[2].partition("/")
        return TestApp(self.app, extra_environ={"HTTP_HOST": host}), path.split("/")[0]

    def close(self):
        self.app.close()
        self.database.close()


def upload(browser: TestApp, name: str, content: bytes):
    """Send a package in by the form, and wait until it is checked: the package's page, or the one
    that says why it was not taken in."""
    page = browser.get("/packages/")
    form = next(form for form in page.forms.values() if "package" in form.fields)
    form["package"] = WebUpload(name, content)
    page = form.submit(expect_errors=True)
    while page.status_int == 303:
        page = page.follow()
    return page


class Writing:
    """``with site.write() as root:`` one transaction on the database's root."""

    def __init__(self, database):
        self._manager = transaction.TransactionManager(explicit=True)
        self._database = database

    def __enter__(self):
        self._manager.begin()
        self._connection = self._database.open(self._manager)
        return self._connection.root()

    def __exit__(self, kind, *_exc):
        if kind is None:
            self._manager.commit()
        else:
            self._manager.abort()
        self._connection.close()
