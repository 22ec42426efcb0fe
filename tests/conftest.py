"""Fixtures that more than one house's tests use."""

import pytest

from sites import FILESTORAGE, Site


@pytest.fixture
def site(tmp_path):
    """A whole site on a file storage of its own."""
    site = Site(tmp_path, FILESTORAGE.format(data=tmp_path))
    yield site
    site.close()
