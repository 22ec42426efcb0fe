"""Values of variables, drawn anew for each learner and each variant, and always the same again.

Every value comes from the SHA-256 of the seed, the variant, the number of the try and the name of
the variable. ``random`` is not used: Python promises the same sequence in another version only for
``random()`` itself, while a digest is the same in every version, process and language for ever.
And since each name has its own digest, a variable that is added later changes no other one's value.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.formulas.errors import FormulaFailed, VariablesRefused
from assessments.formulas.evaluation import evaluate
from assessments.formulas.functions import CONTEXT
from assessments.formulas.tree import Node, parts, to_text, variables

_ = TranslationStringFactory("tutela")

MAX_DECIMALS = 15
LARGEST = Decimal("1e15")
"""The largest end of a range; with :data:`MAX_DECIMALS` no value has more than 31 digits."""
MAX_TRIES = 1_000
"""How often values are drawn until every condition is true, at most."""
MAX_WORK = 40_000
"""Values drawn and parts of conditions evaluated in all tries together: less than a second."""


@dataclass(frozen=True)
class Uniform:
    """Every value from ``minimum`` to ``maximum`` with so many decimals, all equally likely.

    :raises VariablesRefused: if there is no such value
    """

    minimum: Decimal
    maximum: Decimal
    decimals: int

    def __post_init__(self) -> None:
        _check_range(self.minimum, self.maximum, self.decimals)

    def at(self, chance: int) -> Decimal:
        """The value for a large random whole number."""
        first, last = _ends(self.minimum, self.maximum, self.decimals)
        return Decimal(first + chance % (last - first + 1)).scaleb(-self.decimals)


@dataclass(frozen=True)
class LogUniform:
    """Values from ``minimum`` to ``maximum`` whose logarithms are equally likely: as many from 1
    to 10 as from 10 to 100. Both are above zero.

    :raises VariablesRefused: if there is no such value
    """

    minimum: Decimal
    maximum: Decimal
    decimals: int

    def __post_init__(self) -> None:
        _check_range(self.minimum, self.maximum, self.decimals)
        if self.minimum <= 0:
            raise VariablesRefused(
                _(
                    "A range with more small numbers begins above 0. Choose a larger minimum, "
                    "or spread the numbers evenly."
                )
            )

    def at(self, chance: int) -> Decimal:
        """The value for a large random whole number, nearest in its decimals."""
        first, last = _ends(self.minimum, self.maximum, self.decimals)
        part = Decimal(chance % 10**18) / 10**18
        low, high = self.minimum.ln(), self.maximum.ln()
        drawn = (low + (high - low) * part).exp().scaleb(self.decimals)
        nearest = int(drawn.to_integral_value(ROUND_HALF_EVEN))
        return Decimal(min(max(nearest, first), last)).scaleb(-self.decimals)


@dataclass(frozen=True)
class Choice:
    """One of some values, all equally likely.

    :raises VariablesRefused: if there is none
    """

    values: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise VariablesRefused(_("There is no value to choose from. Give at least one."))

    def at(self, chance: int) -> Decimal:
        """The value for a large random whole number."""
        return self.values[chance % len(self.values)]


Distribution = Uniform | LogUniform | Choice


@dataclass(frozen=True)
class Variables:
    """What the variables of a question can be.

    :param distributions: of the variables that are drawn, by name
    :param rows: fixed sets of values, one for each variant in turn, as Moodle exports them
        (``dataset_items``); a variable that has values here is not drawn
    :param conditions: formulas that are all to be true
    :raises VariablesRefused: if rows name different variables, or a condition an unknown one
    """

    distributions: Mapping[str, Distribution] = field(default_factory=dict)
    rows: tuple[Mapping[str, Decimal], ...] = ()
    conditions: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if row.keys() != self.rows[0].keys():
                raise VariablesRefused(
                    _(
                        "Set ${number} has not the same variables as set 1. Give every set a "
                        "value for each variable.",
                        mapping={"number": number},
                    )
                )
        for condition in self.conditions:
            for name in sorted(variables(condition) - self.names):
                raise VariablesRefused(
                    _(
                        "The condition ${condition} has a variable that is not there: ${name}.",
                        mapping={"condition": to_text(condition), "name": f"{{{name}}}"},
                    )
                )

    @property
    def names(self) -> frozenset[str]:
        """Of all variables."""
        return frozenset(self.distributions) | frozenset(self.rows[0] if self.rows else ())

    @property
    def tries(self) -> int:
        """How often values are drawn; fewer times where each one is much work."""
        work = len(self.distributions) + sum(
            1 for condition in self.conditions for _part in parts(condition)
        )
        return max(1, min(MAX_TRIES, MAX_WORK // max(1, work)))


def draw(variables: Variables, seed: int, variant: int) -> dict[str, Decimal]:
    """The values of all variables; the same for the same arguments, always and everywhere.

    :param seed: of the attempt; any whole number
    :param variant: from 1; with ``rows``, which of them, counted round and round
    :raises VariablesRefused: if the conditions were true in none of :attr:`Variables.tries`
    """
    with localcontext(CONTEXT):
        for attempt in range(variables.tries):
            values = _tried(variables, seed, variant, attempt)
            if all(_is_true(condition, values) for condition in variables.conditions):
                return values
    raise VariablesRefused(
        _(
            "In ${count} tries no values were found for which every condition is true. Make the "
            "ranges of the variables wider, or the conditions looser.",
            mapping={"count": variables.tries},
        )
    )


def _tried(variables: Variables, seed: int, variant: int, attempt: int) -> dict[str, Decimal]:
    values = {
        name: distribution.at(_chance(seed, variant, attempt, name))
        for name, distribution in variables.distributions.items()
    }
    if variables.rows:
        values |= variables.rows[(variant - 1 + attempt) % len(variables.rows)]
    return values


def _chance(seed: int, variant: int, attempt: int, name: str) -> int:
    """A whole number below 2^256: what is left of it by any range here favours no value by more
    than one part in 2^150."""
    text = f"{seed}/{variant}/{attempt}/{name}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


def _is_true(condition: Node, values: Mapping[str, Decimal]) -> bool:
    """A condition that has no value, as where it divides by zero, is not true."""
    try:
        return bool(evaluate(condition, values))
    except FormulaFailed:
        return False


def _ends(minimum: Decimal, maximum: Decimal, decimals: int) -> tuple[int, int]:
    """The first and the last value of a range, counted in its last decimal."""
    scale = 10**decimals
    return math.ceil(Fraction(minimum) * scale), math.floor(Fraction(maximum) * scale)


def _check_range(minimum: Decimal, maximum: Decimal, decimals: int) -> None:
    if not 0 <= decimals <= MAX_DECIMALS:
        raise VariablesRefused(
            _("A variable has from 0 to ${most} decimals.", mapping={"most": MAX_DECIMALS})
        )
    if not all(end.is_finite() and abs(end) <= LARGEST for end in (minimum, maximum)):
        raise VariablesRefused(
            _(
                "The range is too large. No end of it may be beyond ${most}.",
                mapping={"most": "10¹⁵"},
            )
        )
    first, last = _ends(minimum, maximum, decimals)
    if first > last:
        raise VariablesRefused(
            _(
                "There is no number with ${decimals} decimals from ${minimum} to ${maximum}. "
                "Check the two ends and the number of decimals.",
                mapping={"decimals": decimals, "minimum": minimum, "maximum": maximum},
            )
        )
