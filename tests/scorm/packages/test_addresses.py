"""Addresses as manifests write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.addresses import (
    FOLDERS,
    LONGEST,
    LONGEST_PART,
    MISSED,
    MOST_ADDRESSES,
    Places,
    climbs,
    folded,
    foreign,
    join_base,
    join_parameters,
    launchable,
    normal_path,
    split_address,
)


@pytest.mark.parametrize(
    ("address", "parameters", "joined"),
    [
        ("a.html", "?x=1", "a.html?x=1"),
        ("a.html", "&x=1", "a.html?x=1"),
        ("a.html", "x=1", "a.html?x=1"),
        ("a.html", "?&?x=1", "a.html?x=1"),
        ("a.html?y=2", "?x=1", "a.html?y=2&x=1"),
        ("a.html", "#part", "a.html#part"),
        ("a.html#here", "?x=1", "a.html?x=1#here"),
        ("a.html#here", "#there", "a.html#here"),
        ("a.html", "", "a.html"),
        ("a.html", "?", "a.html"),
        ("a.html", "?x=1#there", "a.html?x=1#there"),
        ("a.html?y=2#here", "?x=1#there", "a.html?y=2&x=1#here"),
    ],
)
def test_parameters_are_joined_as_the_book_says(address, parameters, joined):
    assert join_parameters(address, parameters) == joined


@given(st.from_regex(r"[a-z]+\.html(\?[a-z=]*)?(#[a-z]*)?", fullmatch=True), st.text("?&#=xy"))
def test_joining_keeps_the_path_and_the_query_before_the_fragment(address, parameters):
    joined = join_parameters(address, parameters)
    path, rest = split_address(joined)
    assert path == split_address(address)[0]
    assert rest.partition("#")[0].startswith(split_address(address)[1].partition("#")[0])


@pytest.mark.parametrize(
    ("bases", "joined"),
    [
        ((None, None, None), ""),
        (("a/", "b/", "c/"), "a/b/c/"),
        (("a", None, "c"), "a/c/"),
        (("a/", "http://example.org/x"), "http://example.org/x/"),
        (("a\\b",), "a\\b/"),
        (("a\\", "b/"), "a\\b/"),
    ],
)
def test_bases_are_joined_from_the_outside_in(bases, joined):
    assert join_base(*bases) == joined


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org", True),
        ("//example.org", True),
        ("javascript:alert(1)", True),
        ("mailto:a@b", True),
        ("file:///a.html", False),
        ("C:/a.html", False),
        ("a.html?next=http://example.org", False),
    ],
)
def test_what_leads_out_of_the_package_is_known(address, expected):
    assert foreign(address) is expected


NAMES = (
    *("index.html", "a/Page One.html", "a/b.html", "100%.html", "x%20y.html"),
    *("C#.html", "é.html", "deep/index2.html", "R&D.html", "start/index.htm"),
)


@pytest.mark.parametrize(
    ("base", "href", "member", "rest", "mended"),
    [
        ("", "index.html", "index.html", "", ""),
        ("", "index.html?a=1#b", "index.html", "?a=1#b", ""),
        ("a/", "b.html", "a/b.html", "", ""),
        ("a/", "../index.html", "index.html", "", ""),
        ("", "a/Page%20One.html", "a/Page One.html", "", ""),
        ("", "100%25.html", "100%.html", "", ""),
        ("", "100%.html", "100%.html", "", ""),
        ("", "x%20y.html", "x%20y.html", "", "address"),
        ("", "INDEX.html", "index.html", "", "case"),
        ("", "e\u0301.html", "é.html", "", "case"),
        ("", "%E9.html", "é.html", "", "address"),
        ("", "C#.html", "C#.html", "", "address"),
        ("", "a\\b.html", "a/b.html", "", "address"),
        ("", "/index.html", "index.html", "", "address"),
        ("", "../index.html", "index.html", "", "address"),
        ("a/", "a/b.html", "a/b.html", "", "address"),
        ("", "file:///index.html", "index.html", "", "address"),
        ("", "file:///C:/Users/me/deep/index2.html?x", "deep/index2.html", "?x", "address"),
        ("", "C:\\course\\A\\B.html", "a/b.html", "", "address"),
        ("a/imsmanifest.xml/", "b.html?x", "a/b.html", "?x", "address"),
        ("", "a/Page+One.html#x", "a/Page One.html", "#x", "address"),
        ("", "a/Page%2520One.html", "a/Page One.html", "", "address"),
        ("", "R&amp;D.html?y", "R&D.html", "?y", "address"),
        ("", "start/", "start/index.htm", "", "address"),
    ],
)
def test_an_address_leads_to_the_file_that_is_meant(base, href, member, rest, mended):
    place = Places(NAMES).find(base, href)
    assert (place.member, place.rest, place.mended) == (member, rest, mended)


@pytest.mark.parametrize("href", ["none.html", "", "a/", "../" * 2000 + "index.html"])
def test_an_address_that_leads_nowhere_finds_nothing(href):
    assert Places(NAMES).find("", href) is None


def test_a_name_with_marks_of_an_address_is_coded_for_launching():
    assert launchable("what?/C#.html") == "what%3F/C%23.html"


@given(st.text(alphabet="ab./\\% "))
def test_no_path_leaves_the_package(path):
    parts = normal_path(path).split("/")
    assert ".." not in parts
    assert not normal_path(path).startswith("/")
    assert normal_path(normal_path(path)) == normal_path(path)
    assert not climbs(path) or ".." in path.split("/")


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_found_is_in_the_package(base, href):
    place = Places(NAMES).find(base, href)
    assert place is None or place.member in NAMES


def test_of_very_many_addresses_the_last_are_only_looked_for_as_they_are_written():
    places = Places(NAMES)
    written = next(iter(sorted(NAMES)))
    while not places.exhausted:
        assert places.find("", "/nowhere" * 200) is None
    assert places.find("", written).member == written
    assert places.find("", f"./{written}") is None


def test_of_a_path_on_a_disk_only_so_many_folders_are_left_out():
    assert Places({"a.html"}).find("", "/" + "f/" * FOLDERS + "a.html") is not None
    assert Places({"a.html"}).find("", "/" + "f/" * (FOLDERS + 1) + "a.html") is None


def test_a_base_is_cut_where_no_address_is_as_long():
    assert len(join_base("a/" * LONGEST)) == LONGEST + 1


def test_accents_are_composed_in_names_that_a_disk_can_have():
    composed, apart = "é" * LONGEST_PART, "e\u0301" * (LONGEST_PART // 2)
    assert folded(f"{apart}/a") == folded(f"{composed[: LONGEST_PART // 2]}/a")
    assert folded(f"{apart}x") != folded(f"{composed[: LONGEST_PART // 2]}x")


def test_addresses_that_lead_nowhere_are_looked_for_in_bounds_and_good_ones_still_found():
    places = Places({"a.html", "B.html"})
    for number in range(MOST_ADDRESSES // MISSED):
        places.find("", f"{number}.html")
    assert places.exhausted
    assert places.find("", "a.html").member == "a.html"
    assert places.find("", "b.html") is None
