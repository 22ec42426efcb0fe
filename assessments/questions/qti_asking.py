"""How each interaction of QTI is asked with our own controls, and what an answer is as its response
variable (QTI 2.2 §7).

Identifiers of an item are the keys of options, which never leave the server.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, pi, prod, sin
from typing import Any

from lxml import etree
from translationstring import TranslationStringFactory

from assessments import numbers
from assessments.qti.declarations import Declaration
from assessments.qti.interactions import Interaction
from assessments.qti.tables import flag
from assessments.qti.values import BaseType, Cardinality
from assessments.questions.base import Html, Response
from assessments.questions.controls import (
    Area,
    Attach,
    Choose,
    Compose,
    Control,
    Option,
    Pick,
    Picture,
    Point,
    Put,
    Write,
)
from assessments.questions.html import FILES, plain, safe

_ = TranslationStringFactory("tutela")

MOST = 20
"""Controls of one interaction where the item sets no limit of its own."""
CORNERS = 24
"""Of the outline that stands for an ellipse."""
NUMBERS = frozenset({BaseType.INTEGER, BaseType.FLOAT})
UNSEEN = frozenset({"mediaInteraction", "endAttemptInteraction"})
"""Interactions without anything to fill in: a sound is listened to, a button ends nothing here."""
STRANGE = frozenset({"customInteraction", "portableCustomInteraction"})
"""Interactions that a program of the item's author runs: none is run here."""


@dataclass
class Asking:
    """One interaction as it is asked.

    :param html: what stands in its place in the text
    :param value: a response as the response variable; None for no answer
    :param answer: the inverse: a value (as JSON has it) as a response
    :param variable: identifier of the response variable
    """

    variable: str
    html: str = ""
    controls: list[Control] = field(default_factory=list)
    value: Callable[[Response], Any] = lambda _response: None
    answer: Callable[[Any], Response] = lambda _value: {}
    picture: Picture | None = None
    more: Callable[[Response], dict[str, Any]] = lambda _response: {}


@dataclass(frozen=True)
class Scene:
    """What an interaction is asked within.

    :param inner: the content of an element as HTML, without what is hidden
    :param order: of the choices of a control, by their identifiers
    :param shown: whether an element is to be seen
    :param form: how the learner writes numbers
    :param picture_is_free: whether nothing else lies on the question's picture yet
    """

    inner: Callable[[etree._Element], str]
    order: Callable[[str, list[str]], list[str]]
    shown: Callable[[etree._Element], bool]
    declaration: Callable[[str], Declaration | None]
    form: numbers.NumberFormat
    picture_is_free: bool


def asking(interaction: Interaction, name: str, scene: Scene) -> Asking:
    """How an interaction is asked; ``name`` begins the names of its controls."""
    build = BUILDERS.get(interaction.kind)
    if build is None:
        return Asking(interaction.response)
    found = build(interaction, name, scene)
    prompt = interaction.element.find("prompt")
    if prompt is not None:
        found.html = f"<div>{scene.inner(prompt)}</div>{found.html}"
    return found


def orders_of(interaction: Interaction, name: str) -> list[tuple[str, list[etree._Element], bool]]:
    """The sets of choices that have an order of their own: name, elements, whether chance orders
    them."""
    shuffle = flag(interaction.element.get("shuffle"), False)
    if interaction.kind == "matchInteraction":
        sets = interaction.element.findall("simpleMatchSet")
        return [
            (f"{name}-{side}", _associable(each), shuffle)
            for side, each in zip(("rows", "columns"), sets, strict=False)
        ]
    return [(name, _choices(interaction), shuffle)]


def is_fixed(element: etree._Element) -> bool:
    """Whether a choice keeps its place."""
    return flag(element.get("fixed"), False)


CHOICES = {
    "choiceInteraction": ("simpleChoice",),
    "orderInteraction": ("simpleChoice",),
    "associateInteraction": ("simpleAssociableChoice",),
    "gapMatchInteraction": ("gapText", "gapImg"),
    "inlineChoiceInteraction": ("inlineChoice",),
    "hottextInteraction": ("hottext",),
    "hotspotInteraction": ("hotspotChoice",),
    "graphicOrderInteraction": ("hotspotChoice",),
    "graphicAssociateInteraction": ("associableHotspot",),
    "graphicGapMatchInteraction": ("gapImg", "gapText"),
}


