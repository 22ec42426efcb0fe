"""Numbers as people write them: reading an answer, showing a number, and judging how near it is.

``reading`` and ``writing`` are each other's inverse in every language; ``tolerances`` says which
values an answer accepts and ``units`` what a unit beside the number does to it.
"""

from assessments.numbers.reading import NumberRefused, Reading, read
from assessments.numbers.tolerances import (
    Absolute,
    Between,
    Decimals,
    Geometric,
    Relative,
    SignificantFigures,
    Tolerance,
    rounded_to_decimals,
    rounded_to_figures,
)
from assessments.numbers.units import Measured, PenaltyOf, Unit, UnitHandling, UnitRules
from assessments.numbers.writing import ENGLISH, NumberFormat, format_of, write

__all__ = [
    "ENGLISH",
    "Absolute",
    "Between",
    "Decimals",
    "Geometric",
    "Measured",
    "NumberFormat",
    "NumberRefused",
    "PenaltyOf",
    "Reading",
    "Relative",
    "SignificantFigures",
    "Tolerance",
    "Unit",
    "UnitHandling",
    "UnitRules",
    "format_of",
    "read",
    "rounded_to_decimals",
    "rounded_to_figures",
    "write",
]
