"""Texts whose gaps are small questions as items."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from lxml import etree
from lxml.builder import E

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.answers import number_rules, text_rules
from assessments.exchange.qti.writing_items.built import FEEDBACK, RESPONSE, SCORE, Built
from assessments.exchange.qti.writing_items.output import Output, flag, words_of
from assessments.exchange.shares import plain_decimal
from assessments.questions.base import NONE, ONE, Question
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.choosing import right_keys
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.numerical import NumericalQuestion
from assessments.questions.short import ShortQuestion
from assessments.short_answers import unescaped


def cloze(out: Output, question: ClozeQuestion) -> Built:
    whole = sum((gap.weight for gap in question.gaps), NONE)
    shares = [
        gap.weight / whole * worth for gap in question.gaps for worth in _worths(gap.question)
    ]
    built = Built(most=p.scale(question.mark, shares))
    places: dict[str, etree._Element] = {}
    blocks: list[etree._Element] = []
    parts = []
    for position, gap in enumerate(question.gaps, 1):
        name, score = f"{RESPONSE}{position}", f"GAP{position}"
        most = gap.weight / whole * built.most
        made = _gap(out, gap, name, score, built, most)
        if made.tag == "choiceInteraction":
            label = E.strong(f"[{position}]")
            places[gap.name] = label
            blocks += [E.p(E.strong(f"[{position}]")), made]
        else:
            places[gap.name] = made
        parts.append(p.variable(score))
    built.rules.append(p.put(SCORE, p.total(*parts)))
    below = E.lt(p.variable(SCORE), p.points(NONE))
    built.rules.append(p.when([(below, [p.put(SCORE, p.points(NONE))])]))
    out.body(built, question.body, *blocks, fill=places.get)
    return built


def _gap(
    out: Output, gap: ClozeGap, name: str, score: str, built: Built, most: Fraction
) -> etree._Element:
    """The interaction of a gap; what it brings goes into an outcome of its own."""
    question = gap.question
    built.outcomes.append(p.outcome(score, "float", "0"))
    if isinstance(question, ChoiceQuestion):
        return _choice_gap(out, question, name, score, built, most)
    if isinstance(question, ShortQuestion):
        best = next(a for a in question.answers if a.fraction == ONE)
        built.responses.append(p.response(name, "single", "string", [unescaped(best.text)]))
        built.rules.append(text_rules(question, name, score, built, most))
    elif isinstance(question, NumericalQuestion):
        right = next(a for a in question.answers if a.fraction == ONE)
        correct = [] if right.value is None else [plain_decimal(right.value)]
        built.responses.append(p.response(name, "single", "float", correct))
        built.rules.append(number_rules(question, name, score, built, most))
    return E.textEntryInteraction(responseIdentifier=name)


def _choice_gap(
    out: Output, question: ChoiceQuestion, name: str, score: str, built: Built, most: Fraction
) -> etree._Element:
    ids = {choice.key: f"c{n}" for n, choice in enumerate(question.choices, 1)}
    worths = {ids[choice.key]: choice.fraction * most for choice in question.choices}
    bounds = (question.least * most, most) if question.many else (None, None)
    correct = [ids[key] for key in right_keys(question.choices, question.many)]
    cardinality = "multiple" if question.many else "single"
    mapping = p.mapping_of(worths, *bounds)
    built.responses.append(p.response(name, cardinality, "identifier", correct, mapping))
    built.rules.append(p.put(score, p.mapped(name)))
    for choice in question.choices:
        if choice.feedback and not question.many:
            key = f"{name}-{ids[choice.key]}"
            built.told[key] = choice.feedback
            told = E.multiple(p.variable(FEEDBACK), p.base("identifier", key))
            chosen = E.match(p.variable(name), p.base("identifier", ids[choice.key]))
            built.rules.append(p.when([(chosen, [p.put(FEEDBACK, told)])]))
    if not question.many:
        made = E.inlineChoiceInteraction(responseIdentifier=name, shuffle=flag(question.shuffle))
        for choice in question.choices:
            made.append(E.inlineChoice(words_of(choice.html), identifier=ids[choice.key]))
        return made
    made = E.choiceInteraction(
        responseIdentifier=name, shuffle=flag(question.shuffle), maxChoices="0"
    )
    for choice in question.choices:
        each = E.simpleChoice(identifier=ids[choice.key])
        made.append(out.html.into(each, choice.html))
    return made


def _worths(question: Question) -> Iterable[Fraction]:
    answers: Iterable[Any] = getattr(question, "choices", getattr(question, "answers", ()))
    return [ONE, *(each.fraction for each in answers), getattr(question, "least", NONE)]
