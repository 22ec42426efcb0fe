"""The interaction that puts things in order (QTI 2.2 §7)."""

from collections.abc import Sequence
from typing import Any

from assessments.qti.interactions import Interaction
from assessments.questions.base import Response
from assessments.questions.controls import Put
from assessments.questions.qti_asking.elements import choices_of, options_of, whole_number
from assessments.questions.qti_asking.scene import Asking, Scene
from assessments.questions.qti_asking.values import listed


def _in_order(values: Sequence[str], count: int) -> list[str]:
    """Keys by the place that each was given; see :class:`assessments.questions.controls.Put`."""
    if not any(":" in value and value.rpartition(":")[2].isdecimal() for value in values):
        return list(values)
    placed = [value.rpartition(":")[::2] for value in values]
    numbered = [(int(place), key) for key, place in placed if place.isdecimal()]
    return [key for _place, key in sorted(numbered)][:count]


def order(interaction: Interaction, name: str, scene: Scene) -> Asking:
    options = options_of(choices_of(interaction), name, scene)
    most = whole_number(interaction.element, "maxChoices", 0) or len(options)

    def answer(value: Any) -> Response:
        keys = [str(each) for each in listed(value)]
        if len(keys) < len(options):
            # As the control reads it: in the order in which the things are shown.
            places = {key: place for place, key in enumerate(keys, 1)}
            keys = [f"{each.key}:{places[each.key]}" for each in options if each.key in places]
        return {name: tuple(keys)} if keys else {}

    return Asking(
        interaction.response,
        f"<div>[[{name}]]</div>",
        [Put(name, options=options)],
        lambda response: _in_order(response.get(name, ()), most) or None,
        answer,
    )
