"""A site with a category of its author."""

import pytest

from tests.functional.bank.pages import Authoring


@pytest.fixture
def bank(site):
    return Authoring(site)
