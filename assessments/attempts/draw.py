"""Which questions an attempt asks: those that are named, and those that chance draws from the bank.

No item is asked twice in one attempt, and what the learner was asked before is drawn only when
nothing else is left, what was asked least often first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

from assessments.questions.plain import KINDS
from assessments.quizzes.plan import Section, Slot
from assessments.resources import Attempt, Bank, Category, Item, ItemVersion

Drawn = tuple[int, Slot, ItemVersion]
"""Number of the section, the slot, and what it asks."""


class NotEnough(Exception):
    """A slot of chance finds no item that is not asked already, or nothing is asked at all."""


def draw(
    bank: Bank, sections: Sequence[Section], before: Iterable[Attempt], random: Random
) -> list[Drawn]:
    """What is asked, in its order. A named item that is a draft or gone is left out, for everybody.

    :param before: the learner's earlier attempts
    :raises NotEnough: when a slot of chance stays empty
    """
    chosen = [
        (number, slot)
        for number, section in enumerate(sections)
        for slot in _slots(bank, section, random)
    ]
    if not chosen:
        raise NotEnough
    asked = Counter(
        answer.version.item.__name__ for attempt in before for answer in attempt.answers
    )
    named = {slot.id: _version(bank, slot) for _, slot in chosen if slot.item}
    taken = {version.item.__name__ for version in named.values() if version is not None}
    pools = {
        slot.id: _pool(bank, slot, taken, asked, random) for _, slot in chosen if not slot.item
    }
    found = {**named, **_seat(pools)}
    return [
        (number, slot, version)
        for number, slot in chosen
        if (version := found[slot.id]) is not None
    ]


def _slots(bank: Bank, section: Section, random: Random) -> list[Slot]:
    slots = [slot for slot in section.slots if not slot.item or _version(bank, slot) is not None]
    order = list(range(len(slots)))
    if section.pick and section.pick < len(slots):
        order = sorted(random.sample(order, section.pick))
    if section.shuffle:
        random.shuffle(order)
    return [slots[index] for index in order]


def _version(bank: Bank, slot: Slot) -> ItemVersion | None:
    """What a slot asks that names an item: a retired item goes on where it is asked already."""
    item = bank.items.get(slot.item)
    if item is None or item.state == "draft":
        return None
    return item.version(slot.version) if slot.version else item.current


def candidates(bank: Bank, slot: Slot) -> list[Item]:
    """The items that a slot of chance may ask."""
    home = bank.get(slot.category)
    if home is None:
        return []
    return [
        item
        for category in ([home] if not slot.below else _within(bank, home, slot.by))
        for item in category.items.values()
        if item.state == "ready"
        and KINDS[item.current.kind].answerable  # without reading all of them
        and set(slot.tags) <= set(item.tags)
    ]


def _within(bank: Bank, home: Category, by: str) -> list[Category]:
    """The category itself, which was allowed when it was chosen, and what lies in it, but for what
    somebody else keeps private."""
    return [
        category
        for category in bank.categories()
        if home in category.path()
        and (category is home or category.access != "private" or category.owner == by != "")
    ]


def _pool(bank: Bank, slot: Slot, taken, asked: Counter, random: Random) -> list[Item]:
    """The candidates in an order of chance, those that were asked least often first."""
    pool = [item for item in candidates(bank, slot) if item.__name__ not in taken]
    random.shuffle(pool)
    return sorted(pool, key=lambda item: asked[item.__name__])


def _seat(pools: dict[str, list[Item]]) -> dict[str, ItemVersion]:
    """An item of its own for each slot: what is free, else another slot moves over (Kuhn's way of
    matching, so that slots whose pools overlap are filled whenever they can be).

    :raises NotEnough: when they cannot
    """
    holders: dict[str, str] = {}
    seats: dict[str, Item] = {}

    def seat(slot: str, visited: set[str]) -> bool:
        pool = pools[slot]
        for item in [*(each for each in pool if each.__name__ not in holders), *pool]:
            key = item.__name__
            if key in visited:
                continue
            visited.add(key)
            if key not in holders or seat(holders[key], visited):
                holders[key], seats[slot] = slot, item
                return True
        return False

    for slot in pools:
        if not seat(slot, set()):
            raise NotEnough
    return {slot: item.current for slot, item in seats.items()}
