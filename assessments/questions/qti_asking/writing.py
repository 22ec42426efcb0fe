"""Interactions in which something is written (QTI 2.2 §7)."""

import html
from typing import Any

from assessments import numbers
from assessments.qti.interactions import Interaction
from assessments.qti.values import Cardinality
from assessments.questions.base import Response
from assessments.questions.controls import Compose, Write
from assessments.questions.qti_asking.elements import whole_number
from assessments.questions.qti_asking.scene import MOST, Asking, Scene
from assessments.questions.qti_asking.values import (
    NUMBERS,
    is_many,
    listed,
    number_text,
    one_or_all,
    text_of,
)


def text_entry(interaction: Interaction, name: str, scene: Scene) -> Asking:
    declared = scene.declaration(interaction.response)
    numeric = declared is not None and (
        declared.base_type in NUMBERS or declared.cardinality is Cardinality.RECORD
    )
    many = is_many(scene, interaction) and not numeric
    also = str(interaction.element.get("stringIdentifier", "")).strip()

    def value(response: Response) -> Any:
        text = (*response.get(name, ()), "")[0]
        if not text:
            return None
        written = number_text(text, scene.form) if numeric else text
        return [written] if many else written

    def answer(given: Any) -> Response:
        values = [] if isinstance(given, dict) else listed(given)
        if not values:
            return {}
        text = text_of(values[0])
        if not numeric:
            return {name: (text,)}
        try:
            return {name: (numbers.write(numbers.read(text).value, scene.form),)}
        except numbers.NumberRefused:
            # An endless number can be declared as right, and nobody can type it.
            return {}

    def more(response: Response) -> dict[str, Any]:
        return {also: response[name][0]} if also and response.get(name) else {}

    width = whole_number(interaction.element, "expectedLength", 0)
    return Asking(
        interaction.response,
        f"[[{name}]]",
        [Write(name, width=min(width, 200), numeric=numeric)],
        value,
        answer,
        more=more,
    )


def extended_text(interaction: Interaction, name: str, scene: Scene) -> Asking:
    element = interaction.element
    many = is_many(scene, interaction)
    most = whole_number(element, "maxStrings", 0) or whole_number(element, "minStrings", 0)
    names = [name] if not many else [f"{name}-{n}" for n in range(1, min(most or 1, MOST) + 1)]
    rows = min(whole_number(element, "expectedLines", 0) or 12, 100)
    declared = scene.declaration(interaction.response)
    numeric = declared is not None and declared.base_type in NUMBERS

    def value(response: Response) -> Any:
        texts = [response[each][0] for each in names if response.get(each)]
        if numeric:
            texts = [number_text(each, scene.form) for each in texts]
        return one_or_all(texts, many)

    return Asking(
        interaction.response,
        "".join(f"<div>[[{each}]]</div>" for each in names),
        [Compose(each, rows=rows) for each in names],
        value,
        lambda given: {
            each: (text_of(text),) for each, text in zip(names, listed(given), strict=False)
        },
    )


def slider(interaction: Interaction, name: str, scene: Scene) -> Asking:
    lower, upper, step = (
        str(interaction.element.get(each, usual)).strip()
        for each, usual in (("lowerBound", "0"), ("upperBound", "100"), ("step", "1"))
    )
    made = text_entry(interaction, name, scene)
    made.html = f"<p>[[{name}]] ({html.escape(lower)} – {html.escape(upper)})</p>"
    made.controls = [Write(name, "", max(len(upper), len(step), 4), True)]
    return made
