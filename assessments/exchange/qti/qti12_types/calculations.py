"""Calculations of QTI 1.2, whose numbers differ from attempt to attempt."""

import re
from decimal import Decimal

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import OldItem, number
from assessments.exchange.qti.qti12_types.numbers import numerical
from assessments.exchange.qti.qti12_types.shared import RIGHT, common
from assessments.questions.base import ONE, Html, Question
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable

_ = TranslationStringFactory("tutela")
WORD = re.compile(r"[A-Za-z_]\w*")
LONGEST_FORMULA = 2000
LOGARITHMS = {"log": "log10", "ln": "ln"}


def formula(item: OldItem) -> Question:
    """A calculation with numbers that differ from attempt to attempt."""
    calculated = next(item.element.iter("calculated"), None)
    if calculated is None:
        return numerical(item)
    variables = tuple(_variable(item, each) for each in calculated.findall("vars/var"))
    names = [each.name for each in variables]
    expression = _expression(item, [each.text or "" for each in calculated.iter("formula")], names)
    formulas = calculated.find("formulas")
    places = str(formulas.get("decimal_places", "0")) if formulas is not None else "0"
    figures = int(places) if places.isascii() and places.isdecimal() and len(places) < 3 else 0
    scientific = formulas is not None and str(formulas.get("scientific_notation")) == "true"
    error, rule = _tolerance(item, calculated.find("answer_tolerance"), figures, scientific)
    body = item.stem()
    for name in names:
        body = Html(body.replace(f"[{name}]", f"{{{name}}}"))
    return FormulaQuestion(
        **common(item, body),
        variables=variables,
        answers=(
            FormulaAnswer(
                "1",
                expression,
                ONE,
                error,
                rule,
                figures + 1 if scientific else figures,
                "significant" if scientific else "decimals",
                item.said(*RIGHT),
            ),
        ),
        rows=tuple(_row(item, each, names) for each in calculated.iter("var_set")),
    )


def _variable(item: OldItem, element: etree._Element) -> Variable:
    scale = str(element.get("scale", "0"))
    return Variable(
        str(element.get("name", "")),
        number(element.findtext("min") or "0", item),
        number(element.findtext("max") or "10", item),
        int(scale) if scale.isascii() and scale.isdecimal() and len(scale) < 3 else 0,
    )


def _row(item: OldItem, element: etree._Element, names: list[str]) -> tuple[Decimal, ...]:
    values = {str(each.get("name", "")): each.text or "" for each in element.iter("var")}
    return tuple(number(values.get(name, ""), item) for name in names)


def _tolerance(
    item: OldItem, element: etree._Element | None, figures: int, scientific: bool
) -> tuple[Decimal, str]:
    text = "0" if element is None else (element.text or "0").strip()
    percent = text.endswith("%") or (
        element is not None and str(element.get("margin_type", "")) == "percent"
    )
    error = abs(number(text.rstrip("% ") or "0", item))
    if error == 0:
        return (
            (Decimal(figures + 1), "significant") if scientific else (Decimal(figures), "decimals")
        )
    return (error / 100, "relative") if percent else (error, "absolute")


def _expression(item: OldItem, lines: list[str], names: list[str]) -> str:
    """The formula in our own language: earlier lines that name a result are put into the later
    ones; ``log`` is the decimal logarithm there."""
    known = {name: f"{{{name}}}" for name in names}
    expression = ""
    for line in lines:
        name, sign, right = line.partition("=")
        expression = WORD.sub(
            lambda found: (
                LOGARITHMS.get(found[0].lower(), found[0])
                if found.string[found.end() :].lstrip().startswith("(")
                else known.get(found[0], found[0])
            ),
            right if sign else line,
        ).strip()
        if len(expression) > LONGEST_FORMULA:
            raise Broken(_("The formula is too long."), item.line)
        if sign:
            known[name.strip()] = f"({expression})"
    return expression
