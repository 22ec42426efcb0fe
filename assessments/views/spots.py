"""The numbered places that are drawn on a question's picture.

An outline is a path in pixels of the picture. The number in it is placed in hundredths of the
picture, so that it keeps its size on a small screen, where the picture shrinks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Any

NARROW = 300
"""CSS pixels that a picture has on a phone."""
DISC = 26
"""CSS pixels across the disc with a number."""
EDGE = 0.22
"""Share of a picture on a phone that half of the longest words on it take."""


@dataclass(frozen=True)
class Spot:
    """A place.

    :param number: as it is drawn, from 1; :param control: name of its control
    :param value: of the option that it stands for, empty when it stands for the whole control
    :param path: SVG path data; :param x: :param y: of the number, percent of the picture
    :param side: ``left`` or ``right`` when it lies so near to it that words centred on the number
        would be cut off, else empty
    """

    number: int
    control: str
    value: str
    path: str
    x: str
    y: str
    side: str


def spots(asked: Mapping[str, Any]) -> tuple[Spot, ...]:
    """The places of all controls that lie on the picture, in the order of the controls.

    :param asked: what ``Asked.for_learner()`` gives
    """
    picture = asked["picture"]
    if picture is None:
        return ()
    width, height = picture["width"], picture["height"]
    apart = DISC * width / NARROW
    taken: list[tuple[float, float]] = []
    found = []
    for control, value, shape, coords in _places(asked["controls"]):
        x, y = _free(_box(shape, coords), taken, apart)
        x, y = _within(x, width, apart / 2), _within(y, height, apart / 2)
        taken.append((x, y))
        found.append(
            Spot(
                len(taken),
                control,
                value,
                _path(shape, coords),
                f"{100 * x / width:.2f}%",
                f"{100 * y / height:.2f}%",
                _side(x / width),
            )
        )
    return tuple(found)


def _side(across: float) -> str:
    return "left" if across < EDGE else "right" if across > 1 - EDGE else ""


def _places(controls) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
    for control in controls:
        if control["control"] == "point":
            for area in control["areas"]:
                yield control["name"], area["value"], area["shape"], tuple(area["coords"])
        elif control.get("place"):
            left, top, width, height = control["place"]
            yield control["name"], "", "rect", (left, top, left + width, top + height)


def _box(shape: str, coords: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom."""
    if shape == "circle":
        x, y, radius = coords
        return x - radius, y - radius, x + radius, y + radius
    return min(coords[::2]), min(coords[1::2]), max(coords[::2]), max(coords[1::2])


def _path(shape: str, coords: tuple[int, ...]) -> str:
    if shape == "circle":
        x, y, radius = coords
        half = f"a{radius} {radius} 0 1 0"
        return f"M{x - radius} {y}{half} {2 * radius} 0{half} {-2 * radius} 0z"
    if shape == "rect":
        left, top, right, bottom = coords
        return f"M{left} {top}H{right}V{bottom}H{left}z"
    pairs = zip(coords[::2], coords[1::2], strict=False)
    return "M" + "L".join(f"{x} {y}" for x, y in pairs) + "z"


def _within(at: float, length: int, half: float) -> float:
    """Where a disc of which so much lies on either side is not cut off by the picture's edge."""
    return max(half, min(at, length - half))


def _free(
    box: tuple[int, int, int, int], taken: list[tuple[float, float]], apart: float
) -> tuple[float, float]:
    """Where in a place its number hides no other number: in the middle, or at an edge."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    points = ((x, y), (x, top), (x, bottom), (left, y), (right, y))
    free = (
        point
        for point in points
        if all(hypot(point[0] - other[0], point[1] - other[1]) >= apart for other in taken)
    )
    return next(free, (x, y))
