"""An office with one certificate in every form, made once."""

import pytest

from office import Office


@pytest.fixture(scope="session")
def prints(tmp_path_factory):
    """``(office, certificate, forms)``; tests change none of them."""
    office = Office(tmp_path_factory.mktemp("keys"))
    certificate = office.issue()
    return office, certificate, office.forms(certificate)


@pytest.fixture
def office(tmp_path):
    """One whose certificates and keys a test may change."""
    return Office(tmp_path / "keys")
