"""The picture of an interaction and the areas in it."""

import html
import re
from math import cos, pi, sin

from lxml import etree

from assessments.qti.interactions import Interaction
from assessments.questions.controls import Area, Picture
from assessments.questions.html import FILES
from assessments.questions.qti_asking.elements import identifier, label_of, whole_number

CORNERS = 24
"""Of the outline that stands for an ellipse."""
NO_PICTURE = Picture("", 0, 0, "")


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
    return Area(identifier(element), label_of(element), shape, tuple(coords))


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
