"""The questions of a quiz: sections and slots, put in, moved, changed and taken out.

Everything here takes sections as values and returns new ones. Slots and sections are found by
their ids, so that what one author moves stays found for another. What an id does not find any more
changes nothing.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.bank.categories import May
from assessments.quizzes.plan import Section, Slot, from_plain, to_plain
from assessments.quizzes.refusals import QuizRefused
from assessments.resources import Bank, Quiz

_ = TranslationStringFactory("tutela")

MOST_SLOTS = 500
"""Questions in a quiz: nobody answers more in one go, and a page still shows them."""

Sections = tuple[Section, ...]


def new_id() -> str:
    """An id that no other slot or section has."""
    return secrets.token_hex(4)


def sections_of(quiz: Quiz) -> Sections:
    """The quiz's sections as values."""
    return tuple(from_plain(Section, plain) for plain in quiz.sections)


def keep(quiz: Quiz, sections: Sequence[Section], now: datetime) -> bool:
    """Give a quiz its sections; whether anything is different. Attempts that have begun keep their
    questions."""
    plain = tuple(to_plain(each) for each in sections)
    if plain == quiz.sections:
        return False
    quiz.sections = plain
    quiz.changed = now
    return True


def slots(sections: Iterable[Section]) -> list[Slot]:
    """All slots in their order."""
    return [slot for section in sections for slot in section.slots]


def readable(sections: Sections, bank: Bank, may: May, by: str) -> Sections:
    """Without what somebody may not read. What is gone from the bank is kept: it asks nothing.

    :param may: whether they may read the questions of a category
    :param by: their principal: what chance draws, it draws for them
    """

    def kept(slot: Slot) -> bool:
        item = bank.items.get(slot.item)
        home = bank.get(slot.category) if item is None else item.category
        return home is None or may(home)

    return tuple(
        replace(
            section,
            slots=tuple(
                slot if slot.item else replace(slot, by=by) for slot in section.slots if kept(slot)
            ),
        )
        for section in sections
    )


def add_section(sections: Sections) -> Sections:
    """With an empty one at the end."""
    return (*sections, Section(new_id()))


def remove_section(sections: Sections, key: str) -> Sections:
    """Without a section that is empty.

    :raises QuizRefused: when there are questions in it
    """
    if any(each.id == key and each.slots for each in sections):
        raise QuizRefused(
            _("There are questions in this section. Take them out or move them first.")
        )
    return tuple(each for each in sections if each.id != key)


def move_section(sections: Sections, key: str, step: int) -> Sections:
    """A section one place up (-1) or down (1), with what is in it."""
    return _moved(sections, key, step)


def change_section(sections: Sections, key: str, change: Callable[[Section], Section]) -> Sections:
    """One section changed."""
    return tuple(change(each) if each.id == key else each for each in sections)


def add_items(sections: Sections, key: str, items: Iterable[str]) -> Sections:
    """Items at the end of a section, each once in the whole quiz: what is asked already stays where
    it is.

    :param key: of the section; the last one when there is none of that id
    :param items: ids in the bank
    :raises QuizRefused: when they are too many
    """
    there = {slot.item for slot in slots(sections)}
    new = [item for item in dict.fromkeys(items) if item not in there]
    return _added(sections, key, [Slot(new_id(), item=item) for item in new])


def add_chance(
    sections: Sections,
    key: str,
    *,
    count: int,
    category: str,
    below: bool,
    tags: tuple[str, ...],
    mark: Fraction,
    by: str = "",
) -> Sections:
    """So many questions of chance at the end of a section.

    :param key: of the section; the last one when there is none of that id
    :param mark: what each brings
    :param by: principal of who puts them in
    :raises QuizRefused: when they are too many
    """
    drawn = Slot("", category=category, below=below, tags=tags, mark=mark, by=by)
    new = [replace(drawn, id=new_id()) for _n in range(count)]
    return _added(sections, key, new)


def _added(sections: Sections, key: str, new: list[Slot]) -> Sections:
    if len(slots(sections)) + len(new) > MOST_SLOTS:
        raise QuizRefused(
            _("A quiz has at most ${most} questions. Make two of it.", {"most": MOST_SLOTS})
        )
    sections = sections or add_section(())
    home = key if any(each.id == key for each in sections) else sections[-1].id
    return change_section(
        sections, home, lambda section: replace(section, slots=(*section.slots, *new))
    )


def remove_slot(sections: Sections, key: str) -> Sections:
    """Without a slot."""
    return tuple(
        replace(section, slots=tuple(slot for slot in section.slots if slot.id != key))
        for section in sections
    )


def move_slot(sections: Sections, key: str, step: int) -> Sections:
    """A slot one place up (-1) or down (1): over the edge of its section into the next one."""
    for number, section in enumerate(sections):
        place = next((at for at, slot in enumerate(section.slots) if slot.id == key), None)
        if place is None:
            continue
        if 0 <= place + step < len(section.slots):
            moved = replace(section, slots=_moved(section.slots, key, step))
            return (*sections[:number], moved, *sections[number + 1 :])
        if 0 <= number + step < len(sections):
            return _over(sections, section.slots[place], sections[number + step].id, step)
    return sections


def _over(sections: Sections, slot: Slot, target: str, step: int) -> Sections:
    """A slot at the near end of another section."""

    def taken_in(section: Section) -> Section:
        slots = (*section.slots, slot) if step < 0 else (slot, *section.slots)
        return replace(section, slots=slots)

    return change_section(remove_slot(sections, slot.id), target, taken_in)


def _moved(things: tuple, key: str, step: int) -> tuple:
    place = next((at for at, each in enumerate(things) if each.id == key), None)
    if place is None or not 0 <= place + step < len(things):
        return things
    found = list(things)
    found[place], found[place + step] = found[place + step], found[place]
    return tuple(found)
