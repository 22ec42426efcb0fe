"""Trying codes out is slow; other clients do not notice."""

import pytest
from limits import RateLimitItemPerMinute

from certificates.lookups import PER_CLIENT, Lookups, TooManyLookups, network_of


@pytest.fixture
def lookups():
    lookups = Lookups(RateLimitItemPerMinute(2))
    lookups.count("192.0.2.1")
    lookups.count("192.0.2.1")
    return lookups


def test_one_lookup_too_many_is_refused(lookups):
    with pytest.raises(TooManyLookups):
        lookups.count("192.0.2.1")


def test_whoever_is_refused_sees_no_certificate_either(lookups):
    with pytest.raises(TooManyLookups):
        lookups.check("192.0.2.1")


def test_another_client_goes_on(lookups):
    lookups.check("192.0.2.2")
    lookups.count("192.0.2.2")


def test_looking_at_a_certificate_does_not_count():
    lookups = Lookups(RateLimitItemPerMinute(1))
    lookups.check("192.0.2.1")
    lookups.check("192.0.2.1")
    lookups.count("192.0.2.1")


def test_people_may_look_up_sixty_codes_a_minute():
    assert (PER_CLIENT.amount, PER_CLIENT.get_expiry()) == (60, 60)


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "unknown"),
        ("a socket", "unknown"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_ipv6(client, network):
    assert network_of(client) == network
