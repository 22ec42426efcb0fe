"""Files that a course's data name."""

import pytest

MEDIA = {"course/en/a.jpg": "", "course/en/b c.mp4": "", "course/en/b c.vtt": ""}
THERE = '{"a": "course/en/a.jpg",\n "b": "course/en/b c.mp4",\n "c": "%s"}'


def test_a_file_that_is_not_there_is_told_with_its_line(found):
    finding = found({**MEDIA, "course/en/x.json": THERE % "course/en/none.png"})["data-missing"]
    assert (finding.severity, finding.file, finding.line) == ("warning", "course/en/x.json", 3)
    assert "(course/en/none.png)" in finding.message


@pytest.mark.parametrize(
    "address",
    [
        *(
            "course/en/a.jpg",
            "course/en/B%20c.mp4",
            "other/en/none.png",
            "none.png",
            "course/en/none",
            "course/en/x.html",
        ),
        *(
            "https://example.org/course/en/none.png",
            "course/en/{{n}}.png",
            "course/en/n\\u00e4.png",
        ),
    ],
)
def test_what_is_there_or_not_certain_is_not_told(found, address):
    assert found({**MEDIA, "course/en/x.json": THERE % address}) == {}


def test_data_of_which_nothing_is_there_may_mean_anything(found):
    assert found({**MEDIA, "a.json": '["course/en/none.png"]'}) == {}
