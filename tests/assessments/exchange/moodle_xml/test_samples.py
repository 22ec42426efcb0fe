"""Moodle's own examples come in whole."""

import pytest

from assessments.exchange import moodle_xml
from shared import SHARED, needs_shared


@needs_shared
@pytest.mark.parametrize(
    ("file", "kinds", "categories", "remarks"),
    [
        (
            "multichoice.xml",
            ["choice"],
            [("Default for testhead", "Multichoice")],
            [("changed", 12)],
        ),
        (
            "truefalse.xml",
            ["truth", "truth"],
            [("Default for testhead", "TrueFalse")] * 2,
            [("changed", 12), ("changed", 40)],
        ),
        (
            "nested_categories.xml",
            ["truth"],
            [("Delta", "Epsilon", "Zeta")],
            [("left out", 4), ("left out", 15), ("left out", 26)],
        ),
        ("export_category.xml", ["truth"], [("Alpha",)], [("left out", 4)]),
    ],
)
def test_moodles_own_examples_are_read_whole(file, kinds, categories, remarks):
    found = moodle_xml.read((SHARED / "quizzes" / "moodle" / file).read_bytes())
    assert [entry.question.kind for entry in found.entries] == kinds
    assert [entry.category for entry in found.entries] == categories
    assert [(each.kind.value, each.line) for each in found.remarks] == remarks


@needs_shared
def test_pictures_and_sounds_come_with_their_question():
    content = (SHARED / "quizzes" / "moodle" / "multichoice.xml").read_bytes()
    (entry,) = moodle_xml.read(content).entries
    assert {name: file.type for name, file in entry.files.items()} == {
        "bonjour.mp3": "audio/mpeg",
        "flag-uk.jpg": "image/jpeg",
        "flag-france.jpg": "image/jpeg",
        "flag-german.jpg": "image/jpeg",
        "flag-denmark.jpg": "image/jpeg",
    }
    assert '<audio controls="" src="files/bonjour.mp3">' in entry.question.body
    assert 'src="files/flag-uk.jpg"' in entry.question.choices[0].html
