import time

import pytest

from lms.services.rate import (
    PER_CLIENT,
    PER_USERNAME,
    WINDOW_MINUTES,
    SignInLimits,
    TooManyTries,
    network_of,
)

HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def limits():
    return SignInLimits()


def exhaust(limits, client=HERE, username="mina"):
    for _ in range(PER_USERNAME.amount):
        limits.check(client, username)
        limits.wrong(client, username, "id")


def test_a_few_wrong_tries_are_nothing(limits):
    for _ in range(PER_USERNAME.amount - 1):
        limits.wrong(HERE, "mina", "id")
    limits.check(HERE, "mina")


def test_too_many_for_one_username_must_wait(limits):
    exhaust(limits)
    with pytest.raises(TooManyTries) as limit:
        limits.check(HERE, "MINA")
    assert 0 < limit.value.seconds <= WINDOW_MINUTES * 60


def test_nobody_is_locked_out_elsewhere(limits):
    exhaust(limits)
    limits.check(ELSEWHERE, "mina")


def test_another_person_of_the_same_office_is_not_held_up(limits):
    exhaust(limits)
    limits.check(HERE, "sam")


def test_too_many_from_one_network_must_wait_whatever_the_username(limits):
    for number in range(PER_CLIENT.amount):
        limits.wrong(HERE, f"name{number}", None)
    with pytest.raises(TooManyTries):
        limits.check(HERE, "anybody")


def test_the_wait_ends(limits, monkeypatch):
    exhaust(limits)
    with pytest.raises(TooManyTries) as limit:
        limits.check(HERE, "mina")
    later = time.time() + limit.value.seconds + 1
    monkeypatch.setattr(time, "time", lambda: later)
    limits.check(HERE, "mina")


def test_the_right_passphrase_forgets_the_wrong_ones(limits):
    exhaust(limits)
    assert limits.tries("id") == PER_USERNAME.amount
    limits.right_when_done(True, HERE, "mina", "id")
    limits.check(HERE, "mina")
    assert limits.tries("id") == 0


def test_a_sign_in_that_was_not_stored_forgets_nothing(limits):
    exhaust(limits)
    limits.right_when_done(False, HERE, "mina", "id")
    assert limits.tries("id") == PER_USERNAME.amount


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("unix socket", "unknown"),
    ],
)
def test_a_client_is_known_by_its_network(client, network):
    assert network_of(client) == network
