"""Choices, statements and places in a picture as items."""

from collections.abc import Mapping, Sequence
from typing import Any

from lxml.builder import E

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import RESPONSE, SCORE, Built, own_rules
from assessments.exchange.qti.writing_items.output import Output, flag
from assessments.exchange.qti.xhtml import ILLEGAL
from assessments.questions.base import NONE, ONE
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.choosing import right_keys
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.truth import TruthQuestion


def choice(out: Output, question: ChoiceQuestion) -> Built:
    ids = {choice.key: f"c{n}" for n, choice in enumerate(question.choices, 1)}
    interaction = E.choiceInteraction(
        responseIdentifier=RESPONSE,
        shuffle=flag(question.shuffle),
        maxChoices=str(question.most if question.many else 1),
    )
    for choice in question.choices:
        made = E.simpleChoice(identifier=ids[choice.key])
        if choice.fixed or choice.exclusive:
            made.set("fixed", "true")
        interaction.append(out.html.into(made, choice.html))
    built = Built(echo=RESPONSE)
    built.told = {ids[each.key]: each.feedback for each in question.choices if each.feedback}
    put_shares(question, built, ids)
    if any(choice.exclusive for choice in question.choices) and question.many:
        _add_exclusive(question, built, ids)
    out.body(built, question.body, interaction)
    return built


def put_shares(
    question: ChoiceQuestion | HotspotQuestion, built: Built, ids: Mapping[str, str]
) -> None:
    """What choosing brings: of a choice and of places in a picture."""
    worthy: Sequence[Any] = (
        question.choices if isinstance(question, ChoiceQuestion) else question.areas
    )
    correct = [ids[key] for key in right_keys(worthy, question.many)]
    cardinality = "multiple" if question.many else "single"
    if isinstance(question, ChoiceQuestion) and question.whole:
        built.most = ONE
        built.template = "match_correct"
        built.responses.append(p.response(RESPONSE, cardinality, "identifier", correct))
        return
    shares = [each.fraction for each in worthy]
    built.most = p.scale(question.mark, [*shares, question.least])
    worths = {ids[each.key]: each.fraction * built.most for each in worthy}
    bounds = (question.least * built.most, built.most) if question.many else (None, None)
    built.template = "map_response"
    mapping = p.mapping_of(worths, *bounds)
    built.responses.append(p.response(RESPONSE, cardinality, "identifier", correct, mapping))
    if question.many and question.most:
        limit = p.base("integer", str(question.most))
        too_many = E.gt(E.containerSize(p.variable(RESPONSE)), limit)
        built.rules.insert(0, p.when([(too_many, [p.put(SCORE, p.points(NONE))])]))
        own_rules(built)


def _add_exclusive(question: ChoiceQuestion, built: Built, ids: Mapping[str, str]) -> None:
    alone = [
        E.member(p.base("identifier", ids[choice.key]), p.variable(RESPONSE))
        for choice in question.choices
        if choice.exclusive
    ]
    several = E.gt(E.containerSize(p.variable(RESPONSE)), p.base("integer", "1"))
    wrong = getattr(E, "and")(getattr(E, "or")(*alone), several)
    built.rules.append(p.when([(wrong, [p.put(SCORE, p.points(NONE))])]))
    own_rules(built)


def truth(out: Output, question: TruthQuestion) -> Built:
    built = Built(echo=RESPONSE, template="match_correct")
    interaction = E.choiceInteraction(
        E.simpleChoice("True", identifier="true"),
        E.simpleChoice("False", identifier="false"),
        responseIdentifier=RESPONSE,
        shuffle="false",
        maxChoices="1",
    )
    right = "true" if question.right else "false"
    built.responses.append(p.response(RESPONSE, "single", "identifier", [right]))
    told = {"true": question.when_true, "false": question.when_false}
    built.told = {key: html for key, html in told.items() if html}
    out.body(built, question.body, interaction)
    return built


def hotspot(out: Output, question: HotspotQuestion) -> Built:
    ids = {hot.key: f"h{n}" for n, hot in enumerate(question.areas, 1)}
    built = Built(echo=RESPONSE)
    built.told = {ids[hot.key]: hot.feedback for hot in question.areas if hot.feedback}
    put_shares(question, built, ids)
    interaction = E.hotspotInteraction(
        out.picture(question),
        responseIdentifier=RESPONSE,
        maxChoices=str(question.most if question.many else 1),
    )
    for hot in question.areas:
        interaction.append(
            E.hotspotChoice(
                identifier=ids[hot.key],
                shape=hot.area.shape,
                coords=",".join(map(str, hot.area.coords)),
                hotspotLabel=ILLEGAL.sub("", hot.area.label)[:256] or ids[hot.key],
            )
        )
    out.body(built, question.body, interaction)
    return built
