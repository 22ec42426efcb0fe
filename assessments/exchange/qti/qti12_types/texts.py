"""Short answers of QTI 1.2, texts that people mark, and texts to read."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from assessments.exchange.formats import one_line
from assessments.exchange.qti.qti12_source import OldItem, Test
from assessments.exchange.qti.qti12_types.shared import (
    RIGHT,
    WRONG,
    common,
    feedback_of,
    right_texts,
)
from assessments.questions.base import EMPTY, NONE, ONE, Html, Question
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import escaped
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.short_answers import escaped as no_wildcard


def text_answers(
    item: OldItem, rows: Iterable[tuple[Test, Fraction]], case: bool
) -> tuple[TextAnswer, ...]:
    found: dict[str, TextAnswer] = {}
    for test, share in rows:
        pattern = no_wildcard(one_line(test.text))
        if test.name == "varsubstring":
            pattern = f"*{pattern}*"
        if not test.text:
            continue
        key = pattern if case else pattern.casefold()
        said = feedback_of(item, test.text)
        found.setdefault(key, TextAnswer(str(len(found) + 1), pattern, share, said))
    return tuple(found.values())


def is_case(tests: Iterable[Test]) -> bool:
    return any(str(test.element.get("case", "")).lower() == "yes" for test in tests)


def _with_verdicts(item: OldItem, answers: tuple[TextAnswer, ...]) -> tuple[TextAnswer, ...]:
    """Texts have no words for right and wrong as such: each answer says them itself."""
    right, wrong = item.said(*RIGHT), item.said(*WRONG)
    told = tuple(
        replace(each, feedback=Html(each.feedback + right)) if each.fraction == ONE else each
        for each in answers
    )
    if wrong:
        told += (TextAnswer(str(len(told) + 1), "*", NONE, wrong),)
    return told


def short(item: OldItem) -> Question:
    """One text to be written."""
    rows = right_texts(item)
    if not rows:
        return essay(item)
    case = is_case(test for test, _share in rows)
    answers = _with_verdicts(item, text_answers(item, rows, case))
    body = item.stem() or item.html(*item.responses("response_str"))
    return ShortQuestion(**common(item, body), answers=answers, case=case)


def essay(item: OldItem) -> Question:
    """A text that a person marks."""
    response = next(iter(item.responses("response_str")), None)
    least, most = (
        (_words(response, "word_limit_min"), _words(response, "word_limit_max"))
        if response is not None and str(response.get("word_limit_enabled", "yes")).lower() != "no"
        else (0, 0)
    )
    body = item.stem() or (item.html(response) if response is not None else EMPTY)
    return EssayQuestion(
        **common(item, body), least_words=least, most_words=most, for_markers=to_notes(item)
    )


def _words(response: etree._Element, attribute: str) -> int:
    text = str(response.get(attribute, ""))
    return int(text[:6]) if text.isascii() and text.isdecimal() else 0


def to_notes(item: OldItem) -> Html:
    """What markers are told: notes, and a model answer where there is one."""
    notes = item.fields.get("grading_notes", "")
    solution = list(item.element.iter("solution"))
    return Html((escaped(notes) if notes else "") + item.html(*solution))


def reading(item: OldItem) -> Question:
    """A text without anything to answer."""
    extra = str(item.element.get("instructions", "")).strip()
    body = Html((f"<p>{escaped(extra)}</p>" if extra else "") + item.stem())
    return DescriptionQuestion(name=item.finish(body), body=body)
