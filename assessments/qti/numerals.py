"""A number as a candidate wrote it, taken apart into a record (QTI 2.2, stringInteraction)."""

import re
from contextlib import suppress

from assessments.qti.values import BaseType, Cardinality, Scalar, Value, read, single

NUMERAL = re.compile(
    r"[+-]?(?P<left>[0-9]*)(?P<point>[.,](?P<right>[0-9]*))?([eE](?P<exponent>[+-]?[0-9]{1,4}))?"
)


def numeral(written: str) -> Value:
    """The record of a text: what it says, and its digits, figures and exponent if it is a number.

    Fields that do not apply are missing; only ``stringValue`` is always there.
    """
    given = written.strip()
    if not given:
        return Value(Cardinality.RECORD, None, None)
    fields = {"stringValue": single(BaseType.STRING, written)}
    found = NUMERAL.fullmatch(given)
    if found and (found["left"] or found["right"]):
        fields.update(_digits(given, found))
    return Value(Cardinality.RECORD, None, fields)


def _digits(given: str, found: re.Match[str]) -> dict[str, Value]:
    left, right = found["left"], found["right"] or ""
    figures = (left + right).lstrip("0")
    # Zeros at the end of a whole number say how large it is, not how exact.
    counts = {
        "leftDigits": len(left),
        "rightDigits": len(right),
        "nsf": len(figures if found["point"] else figures.rstrip("0")),
        "ndp": len(right),
        "exponent": int(found["exponent"] or 0),
    }
    values: dict[str, tuple[BaseType, Scalar]] = {
        name: (BaseType.INTEGER, count) for name, count in counts.items()
    }
    values["floatValue"] = (BaseType.FLOAT, read(BaseType.FLOAT, given.replace(",", ".")))
    if not found["point"] and not found["exponent"]:
        with suppress(ValueError):
            values["integerValue"] = (BaseType.INTEGER, read(BaseType.INTEGER, given))
    return {name: single(base_type, data) for name, (base_type, data) in values.items()}
