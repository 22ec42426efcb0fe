"""Numbered places on a picture: their outlines, and numbers that do not hide each other."""

import pytest

from assessments.views.spots import spots


def asked(*areas, width=300, height=200):
    numbered = [
        {"value": str(number), "shape": shape, "coords": coords}
        for number, (shape, coords) in enumerate(areas, 1)
    ]
    return {
        "picture": {"width": width, "height": height},
        "controls": [
            {"control": "write", "name": "w"},
            {"control": "point", "name": "p", "areas": numbered},
        ],
    }


@pytest.mark.parametrize(
    ("shape", "coords", "path", "place"),
    [
        ("rect", (30, 20, 90, 100), "M30 20H90V100H30z", ("20.00%", "30.00%")),
        ("circle", (150, 100, 40), "M110 100a40 40 0 1 0 80 0a40 40 0 1 0 -80 0z", ("50.00%",) * 2),
        ("poly", (0, 0, 60, 0, 30, 40), "M0 0L60 0L30 40z", ("10.00%", "10.00%")),
        ("circle", (300, 0, 5), "M295 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", ("95.67%", "6.50%")),
    ],
)
def test_a_place_has_an_outline_and_its_number_in_its_middle(shape, coords, path, place):
    (spot,) = spots(asked((shape, coords)))
    assert (spot.number, spot.control, spot.value) == (1, "p", "1")
    assert spot.path == path
    assert (spot.x, spot.y) == place


def test_the_place_of_a_label_is_given_by_its_corner_and_size():
    label = {"control": "pick", "name": "l", "place": (30, 20, 60, 80)}
    loose = {"control": "pick", "name": "m", "place": None}
    (spot,) = spots({"picture": {"width": 300, "height": 200}, "controls": [label, loose]})
    assert (spot.control, spot.value, spot.path) == ("l", "", "M30 20H90V100H30z")


def test_numbers_of_places_within_each_other_are_drawn_apart():
    rings = [("circle", (150, 100, radius)) for radius in (30, 60, 90, 95, 100)]
    found = spots(asked(*rings))
    assert len({(spot.x, spot.y) for spot in found}) == 5
    assert [(spot.x, spot.y) for spot in found[:3]] == [
        ("50.00%", "50.00%"),
        ("50.00%", "20.00%"),
        ("50.00%", "6.50%"),
    ]


def test_where_there_is_no_room_numbers_lie_in_the_middle():
    dots = [("circle", (150, 100, 1))] * 2
    assert {(spot.x, spot.y) for spot in spots(asked(*dots))} == {("50.00%", "50.00%")}


def test_without_a_picture_there_are_no_places():
    assert spots({"picture": None, "controls": []}) == ()


@pytest.mark.parametrize(
    ("across", "side"), [(20, "left"), (66, ""), (150, ""), (234, ""), (280, "right")]
)
def test_words_that_would_be_cut_off_begin_or_end_at_the_side(across, side):
    (spot,) = spots(asked(("circle", (across, 100, 10))))
    assert spot.side == side
