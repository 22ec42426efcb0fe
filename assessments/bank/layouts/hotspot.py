"""The form of places to find in a picture."""

from decimal import Decimal

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import made_of, plain_rows
from assessments.bank.layouts.shared import ANSWER_FEEDBACK, LEAST, MANY, MOST, PICTURE, SAID, SHARE
from assessments.questions.controls import Area
from assessments.questions.hotspot import HotArea

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    return {
        "areas": [
            {
                **plain_rows(each.area),
                "coords": tuple(map(Decimal, each.area.coords)),
                "fraction": each.fraction,
                "feedback": each.feedback,
            }
            for each in question.areas
        ]
    }


def _hot_area(row: Values) -> HotArea:
    area = made_of(Area, {**row, "coords": tuple(round(each) for each in row["coords"])})
    return HotArea(area, row["fraction"], row["feedback"])


HOTSPOT = Layout(
    "hotspot",
    _("Places in a picture"),
    _("Find one or several places in a picture. It can be answered from a list too."),
    (
        PICTURE,
        Rows(
            "areas",
            _("Places"),
            _("Place"),
            (
                Field("label", _("What it is called, in words")),
                Field(
                    "shape",
                    _("Shape"),
                    "choose",
                    options=(
                        ("rect", _("rectangle: left, top, right, bottom")),
                        ("circle", _("circle: middle from the left, from the top, radius")),
                        ("poly", _("any: corners, each from the left and from the top")),
                    ),
                ),
                Field("coords", _("Its outline in pixels"), "numbers"),
                SHARE,
                ANSWER_FEEDBACK,
            ),
        ),
        MANY,
        LEAST,
        MOST,
        SAID,
    ),
    rows={"areas": _hot_area},
    opened=_opened,
)