def _choices(interaction: Interaction) -> list[etree._Element]:
    return list(interaction.element.iter(*CHOICES.get(interaction.kind, ("nothing",))))


def _associable(element: etree._Element) -> list[etree._Element]:
    return element.findall("simpleAssociableChoice")


def identifier(element: etree._Element) -> str:
    return str(element.get("identifier", "")).strip()


def whole_number(element: etree._Element, name: str, usual: int) -> int:
    """A whole number of an attribute, within what a page can show."""
    word = str(element.get(name, "")).strip()
    return min(int(word[:9]), 10_000) if re.fullmatch(r"[0-9]+", word) else usual


def _options(elements: Iterable[etree._Element], name: str, scene: Scene) -> tuple[Option, ...]:
    """The choices that are to be seen, in the order of this attempt."""
    seen = {identifier(each): each for each in elements if scene.shown(each)}
    return tuple(
        Option(key, option_html(seen[key], scene))
        for key in scene.order(name, list(seen))
        if key in seen
    )


def option_html(element: etree._Element, scene: Scene) -> Html:
    """What a choice says."""
    return Html(safe(scene.inner(element)).strip()) or Html(html.escape(_label(element)))


def _label(element: etree._Element) -> str:
    return str(element.get("hotspotLabel") or element.get("objectLabel") or "")


def _is_many(scene: Scene, interaction: Interaction) -> bool:
    declared = scene.declaration(interaction.response)
    return declared is not None and declared.cardinality is not Cardinality.SINGLE


