"""Pairs, categories and orders of QTI 1.2."""

from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import OldItem
from assessments.exchange.qti.qti12_types.shared import (
    common,
    feedback_of,
    ident,
    labels_of,
    name_of_gap,
    right_texts,
    verdicts,
)
from assessments.questions.base import EMPTY, NONE, Html, Question
from assessments.questions.controls import Option
from assessments.questions.html import says_something
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.ordering import OrderingQuestion

_ = TranslationStringFactory("tutela")
NEITHER = Html("–")
"""What belongs to no category is put here."""


def matching(item: OldItem) -> Question:
    """To each thing belongs one of a list. Every row may have names of its own for the answers."""
    responses = item.responses("response_lid")
    beside = _answers_beside(item)
    answers: dict[Html, str] = {}
    texts: dict[str, Html] = {}
    for response in responses:
        for position, label in enumerate(labels_of(response)):
            text = item.html(*label.iterchildren())
            if not text and position < len(beside):
                text = beside[position]
            texts.setdefault(ident(label), text)
            if says_something(text):
                answers.setdefault(text, ident(label))
    pairs = []
    for position, response in enumerate(responses, 1):
        left = item.html(response)
        wanted = [test.text for test, _share in right_texts(item, ident(response))]
        right = texts.get(wanted[0], EMPTY) if wanted else EMPTY
        if not says_something(left) and right not in answers:
            continue
        pairs.append(Pair(str(position), left, answers.get(right, "")))
        if feedback_of(item, name_of_gap(response)):
            item.changed(
                _(
                    "What the file says to a single pair was left out: here all pairs are judged "
                    "together."
                ),
                response.sourceline or 0,
            )
    return MatchingQuestion(
        **common(item, item.stem()),
        pairs=tuple(pairs),
        answers=tuple(Option(key, text) for text, key in answers.items()),
        said=verdicts(item),
    )


def _answers_beside(item: OldItem) -> list[Html]:
    """The answers of Blackboard stand in a block of their own, in the order of the labels."""
    block = next(
        (
            each
            for each in item.presentation.iter("flow")
            if each.get("class") == "RIGHT_MATCH_BLOCK"
        ),
        None,
    )
    return [] if block is None else [item.html(each) for each in block.findall("flow")]


def categories(item: OldItem) -> Question:
    """Things into categories; what belongs to none has an answer of its own."""
    responses = item.responses("response_lid")
    things: dict[str, Html] = {}
    for response in responses:
        for label in labels_of(response):
            things.setdefault(ident(label), item.html(*label.iterchildren()))
    where = {
        test.text: ident(response)
        for response in responses
        for test, _share in right_texts(item, ident(response))
    }
    answers = [Option(ident(each), item.html(each)) for each in responses]
    if set(things) - set(where):
        answers.append(Option("neither", NEITHER))
        item.changed(
            _("Some things belong to no category. They belong to “–” here, which is to be chosen.")
        )
    return MatchingQuestion(
        **common(item, item.stem()),
        pairs=tuple(Pair(key, text, where.get(key, "neither")) for key, text in things.items()),
        answers=tuple(answers),
        said=verdicts(item),
    )


def ordering(item: OldItem) -> Question:
    """Things to be put in order."""
    response = next(iter(item.responses("response_lid", "response_grp")), None)
    if response is None:
        raise Broken(_("The question has nothing to put in order."), item.line)
    labels = {ident(each): item.html(*each.iterchildren()) for each in labels_of(response)}
    right = next(
        (
            [test.text for test in each.wanted]
            for each in item.conditions
            if (each.worth or NONE) > 0 or each.marked_right
        ),
        [],
    )
    if sorted(right) != sorted(labels):
        raise Broken(_("The file does not say the right order of all things."), item.line)
    ends = [item.html(each) for each in response.iter("material") if each.get("position")]
    body = Html(item.stem() + "".join(f"<p>{each}</p>" for each in ends))
    return OrderingQuestion(
        **common(item, body),
        items=tuple(Option(key, labels[key]) for key in right),
        said=verdicts(item),
    )
