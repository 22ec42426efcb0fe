"""The drawers of the bank."""

import pytest

from assessments.bank import categories, items
from assessments.bank.refusals import BankRefused
from sites import NOW
from tests.assessments.examples import TRUTH


def names(nodes):
    return [(node.depth, node.category.name, node.own, node.all) for node in nodes]


def everything(_category):
    return True


def test_the_tree_is_by_name_and_counts_what_lies_below(bank):
    outer = categories.make(bank, "Talks")
    inner = categories.make(bank, "consent", parent=outer)
    categories.make(bank, "body")
    items.add(bank, inner, TRUTH, {}, now=NOW, by="")

    tree = categories.tree(bank, everything)

    assert names(tree) == [(0, "body", 0, 0), (0, "Talks", 0, 1), (1, "consent", 1, 1)]
    assert tree[1].key == outer.__name__


def test_what_lies_in_a_hidden_category_is_shown_outermost(bank):
    hidden = categories.make(bank, "Mine", access="private")
    categories.make(bank, "Open", parent=hidden)

    tree = categories.tree(bank, lambda category: category is not hidden)

    assert names(tree) == [(0, "Open", 0, 0)]


def test_a_name_is_cleaned_and_taken_once_in_each_place(bank):
    outer = categories.make(bank, "  Talks \n about ")
    assert outer.name == "Talks about"
    categories.make(bank, "talks about", parent=outer)
    with pytest.raises(BankRefused, match="here already"):
        categories.make(bank, "TALKS ABOUT")


@pytest.mark.parametrize(("name", "reason"), [(" \n ", "Give"), ("x" * 201, "too long")])
def test_a_name_that_cannot_be_used_is_refused(bank, name, reason):
    with pytest.raises(BankRefused, match=reason):
        categories.make(bank, name)


def test_a_category_is_named_moved_and_described(bank):
    outer, other = categories.make(bank, "A"), categories.make(bank, "B")

    categories.change(bank, other, name="B2", note=" For all ", access="use", parent=outer)

    assert [each.name for each in other.path()] == ["A", "B2"]
    assert (other.note, other.access) == ("For all", "use")


def test_a_category_cannot_lie_in_itself_or_in_what_lies_in_it(bank):
    outer = categories.make(bank, "A")
    inner = categories.make(bank, "B", parent=outer)
    for place in (outer, inner):
        with pytest.raises(BankRefused, match="in itself"):
            categories.change(bank, outer, name="A", note="", access="edit", parent=place)


def test_categories_nest_so_deep_and_no_deeper(bank):
    here = None
    for level in range(categories.DEEPEST):
        here = categories.make(bank, f"L{level}", parent=here)
    with pytest.raises(BankRefused, match="levels deep"):
        categories.make(bank, "More", parent=here)
    other = categories.make(bank, "Other")
    with pytest.raises(BankRefused, match="levels deep"):
        categories.change(bank, here.path()[0], name="L0", note="", access="edit", parent=other)


def test_only_an_empty_category_can_be_removed(shelf):
    inner = categories.make(shelf.bank, "In it", parent=shelf.category)
    with pytest.raises(BankRefused, match="not empty"):
        categories.remove(shelf.bank, shelf.category)
    items.place(shelf.item, inner)
    with pytest.raises(BankRefused, match="not empty"):
        categories.remove(shelf.bank, shelf.category)
    items.place(shelf.item, shelf.category)

    categories.remove(shelf.bank, inner)

    assert categories.children(shelf.bank, shelf.category) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Outer/Inner", ("Outer", "Inner")),
        (" Outer / In  ner /", ("Outer", "In ner")),
        ("Care//Cure/In", ("Care/Cure", "In")),
        ("", ()),
    ],
)
def test_a_path_is_names_between_strokes(text, parts):
    assert categories.split_path(text) == parts
    assert categories.split_path(categories.join_path(parts)) == parts


def test_a_path_is_made_where_it_is_missing_and_found_where_it_is(bank):
    made = categories.at(bank, ("Outer", "Inner"), owner="person:amal")

    assert categories.at(bank, ("outer", "INNER")) is made
    assert categories.find(bank, ("Outer", "Inner")) is made
    assert categories.find(bank, ("Outer", "Other")) is None
    assert categories.path_of(made) == "Outer/Inner"
    assert made.owner == "person:amal"


def test_what_is_made_in_a_private_category_is_private_too(bank):
    mine = categories.make(bank, "Mine", access="private")
    assert categories.at(bank, ("In it",), inside=mine).access == "private"


def test_a_path_that_leads_through_a_category_of_somebody_else_is_refused(bank):
    categories.make(bank, "Theirs")
    with pytest.raises(BankRefused, match="may not change"):
        categories.at(bank, ("Theirs", "In it"), may=lambda _category: False)


def test_no_path_is_no_category(bank):
    with pytest.raises(BankRefused, match="Give"):
        categories.at(bank, ())
