"""The texts of a question by their paths, and a question in another language.

What a short answer accepts is translated too: under the path of an accepted answer
(``answers/0/text``) a translation has the patterns that stand for it in that language, one a line.
The share of the mark and the key stay the answer's own, so that a word and its translation bring
the same, and are one answer in the statistics.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from html import escape
from typing import Any, get_type_hints

from assessments.questions.base import NONE, Question
from assessments.questions.html import Html
from assessments.questions.short import ANYTHING, TextAnswer

WORDS = frozenset({"label", "alt"})
"""Fields of plain text that are read by learners."""
FOR_MARKERS = "for_markers"
BLOCK = re.compile(r"<(?:p|div|[uod]l|table|h[3-6]|blockquote|pre|figure|details|hr)\b")
Pick = Callable[[Any], frozenset[str]]
"""The fields of a part of a question that are meant."""


def texts(question: Question) -> dict[str, str]:
    """Every text that a learner reads, by its path: ``{"body": …, "choices/0/html": …}``."""
    return dict(_found(question, "", lambda part: _read(part.__class__)))


def accepted(question: Question) -> dict[str, str]:
    """The patterns of every short answer that is looked for, by their paths. What stands for every
    other answer needs no translation."""
    return dict(_found(question, "", _looked_for))


def translatable(question: Question) -> dict[str, str]:
    """All of :func:`texts` and :func:`accepted`, in the order of the question."""
    return dict(_found(question, "", lambda part: _read(part.__class__) | _looked_for(part)))


def untold(question: Question, language: str) -> frozenset[str]:
    """The paths of the accepted answers of questions and gaps that accept nothing in a language for
    which there is credit, so that only the original's answers bring anything."""
    translated = question.translations.get(language, {})
    lists: dict[str, list[str]] = {}
    for place in accepted(question):
        lists.setdefault(place.rpartition("answers/")[0], []).append(place)
    worth = dict(_found(question, "", _with_credit))
    return frozenset(
        place
        for places in lists.values()
        if not any(translated.get(each) for each in places if each in worth)
        for place in places
    )


def is_plain(place: str) -> bool:
    """Whether what stands at a path has no formatting."""
    return place.rpartition("/")[2] in WORDS or is_accepted(place)


def is_accepted(place: str) -> bool:
    """Whether a path is that of an answer that is accepted."""
    return bool(re.search(r"(?:^|/)answers/[0-9]+/text$", place))


def patterns(text: str) -> list[str]:
    """The patterns that a translation has for an accepted answer: one a line, each once."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(filter(None, lines)))


@cache
def _read(kind: type) -> frozenset[str]:
    kinds = get_type_hints(kind)
    html = {name for name, each in kinds.items() if each is Html and name != FOR_MARKERS}
    return frozenset(html | (WORDS & kinds.keys()))


def _looked_for(part: Any) -> frozenset[str]:
    sought = isinstance(part, TextAnswer) and part.text.strip() != ANYTHING
    return frozenset({"text"} if sought else ())


def _with_credit(part: Any) -> frozenset[str]:
    return _looked_for(part) if getattr(part, "fraction", NONE) > NONE else frozenset()


def _found(value: Any, path: str, pick: Pick) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _found(each, f"{path}{number}/", pick)
    elif is_dataclass(value):
        picked = pick(value)
        for field in fields(value):
            found = getattr(value, field.name)
            if field.name not in picked:
                yield from _found(found, f"{path}{field.name}/", pick)
            elif found:
                yield f"{path}{field.name}", found


def spoken_as(question: Question, language: str) -> str:
    """The language in which somebody reads a question who reads ``language``; empty for its own.

    That is the language itself, or else one that differs only by its country: who reads French is
    better served by the French of Canada than by English, and the other way round.
    """
    told = [code for code, each in sorted(question.translations.items()) if each]
    if language in told:
        return language
    base = language.partition("-")[0]
    if question.language.partition("-")[0] == base:
        return ""
    alike = [code for code in told if code.partition("-")[0] == base]
    return alike[0] if alike else ""


def in_language(question: Question, language: str) -> Question:
    """The question in a language: what is not translated stays as it is, and says in which language
    it is. A question of which nothing is translated stays in its own.

    Accepted answers in that language come before those of the original, which go on to count: some
    learn a subject in one language and read the pages in another, and a part of the answers may
    not be translated.
    """
    spoken = spoken_as(question, language)
    if not spoken:
        return question
    put = _Put(question.translations[spoken], question.language, spoken)
    return replace(put.into(question, ""), language=spoken)


class _Put:
    """Puts translations in their places."""

    def __init__(self, translated: Mapping[str, str], before: str, language: str):
        self._translated = translated
        self._before = before
        self._language = language

    def into(self, value: Any, path: str) -> Any:
        if isinstance(value, tuple):
            return tuple(
                found
                for number, each in enumerate(value)
                for found in self._members(each, f"{path}{number}/")
            )
        if not is_dataclass(value) or isinstance(value, type):
            return value
        read = _read(value.__class__)
        kinds = get_type_hints(type(value))
        changed = {}
        for field in fields(value):
            found = getattr(value, field.name)
            place = f"{path}{field.name}"
            if field.name not in read:
                changed[field.name] = self.into(found, f"{place}/")
            elif text := self._translated.get(place):
                changed[field.name] = text
            elif kinds[field.name] is Html:
                changed[field.name] = _marked(found, self._before)
        return replace(value, **changed)

    def _members(self, value: Any, path: str) -> list[Any]:
        """What a member of a list is in the language; an accepted answer becomes several."""
        put = self.into(value, path)
        if not _looked_for(value):
            return [put]
        lines = patterns(self._translated.get(f"{path}text", ""))
        ours = [replace(put, text=line, language=self._language) for line in lines]
        return [*ours, replace(put, language=self._before)]


def _marked(html: Html, language: str) -> Html:
    """A text that stays in its own language among others, so that it is read out and set right."""
    if not html or not language:
        return html
    box = "div" if BLOCK.search(html) else "span"
    return Html(f'<{box} lang="{escape(language)}" dir="auto">{html}</{box}>')
