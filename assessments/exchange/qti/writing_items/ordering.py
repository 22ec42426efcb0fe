"""Things to put in order as items."""

from fractions import Fraction

from lxml import etree
from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import RESPONSE, SCORE, Built
from assessments.exchange.qti.writing_items.output import Output
from assessments.questions.ordering import OrderingQuestion

_ = TranslationStringFactory("tutela")


def ordering(out: Output, question: OrderingQuestion) -> Built:
    count = len(question.items)
    ids = [f"i{n}" for n in range(1, count + 1)]
    built = Built()
    built.responses.append(p.response(RESPONSE, "ordered", "identifier", ids))
    if question.grading == "whole":
        built.template = "match_correct"
    else:
        _graded_order(out, question, built, ids)
    interaction = E.orderInteraction(responseIdentifier=RESPONSE, shuffle="true")
    # In the order of the document the right one would be the first.
    mixed = sorted(zip(ids, question.items, strict=True), key=lambda each: each[1].html)
    for identifier, item in mixed:
        made = E.simpleChoice(identifier=identifier)
        interaction.append(out.html.into(made, item.html))
    out.body(built, question.body, interaction)
    return built


def _graded_order(out: Output, question: OrderingQuestion, built: Built, ids: list[str]) -> None:
    share = Fraction(1, len(ids))
    built.most = p.scale(question.mark, [share])
    if question.grading == "longest":
        out.lost.append(
            _("QTI cannot tell the longest row that is in order: each place counts instead.")
        )

    def at(place: int, identifier: str) -> etree._Element:
        found = E.index(p.variable(RESPONSE), n=str(place))
        return E.match(found, p.base("identifier", identifier))

    for position, identifier in enumerate(ids, 1):
        holds = at(position, identifier)
        if question.grading == "next" and position < len(ids):
            follower = ids[position]
            together = [
                getattr(E, "and")(at(place, identifier), at(place + 1, follower))
                for place in range(1, len(ids))
            ]
            holds = getattr(E, "or")(*together)
        more = p.total(p.variable(SCORE), p.points(share * built.most))
        built.rules.append(p.when([(holds, [p.put(SCORE, more)])]))
