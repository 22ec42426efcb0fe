"""How exact a number must be, for formats that know only how far it may be off."""

from decimal import Decimal

from assessments.questions.numerical import NumberAnswer


def absolute(answer: NumberAnswer) -> tuple[Decimal, bool]:
    """How far a number may be from the answer's, and whether that says just what was meant."""
    value, error = answer.value or Decimal(0), answer.error
    if answer.rule == "absolute":
        return error, True
    if answer.rule in ("relative", "geometric"):
        return abs(value) * error, answer.rule == "relative"
    places = int(error)
    if answer.rule == "significant":
        places -= value.adjusted() + 1
    return Decimal(5).scaleb(-places - 1), False
