"""Interactions whose answer is pairs (QTI 2.2 §7)."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from assessments.qti.interactions import Interaction
from assessments.questions.base import Response
from assessments.questions.controls import Choose, Control, Option, Pick
from assessments.questions.html import plain
from assessments.questions.qti_asking.elements import (
    choices_of,
    identifier,
    options_of,
    orders_of,
    whole_number,
)
from assessments.questions.qti_asking.scene import MOST, Asking, Scene
from assessments.questions.qti_asking.values import is_many, one_or_all, pairs_of


def associate(interaction: Interaction, name: str, scene: Scene) -> Asking:
    elements = choices_of(interaction)
    options = options_of(elements, name, scene)
    count = whole_number(interaction.element, "maxAssociations", 1) or _associations(elements)
    pairs = [(f"{name}-{n}-a", f"{name}-{n}-b") for n in range(1, min(count, MOST) + 1)]
    many = is_many(scene, interaction)

    def value(response: Response) -> Any:
        halves = ([*response.get(a, ()), *response.get(b, ())] for a, b in pairs)
        return one_or_all([f"{each[0]} {each[1]}" for each in halves if len(each) == 2], many)

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for (a, b), (one, other) in zip(pairs, pairs_of(given), strict=False):
            found |= {a: (one,), b: (other,)}
        return found

    # The dash stays with what it leads to where both do not fit beside each other.
    rows = "".join(f"<li>[[{a}]] <span>– [[{b}]]</span></li>" for a, b in pairs)
    return Asking(
        interaction.response,
        f"<ul>{rows}</ul>",
        [Pick(half, options=options) for pair in pairs for half in pair],
        value,
        answer,
    )


def _associations(elements: Sequence[etree._Element]) -> int:
    """How many pairs can be made when the interaction does not say."""
    uses = [whole_number(each, "matchMax", 1) or len(elements) - 1 for each in elements]
    return max(1, sum(uses) // 2)


def match(interaction: Interaction, name: str, scene: Scene) -> Asking:
    (rows_name, rows, _shuffle), (columns_name, columns, _also) = (
        *orders_of(interaction, name),
        ("", [], False),
        ("", [], False),
    )[:2]
    by_key = {identifier(each): each for each in rows}
    names = {key: f"{name}-{number}" for number, key in enumerate(by_key, 1)}
    lines: list[str] = []
    controls: list[Control] = []
    all_columns = options_of(columns, columns_name, scene)
    for row in options_of(rows, rows_name, scene):
        options = fitting(by_key[row.key], columns, all_columns)
        label = plain(row.html)
        if whole_number(by_key[row.key], "matchMax", 1) == 1:
            controls.append(Pick(names[row.key], label, options))
        else:
            most = whole_number(by_key[row.key], "matchMax", 1)
            controls.append(Choose(names[row.key], label, options, many=True, most=most))
        lines.append(f'<tr><th scope="row">{row.html}</th><td>[[{names[row.key]}]]</td></tr>')
    return pairs_by_control(
        Asking(
            interaction.response, f"<table><tbody>{''.join(lines)}</tbody></table>", list(controls)
        ),
        [(names[key], key) for key in names],
        True,
        is_many(scene, interaction),
    )


def gap_match(interaction: Interaction, name: str, scene: Scene) -> Asking:
    elements = choices_of(interaction)
    controls, places = [], []
    words = options_of(elements, name, scene)
    for number, gap in enumerate(interaction.element.iter("gap"), 1):
        options = fitting(gap, elements, words)
        controls.append(Pick(f"{name}-{number}", options=options, group=name))
        places.append((f"{name}-{number}", identifier(gap)))
    inner = scene.inner(interaction.element)
    return pairs_by_control(
        Asking(interaction.response, inner, list(controls)),
        places,
        False,
        is_many(scene, interaction),
    )


def fitting(
    place: etree._Element, elements: Sequence[etree._Element], options: Sequence[Option]
) -> tuple[Option, ...]:
    """The options that may be put at a place: they are made once for all places."""
    fits = {identifier(each) for each in elements if _may_meet(place, each)}
    return tuple(option for option in options if option.key in fits)


def _may_meet(one: etree._Element, other: etree._Element) -> bool:
    """Whether match groups let two choices be put together."""
    groups, others = (str(each.get("matchGroup", "")).split() for each in (one, other))
    return (not groups or identifier(other) in groups) and (not others or identifier(one) in others)


def pairs_by_control(
    made: Asking, places: Sequence[tuple[str, str]], place_first: bool, many: bool
) -> Asking:
    """Pairs of which one half is a control and the other what was chosen there.

    :param places: controls and the identifiers they stand for; one may have several controls
    """

    def value(response: Response) -> Any:
        found = [
            f"{key} {chosen}" if place_first else f"{chosen} {key}"
            for name, key in places
            for chosen in response.get(name, ())
        ]
        return one_or_all(found, many)

    several = {control.name for control in made.controls if getattr(control, "many", False)}

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for pair in pairs_of(given):
            key, chosen = pair if place_first else (pair[1], pair[0])
            for name in [name for name, own in places if own == key]:
                if name in several:
                    found[name] = tuple(sorted((*found.get(name, ()), chosen)))
                    break
                if name not in found:
                    found[name] = (chosen,)
                    break
        return found

    made.value, made.answer = value, answer
    return made
