"""Pairs as items."""

from fractions import Fraction

from lxml import etree
from lxml.builder import E

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import RESPONSE, Built
from assessments.exchange.qti.writing_items.output import Output, flag
from assessments.questions.matching import MatchingQuestion


def matching(out: Output, question: MatchingQuestion) -> Built:
    share = Fraction(1, len(question.pairs))
    built = Built(most=p.scale(question.mark, [share]), template="map_response")
    rows = {pair.key: f"p{n}" for n, pair in enumerate(question.pairs, 1)}
    columns = {each.key: f"a{n}" for n, each in enumerate(question.answers, 1)}
    texts = {each.key: each.html for each in question.answers}
    worths = {
        f"{rows[pair.key]} {columns[key]}": share * built.most
        for pair in question.pairs
        for key in columns
        if texts[key] == texts[pair.answer]
    }
    correct = [f"{rows[pair.key]} {columns[pair.answer]}" for pair in question.pairs]
    built.responses.append(
        p.response(RESPONSE, "multiple", "directedPair", correct, p.mapping_of(worths))
    )
    left, right = etree.Element("simpleMatchSet"), etree.Element("simpleMatchSet")
    for pair in question.pairs:
        made = E.simpleAssociableChoice(identifier=rows[pair.key], matchMax="1")
        left.append(out.html.into(made, pair.html))
    for answer in question.answers:
        made = E.simpleAssociableChoice(
            identifier=columns[answer.key], matchMax=str(len(question.pairs))
        )
        right.append(out.html.into(made, answer.html))
    interaction = E.matchInteraction(
        left,
        right,
        responseIdentifier=RESPONSE,
        shuffle=flag(question.shuffle),
        maxAssociations=str(len(question.pairs)),
    )
    out.body(built, question.body, interaction)
    return built
