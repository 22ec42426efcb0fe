"""Calculations as items: sets of numbers are drawn now, with their results."""

import re
from collections.abc import Mapping
from random import Random
from typing import Any

from lxml import etree
from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.answers import limits, rules_of
from assessments.exchange.qti.writing_items.built import RESPONSE, SCORE, Built
from assessments.exchange.qti.writing_items.output import Output
from assessments.exchange.shares import plain_decimal
from assessments.questions.base import ONE, Html
from assessments.questions.formula import FormulaQuestion
from assessments.questions.html import plain

_ = TranslationStringFactory("tutela")
VARIANTS = 20
"""Sets of numbers that a formula question gets where it draws its own."""


def formula(out: Output, question: FormulaQuestion) -> Built:
    """Sets of numbers are drawn now, with their results: QTI draws one of the sets."""
    built = Built(most=p.scale(question.mark, [each.fraction for each in question.answers]))
    variants = _variants(out, question)
    built.templates.append(
        E.templateDeclaration(identifier="ROW", cardinality="single", baseType="integer")
    )
    texts: dict[str, str] = {}
    shown = re.findall(r"\{=?[^{}]+\}", question.body)
    for place in dict.fromkeys(shown):
        texts[place] = f"T{len(texts) + 1}"
    values: list[dict[str, str]] = []
    for arrangement in variants:
        numerical = question.with_values(arrangement)
        row = {
            name: plain(question.text_for(Html(place), arrangement))
            for place, name in texts.items()
        }
        for position, answer in enumerate(numerical.answers, 1):
            if answer.value is not None:
                low, high = limits(answer)
                row |= {f"LOW{position}": low, f"HIGH{position}": high}
                if answer.fraction == ONE:
                    row.setdefault("ANSWER", plain_decimal(answer.value))
        values.append(row)
    _declare_rows(built, values, texts)
    built.responses.append(p.response(RESPONSE, "single", "float"))
    cases = []
    for position, looked_for in enumerate(question.answers, 1):
        key = f"{RESPONSE}-{position}" if looked_for.feedback else ""
        rules = rules_of(key, looked_for, SCORE, built, built.most)
        condition = (
            getattr(E, "not")(E.isNull(p.variable(RESPONSE)))
            if looked_for.for_others
            else p.within(RESPONSE, p.variable(f"LOW{position}"), p.variable(f"HIGH{position}"))
        )
        cases.append((condition, rules))
    built.rules.append(p.when(cases))
    if question.units.rule != "none":
        out.lost.append(_("The units are not asked for: only the number counts."))
    entry = E.textEntryInteraction(responseIdentifier=RESPONSE)

    def fill(place: str) -> etree._Element | None:
        name = texts.get(place)
        return None if name is None else E.printedVariable(identifier=name)

    out.body(built, question.body, E.p(entry), fill=fill)
    return built


def _variants(out: Output, question: FormulaQuestion) -> list[dict[str, Any]]:
    # The same numbers with every export: nobody must not know them.
    random = Random(0)  # noqa: S311
    if question.rows:
        rows: dict[str, dict[str, Any]] = {}
        for _try in range(20 * len(question.rows)):
            drawn = question.arrange(random)
            rows.setdefault(str(drawn), drawn)
        return list(rows.values())
    out.lost.append(
        _(
            "The numbers were drawn: the file has ${count} sets of them, and everybody gets one.",
            mapping={"count": VARIANTS},
        )
    )
    return [question.arrange(random) for _variant in range(VARIANTS)]


def _declare_rows(built: Built, values: list[dict[str, str]], texts: Mapping[str, str]) -> None:
    names = dict.fromkeys(name for row in values for name in row)
    for name in names:
        kind = "string" if name in texts.values() else "float"
        built.templates.append(
            E.templateDeclaration(identifier=name, cardinality="single", baseType=kind)
        )
    draw = E.randomInteger(min="1", max=str(len(values)))
    built.preparation.append(E.setTemplateValue(draw, identifier="ROW"))
    condition = etree.Element("templateCondition")
    for position, row in enumerate(values, 1):
        tag = "templateIf" if position == 1 else "templateElseIf"
        part = etree.SubElement(condition, tag)
        part.append(E.match(p.variable("ROW"), p.base("integer", str(position))))
        for name, text in row.items():
            kind = "string" if name in texts.values() else "float"
            part.append(E.setTemplateValue(p.base(kind, text), identifier=name))
    built.preparation.append(condition)
    built.preparation.append(E.setCorrectResponse(p.variable("ANSWER"), identifier=RESPONSE))
