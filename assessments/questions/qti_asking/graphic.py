"""Interactions that lie on a picture (QTI 2.2 §7): as lists where another has the picture."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from assessments.qti.interactions import Interaction
from assessments.questions.base import Html, Response
from assessments.questions.controls import Area, Choose, Control, Option, Pick, Picture, Point
from assessments.questions.qti_asking.elements import (
    choices_of,
    identifier,
    options_of,
    whole_number,
)
from assessments.questions.qti_asking.pairing import fitting, pairs_by_control
from assessments.questions.qti_asking.pictures import (
    NO_PICTURE,
    area_of,
    box_of,
    picture_html,
    picture_of,
)
from assessments.questions.qti_asking.scene import MOST, Asking, Scene
from assessments.questions.qti_asking.values import (
    as_chosen,
    chosen_by,
    is_many,
    listed,
    one_or_all,
    pairs_of,
)


def _graphic(interaction: Interaction, scene: Scene) -> tuple[Picture | None, str]:
    """The picture that controls lie on, and its HTML when they cannot: another has the place."""
    picture = picture_of(interaction)
    if picture is not None and picture.width and picture.height and scene.picture_is_free:
        return picture, ""
    return None, picture_html(picture)


def _areas(
    elements: Iterable[etree._Element], name: str, scene: Scene, picture: Picture | None
) -> list[Area]:
    seen = {identifier(each): each for each in elements if scene.shown(each)}
    return [
        area_of(seen[key], picture or NO_PICTURE)
        for key in scene.order(name, list(seen))
        if key in seen
    ]


def _named(areas: Sequence[Area]) -> list[str]:
    """What to call areas where they cannot be seen by their numbers."""
    return [area.label or str(number) for number, area in enumerate(areas, 1)]


def _named_options(areas: Sequence[Area]) -> tuple[Option, ...]:
    """Areas to choose from where they cannot be seen."""
    return tuple(
        Option(area.key, Html(html.escape(label)))
        for area, label in zip(areas, _named(areas), strict=True)
    )


def _place(area: Area, picture: Picture | None) -> tuple[int, int, int, int] | None:
    return box_of(area) if picture is not None else None


def hotspot(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    areas = _areas(choices_of(interaction), name, scene, picture)
    most = whole_number(interaction.element, "maxChoices", 1)
    many = is_many(scene, interaction) and most != 1
    if picture is None:
        options = _named_options(areas)
        control: Control = Choose(name, "", options, many, most if many else 0)
    else:
        control = Point(name, areas=tuple(areas), many=many, most=most if many else 0)
    return Asking(
        interaction.response,
        shown,
        [control],
        chosen_by(name, is_many(scene, interaction)),
        as_chosen(name),
        picture,
    )


def graphic_order(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    areas = _areas(choices_of(interaction), name, scene, picture)
    most = whole_number(interaction.element, "maxChoices", 0) or len(areas)
    names = {area.key: f"{name}-{number}" for number, area in enumerate(areas, 1)}
    options = tuple(Option(str(n), Html(str(n))) for n in range(1, min(most, len(areas)) + 1))

    def value(response: Response) -> Any:
        places = [
            (int(given[0]), key)
            for key, own in names.items()
            if (given := response.get(own)) and given[0].isdecimal()
        ]
        return [key for _place, key in sorted(places)] or None

    return Asking(
        interaction.response,
        shown,
        [Pick(names[area.key], area.label, options, place=_place(area, picture)) for area in areas],
        value,
        lambda given: {
            names[str(key)]: (str(place),)
            for place, key in enumerate(listed(given), 1)
            if str(key) in names
        },
        picture,
    )


def graphic_associate(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    elements = choices_of(interaction)
    areas = _areas(elements, name, scene, picture)
    labels = dict(zip([area.key for area in areas], _named(areas), strict=True))
    options = _named_options(areas)
    names = {area.key: f"{name}-{number}" for number, area in enumerate(areas, 1)}
    as_lists = picture is None or len(areas) > MOST
    controls: list[Control] = []
    for area in areas:
        others = tuple(option for option in options if option.key != area.key)
        controls.append(
            Choose(names[area.key], labels[area.key], others, many=True)
            if as_lists
            else Pick(names[area.key], area.label, others, place=_place(area, picture))
        )
    many = is_many(scene, interaction)

    def value(response: Response) -> Any:
        found: dict[frozenset[str], str] = {}
        for key, own in names.items():
            for other in response.get(own, ()):
                found.setdefault(frozenset((key, other)), f"{key} {other}")
        return one_or_all(list(found.values()), many)

    made = Asking(interaction.response, shown, list(controls), value, picture=picture)

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for one, other in pairs_of(given):
            # One place can say one pair; a pair may be said at either of its ends.
            if names.get(one) in found or one not in names:
                one, other = other, one
            if one in names:
                found[names[one]] = (other,)
        return found

    made.answer = answer
    return made


def graphic_gap_match(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    elements = choices_of(interaction)
    controls: list[Control] = []
    places = []
    words = options_of(elements, name, scene)
    hotspots = list(interaction.element.iter("associableHotspot"))
    for number, element in enumerate(hotspots, 1):
        area = area_of(element, picture or NO_PICTURE)
        options = fitting(element, elements, words)
        uses = min(whole_number(element, "matchMax", 1) or len(elements), 4)
        left, top, width, height = box_of(area)
        for use in range(uses):
            own = f"{name}-{number}" if uses == 1 else f"{name}-{number}-{use + 1}"
            strip = (left + use * width // uses, top, max(1, width // uses), height)
            place = strip if picture is not None else None
            controls.append(Pick(own, area.label, options, name, place))
            places.append((own, identifier(element)))
    return pairs_by_control(
        Asking(interaction.response, shown, controls, picture=picture),
        places,
        False,
        is_many(scene, interaction),
    )
