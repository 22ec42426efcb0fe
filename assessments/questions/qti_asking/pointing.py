"""Interactions that are answered by points in a picture (QTI 2.2 §7)."""

from typing import Any

from translationstring import TranslationStringFactory

from assessments.qti.interactions import Interaction
from assessments.questions.base import Response
from assessments.questions.controls import Control, Write
from assessments.questions.qti_asking.elements import whole_number
from assessments.questions.qti_asking.pictures import picture_html, picture_of
from assessments.questions.qti_asking.scene import MOST, Asking, Scene
from assessments.questions.qti_asking.values import is_many, number_text, one_or_all, pairs_of

_ = TranslationStringFactory("tutela")


def points(interaction: Interaction, name: str, scene: Scene) -> Asking:
    many = is_many(scene, interaction)
    most = whole_number(interaction.element, "maxChoices", 1) or 5
    count = min(most, MOST) if many else 1
    names = [(f"{name}-{n}-x", f"{name}-{n}-y") for n in range(1, count + 1)]

    def value(response: Response) -> Any:
        found = [
            f"{number_text(response[x][0], scene.form)} {number_text(response[y][0], scene.form)}"
            for x, y in names
            if response.get(x) and response.get(y)
        ]
        return one_or_all(found, many)

    def answer(given: Any) -> Response:
        found: dict[str, tuple[str, ...]] = {}
        for (x, y), (across, down) in zip(names, pairs_of(given), strict=False):
            found |= {x: (across,), y: (down,)}
        return found

    picture = picture_of(interaction)
    across, down = _("Pixels from the left"), _("Pixels from the top")
    if picture is not None and picture.width and picture.height:
        across = _("Pixels from the left, 0 to ${most}", mapping={"most": picture.width})
        down = _("Pixels from the top, 0 to ${most}", mapping={"most": picture.height})
    controls: list[Control] = []
    for x, y in names:
        controls += [Write(x, across, 6, True), Write(y, down, 6, True)]
    rows = [f"[[{x}]] [[{y}]]" for x, y in names]
    places = f"<ol><li>{'</li><li>'.join(rows)}</li></ol>" if count > 1 else f"<p>{rows[0]}</p>"
    return Asking(
        interaction.response,
        f"{picture_html(picture)}{places}",
        controls,
        value,
        answer,
    )
