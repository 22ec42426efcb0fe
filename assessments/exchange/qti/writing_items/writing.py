"""Short answers and numbers as items."""

from fractions import Fraction

from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.answers import number_rules, text_rules
from assessments.exchange.qti.writing_items.built import RESPONSE, SCORE, Built
from assessments.exchange.qti.writing_items.output import Output
from assessments.exchange.shares import plain_decimal
from assessments.questions.base import ONE
from assessments.questions.numerical import NumericalQuestion
from assessments.questions.short import ShortQuestion
from assessments.short_answers import WILDCARD, unescaped

_ = TranslationStringFactory("tutela")


def short(out: Output, question: ShortQuestion) -> Built:
    built = Built(most=p.scale(question.mark, [each.fraction for each in question.answers]))
    best = next((a for a in question.answers if a.fraction == ONE), question.answers[0])
    built.responses.append(p.response(RESPONSE, "single", "string", [unescaped(best.text)], None))
    plainly = not any(each.feedback for each in question.answers) and not any(
        WILDCARD.search(each.text) for each in question.answers
    )
    if plainly:
        worths: dict[str, Fraction] = {}
        for each in question.answers:
            worths.setdefault(unescaped(each.text).strip(), each.fraction * built.most)
        built.responses[-1].append(p.mapping_of(worths, case=question.case))
        built.template = "map_response"
    else:
        built.rules.append(text_rules(question, RESPONSE, SCORE, built, built.most))
    entry = E.textEntryInteraction(responseIdentifier=RESPONSE)
    out.body(built, question.body, E.p(entry))
    return built


def numerical(out: Output, question: NumericalQuestion) -> Built:
    built = Built(most=p.scale(question.mark, [each.fraction for each in question.answers]))
    if question.units.rule != "none":
        out.lost.append(_("The units are not asked for: only the number counts."))
    best = next(
        (a.value for a in question.answers if a.fraction == ONE and a.value is not None), None
    )
    correct = [] if best is None else [plain_decimal(best)]
    built.responses.append(p.response(RESPONSE, "single", "float", correct))
    built.rules.append(number_rules(question, RESPONSE, SCORE, built, built.most))
    entry = E.textEntryInteraction(responseIdentifier=RESPONSE)
    out.body(built, question.body, E.p(entry))
    return built
