"""What an author reads of two versions."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scorm.packages.compare import Comparison, Files, compare
from scorm.packages.manifest import (
    Edition,
    Item,
    Manifest,
    Organization,
    Sequencing,
)


def part(key, *children, launch=True, **more):
    title = more.pop("title", key.title())
    opened = f"{key}.html" if launch is True else launch
    return Item(key, title, launch=opened, children=children, **more)


def holder(key, *children):
    return part(key, *children, launch=None)


def manifest(*items, edition=Edition.FOURTH, **more):
    organization = Organization("o", "Course", items, **more)
    return Manifest("m", edition, "Course", (organization,), "o")


def differ(old, new, files=None, new_files=None) -> Comparison:
    return compare(old, new, files or {}, new_files or {})


def ids(parts):
    return [each.id for each in parts]


def test_the_same_version_has_nothing_otherwise():
    files = {"a.html": [0, 5, 9, 8, 77]}
    found = manifest(part("a"), holder("b", part("c")))
    assert compare(found, found, files, {"a.html": [40, 5, 9, 8, 77]}).nothing


def test_items_are_added_and_gone():
    found = differ(manifest(part("a"), holder("b", part("c"))), manifest(part("a"), part("d")))
    assert ids(found.added) == ["d"]
    assert ids(found.gone) == ["b", "c"]
    assert ids(found.vanished) == ["c"]
    assert not found.nothing


def test_what_stands_below_another_item_has_moved():
    found = differ(manifest(part("a"), holder("b", part("c"))), manifest(part("c"), holder("b")))
    assert ids(found.moved) == ["c"]


def test_of_a_new_order_the_fewest_have_moved():
    old = manifest(*map(part, "abcde"))
    assert ids(differ(old, manifest(*map(part, "ebacd"))).moved) == ["e", "b"]
    assert ids(differ(old, manifest(*map(part, "abxcde"))).moved) == []
    assert ids(differ(old, manifest(*map(part, "ace"))).moved) == []


@given(st.permutations("abcdef"))
def test_without_those_that_have_moved_the_others_are_in_order(keys):
    moved = ids(differ(manifest(*map(part, "abcdef")), manifest(*map(part, keys))).moved)
    left = [key for key in keys if key not in moved]
    assert left == sorted(left)


def test_titles_files_and_rules_are_compared():
    old = manifest(part("a"), part("b"), part("c"), part("d"))
    new = manifest(
        part("a", title="New"),
        part("b", launch="b.html?x=1"),
        part("c", sequencing=Sequencing(attempt_limit=1)),
        part("d", data_from_lms="x"),
    )
    found = differ(old, new)
    assert [(x.before, x.after) for x in found.renamed] == [("A", "New")]
    assert ids(found.launched) == ["b", "d"]
    assert ids(found.ruled) == ["c"]
    assert not found.course_ruled
    assert "suspend data" in found.warning


def test_rules_of_the_whole_course_and_the_standard_are_compared():
    old = manifest(part("a"))
    found = differ(old, manifest(part("a"), objectives_global_to_system=False))
    assert found.course_ruled
    assert found.warning == ""
    found = differ(old, replace(old, edition=Edition.SCORM_12))
    assert found.edition == ("2004 4th", "1.2")


def test_files_are_counted_with_their_bytes():
    old = {"a": [0, 5, 10, 8, 1], "b": [9, 5, 20, 8, 2], "c": [0, 1, 7, 0, 3]}
    new = {"a": [0, 5, 10, 8, 1], "b": [9, 5, 25, 8, 4], "d": [0, 1, 3, 0, 3]}
    found = differ(manifest(part("a")), manifest(part("a")), old, new)
    assert found.files_added == Files(1, 3)
    assert found.files_gone == Files(1, 7)
    assert found.files_changed == Files(1, 25)
    assert found.warning


def test_the_one_part_that_can_be_opened_is_the_same_whatever_it_is_called():
    found = differ(manifest(part("a", title="A")), manifest(holder("b", part("c", title="C"))))
    assert found.same == ("a", "c")
    assert ids(found.added) == ["b"]
    assert found.gone == ()
    assert ids(found.moved) == ids(found.launched) == ["c"]
    assert [(each.before, each.after) for each in found.renamed] == [("A", "C")]
    assert not found.nothing


def test_what_is_called_so_already_is_another():
    old, new = manifest(part("a")), manifest(holder("a", part("c")))
    assert differ(old, new).same is None
    assert differ(new, old).same is None
    assert differ(old, manifest(part("b"), part("c"))).same is None
    assert differ(old, manifest(part("a", title="Other"))).same is None
