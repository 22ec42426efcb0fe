"""The answers of a question in GIFT."""

from decimal import Decimal
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.exchange.gift_signs import signs_in
from assessments.exchange.notes import Broken
from assessments.exchange.shares import decimal

_ = TranslationStringFactory("tutela")


def parts_of(answers: str, marks: str, bare: bool = False) -> list[tuple[str, str]]:
    """Each answer with the sign before it.

    :param bare: whether the first may stand without a sign
    :raises Broken: when something stands before the first sign
    """
    signs = list(signs_in(answers, marks))
    ends = [sign.start() for sign in signs[1:]] + [len(answers)]
    parts = [
        (sign.group(), answers[sign.end() : end]) for sign, end in zip(signs, ends, strict=False)
    ]
    before = answers[: signs[0].start()] if signs else answers
    if not before.strip():
        return parts
    if bare:
        return [("=", before), *parts]
    raise Broken(
        _(
            "Something stands before the first answer. Start every answer with = when it is right "
            "or ~ when it is wrong, and write \\= \\~ \\# for those signs themselves."
        )
    )


def interval(text: str) -> tuple[Decimal | None, Decimal]:
    """A number and how far an answer may be from it: ``3``, ``3:0.1``, ``2.9..3.1`` or ``*``.

    :raises Broken: when it is none
    """
    if text == "*":
        return None, Decimal(0)
    if ".." in text:
        low, high = (decimal(each) for each in text.split("..", 1))
        if low is not None and high is not None and low <= high:
            # Halves of sums of numbers of 30 digits, exactly.
            middle = (Fraction(low) + Fraction(high)) / 2
            return _exact(middle), _exact(Fraction(high) - middle)
    else:
        value, colon, tolerance = text.partition(":")
        found, error = decimal(value), decimal(tolerance if colon else "0")
        if found is not None and error is not None and error >= 0:
            return found, error
    raise Broken(
        _(
            "“${text}” is not a number that is read here. Write 3, 3:0.1 (a number and how far "
            "off an answer may be) or 2.9..3.1, with a point and not a comma.",
            mapping={"text": text[:40]},
        )
    )


def _exact(number: Fraction) -> Decimal:
    """A fraction whose denominator is made of twos and fives, as the decimal that it is."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return Decimal((number * 10**places).numerator).scaleb(-places)
