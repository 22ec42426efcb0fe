"""The texts of a question in other languages, side by side with what they translate."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from babel import Locale, UnknownLocaleError
from translationstring import TranslationString, TranslationStringFactory

from assessments.bank import writing
from assessments.bank.refusals import BankRefused
from assessments.questions.base import Question
from assessments.questions.html import Html
from assessments.questions.texts import (
    accepted,
    in_language,
    is_accepted,
    is_plain,
    patterns,
    translatable,
    untold,
)
from assessments.short_answers import MAX_LENGTH

_ = TranslationStringFactory("tutela")

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

CALLED: dict[str, TranslationString | None] = {
    "body": _("Question"),
    "feedback": _("What is said to it"),
    "hints": _("Hint"),
    "choices": _("Answer"),
    "answers": _("Answer"),
    "when_true": _("What is said to “true”"),
    "when_false": _("What is said to “false”"),
    "pairs": _("Pair"),
    "items": _("Step"),
    "gaps": _("Gap"),
    "words": _("Word"),
    "zones": _("Place"),
    "areas": _("Place"),
    "picture": _("Picture"),
    "rubric": _("Criterion"),
    "levels": _("Level"),
    "right": _("To a right answer"),
    "partly": _("To a partly right answer"),
    "wrong": _("To a wrong answer"),
    "area": None,
    "said": None,
    "question": None,
    "html": None,
    "label": None,
    "text": None,
    "alt": _("The picture in words"),
}
"""What the steps of a text's path are called; those that say nothing to an author are left out."""
EVERYBODY = _("Explanation for everybody")


@dataclass(frozen=True)
class Row:
    """One text.

    :param place: its path (:mod:`assessments.questions.texts`)
    :param where: what it is, from the outside to the inside
    :param original: as HTML; :param text: of the translation, as it is written
    :param plain: whether it has no formatting
    :param accepted: whether it is no text that is read, but an answer that is looked for; its
        translation has a pattern in each line
    :param missing: whether a translation is wanted and not there
    """

    place: str
    where: tuple[TranslationString | str, ...]
    original: Html
    text: str
    plain: bool
    accepted: bool
    missing: bool


def check_language(code: str) -> str:
    """:raises BankRefused: when it is no code of a language"""
    code = code.strip()
    if not LANGUAGE.fullmatch(code):
        raise BankRefused(_("Write the short code of a language, such as fr or ar."))
    return code


def direction(language: str) -> str:
    """``rtl`` or ``ltr``: which way a language is written, as far as it is known."""
    try:
        return Locale.parse(language.partition("-")[0]).text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"


def rows(question: Question, language: str) -> list[Row]:
    """Every text of a question with its translation, and every answer that it accepts, in
    the order of the question."""
    translated = question.translations.get(language, {})
    without = untold(question, language)
    return [
        Row(
            place,
            where(place),
            Html(text),
            _written(place, translated.get(place, "")),
            is_plain(place),
            is_accepted(place),
            place in without if is_accepted(place) else not translated.get(place),
        )
        for place, text in translatable(question).items()
    ]


def _written(place: str, text: str) -> str:
    return text if is_plain(place) else writing.to_text(Html(text))


def where(place: str) -> tuple[TranslationString | str, ...]:
    """What a text is: ``choices/0/html`` is answer 1."""
    if place == "feedback":
        return (EVERYBODY,)
    found: list[TranslationString | str] = []
    for step in place.split("/"):
        if step.isdecimal():
            found.append(str(int(step) + 1))
        elif words := CALLED.get(step):
            found.append(words)
    return tuple(found)


def missing(question: Question, language: str) -> int:
    """How many texts have no translation."""
    return sum(row.missing for row in rows(question, language) if not row.accepted)


def problems(question: Question, language: str) -> list[TranslationString]:
    """Why it cannot be asked with the answers that are accepted in a language."""
    translated = question.translations.get(language, {})
    lines = [line for place in accepted(question) for line in patterns(translated.get(place, ""))]
    found = question.problems()
    if any(len(line) > MAX_LENGTH for line in lines):
        found.append(_("An answer has more than ${most} characters.", {"most": MAX_LENGTH}))
    elif lines and not found and in_language(question, language).right_response({}) is None:
        found.append(
            _(
                "No answer brings the whole mark. Give one answer 100 %, and let none before it "
                "take its text."
            )
        )
    return found


def translate(question: Question, language: str, given: Mapping[str, str]) -> Question:
    """The question with the translations of a form, by place; empty ones are taken out."""
    before = question.translations.get(language, {})
    found = {}
    for place in translatable(question):
        typed = given.get(place, "")
        if is_accepted(place):
            text: str = "\n".join(patterns(typed))
        elif is_plain(place):
            text = " ".join(typed.split())
        else:
            text = writing.changed(typed, Html(before.get(place, "")))
        if text:
            found[place] = text
    others = {code: each for code, each in question.translations.items() if code != language}
    if found:
        others[language] = found
    return replace(question, translations=others)
