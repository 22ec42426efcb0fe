"""Questions of files into the bank, and of the bank into files."""

from dataclasses import replace

import pytest

from assessments.bank import categories, items
from assessments.bank.refusals import BankRefused
from assessments.bank.take import entries_of, entry_of, take
from assessments.exchange.entries import Entry
from sites import NOW
from tests.assessments.examples import FILES, HOTSPOT, SINGLE, TRUTH

BY = "person:amal"


def taken(shelf, *entries, **more):
    return take(shelf.bank, entries, shelf.category, NOW, BY, **more)


def test_an_entry_with_a_known_code_is_a_new_version_of_that_item_where_it_lies(shelf):
    inner = categories.make(shelf.bank, "Inner", parent=shelf.category)
    items.place(shelf.item, inner)

    found = taken(shelf, Entry(replace(SINGLE, name="New"), code="Q1", tags=("sleep",)))

    assert (found.added, found.changed, found.same) == ((), (shelf.item,), ())
    assert shelf.item.current.number == 2
    assert shelf.item.category is inner
    assert shelf.item.tags == ("sleep",)


def test_an_entry_that_says_the_same_changes_nothing(shelf):
    found = taken(shelf, Entry(SINGLE, code="Q1"))
    assert found.same == (shelf.item,)
    assert len(shelf.item.versions) == 1


def test_an_entry_without_a_code_is_a_new_item(shelf):
    found = taken(shelf, Entry(SINGLE), Entry(TRUTH, code="Q2"), Entry(TRUTH, code="Q2"))
    first, second = found.added
    assert found.items == (first, second, second)
    assert (first.code, second.code) == ("", "Q2")
    assert found.same == (second,)


def test_a_file_that_is_taken_twice_changes_nothing(shelf):
    file = [Entry(TRUTH), Entry(TRUTH), Entry(HOTSPOT, ("Inner",), files=FILES)]
    first = taken(shelf, *file)

    again = taken(shelf, *file)

    assert (len(first.added), again.added, again.changed) == (3, (), ())
    assert set(again.same) == set(first.added)


def test_what_is_retired_does_not_keep_the_same_question_away(shelf):
    (before,) = taken(shelf, Entry(TRUTH)).added
    before.state = "retired"

    assert len(taken(shelf, Entry(TRUTH)).added) == 1


def test_categories_of_the_file_lie_in_the_one_that_was_chosen(shelf):
    (item,) = taken(shelf, Entry(TRUTH, category=("Body", "Sleep"))).added
    assert categories.path_of(item.category) == "First talks/Body/Sleep"
    assert item.category.owner == BY


def test_a_question_of_a_category_that_is_not_theirs_is_not_touched(shelf):
    theirs = categories.make(shelf.bank, "Theirs", parent=shelf.category)
    items.place(shelf.item, theirs)

    found = taken(shelf, Entry(TRUTH, code="Q1"), may=lambda category: category is not theirs)

    assert found.added[0].category is shelf.category
    assert len(shelf.item.versions) == 1
    with pytest.raises(BankRefused, match="may not change"):
        taken(
            shelf,
            Entry(TRUTH, category=("Theirs",)),
            may=lambda category: category is not theirs,
        )


def test_what_is_given_out_and_taken_in_again_is_the_same(shelf):
    taken(shelf, Entry(HOTSPOT, ("Rooms",), "H1", ("light",), FILES))
    entries = list(entries_of(shelf.bank, shelf.category))
    assert [(entry.category, entry.code) for entry in entries] == [((), "Q1"), (("Rooms",), "H1")]
    assert entries[1].files == FILES

    found = taken(shelf, *entries)

    assert len(found.same) == 2


def test_what_is_retired_or_hidden_is_not_given_out(shelf):
    hidden = categories.make(shelf.bank, "Hidden", parent=shelf.category)
    items.add(shelf.bank, hidden, TRUTH, {}, now=NOW, by=BY)
    shelf.item.state = "retired"
    found = entries_of(shelf.bank, shelf.category, may=lambda category: category is not hidden)
    assert list(found) == []
    assert entry_of(shelf.item).code == "Q1"
