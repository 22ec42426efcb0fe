"""Files that nothing names."""

import base64
import json

import pytest

from scorm.packages.checks import coded, usage
from scorm.packages.checks.window import AHEAD

LISTED = ["index.html", "s.js", "a.txt"]


@pytest.fixture
def unused(found):
    """The words about files that nothing names, or None; only a few files are listed."""

    def find(files, listed=LISTED):
        finding = found(files, listed=listed).get("files-unused")
        return finding and finding.message

    return find


def test_files_that_nothing_names_are_told_with_their_weight_the_largest_first(unused):
    files = {"a/one.png": "x" * 500, "two.png": "x" * 1000, "b/c/three.jpg": "x" * 2500}
    assert unused({**files, "four.gif": ""}) == (
        "Nothing in the package names 4 of its files (4 kB): b/c/three.jpg, two.png, a/one.png, …."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a/picture.png", "<img src='b/picture.png'>"),
        ("picture.PNG", 'x = "Picture.png"'),
        ("my picture.png", "url(my%20picture.png)"),
        ("my picture.png", '"my picture.png"'),
        ("picture.png", "see picture.png"),
        ("picture.png", '"story_content\\/picture.png"'),
        ("picture (1).png", '"a/picture (1).png?v=3"'),
        ("pictures.js", "require('core/pictures')"),
        ("film.mp4", "film.mp4"),
        ("b/readme.md", ""),
        ("a.xsd", ""),
        ("bild-ö.png", ""),
        ("LICENSE", ""),
        ("no-ending", ""),
    ],
)
def test_a_file_that_may_be_named_is_not_told(unused, name, text):
    assert unused({name: "", "a.txt": text}) is None


def test_a_series_that_a_script_counts_through_is_not_told(unused):
    series = {f"frames/turn{n:03}.png": "" for n in range(5)}
    assert unused({**series, "s.js": "src = 'frames/turn' + n"}) is None
    assert unused(series).startswith("Nothing in the package names 5 of its files")


def test_what_lies_beside_a_used_file_under_its_name_is_not_told(unused):
    files = {"v/film.mp4": "", "v/film.webm": "", "v/film.vtt": "", "s.js": "'v/film.mp4'"}
    assert unused(files) is None


def test_names_in_a_course_written_as_base64_are_found(unused):
    course = {"lessons": [{"title": "x" * 300, "image": f"p{n}.jpg"} for n in range(400)]}
    data = base64.b64encode(json.dumps(course).encode()).decode()
    pictures = {f"assets/p{n}.jpg": "" for n in range(400)}
    assert len(data) > 2 * AHEAD
    script = f"window.course = '{data}'"
    assert unused({**pictures, "s.js": script}) is None


def test_a_word_that_begins_like_base64_is_none(unused):
    assert unused({"p.png": "", "s.js": "xeyJ eyJ 'eyJhbGciOiJ'"}) is not None


def test_there_is_an_end_to_decoding(unused, monkeypatch):
    monkeypatch.setattr(coded, "MOST_RUNS", 0)
    data = base64.b64encode(b'{"a": "p.png", "b": "' + b"x" * 300).decode()
    assert unused({"p.png": "", "s.js": f"'{data}'"}) is not None


def test_scripts_that_a_loader_may_name_are_not_told_when_they_are_many(unused, monkeypatch):
    monkeypatch.setattr(usage, "MOST_HINTS", 2)
    assert unused({"one.js": "", "two.js": ""}) is not None
    assert unused({"one.js": "", "two.js": "", "three.js": ""}) is None


def test_a_package_without_other_files_has_none(unused):
    assert unused({}) is None
