"""Pictures that something lies on: what must be known of them, and outlines of places in them."""

from collections.abc import Iterable

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.controls import Area, Picture

_ = TranslationStringFactory("tutela")


def picture_problems(picture: Picture) -> list[TranslationString]:
    """Why nobody could see the picture, or know what it shows."""
    found = []
    if not picture.file:
        found.append(_("There is no picture. Add one."))
    if picture.width <= 0 or picture.height <= 0:
        found.append(_("The size of the picture is not known."))
    return found


def area_problems(area: Area, picture: Picture) -> list[TranslationString]:
    """Why nobody could choose the place."""
    found = []
    corners = _corners(area)
    if not corners:
        found.append(
            _("The outline of the place “${place}” is not complete.", mapping={"place": area.label})
        )
    elif outside(picture, corners):
        found.append(
            _("The place “${place}” is not in the picture.", mapping={"place": area.label})
        )
    return found


def outside(picture: Picture, corners: Iterable[tuple[int, int]]) -> bool:
    """Whether nothing of an outline (pixels from the left, from the top) is in the picture."""
    across, down = zip(*corners, strict=True)
    return (
        max(across) <= 0
        or max(down) <= 0
        or min(across) >= picture.width
        or min(down) >= picture.height
    )


def _corners(area: Area) -> list[tuple[int, int]]:
    """Points of the outline, of a circle those of its box; none when it is no outline."""
    coords = area.coords
    if area.shape == "circle" and len(coords) == 3 and coords[2] > 0:
        across, down, radius = coords
        return [(across - radius, down - radius), (across + radius, down + radius)]
    if (
        area.shape == "rect"
        and len(coords) == 4
        and coords[0] < coords[2]
        and coords[1] < coords[3]
    ):
        return [(coords[0], coords[1]), (coords[2], coords[3])]
    if area.shape == "poly" and len(coords) >= 6 and len(coords) % 2 == 0:
        return list(zip(coords[::2], coords[1::2], strict=True))
    return []
