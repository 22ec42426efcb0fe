"""Translations of a question that was edited: each goes on with the text that it translates.

A translation is kept by the place of its text (``choices/0/html``). When answers change places,
are added or taken out, the places change; what has a key is found by that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from assessments.questions.base import Question

Translations = Mapping[str, Mapping[str, str]]


def carried(before: Question, after: Question) -> dict[str, dict[str, str]]:
    """The translations of a question as it was, at the places that their texts have now.

    What translates something that is gone is gone too.
    """
    new_places = {stable: place for place, stable in _stable(after)}
    moved = {place: new_places[stable] for place, stable in _stable(before) if stable in new_places}
    found = {
        language: {moved[place]: text for place, text in texts.items() if place in moved}
        for language, texts in before.translations.items()
    }
    return {language: texts for language, texts in found.items() if texts}


def _stable(question: Question) -> list[tuple[str, str]]:
    """Each place with a name that stays when things change places."""
    return list(_walk(question, "", ""))


def _walk(value: Any, place: str, stable: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _walk(each, f"{place}{number}/", f"{stable}{_mark(each, number)}/")
    elif is_dataclass(value):
        for field in fields(value):
            found = getattr(value, field.name)
            if isinstance(found, str):
                yield f"{place}{field.name}", f"{stable}{field.name}"
            else:
                yield from _walk(found, f"{place}{field.name}/", f"{stable}{field.name}/")


def _mark(value: Any, number: int) -> str:
    """What tells a member of a list from the others wherever it stands: its key or its name. A hint
    has none: it is told by its text."""
    inner = getattr(value, "area", value)
    for name in ("key", "name", "html"):
        if found := getattr(inner, name, ""):
            return f"={found}"
    return str(number)
