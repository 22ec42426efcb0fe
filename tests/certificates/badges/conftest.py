"""An issuer with fresh keys."""

import pytest

from tests.certificates.badges.making import Issuer


@pytest.fixture
def issuer(tmp_path) -> Issuer:
    return Issuer(tmp_path / "keys")
