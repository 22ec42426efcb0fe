"""Fixtures that more than one house's tests use."""

import os

import pytest

from postgresql import PostgreSQL, programs
from sites import FILESTORAGE, RELSTORAGE, Site


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """A private PostgreSQL; continuous integration may not do without."""
    if programs() is None and os.environ.get("CI") != "true":
        pytest.skip("Debian's postgresql is not installed")
    server = PostgreSQL(tmp_path_factory.mktemp("postgresql"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["filestorage", pytest.param("relstorage", marks=pytest.mark.postgresql)])
def site(request, tmp_path):
    """A whole site on a storage of its own: every test that uses it runs on both."""
    if request.param == "filestorage":
        text = FILESTORAGE.format(data=tmp_path)
    else:
        postgresql = request.getfixturevalue("postgresql")
        text = RELSTORAGE.format(data=tmp_path, dsn=postgresql.database())
    site = Site(tmp_path, text)
    yield site
    site.close()
