"""The texts of a question by their paths, and a question in another language."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_type_hints

from assessments.questions.base import Question
from assessments.questions.html import Html

WORDS = frozenset({"label", "alt"})
"""Fields of plain text that are read by learners."""


def texts(question: Question) -> dict[str, str]:
    """Every text that a learner reads, by its path: ``{"body": …, "choices/0/html": …}``."""
    return dict(_texts(question, ""))


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _texts(each, f"{path}{number}/")
    elif is_dataclass(value):
        kinds = get_type_hints(type(value))
        for field in fields(value):
            found = getattr(value, field.name)
            if kinds[field.name] is Html or field.name in WORDS:
                if found and field.name != "for_markers":
                    yield f"{path}{field.name}", found
            else:
                yield from _texts(found, f"{path}{field.name}/")


def in_language(question: Question, language: str) -> Question:
    """The question in a language: what is not translated stays as it is. A question of which
    nothing is translated stays in its own."""
    translated = question.translations.get(language)
    if not translated:
        return question
    return replace(_put(question, translated, ""), language=language)


def _put(value: Any, translated, path: str) -> Any:
    if isinstance(value, tuple):
        return tuple(
            _put(each, translated, f"{path}{number}/") for number, each in enumerate(value)
        )
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {}
    for field in fields(value):
        found = getattr(value, field.name)
        place = f"{path}{field.name}"
        changed[field.name] = (
            translated[place] or found
            if place in translated
            else _put(found, translated, f"{place}/")
        )
    return replace(value, **changed)
