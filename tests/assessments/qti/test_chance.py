"""Chance is the same for the same seed, and fair."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from assessments.qti.chance import Chance


def test_the_sequence_is_that_of_mulberry32():
    chance = Chance(42)

    assert [round(chance.draw(), 12) for _ in range(3)] == [
        0.601103751920,
        0.448290558998,
        0.852465793490,
    ]


@given(some.integers(), some.integers(0, 20))
def test_a_stored_state_goes_on_where_it_stopped(seed, drawn):
    chance = Chance(seed)
    for _ in range(drawn):
        chance.draw()

    assert Chance(chance.state).draw() == chance.draw()


@given(some.integers(), some.lists(some.integers()))
def test_shuffling_loses_nothing(seed, things):
    assert Counter(Chance(seed).shuffled(things)) == Counter(things)


def test_every_order_comes_about_equally_often():
    chance = Chance(7)

    orders = Counter(tuple(chance.shuffled("abc")) for _ in range(6000))

    assert len(orders) == 6
    assert all(850 < count < 1150 for count in orders.values())
