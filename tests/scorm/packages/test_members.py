"""The file that a request means, however its name is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.members import Members

NAMES = (
    *("a.html", "B/Page One.html", "\u00e9.html", "x.js", "X.js", "C#.html", "a%23b.html"),
    *("100%.html", "~tilde+plus.html", "folder/index.html", "old/index.htm", "index.html"),
    *("both/index.htm", "both/Index.html"),
)
MEMBERS = Members({name: [0, 0, 0, 0, 0] for name in NAMES})


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_found_by_its_name(name):
    assert MEMBERS.find(name) == name


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("A.HTML", "a.html"),
        ("b/page one.html", "B/Page One.html"),
        ("e\u0301.html", "\u00e9.html"),
        ("E\u0301.HTML", "\u00e9.html"),
        ("x.JS", None),  # one of two, and nobody can tell which
        ("C%23.html", "C#.html"),
        ("B%2FPage%20One.html", "B/Page One.html"),
        ("100%25.html", "100%.html"),
        ("B/Page+One.html", None),  # a plus is a plus in a path
        ("B\\Page One.html", "B/Page One.html"),
        ("b%5Cpage%20one.html", "B/Page One.html"),
        ("//B//./Page One.html", "B/Page One.html"),
        ("/a.html", "a.html"),
        ("folder/", "folder/index.html"),
        ("FOLDER/.", "folder/index.html"),
        ("old/", "old/index.htm"),
        ("both/", "both/Index.html"),
        ("", "index.html"),
        ("folder", None),
        ("a.html/", None),
        ("none.html", None),
        ("B/../a.html", None),
        ("../a.html", None),
        ("..\\a.html", None),
        ("%2e%2e/a.html", None),
        ("a.html\0", None),
    ],
)
def test_a_name_finds_its_file_as_it_is_meant(asked, found):
    assert MEMBERS.find(asked) == found


@given(st.text(max_size=30))
def test_whatever_is_asked_for_is_a_file_of_the_package_or_none(asked):
    assert MEMBERS.find(asked) in (None, *NAMES)


def test_a_file_has_its_place_in_the_zip():
    assert MEMBERS["a.html"] == [0, 0, 0, 0, 0]
