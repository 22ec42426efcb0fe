"""Texts of QTI 1.2 with several blanks or lists in them."""

import html
from fractions import Fraction

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import OldItem
from assessments.exchange.qti.qti12_types.shared import (
    common,
    ident,
    labels_of,
    name_of_gap,
    right_texts,
)
from assessments.exchange.qti.qti12_types.texts import is_case, short, text_answers
from assessments.questions.base import EMPTY, NONE, ONE, Html, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.html import plain
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.short_answers import escaped as no_wildcard

_ = TranslationStringFactory("tutela")


def blanks(item: OldItem) -> Question:
    """Several blanks or lists in a text: ``[name]`` in it is the place of ``response_name``."""
    responses = item.responses("response_lid", "response_str", "response_num")
    if len(responses) == 1 and responses[0].tag != "response_lid":
        return short(item)
    body = item.stem()
    gaps = []
    for position, response in enumerate(responses, 1):
        names = dict.fromkeys((name_of_gap(response), plain(item.html(response))))
        for name in filter(None, names):
            body, found = _put(body, name, position)
            if found:
                break
        else:
            body = Html(f"{body} [[{position}]]")
        gaps.append(ClozeGap(str(position), _in_blank(item, response), _weight(item, response)))
    return ClozeQuestion(**common(item, body), gaps=tuple(gaps))


def _put(body: Html, name: str, position: int) -> tuple[Html, bool]:
    place = f"[{html.escape(name, quote=False)}]"
    at = body.find(place)
    if at < 0:
        return body, False
    start, end = at, at + len(place)
    while body[start - 1 : start] == "[" and body[end : end + 1] == "]":
        start, end = start - 1, end + 1
    return Html(f"{body[:start]}[[{position}]]{body[end:]}"), True


def _weight(item: OldItem, response: etree._Element) -> Fraction:
    for each in item.conditions:
        own = any(test.variable == ident(response) for test in each.wanted)
        if own and (each.worth or NONE) > 0 and len({t.variable for t in each.wanted}) == 1:
            return each.worth or ONE
    return ONE


def _in_blank(item: OldItem, response: etree._Element) -> Question:
    labels = labels_of(response)
    if response.tag != "response_lid":
        rows = right_texts(item, ident(response))
        if not rows:
            raise Broken(_("A blank has no right answer."), response.sourceline or item.line)
        case = is_case(test for test, _share in rows)
        whole = [(test, ONE) for test, _share in rows]
        return ShortQuestion(
            name="", body=EMPTY, answers=text_answers(item, whole, case), case=case
        )
    listed = {str(each.get("answer_type", "")).lower() for each in labels}
    if "dropdowns" in item.type or listed & {"dropdown", "wordbank"}:
        right = {test.text for test, _share in right_texts(item, ident(response))}
        choices = tuple(
            Choice(
                ident(each), item.html(*each.iterchildren()), ONE if ident(each) in right else NONE
            )
            for each in labels
        )
        return ChoiceQuestion(name="", body=EMPTY, choices=choices, shuffle=False)
    patterns = dict.fromkeys(_pattern(item, each) for each in labels)
    folded = {each.casefold(): each for each in reversed(patterns)}
    answers = tuple(
        TextAnswer(str(position), pattern, ONE)
        for position, pattern in enumerate((p for p in patterns if folded[p.casefold()] == p), 1)
    )
    return ShortQuestion(name="", body=EMPTY, answers=answers)


def _pattern(item: OldItem, label: etree._Element) -> str:
    """The text that a blank takes, as its way to compare has it."""
    text = no_wildcard(plain(item.html(*label.iterchildren())))
    how = str(label.get("scoring_algorithm", ""))
    if how == "TextContainsAnswer":
        return f"*{text}*"
    if how in ("TextRegex", "TextCloseEnough"):
        item.changed(
            _(
                "A blank takes texts that are like “${text}” (${how}). Here it takes just this "
                "text: check it.",
                mapping={"text": text, "how": how},
            ),
            label.sourceline or 0,
        )
    return text


def written_gaps(item: OldItem) -> Question:
    """Fields that stand between pieces of text."""
    gaps: list[ClozeGap] = []
    pieces: list[str] = []
    for element in item.presentation.iter("mattext", "response_str", "response_num"):
        if element.tag == "mattext":
            if next(element.iterancestors("response_str", "response_num"), None) is None:
                space = " " if pieces and (element.text or "")[:1] == " " else ""
                tail = " " if (element.text or "")[-1:] == " " else ""
                pieces.append(f"{space}{item.text(element)}{tail}")
            continue
        position = len(gaps) + 1
        gaps.append(ClozeGap(str(position), _in_blank(item, element), _weight(item, element)))
        pieces.append(f"[[{position}]]")
    if any(len({test.variable for test in each.wanted}) > 1 for each in item.conditions):
        item.changed(
            _("In the file only all blanks together count. Here each right one counts its share.")
        )
    return ClozeQuestion(**common(item, Html("".join(pieces).strip())), gaps=tuple(gaps))
