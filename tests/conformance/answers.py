"""ADL's comparison of what a call answered with what it should have answered."""

from decimal import Decimal, InvalidOperation

from conformance.cases import Launch, Step
from scorm.cmi.formats import PREFIX
from scorm.cmi.time import parse_2004

FREE = "Returned a valid value or error code"


def right(step: Step, value: str, error: str) -> bool:
    """Typed: sets of names, reals to six decimals, durations by length."""
    expected = step.expect
    if expected == FREE:
        return error in ("0", "301", "403")
    if expected in ("less255", "emptyCS"):
        return len(value) < 255 and (expected == "less255" or value == "")
    if error != step.error:
        return False
    if "<<" in expected:
        return value != ""
    if expected == value or error != "0":
        return expected == value
    return _same(expected, value)


def _same(expected: str, value: str) -> bool:
    if set(expected.split(",")) == set(value.split(",")):
        return True
    try:
        return abs(Decimal(expected) - Decimal(value)) < Decimal("0.000001")
    except InvalidOperation:
        pass
    try:
        return parse_2004(expected) == parse_2004(value)
    except ValueError:
        return _without_defaults(expected) == _without_defaults(value)


def _without_defaults(text: str) -> tuple[list[str], str]:
    """The leading delimiters in any order, without those that say the default, and the text."""
    prefixes = []
    while match := PREFIX.match(text):
        prefixes.append(match[0])
        text = text[match.end() :]
    defaults = {"{lang=en}", "{case_matters=false}", "{order_matters=true}"}
    return sorted(set(prefixes) - defaults), text


def differences(launch: Launch, answers: list[list[str]]) -> list[str]:
    """What was answered otherwise than expected, in words."""
    return [
        f"{launch.key}: {_words(step)} answered {value[:80]!r} with error {error}, "
        f"not {step.expect[:80]!r} with error {step.error}"
        for step, (value, error) in zip(launch.steps, answers, strict=True)
        if not right(step, value, error)
    ]


def _words(step: Step) -> str:
    name, *given = step.call
    return f"{name}({', '.join(repr(each[:80]) for each in given)})"
