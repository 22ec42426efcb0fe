"""Areas of a picture, and whether a point lies in one (QTI 2.2, shape and coords).

The edge belongs to the area.
"""

from dataclasses import dataclass
from itertools import pairwise

Point = tuple[float, float]

SIZES = {"rect": (4,), "circle": (3,), "ellipse": (4,), "default": (0,)}


@dataclass(frozen=True, slots=True)
class Area:
    """A shape with its numbers.

    :param shape: circle, default, ellipse, poly or rect
    :param coords: left, top, right, bottom; or x, y, radius; or x, y, both radii; or the corners
    """

    shape: str
    coords: tuple[float, ...]

    def holds(self, point: Point) -> bool:
        """Whether the point is inside or on the edge."""
        x, y = point
        if self.shape == "rect":
            left, top, right, bottom = self.coords
            return min(left, right) <= x <= max(left, right) and min(top, bottom) <= y <= max(
                top, bottom
            )
        if self.shape == "circle":
            centre_x, centre_y, radius = self.coords
            return (x - centre_x) ** 2 + (y - centre_y) ** 2 <= radius**2
        if self.shape == "ellipse":
            centre_x, centre_y, across, down = self.coords
            return ((x - centre_x) * down) ** 2 + ((y - centre_y) * across) ** 2 <= (
                across * down
            ) ** 2
        return self.shape == "default" or _in_polygon(self.coords, point)


def area(shape: str, coords: str) -> Area:
    """The area of two attributes.

    :raises ValueError: an unknown shape, or numbers that do not make one
    """
    numbers = tuple(float(part) for part in coords.replace(",", " ").split())
    if shape == "default":
        numbers = ()
    if shape == "poly":
        if len(numbers) < 6 or len(numbers) % 2:
            raise ValueError("not a polygon")
    elif len(numbers) not in SIZES.get(shape, ()):
        raise ValueError("not a shape")
    return Area(shape, numbers)


def _in_polygon(coords: tuple[float, ...], point: Point) -> bool:
    corners = list(zip(coords[::2], coords[1::2], strict=True))
    inside = False
    x, y = point
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        if _on_line((x1, y1), (x2, y2), point):
            return True
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _on_line(start: Point, end: Point, point: Point) -> bool:
    (x1, y1), (x2, y2), (x, y) = start, end, point
    if (x2 - x1) * (y - y1) != (x - x1) * (y2 - y1):
        return False
    return min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
