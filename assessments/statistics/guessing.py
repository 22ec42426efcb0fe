"""What somebody who knows nothing would earn by chance, as a share of a question's marks.

A facility index near this share says that people guessed. Essays and files earn nothing by chance.
For a multiple choice with several right options, and for a question drawn at random, it is not
known: ``None``.
"""

from collections.abc import Sequence
from fractions import Fraction

TRUE_FALSE = Fraction(1, 2)
IN_OWN_WORDS = Fraction(0)


def single_choice(credits: Sequence[Fraction]) -> Fraction | None:
    """The mean of what the options earn; ``None`` without options."""
    return sum(credits, Fraction(0)) / len(credits) if credits else None


def matching(choices: int) -> Fraction | None:
    """One of so many choices is right for each row; ``None`` without choices."""
    return Fraction(1, choices) if choices else None


def short_answer(anything: Fraction = Fraction(0)) -> Fraction:
    """What any answer whatever earns, which the key names as ``*``."""
    return anything


def numerical(anything: Fraction = Fraction(0), unit_penalty: Fraction = Fraction(0)) -> Fraction:
    """What any number earns, less the penalty for the unit that would be missing."""
    return max(anything - unit_penalty, Fraction(0))


def cloze(parts: Sequence[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """The shares of the parts, weighted; ``None`` if one is not known or nothing has weight.

    :param parts: (share by chance, weight) of each
    """
    weight = sum((weight for _guess, weight in parts), Fraction(0))
    if not weight:
        return None
    together = Fraction(0)
    for guess, weighs in parts:
        if guess is None:
            return None
        together += guess * weighs
    return together / weight
