"""Choices of QTI 1.2, and what is true or false."""

from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import OldItem
from assessments.exchange.qti.qti12_types.shared import (
    RIGHT,
    WRONG,
    common,
    feedback_of,
    ident,
    labels_of,
    verdicts,
)
from assessments.questions.base import NONE, ONE, Html, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.html import plain
from assessments.questions.truth import TruthQuestion

_ = TranslationStringFactory("tutela")


def choice(item: OldItem) -> Question:
    """Multiple choice, multiple answers, true or false."""
    responses = item.responses("response_lid")
    if not responses:
        raise Broken(_("The question has no answers to choose from."), item.line)
    response = responses[0]
    labels = labels_of(response)
    many = str(response.get("rcardinality", "")).lower() == "multiple" or "multiple_answer" in (
        item.type.replace(" ", "_")
    )
    shares, whole = _shares(item, [ident(each) for each in labels], many)
    choices = tuple(
        Choice(
            ident(each),
            item.html(*each.iterchildren()),
            shares.get(ident(each), NONE),
            feedback_of(item, ident(each)),
            fixed=str(each.get("rshuffle", "")).lower() == "no",
        )
        for each in labels
    )
    body = item.stem() or item.html(response)
    words = [plain(each.html).strip().casefold() for each in choices]
    if not many and sorted(words) == ["false", "true"]:
        return _truth(item, body, choices, words)
    rendered = next(response.iter("render_choice"), None)
    shuffle = rendered is not None and str(rendered.get("shuffle", "")).lower() == "yes"
    return ChoiceQuestion(
        **common(item, body),
        choices=choices,
        many=many,
        whole=whole,
        shuffle=shuffle,
        numbering="none",
        said=verdicts(item),
    )


def _truth(
    item: OldItem, body: Html, choices: tuple[Choice, ...], words: list[str]
) -> TruthQuestion:
    by_word = dict(zip(words, choices, strict=True))
    right = by_word["true"].fraction == ONE
    extra = {True: item.said(*RIGHT), False: item.said(*WRONG)}
    return TruthQuestion(
        **common(item, body),
        right=right,
        when_true=Html(by_word["true"].feedback + extra[right]),
        when_false=Html(by_word["false"].feedback + extra[not right]),
    )


def _shares(item: OldItem, keys: list[str], many: bool) -> tuple[dict[str, Fraction], bool]:
    """What each answer brings of the mark, and whether only all right ones together count."""
    scored = [each for each in item.conditions if each.worth is not None and each.wanted]
    exact = [each for each in scored if (each.worth or 0) > 0 and len(each.tests) > 1]
    if many and exact:
        right = [test.text for test in exact[0].wanted if test.text in keys]
        return {key: Fraction(1, len(right)) for key in right}, True
    worths: dict[str, Fraction] = {}
    for each in scored:
        for test in each.wanted:
            if test.text in keys:
                worths[test.text] = worths.get(test.text, NONE) + (each.worth or NONE)
    if not any(worth > 0 for worth in worths.values()):
        marked = [
            test.text
            for each in item.conditions
            if each.marked_right
            for test in each.wanted
            if test.text in keys
        ]
        if not marked:
            raise Broken(_("The file does not say which answer is right."), item.line)
        worths = dict.fromkeys(marked, ONE)
        item.changed(_("The answers bring no points in the file. The right one brings all here."))
    above = [worth for worth in worths.values() if worth > 0]
    best = sum(above, NONE) if many else max(above)
    whole = many and item.fields.get("scoring_algorithm", "").lower() == "allornothing"
    return {key: max(-ONE, worth / best) for key, worth in worths.items()}, whole
