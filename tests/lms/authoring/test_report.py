"""What the builder says it has built."""

import json

import pytest

from lms.authoring import build
from lms.authoring.report import report


@pytest.mark.parametrize(
    ("standard", "edition"), [("1.2", "SCORM 1.2"), ("2004", "SCORM 2004 4th Edition")]
)
def test_the_report_names_the_edition_and_every_page(course, tmp_path, standard, edition):
    text = report(build(course, tmp_path / "x.zip", standard))
    assert text.startswith(f"A small course: {edition}, ")
    assert text.count("with all it loads") == 4


def test_what_was_built_is_plain_data(course, tmp_path):
    built = build(course, tmp_path / "x.zip")
    assert json.loads(json.dumps(built.to_plain()))["title"] == "A small course"
