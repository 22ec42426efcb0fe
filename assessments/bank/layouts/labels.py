"""The form of a picture into which labels are put."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values, Wrong
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import plain_rows
from assessments.bank.layouts.shared import PICTURE, SAID, SHUFFLE
from assessments.bank.layouts.words import WORD_FIELDS, word_rows, words_and_places
from assessments.questions.gaps import Zone

_ = TranslationStringFactory("tutela")
PIXELS = tuple(
    Field(name, label, "whole", size=6)
    for name, label in (
        ("left", _("From the left, in pixels")),
        ("top", _("From the top, in pixels")),
        ("width", _("Width, in pixels")),
        ("height", _("Height, in pixels")),
    )
)


def _opened(question) -> Values:
    zones = [
        {
            **plain_rows(zone),
            **dict(zip(("left", "top", "width", "height"), zone.place, strict=True)),
        }
        for zone in question.zones
    ]
    return {"words": word_rows(question, question.zones), "zones": zones}


def _closed(values: Values, _before) -> Values:
    words, right = words_and_places(values)
    zones = []
    for row in values["zones"]:
        word = right.get(row["name"])
        place = (row["left"], row["top"], row["width"], row["height"])
        group = word.group if word else row.get("group", "1")
        key = word.key if word else ""
        zones.append(Zone(row["name"], row["label"], place, key, group))
    names = {zone.name for zone in zones}
    for name in right:
        if name not in names:
            raise Wrong(_("There is no place “${name}” in the picture.", {"name": name}))
    return {
        "words": words,
        "zones": tuple(zones),
    }


LABELS = Layout(
    "labels",
    _("Labels into a picture"),
    _("A picture whose places get their names. It can be answered from a list too."),
    (
        PICTURE,
        Rows(
            "zones",
            _("Places in the picture"),
            _("Place"),
            (
                Field("name", _("Name of the place"), hint=_("Small letters and digits."), size=8),
                Field("label", _("Where it is, in words, for those who do not see the picture")),
                *PIXELS,
            ),
        ),
        Rows(
            "words",
            _("Labels"),
            _("Label"),
            (*WORD_FIELDS, Field("file", _("A picture in place of words"), "picture")),
        ),
        SHUFFLE,
        SAID,
    ),
    opened=_opened,
    closed=_closed,
)
