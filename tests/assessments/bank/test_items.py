"""Items and their versions."""

from dataclasses import replace

import pytest

from assessments.bank import items
from assessments.bank.categories import make
from assessments.bank.refusals import BankRefused
from assessments.exchange.entries import QuestionFile
from sites import NOW
from tests.assessments.examples import FILES, HOTSPOT, SINGLE, TRUTH

AMAL = {"now": NOW, "by": "person:amal"}


def test_saving_what_is_the_same_makes_no_version(shelf):
    assert items.save(shelf.item, SINGLE, {}, **AMAL) is None
    assert len(shelf.item.versions) == 1


def test_saving_what_is_different_makes_a_version_and_keeps_the_old_one(shelf):
    changed = replace(SINGLE, name="Another")

    version = items.save(shelf.item, changed, {}, note=" Shorter \n name ", **AMAL)

    assert (version.number, version.by, version.note) == (2, "person:amal", "Shorter name")
    assert shelf.item.current.question == changed
    assert shelf.item.version(1).question == SINGLE


def test_another_file_is_a_difference_and_the_same_bytes_are_none(shelf):
    item = items.add(shelf.bank, shelf.category, HOTSPOT, FILES, **AMAL)
    same = {name: QuestionFile(file.type, file.content) for name, file in FILES.items()}
    other = {"room.png": QuestionFile("image/png", b"other")}

    assert items.save(item, HOTSPOT, item.current.files, **AMAL) is None
    assert items.save(item, HOTSPOT, same, **AMAL) is None
    assert items.save(item, HOTSPOT, other, **AMAL).number == 2
    assert items.save(item, HOTSPOT, {}, **AMAL).number == 3


def test_a_file_that_stays_is_the_same_object_in_the_next_version(shelf):
    item = items.add(shelf.bank, shelf.category, HOTSPOT, FILES, **AMAL)
    before = item.current.files["room.png"]
    items.save(item, replace(HOTSPOT, name="New"), item.current.files, **AMAL)
    assert item.current.files["room.png"] is before


def test_an_item_lies_in_one_category(shelf):
    other = make(shelf.bank, "Other")

    items.place(shelf.item, other)

    assert list(shelf.category.items) == []
    assert shelf.item.category is other
    assert other.items[shelf.item.__name__] is shelf.item


def test_code_tags_and_state_make_no_version(shelf):
    items.describe(shelf.item, code=" C7 ", tags=["b", " A ", "a", ""], state="retired")
    assert (shelf.item.code, shelf.item.tags, shelf.item.state) == ("C7", ("A", "b"), "retired")
    assert len(shelf.item.versions) == 1


def test_a_tag_is_given_and_taken_away_whatever_its_case(shelf):
    items.tag(shelf.item, "Sleep", on=True)
    items.tag(shelf.item, "basics", on=True)
    assert shelf.item.tags == ("basics", "Sleep")
    items.tag(shelf.item, "SLEEP", on=False)
    assert shelf.item.tags == ("basics",)
    items.tag(shelf.item, "  ", on=True)
    assert shelf.item.tags == ("basics",)


def test_an_older_version_becomes_the_newest_again(shelf):
    items.save(shelf.item, replace(SINGLE, name="Another"), {}, **AMAL)

    assert items.restore(shelf.item, 1, **AMAL).number == 3
    assert shelf.item.current.question == SINGLE
    assert items.restore(shelf.item, 1, **AMAL) is None
    with pytest.raises(BankRefused, match="no version"):
        items.restore(shelf.item, 9, **AMAL)


def test_a_copy_is_a_draft_with_a_name_of_its_own_and_without_a_code(shelf):
    shelf.item.tags = ("basics",)

    copy = items.duplicate(shelf.bank, shelf.item, shelf.category, **AMAL)

    assert copy.current.name == "First meeting (2)"
    assert (copy.code, copy.tags, copy.state) == ("", ("basics",), "draft")
    assert shelf.bank.items[copy.__name__] is copy


def test_a_copy_of_what_has_no_name_has_none(shelf):
    bare = items.add(shelf.bank, shelf.category, replace(TRUTH, name=""), {}, **AMAL)
    assert items.duplicate(shelf.bank, bare, shelf.category, **AMAL).current.name == ""


def test_what_is_used_cannot_be_removed(shelf):
    with pytest.raises(BankRefused, match="Retire it"):
        items.remove(shelf.bank, shelf.item, used=True)

    items.remove(shelf.bank, shelf.item, used=False)

    assert len(shelf.bank.items) == len(shelf.category.items) == 0
