"""A bank with a category, and a question in it."""

from dataclasses import dataclass

import pytest

from assessments.bank import categories, items
from assessments.resources import Bank, Category, Item
from sites import NOW
from tests.assessments.examples import SINGLE


@dataclass
class Shelf:
    """A bank, a category of it, and one question there."""

    bank: Bank
    category: Category
    item: Item


@pytest.fixture
def bank():
    return Bank()


@pytest.fixture
def shelf(bank):
    category = categories.make(bank, "First talks", owner="person:amal")
    item = items.add(bank, category, SINGLE, {}, now=NOW, by="person:amal", code="Q1")
    return Shelf(bank, category, item)
