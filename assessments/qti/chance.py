"""Chance that is the same for the same seed, on every machine and in every release.

The generator is mulberry32 (Tommy Ettinger, public domain): one whole number of 32 bits is its
whole state, so that a session keeps it as a number between two requests.
"""

from collections.abc import Sequence
from typing import TypeVar

MASK = 0xFFFFFFFF

Thing = TypeVar("Thing")


class Chance:
    """Draws in a fixed sequence.

    :param state: the seed, or the ``state`` an earlier one ended with
    """

    def __init__(self, state: int) -> None:
        self.state = state & MASK

    def draw(self) -> float:
        """A float in [0, 1)."""
        self.state = (self.state + 0x6D2B79F5) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 15)) * (mixed | 1)) & MASK
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & MASK)) & MASK
        return (mixed ^ (mixed >> 14)) / 2**32

    def below(self, count: int) -> int:
        """A whole number in [0, count)."""
        return int(self.draw() * count)

    def choice(self, things: Sequence[Thing]) -> Thing:
        """One of the things; there is at least one."""
        return things[self.below(len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """All things in another order (Fisher-Yates)."""
        left = list(things)
        for last in range(len(left) - 1, 0, -1):
            other = self.below(last + 1)
            left[last], left[other] = left[other], left[last]
        return left
