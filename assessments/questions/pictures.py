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
    if not picture.alt.strip():
        found.append(_("Say in words what the picture shows, for those who do not see it."))
    return found


def area_problems(area: Area, picture: Picture) -> list[TranslationString]:
    """Why nobody could choose the place."""
    found = []
    if not area.label.strip():
        found.append(_("A place in the picture has no name. Give every place one."))
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


def outside(picture: Picture, points: Iterable[tuple[int, int]]) -> bool:
    """Whether any point (pixels from the left, from the top) is outside of the picture."""
    return any(not (0 <= x <= picture.width and 0 <= y <= picture.height) for x, y in points)


def _corners(area: Area) -> list[tuple[int, int]]:
    """Points that must lie in the picture; none when the outline is no outline.

    A circle may reach over the picture's edge: only its middle must lie in it.
    """
    coords = area.coords
    if area.shape == "circle" and len(coords) == 3 and coords[2] > 0:
        return [(coords[0], coords[1])]
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
