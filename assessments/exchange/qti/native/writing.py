"""Items that are our short answer, our number, or our text with gaps."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from assessments.exchange.qti.native.source import NotPlain, Source
from assessments.exchange.shares import decimal
from assessments.qti.interactions import Interaction
from assessments.qti.tables import flag
from assessments.qti.values import BaseType, Cardinality
from assessments.questions.base import EMPTY, NONE, ONE, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.questions.qti_asking.elements import identifier
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.short_answers import escaped


def typed(source: Source) -> Question:
    interaction = source.one()
    question = _of_text(source, interaction, whole=ONE)
    return replace(question, **source.common, body=source.body({}))


def _of_text(source: Source, interaction: Interaction, whole: Fraction) -> Question:
    """A short answer or a number, without a text; ``whole`` of the mark is what it can bring."""
    declared = source.item.declarations[interaction.response]
    if declared.cardinality is not Cardinality.SINGLE or interaction.element.get("patternMask"):
        raise NotPlain
    correct = source.correct(interaction)
    if declared.base_type in (BaseType.INTEGER, BaseType.FLOAT):
        return _number(source, interaction, correct, whole)
    if declared.base_type is not BaseType.STRING:
        raise NotPlain
    if source.scoring.how == "match":
        if len(correct) != 1:
            raise NotPlain
        return _exactly({correct[0]: ONE}, case=True)
    mapping = declared.mapping
    if source.scoring.how != "map" or mapping is None:
        raise NotPlain
    cases = {entry.case_sensitive for entry in mapping.entries}
    if len(cases) != 1:
        raise NotPlain
    return _exactly(_shares_of_blank(source, interaction, whole), cases.pop())


def _exactly(shares: Mapping[str, Fraction], case: bool) -> ShortQuestion:
    """A text that is marked as QTI does: by the very signs."""
    alike = {text if case else text.casefold() for text in shares}
    if len(alike) < len(shares) or any(text != text.strip() for text in shares):
        # QTI looks for the very case first; and nobody here hands in a space at an end.
        raise NotPlain
    answers = tuple(
        TextAnswer(str(number), escaped(text), share)
        for number, (text, share) in enumerate(shares.items(), 1)
    )
    return ShortQuestion(name="", body=EMPTY, answers=answers, case=case, exact=True)


def _shares_of_blank(
    source: Source, interaction: Interaction, whole: Fraction
) -> dict[str, Fraction]:
    """What each answer brings of the whole that one blank can bring: nothing takes off, for what a
    blank here takes off is taken off the question."""
    mapping = source.item.declarations[interaction.response].mapping
    shares = {key: share / whole for key, share in source.shares(interaction).items()}
    assert mapping is not None  # shares are of one
    bounds = mapping.bounds
    if not shares or mapping.default != 0 or bounds.lower > 0 or min(shares.values()) < 0:
        raise NotPlain
    if bounds.upper < max(entry.worth for entry in mapping.entries):
        raise NotPlain
    return shares


def _number(
    source: Source, interaction: Interaction, correct: list[str], whole: Fraction
) -> NumericalQuestion:
    how = source.scoring
    if how.how in ("match", "equal"):
        value = decimal(correct[0]) if len(correct) == 1 else None
        if value is None:
            raise NotPlain
        answers: tuple[NumberAnswer, ...] = (NumberAnswer("1", value, ONE, how.error, how.rule),)
    else:
        rows = _shares_of_blank(source, interaction, whole).items()
        numbered = [(str(n), decimal(key), share) for n, (key, share) in enumerate(rows, 1)]
        if any(value is None for _n, value, _s in numbered):
            raise NotPlain
        answers = tuple(NumberAnswer(n, value, share) for n, value, share in numbered)
    return NumericalQuestion(name="", body=EMPTY, answers=answers)


def cloze(source: Source) -> Question:
    interactions = source.item.interactions
    if source.scoring.how == "map":
        if set(source.scoring.variables) != {each.response for each in interactions}:
            raise NotPlain
    elif len(interactions) != 1 or not (source.is_match() or source.scoring.how == "equal"):
        raise NotPlain
    gaps, places = [], {}
    for number, interaction in enumerate(interactions, 1):
        weight = _best_share(source, interaction)
        gaps.append(
            ClozeGap(str(number), _in_gap(source, interaction, weight), weight * source.most)
        )
        places[interaction.element] = f"[[{number}]]"
    if sum(gap.weight for gap in gaps) != source.most and source.scoring.how == "map":
        raise NotPlain
    return ClozeQuestion(**source.common, body=source.body(places), gaps=tuple(gaps))


def _best_share(source: Source, interaction: Interaction) -> Fraction:
    if source.scoring.how != "map":
        return ONE
    best = max(source.shares(interaction).values(), default=NONE)
    if best <= 0:
        raise NotPlain
    return best


def _in_gap(source: Source, interaction: Interaction, whole: Fraction) -> Question:
    if interaction.kind == "textEntryInteraction":
        return _of_text(source, interaction, whole)
    if source.scoring.how == "map":
        shares = _shares_of_blank(source, interaction, whole)
    else:
        shares = dict.fromkeys(source.correct(interaction), ONE)
    choices = tuple(
        Choice(identifier(each), source.inner(each), shares.get(identifier(each), NONE))
        for each in interaction.element.findall("inlineChoice")
    )
    shuffle = flag(interaction.element.get("shuffle"), False)
    return ChoiceQuestion(name="", body=EMPTY, choices=choices, shuffle=shuffle)
