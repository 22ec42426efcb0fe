"""Elements of declarations and of processing, written short (QTI 2.2 §8 and §15)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from lxml import etree
from lxml.builder import E

TEMPLATES = {
    "2.1": "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    "2.2": "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    "3.0": "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
Rule = etree._Element


def decimal_text(number: Fraction) -> str:
    """A number in decimal figures: exact where it has an end, else to twelve places."""
    if number.denominator == 1:
        return str(number.numerator)
    text = f"{float(number):.12f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


def scale(mark: Fraction, shares: Iterable[Fraction]) -> Fraction:
    """What SCORE is at most: the mark, where all shares of it can be added up exactly by a
    computer; else so many points that every share is a whole number of them."""
    shares = list(shares)
    together = lcm(*(share.denominator for share in shares), 1)
    exact = all(_is_dyadic(share * mark) for share in (*shares, Fraction(1)))
    return mark if exact else Fraction(together)


def _is_dyadic(number: Fraction) -> bool:
    return number.denominator & (number.denominator - 1) == 0 and number.denominator <= 2**10


def value(text: str) -> etree._Element:
    return E.value(text)


def response(
    name: str,
    cardinality: str,
    base_type: str,
    correct: Iterable[str] = (),
    mapping: etree._Element | None = None,
) -> etree._Element:
    made = E.responseDeclaration(identifier=name, cardinality=cardinality, baseType=base_type)
    texts = list(correct)
    if texts:
        made.append(E.correctResponse(*map(value, texts)))
    if mapping is not None:
        made.append(mapping)
    return made


def mapping_of(
    worths: Mapping[str, Fraction],
    lower: Fraction | None = None,
    upper: Fraction | None = None,
    case: bool | None = None,
) -> etree._Element:
    made = E.mapping(defaultValue="0")
    if lower is not None:
        made.set("lowerBound", decimal_text(lower))
    if upper is not None:
        made.set("upperBound", decimal_text(upper))
    for key, worth in worths.items():
        entry = E.mapEntry(mapKey=key, mappedValue=decimal_text(worth))
        if case is not None:
            entry.set("caseSensitive", "true" if case else "false")
        made.append(entry)
    return made


def outcome(
    name: str, base_type: str, initial: str = "", cardinality: str = "single", **more: str
) -> etree._Element:
    made = E.outcomeDeclaration(
        identifier=name, cardinality=cardinality, baseType=base_type, **more
    )
    if initial:
        made.append(E.defaultValue(value(initial)))
    return made


def base(base_type: str, text: str) -> etree._Element:
    return E.baseValue(text, baseType=base_type)


def points(worth: Fraction) -> etree._Element:
    return base("float", decimal_text(worth))


def variable(name: str) -> etree._Element:
    return E.variable(identifier=name)


def put(name: str, expression: etree._Element) -> etree._Element:
    return E.setOutcomeValue(expression, identifier=name)


def mapped(name: str) -> etree._Element:
    return E.mapResponse(identifier=name)


def total(*parts: etree._Element) -> etree._Element:
    return E.sum(*parts)


def when(
    cases: list[tuple[etree._Element, list[etree._Element]]],
    otherwise: list[etree._Element] | None = None,
) -> etree._Element:
    """The rules of the first case that holds."""
    made = E.responseCondition()
    for position, (condition, rules) in enumerate(cases):
        name = "responseIf" if position == 0 else "responseElseIf"
        part = etree.SubElement(made, name)
        part.append(condition)
        part.extend(rules)
    if otherwise:
        etree.SubElement(made, "responseElse").extend(otherwise)
    return made


def match(name: str) -> etree._Element:
    return E.match(variable(name), E.correct(identifier=name))


def within(name: str, low: etree._Element, high: etree._Element) -> etree._Element:
    return getattr(E, "and")(E.gte(variable(name), low), E.lte(variable(name), high))


def at_least(expression: etree._Element, worth: Fraction) -> etree._Element:
    return E.gte(expression, points(worth))
