"""Items that are our choice, or our true or false."""

from collections.abc import Mapping
from fractions import Fraction

from assessments.exchange.qti.native.source import NotPlain, Source
from assessments.qti.interactions import Interaction
from assessments.qti.tables import flag
from assessments.qti.values import BaseType, Cardinality
from assessments.questions.base import NONE, ONE, Html, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import plain
from assessments.questions.qti_asking.elements import identifier, whole_number
from assessments.questions.truth import TruthQuestion


def choice(source: Source) -> Question:
    interaction = source.one()
    element = interaction.element
    declared = source.item.declarations[interaction.response]
    many = declared.cardinality is not Cardinality.SINGLE
    most = whole_number(element, "maxChoices", 1)
    if declared.base_type is not BaseType.IDENTIFIER or (many and most == 1):
        raise NotPlain
    if whole_number(element, "minChoices", 0) > 1:
        raise NotPlain
    shares, whole, least = _of_choices(source, interaction, many)
    choices = tuple(
        Choice(
            identifier(each),
            source.inner(each),
            shares.get(identifier(each), source.default(interaction)),
            source.said(identifier(each)),
            flag(each.get("fixed"), False),
        )
        for each in element.findall("simpleChoice")
    )
    shuffle = flag(element.get("shuffle"), False)
    body = source.body({})
    truth = (
        _truth(source, choices, body) if not many and not shuffle and source.is_match() else None
    )
    return truth or ChoiceQuestion(
        **source.common,
        body=body,
        choices=choices,
        many=many,
        shuffle=shuffle,
        whole=whole,
        least=least,
        most=most if many and most < len(choices) else 0,
        numbering="none",
    )


def _of_choices(
    source: Source, interaction: Interaction, many: bool
) -> tuple[Mapping[str, Fraction], bool, Fraction]:
    """What each choice brings, whether only all right ones count, and the least of a sum."""
    correct = source.correct(interaction)
    if source.is_match() and correct:
        if not many and len(correct) != 1:
            raise NotPlain
        return {key: Fraction(1, len(correct)) for key in correct}, many, NONE
    if source.scoring.how != "map":
        raise NotPlain
    mapping = source.item.declarations[interaction.response].mapping
    shares = source.shares(interaction)
    assert mapping is not None
    lower, upper = (
        _share_of(each, source) for each in (mapping.bounds.lower, mapping.bounds.upper)
    )
    if (upper is not None and upper < ONE) or (lower is not None and lower > 0):
        raise NotPlain
    if not many:
        worst = min((*shares.values(), source.default(interaction)))
        if source.default(interaction) != 0 or (lower is not None and lower > worst):
            raise NotPlain
        return shares, False, NONE
    least = -ONE if lower is None else max(-ONE, lower)
    negative = any(share < 0 for share in (*shares.values(), source.default(interaction)))
    return shares, False, least if negative else NONE


def _share_of(bound: float, source: Source) -> Fraction | None:
    return None if bound in (float("inf"), float("-inf")) else Fraction(str(bound)) / source.most


def _truth(source: Source, choices: tuple[Choice, ...], body: Html) -> TruthQuestion | None:
    """A choice between “true” and “false” and nothing else."""
    words = [plain(each.html).casefold() for each in choices]
    if words != ["true", "false"]:
        return None
    return TruthQuestion(
        **source.common,
        body=body,
        right=choices[0].fraction == ONE,
        when_true=choices[0].feedback,
        when_false=choices[1].feedback,
    )
