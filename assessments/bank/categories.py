"""The drawers of the bank: making, naming, moving and removing them, and what lies in which.

A category knows what it lies in; what lies in it is found here. There are some hundreds of them at
most, each a small record.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from translationstring import TranslationStringFactory

from assessments.bank.refusals import BankRefused
from assessments.resources import Bank, Category

_ = TranslationStringFactory("tutela")

LONGEST_NAME = 200
DEEPEST = 10
"""Levels of categories; files of others nest no deeper, and pages could not show it."""
ACCESS = ("private", "use", "edit")

May = Callable[[Category], bool]
"""Whether whoever asks may see a category."""


@dataclass(frozen=True)
class Node:
    """A category in the tree: how deep it lies (0: outermost), its own items and all below.

    :param key: id of the category
    """

    category: Category
    depth: int
    own: int
    all: int

    @property
    def key(self) -> str:
        return self.category.__name__


def in_order(categories: Iterable[Category]) -> list[Category]:
    """By name, as people sort: without regard to case."""
    return sorted(categories, key=lambda each: (each.name.casefold(), each.__name__))


def children(bank: Bank, category: Category | None) -> list[Category]:
    """What lies directly in a category; the outermost ones for None."""
    return in_order(each for each in bank.categories() if each.parent is category)


def tree(bank: Bank, may: May) -> list[Node]:
    """Every category that somebody may see, each before what lies in it.

    What lies in a category that they may not see is shown at the outermost level: its place would
    tell the name of what hides it.
    """
    seen = [each for each in bank.categories() if may(each)]
    inside: dict[str | None, list[Category]] = {}
    for category in in_order(seen):
        parent = category.parent
        key = parent.__name__ if parent is not None and parent in seen else None
        inside.setdefault(key, []).append(category)

    def nodes(category: Category, depth: int) -> list[Node]:
        below = [
            node for child in inside.get(category.__name__, ()) for node in nodes(child, depth + 1)
        ]
        own = len(category.items)
        total = own + sum(node.own for node in below)
        return [Node(category, depth, own, total), *below]

    return [node for category in inside.get(None, ()) for node in nodes(category, 0)]


def below(bank: Bank, category: Category) -> list[Category]:
    """A category and all that lies in it, each before what lies in it."""
    found = [category]
    for each in found:
        found += children(bank, each)
    return found


def check_name(name: str) -> str:
    """The name without what nobody sees.

    :raises BankRefused: when it is empty or too long
    """
    name = " ".join(name.split())
    if not name:
        raise BankRefused(_("Give the category a name."))
    if len(name) > LONGEST_NAME:
        raise BankRefused(
            _("This name is too long. Use at most ${most} characters.", {"most": LONGEST_NAME})
        )
    return name


def make(
    bank: Bank,
    name: str,
    *,
    parent: Category | None = None,
    owner: str = "",
    access: str = "edit",
    note: str = "",
) -> Category:
    """A new category.

    :param owner: principal of who may do everything with it
    :raises BankRefused: when the name cannot be used, or is taken there
    """
    name = check_name(name)
    _check_place(bank, None, name, parent)
    category = Category(secrets.token_hex(8), name, owner, access)
    category.parent = parent
    category.note = note.strip()
    bank.add(category)
    return category


def change(
    bank: Bank, category: Category, *, name: str, note: str, access: str, parent: Category | None
) -> None:
    """Name, describe, open or close, and move a category.

    :raises BankRefused: when the name cannot be used or is taken there, or it would lie in itself
    """
    name = check_name(name)
    if parent is not None and category in parent.path():
        raise BankRefused(_("A category cannot lie in itself, or in what lies in it."))
    _check_place(bank, category, name, parent)
    category.name = name
    category.note = note.strip()
    category.access = access
    category.parent = parent


def _check_place(bank: Bank, category: Category | None, name: str, parent: Category | None) -> None:
    levels = 1 if category is None else _height(bank, category)
    if (0 if parent is None else len(parent.path())) + levels > DEEPEST:
        raise BankRefused(
            _("Categories nest at most ${most} levels deep. Choose another.", {"most": DEEPEST})
        )
    if any(
        each.name.casefold() == name.casefold() and each is not category
        for each in children(bank, parent)
    ):
        raise BankRefused(_("There is a category “${name}” here already.", {"name": name}))


def _height(bank: Bank, category: Category) -> int:
    own = len(category.path())
    return max(len(each.path()) for each in below(bank, category)) - own + 1


def is_empty(bank: Bank, category: Category) -> bool:
    """Whether no question and no category lies in it."""
    return not category.items and not children(bank, category)


def remove(bank: Bank, category: Category) -> None:
    """Take an empty category away.

    :raises BankRefused: when something lies in it
    """
    if not is_empty(bank, category):
        raise BankRefused(
            _("This category is not empty. Move what lies in it to another one first.")
        )
    bank.remove(category)


def split_path(text: str) -> tuple[str, ...]:
    """The names in a path such as ``Outer/Inner``; ``//`` stands for a stroke in a name."""
    parts = text.replace("//", "\0").split("/")
    return tuple(name for part in parts if (name := " ".join(part.replace("\0", "/").split())))


def join_path(names: Iterable[str]) -> str:
    """The inverse of :func:`split_path`."""
    return "/".join(name.replace("/", "//") for name in names)


def path_of(category: Category) -> str:
    """A category's path, as the command line takes it."""
    return join_path(each.name for each in category.path())


def find(bank: Bank, names: Sequence[str]) -> Category | None:
    """The category at a path of names."""
    here: Category | None = None
    for name in names:
        folded = name.casefold()
        here = next((each for each in children(bank, here) if each.name.casefold() == folded), None)
        if here is None:
            return None
    return here


def at(
    bank: Bank,
    names: Sequence[str],
    *,
    inside: Category | None = None,
    owner: str = "",
    may: May = lambda _category: True,
) -> Category:
    """The category at a path of names, made where it is missing.

    :param inside: where the path begins; the outermost level for None
    :param may: whether an existing category may be used; one that may not be is refused
    :raises BankRefused: when a name cannot be used, the path is empty, or a category is not theirs
    """
    here = inside
    for name in names:
        folded = check_name(name).casefold()
        found = next(
            (each for each in children(bank, here) if each.name.casefold() == folded), None
        )
        if found is None:
            access = "edit" if here is None else here.access
            found = make(bank, name, parent=here, owner=owner, access=access)
        elif not may(found):
            raise BankRefused(
                _("You may not change what lies in the category “${name}”.", {"name": name})
            )
        here = found
    if here is None:
        raise BankRefused(_("Give the category a name."))
    return here
