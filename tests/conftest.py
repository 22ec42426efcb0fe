"""Fixtures that more than one house's tests use."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from postgresql import PostgreSQL, programs, relstorage_conf
from sites import FILESTORAGE, Site

IN_CI = os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Continuous integration proves everything: there, a test that cannot run has failed."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI may not do: {report.longrepr[-1]}"
    return report


CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, without a window; continuous integration may not do without."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI") != "true":
        pytest.skip("Debian's chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def postgresql():
    """A private PostgreSQL; ``postgresql.database()`` is the address of a new database."""
    if programs() is None:
        pytest.skip("Debian's postgresql is not installed")
    with PostgreSQL() as server:
        yield server


@pytest.fixture(params=["filestorage", pytest.param("relstorage", marks=pytest.mark.postgresql)])
def site(request, tmp_path):
    """A whole site on a storage of its own: every test that uses it runs on both."""
    if request.param == "filestorage":
        text = FILESTORAGE.format(data=tmp_path)
    else:
        postgresql = request.getfixturevalue("postgresql")
        text = relstorage_conf(postgresql.database(), tmp_path / "blobs")
    site = Site(tmp_path, text)
    yield site
    site.close()