def _listed(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _pairs(value: Any) -> list[tuple[str, str]]:
    """The pairs or points of a value, as JSON or a document has them: two words each."""
    halves = (str(each).split() for each in _listed(value))
    return [(each[0], each[1]) for each in halves if len(each) == 2]


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _one_or_all(values: Sequence[Any], many: bool) -> Any:
    if many:
        return list(values) or None
    return values[0] if values else None


def _chosen(name: str, many: bool) -> Callable[[Response], Any]:
    return lambda response: _one_or_all(list(response.get(name, ())), many)


def _as_chosen(name: str, in_order: bool = False) -> Callable[[Any], Response]:
    def answer(value: Any) -> Response:
        keys = [str(each) for each in _listed(value)]
        return {name: tuple(keys if in_order else sorted(keys))} if keys else {}

    return answer


def _choice(interaction: Interaction, name: str, scene: Scene) -> Asking:
    most = whole_number(interaction.element, "maxChoices", 1)
    # A variable of one value can hold only one, whatever the interaction lets through.
    many = _is_many(scene, interaction) and most != 1
    control = Choose(
        name,
        options=_options(_choices(interaction), name, scene),
        many=many,
        most=most if many else 0,
        across=interaction.element.get("orientation") == "horizontal",
    )
    return Asking(
        interaction.response,
        f"<div>[[{name}]]</div>",
        [control],
        _chosen(name, _is_many(scene, interaction)),
        _as_chosen(name),
    )


def _in_order(values: Sequence[str], count: int) -> list[str]:
    """Keys by the place that each was given; see :class:`assessments.questions.controls.Put`."""
    if not any(":" in value and value.rpartition(":")[2].isdecimal() for value in values):
        return list(values)
    placed = [value.rpartition(":")[::2] for value in values]
    numbered = [(int(place), key) for key, place in placed if place.isdecimal()]
    return [key for _place, key in sorted(numbered)][:count]


def _order(interaction: Interaction, name: str, scene: Scene) -> Asking:
    options = _options(_choices(interaction), name, scene)
    most = whole_number(interaction.element, "maxChoices", 0) or len(options)

    def answer(value: Any) -> Response:
        keys = [str(each) for each in _listed(value)]
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


def _associate(interaction: Interaction, name: str, scene: Scene) -> Asking:
    elements = _choices(interaction)
    options = _options(elements, name, scene)
    count = whole_number(interaction.element, "maxAssociations", 1) or _associations(elements)
    pairs = [(f"{name}-{n}-a", f"{name}-{n}-b") for n in range(1, min(count, MOST) + 1)]
    many = _is_many(scene, interaction)

    def value(response: Response) -> Any:
        halves = ([*response.get(a, ()), *response.get(b, ())] for a, b in pairs)
        return _one_or_all([f"{each[0]} {each[1]}" for each in halves if len(each) == 2], many)

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for (a, b), (one, other) in zip(pairs, _pairs(given), strict=False):
            found |= {a: (one,), b: (other,)}
        return found

    rows = "".join(f"<li>[[{a}]] – [[{b}]]</li>" for a, b in pairs)
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


def _match(interaction: Interaction, name: str, scene: Scene) -> Asking:
    (rows_name, rows, _shuffle), (columns_name, columns, _also) = (
        *orders_of(interaction, name),
        ("", [], False),
        ("", [], False),
    )[:2]
    by_key = {identifier(each): each for each in rows}
    names = {key: f"{name}-{number}" for number, key in enumerate(by_key, 1)}
    lines: list[str] = []
    controls: list[Control] = []
    all_columns = _options(columns, columns_name, scene)
    for row in _options(rows, rows_name, scene):
        options = _fitting(by_key[row.key], columns, all_columns)
        label = plain(row.html)
        if whole_number(by_key[row.key], "matchMax", 1) == 1:
            controls.append(Pick(names[row.key], label, options))
        else:
            most = whole_number(by_key[row.key], "matchMax", 1)
            controls.append(Choose(names[row.key], label, options, many=True, most=most))
        lines.append(f'<tr><th scope="row">{row.html}</th><td>[[{names[row.key]}]]</td></tr>')
    return _pairs_by_control(
        Asking(
            interaction.response, f"<table><tbody>{''.join(lines)}</tbody></table>", list(controls)
        ),
        [(names[key], key) for key in names],
        True,
        _is_many(scene, interaction),
    )


def _fitting(
    place: etree._Element, elements: Sequence[etree._Element], options: Sequence[Option]
) -> tuple[Option, ...]:
    """The options that may be put at a place: they are made once for all places."""
    fits = {identifier(each) for each in elements if _may_meet(place, each)}
    return tuple(option for option in options if option.key in fits)


def offered(interaction: Interaction) -> int:
    """How many options all lists of an interaction have together."""
    places = [*interaction.element.iter("gap", "associableHotspot")]
    sets = interaction.element.findall("simpleMatchSet")
    if interaction.kind == "matchInteraction":
        return prod(len(_associable(each)) for each in sets)
    return len(_choices(interaction)) * max(1, len(places))


def _may_meet(one: etree._Element, other: etree._Element) -> bool:
    """Whether match groups let two choices be put together."""
    groups, others = (str(each.get("matchGroup", "")).split() for each in (one, other))
    return (not groups or identifier(other) in groups) and (not others or identifier(one) in others)


def _pairs_by_control(
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
        return _one_or_all(found, many)

    several = {control.name for control in made.controls if getattr(control, "many", False)}

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for pair in _pairs(given):
            key, chosen = pair if place_first else (pair[1], pair[0])
            for name in [name for name, own in places if own == key]:
                if name in several:
                    found[name] = tuple(sorted((*found.get(name, ()), chosen)))
                elif name in found:
                    continue
                else:
                    found[name] = (chosen,)
                break
        return found

    made.value, made.answer = value, answer
    return made


def _gap_match(interaction: Interaction, name: str, scene: Scene) -> Asking:
    elements = _choices(interaction)
    controls, places = [], []
    words = _options(elements, name, scene)
    for number, gap in enumerate(interaction.element.iter("gap"), 1):
        options = _fitting(gap, elements, words)
        controls.append(Pick(f"{name}-{number}", options=options, group=name))
        places.append((f"{name}-{number}", identifier(gap)))
    inner = scene.inner(interaction.element)
    return _pairs_by_control(
        Asking(interaction.response, inner, list(controls)),
        places,
        False,
        _is_many(scene, interaction),
    )


def _inline_choice(interaction: Interaction, name: str, scene: Scene) -> Asking:
    return Asking(
        interaction.response,
        f"[[{name}]]",
        [Pick(name, options=_options(_choices(interaction), name, scene))],
        _chosen(name, _is_many(scene, interaction)),
        _as_chosen(name),
    )


def number_text(text: str, form: numbers.NumberFormat) -> str:
    """A number as QTI writes it, from how a person wrote it; as it is when it is none."""
    try:
        value = numbers.read(text, form).value
    except numbers.NumberRefused:
        return text
    return str(int(value)) if value == int(value) else str(value)


def _text_entry(interaction: Interaction, name: str, scene: Scene) -> Asking:
    declared = scene.declaration(interaction.response)
    numeric = declared is not None and (
        declared.base_type in NUMBERS or declared.cardinality is Cardinality.RECORD
    )
    many = _is_many(scene, interaction) and not numeric
    also = str(interaction.element.get("stringIdentifier", "")).strip()

    def value(response: Response) -> Any:
        text = (*response.get(name, ()), "")[0]
        if not text:
            return None
        written = number_text(text, scene.form) if numeric else text
        return [written] if many else written

    def answer(given: Any) -> Response:
        values = [] if isinstance(given, dict) else _listed(given)
        if not values:
            return {}
        text = _text(values[0])
        if numeric:
            text = numbers.write(numbers.read(text).value, scene.form)
        return {name: (text,)}

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


def _extended_text(interaction: Interaction, name: str, scene: Scene) -> Asking:
    element = interaction.element
    many = _is_many(scene, interaction)
    most = whole_number(element, "maxStrings", 0) or whole_number(element, "minStrings", 0)
    names = [name] if not many else [f"{name}-{n}" for n in range(1, min(most or 1, MOST) + 1)]
    rows = min(whole_number(element, "expectedLines", 0) or 12, 100)
    declared = scene.declaration(interaction.response)
    numeric = declared is not None and declared.base_type in NUMBERS

    def value(response: Response) -> Any:
        texts = [response[each][0] for each in names if response.get(each)]
        if numeric:
            texts = [number_text(each, scene.form) for each in texts]
        return _one_or_all(texts, many)

    return Asking(
        interaction.response,
        "".join(f"<div>[[{each}]]</div>" for each in names),
        [Compose(each, rows=rows) for each in names],
        value,
        lambda given: {
            each: (_text(text),) for each, text in zip(names, _listed(given), strict=False)
        },
    )


def _hottext(interaction: Interaction, name: str, scene: Scene) -> Asking:
    made = _choice(interaction, name, scene)
    made.html = scene.inner(interaction.element) + made.html
    return made


def picture_of(interaction: Interaction) -> Picture | None:
    """The picture that an interaction lies on."""
    element = interaction.element
    parent = element.getparent()
    if interaction.kind == "positionObjectInteraction" and parent is not None:
        element = parent
    for child in element:
        if child.tag in ("object", "img", "picture"):
            found = child if child.tag != "picture" else child.find("img")
            if found is None:
                continue
            words = found.get("alt") or " ".join("".join(map(str, found.itertext())).split())
            return Picture(
                file_of(str(found.get("data") or found.get("src") or "")),
                whole_number(found, "width", 0),
                whole_number(found, "height", 0),
                str(words),
            )
    return None


def file_of(address: str) -> str:
    """The name of the question's file that an address in an item stands for."""
    return re.split(r"[?#]", address.replace("\\", "/"))[0].rpartition("/")[2]


def picture_html(picture: Picture | None) -> str:
    if picture is None:
        return ""
    return (
        f'<p><img src="{html.escape(FILES + picture.file)}" alt="{html.escape(picture.alt)}" '
        f'width="{picture.width}" height="{picture.height}"></p>'
    )


def area_of(element: etree._Element, picture: Picture) -> Area:
    """Where a hotspot is, as image maps have it."""
    shape = str(element.get("shape", "default"))
    coords = [round(float(each)) for each in _numbers(str(element.get("coords", "")))]
    if shape == "ellipse" and len(coords) == 4:
        across, down, wide, high = coords
        turns = [2 * pi * corner / CORNERS for corner in range(CORNERS)]
        coords = [
            place
            for turn in turns
            for place in (round(across + wide * cos(turn)), round(down + high * sin(turn)))
        ]
        shape = "poly"
    if shape == "default" or not coords:
        shape, coords = "rect", [0, 0, picture.width, picture.height]
    return Area(identifier(element), _label(element), shape, tuple(coords))


def _numbers(text: str) -> list[str]:
    return re.findall(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?", text)


def box_of(area: Area) -> tuple[int, int, int, int]:
    """The rectangle around an area: left, top, width, height."""
    coords = area.coords
    if area.shape == "circle" and len(coords) >= 3:
        across, down, radius = coords[:3]
        return across - radius, down - radius, 2 * radius, 2 * radius
    rights, downs = coords[::2], coords[1::2] or (0,)
    return min(rights), min(downs), max(rights) - min(rights), max(downs) - min(downs)


def _graphic(interaction: Interaction, scene: Scene) -> tuple[Picture | None, str]:
    """The picture that controls lie on, and its HTML when they cannot: another has the place."""
    picture = picture_of(interaction)
    if picture is not None and picture.width and picture.height and scene.picture_is_free:
        return picture, ""
    return None, picture_html(picture)


NO_PICTURE = Picture("", 0, 0, "")


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


def _hotspot(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    areas = _areas(_choices(interaction), name, scene, picture)
    most = whole_number(interaction.element, "maxChoices", 1)
    many = _is_many(scene, interaction) and most != 1
    if picture is None:
        options = tuple(
            Option(area.key, Html(html.escape(label)))
            for area, label in zip(areas, _named(areas), strict=True)
        )
        control: Control = Choose(name, "", options, many, most if many else 0)
    else:
        control = Point(name, areas=tuple(areas), many=many, most=most if many else 0)
    return Asking(
        interaction.response,
        shown,
        [control],
        _chosen(name, _is_many(scene, interaction)),
        _as_chosen(name),
        picture,
    )


def _points(interaction: Interaction, name: str, scene: Scene) -> Asking:
    many = _is_many(scene, interaction)
    most = whole_number(interaction.element, "maxChoices", 1) or 5
    count = min(most, MOST) if many else 1
    names = [(f"{name}-{n}-x", f"{name}-{n}-y") for n in range(1, count + 1)]

    def value(response: Response) -> Any:
        found = [
            f"{number_text(response[x][0], scene.form)} {number_text(response[y][0], scene.form)}"
            for x, y in names
            if response.get(x) and response.get(y)
        ]
        return _one_or_all(found, many)

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for (x, y), (across, down) in zip(names, _pairs(given), strict=False):
            found |= {x: (across,), y: (down,)}
        return found

    rows = "".join(f"<li>x: [[{x}]] y: [[{y}]]</li>" for x, y in names)
    controls: list[Control] = []
    for x, y in names:
        controls += [
            Write(x, _("Pixels from the left"), 6, True),
            Write(y, _("Pixels from the top"), 6, True),
        ]
    return Asking(
        interaction.response,
        f"{picture_html(picture_of(interaction))}<ul>{rows}</ul>",
        controls,
        value,
        answer,
    )


def _graphic_order(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    areas = _areas(_choices(interaction), name, scene, picture)
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
            for place, key in enumerate(_listed(given), 1)
            if str(key) in names
        },
        picture,
    )


def _place(area: Area, picture: Picture | None) -> tuple[int, int, int, int] | None:
    return box_of(area) if picture is not None else None


def _graphic_associate(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    elements = _choices(interaction)
    areas = _areas(elements, name, scene, picture)
    labels = dict(zip([area.key for area in areas], _named(areas), strict=True))
    names = {area.key: f"{name}-{number}" for number, area in enumerate(areas, 1)}
    controls = [
        Choose(
            names[area.key],
            labels[area.key],
            tuple(
                Option(key, Html(html.escape(label)))
                for key, label in labels.items()
                if key != area.key
            ),
            many=True,
        )
        if picture is None or len(areas) > MOST
        else Pick(
            names[area.key],
            area.label,
            tuple(
                Option(key, Html(html.escape(label)))
                for key, label in labels.items()
                if key != area.key
            ),
            place=_place(area, picture),
        )
        for area in areas
    ]
    many = _is_many(scene, interaction)

    def value(response: Response) -> Any:
        found: dict[frozenset[str], str] = {}
        for key, own in names.items():
            for other in response.get(own, ()):
                found.setdefault(frozenset((key, other)), f"{key} {other}")
        return _one_or_all(list(found.values()), many)

    made = Asking(interaction.response, shown, list(controls), value, picture=picture)

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for one, other in _pairs(given):
            # One place can say one pair; a pair may be said at either of its ends.
            if names.get(one) in found or one not in names:
                one, other = other, one
            if one in names:
                found[names[one]] = (other,)
        return found

    made.answer = answer
    return made


def _graphic_gap_match(interaction: Interaction, name: str, scene: Scene) -> Asking:
    picture, shown = _graphic(interaction, scene)
    elements = _choices(interaction)
    controls: list[Control] = []
    places = []
    words = _options(elements, name, scene)
    hotspots = list(interaction.element.iter("associableHotspot"))
    for number, element in enumerate(hotspots, 1):
        area = area_of(element, picture or NO_PICTURE)
        options = _fitting(element, elements, words)
        uses = min(whole_number(element, "matchMax", 1) or len(elements), 4)
        left, top, width, height = box_of(area)
        for use in range(uses):
            own = f"{name}-{number}" if uses == 1 else f"{name}-{number}-{use + 1}"
            strip = (left + use * width // uses, top, max(1, width // uses), height)
            place = strip if picture is not None else None
            controls.append(Pick(own, area.label, options, name, place))
            places.append((own, identifier(element)))
    return _pairs_by_control(
        Asking(interaction.response, shown, controls, picture=picture),
        places,
        False,
        _is_many(scene, interaction),
    )


def _slider(interaction: Interaction, name: str, scene: Scene) -> Asking:
    lower, upper, step = (
        str(interaction.element.get(each, usual)).strip()
        for each, usual in (("lowerBound", "0"), ("upperBound", "100"), ("step", "1"))
    )
    made = _text_entry(interaction, name, scene)
    made.html = f"<p>[[{name}]] ({html.escape(lower)} – {html.escape(upper)})</p>"
    made.controls = [Write(name, "", max(len(upper), len(step), 4), True)]
    return made


def _upload(interaction: Interaction, name: str, scene: Scene) -> Asking:
    shown = picture_html(picture_of(interaction))
    kind = str(interaction.element.get("type", "")).strip()
    types = (
        tuple(kind.split())
        if re.fullmatch(r"[\w.+-]+/[\w.+*-]+( [\w.+-]+/[\w.+*-]+)*", kind)
        else ()
    )
    if interaction.kind == "drawingInteraction":
        types = ("image/png", "image/jpeg")
    many = _is_many(scene, interaction)
    return Asking(
        interaction.response,
        f"{shown}<div>[[{name}]]</div>",
        [Attach(name, most=MOST if many else 1, types=types)],
        _chosen(name, many),
        lambda _given: {},
    )


def _media(interaction: Interaction, _name: str, scene: Scene) -> Asking:
    return Asking(interaction.response, scene.inner(interaction.element))


BUILDERS: dict[str, Callable[[Interaction, str, Scene], Asking]] = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "associateInteraction": _associate,
    "matchInteraction": _match,
    "gapMatchInteraction": _gap_match,
    "inlineChoiceInteraction": _inline_choice,
    "textEntryInteraction": _text_entry,
    "extendedTextInteraction": _extended_text,
    "hottextInteraction": _hottext,
    "hotspotInteraction": _hotspot,
    "selectPointInteraction": _points,
    "positionObjectInteraction": _points,
    "graphicOrderInteraction": _graphic_order,
    "graphicAssociateInteraction": _graphic_associate,
    "graphicGapMatchInteraction": _graphic_gap_match,
    "sliderInteraction": _slider,
    "drawingInteraction": _upload,
    "uploadInteraction": _upload,
    "mediaInteraction": _media,
}
"""endAttemptInteraction has no control: a quiz ends an attempt for all questions at once."""
