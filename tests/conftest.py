"""Fixtures that more than one house's tests use."""

import os

import pytest
from hypothesis import HealthCheck, settings

import browsers
from postgresql import PostgreSQL, programs, relstorage_conf
from sites import FILESTORAGE, QUICK, Site

IN_CI = os.environ.get("CI") == "true"

# No unit test is timed: how long an example takes says how busy the machine is, and nothing else.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser):
    parser.addoption(
        "--walks",
        type=int,
        default=20_000,
        metavar="N",
        help="how many random walks through random courses the sequencer is put to",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Continuous integration proves everything: there, a test that cannot run has failed."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI may not do: {report.longrepr[-1]}"
    return report


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, without a window; continuous integration may not do without."""
    if browsers.program() is None and not IN_CI:
        pytest.skip("Debian's chromium is not installed")
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def postgresql():
    """A private PostgreSQL; ``postgresql.database()`` is the address of a new database."""
    if programs() is None:
        pytest.skip("Debian's postgresql is not installed")
    with PostgreSQL() as server:
        yield server


@pytest.fixture(params=["filestorage", pytest.param("relstorage", marks=pytest.mark.postgresql)])
def site(request, tmp_path, monkeypatch):
    """A whole site on a storage of its own: every test that uses it runs on both."""
    monkeypatch.setattr("lms.services.passphrases._HASHER", QUICK)
    if request.param == "filestorage":
        text = FILESTORAGE.format(data=tmp_path)
    else:
        postgresql = request.getfixturevalue("postgresql")
        text = relstorage_conf(postgresql.database(), tmp_path / "blobs")
    site = Site(tmp_path, text)
    yield site
    site.close()
