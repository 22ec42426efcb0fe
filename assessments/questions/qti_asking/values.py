"""Responses as values of response variables, and the inverse (QTI 2.2 §7)."""

from collections.abc import Callable, Sequence
from typing import Any

from assessments import numbers
from assessments.qti.interactions import Interaction
from assessments.qti.values import BaseType, Cardinality
from assessments.questions.base import Response
from assessments.questions.qti_asking.scene import Scene

NUMBERS = frozenset({BaseType.INTEGER, BaseType.FLOAT})


def is_many(scene: Scene, interaction: Interaction) -> bool:
    declared = scene.declaration(interaction.response)
    return declared is not None and declared.cardinality is not Cardinality.SINGLE


def listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def pairs_of(value: Any) -> list[tuple[str, str]]:
    """The pairs or points of a value, as JSON or a document has them: two words each."""
    halves = (str(each).split() for each in listed(value))
    return [(each[0], each[1]) for each in halves if len(each) == 2]


def text_of(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def number_text(text: str, form: numbers.NumberFormat) -> str:
    """A number as QTI writes it, from how a person wrote it; as it is when it is none."""
    try:
        value = numbers.read(text, form).value
    except numbers.NumberRefused:
        return text
    return str(int(value)) if value == int(value) else str(value)


def one_or_all(values: Sequence[Any], many: bool) -> Any:
    if many:
        return list(values) or None
    return values[0] if values else None


def chosen_by(name: str, many: bool) -> Callable[[Response], Any]:
    return lambda response: one_or_all(list(response.get(name, ())), many)


def as_chosen(name: str) -> Callable[[Any], Response]:
    def answer(value: Any) -> Response:
        keys = sorted(str(each) for each in listed(value))
        return {name: tuple(keys)} if keys else {}

    return answer
