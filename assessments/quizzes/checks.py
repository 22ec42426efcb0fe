"""What is not in order with the questions of a quiz, in words; and what marks it brings.

A named item that is a draft or gone is left out of every attempt. Questions of chance that the bank
has too few of keep every attempt from beginning. What is here is said before a learner finds it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

from translationstring import TranslationString, TranslationStringFactory

from assessments.attempts.draw import NotEnough, candidates, draw
from assessments.quizzes.plan import Section, Slot
from assessments.quizzes.sections import slots
from assessments.resources import Bank

_ = TranslationStringFactory("tutela")

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Findings:
    """What an author should know.

    :param whole: about the quiz; :param sections: about a section, by its id; :param slots: about a
        slot, by its id
    """

    whole: list[TranslationString] = field(default_factory=list)
    sections: dict[str, TranslationString] = field(default_factory=dict)
    slots: dict[str, TranslationString] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.whole or self.sections or self.slots)


def check(bank: Bank, sections: Sequence[Section]) -> Findings:
    """Everything that keeps the quiz from being asked as its author means it."""
    found = Findings()
    if not slots(sections):
        found.whole.append(_("There are no questions yet. Nobody can begin this quiz."))
        return found
    needed = Counter(pool(slot) for slot in slots(sections) if not slot.item)
    there = {key: available(bank, key) for key in needed}
    for section in sections:
        if section.pick > len(section.slots):
            found.sections[section.id] = _(
                "This section is to ask ${pick} of its questions, and has only ${n}. It asks all.",
                {"pick": section.pick, "n": len(section.slots)},
            )
        for slot in section.slots:
            words = _named(bank, slot) if slot.item else _chance(bank, slot, needed, there, section)
            if words is not None:
                found.slots[slot.id] = words
    if not found.slots and not enough(bank, sections):
        found.whole.append(
            _(
                "Questions of chance come from the same questions, and these are too few for all "
                "of them. Nobody can begin this quiz. Take some out, or write more questions."
            )
        )
    if not found and total(bank, sections)[1] == NOTHING:
        found.whole.append(_("No question brings a mark, so there is no result."))
    return found


def _named(bank: Bank, slot: Slot) -> TranslationString | None:
    item = bank.items.get(slot.item)
    if item is None:
        return _("This question is not in the bank any more. Nobody is asked it: take it out.")
    if item.state == "draft":
        return _("This question is a draft. Nobody is asked it until it is ready.")
    if slot.version and item.version(slot.version) is None:
        return _(
            "This question has no version ${number}. Nobody is asked it: choose another version.",
            {"number": slot.version},
        )
    if item.state == "retired":
        return _("This question is retired. It is asked here as before.")
    return None


def _chance(bank: Bank, slot: Slot, needed, there, section: Section) -> TranslationString | None:
    if bank.get(slot.category) is None:
        return _(
            "The category that this question is drawn from is gone. Nobody can begin this quiz: "
            "take it out."
        )
    key = pool(slot)
    if section.pick or there[key] >= needed[key]:
        return None
    return _(
        "Questions of chance from here: ${needed}. Questions to draw them from: ${there}. Nobody "
        "can begin this quiz. Take some out, or write more questions.",
        {"needed": needed[key], "there": there[key]},
    )


def pool(slot: Slot) -> Slot:
    """Where a slot of chance draws from: equal for slots that draw from the same questions."""
    return Slot(
        "", category=slot.category, below=slot.below, tags=tuple(sorted(slot.tags)), by=slot.by
    )


def available(bank: Bank, slot: Slot) -> int:
    """How many items a slot of chance chooses from."""
    return len(candidates(bank, slot))


def enough(bank: Bank, sections: Sequence[Section]) -> bool:
    """Whether there is an item of its own for every slot of chance, whichever are picked."""
    whole = [replace(each, pick=0, shuffle=False) for each in sections]
    try:
        draw(bank, whole, (), Random(0))  # noqa: S311 (nothing is decided by it)
    except NotEnough:
        return False
    return True


def mark_of(bank: Bank, slot: Slot) -> Fraction | None:
    """What a slot brings; None when that is for the question that chance draws to say."""
    item = bank.items.get(slot.item) if slot.item else None
    if slot.item:
        version = None if item is None else item.version(slot.version) or item.current
        if item is None or item.state == "draft" or version is None:
            return NOTHING
        if not version.question.answerable:
            return NOTHING
        return version.question.mark if slot.mark is None else slot.mark
    return slot.mark


def total(bank: Bank, sections: Sequence[Section]) -> tuple[Fraction, Fraction]:
    """The marks that an attempt can bring, at the least and at the most: they are the same, unless
    a section asks some of its questions and these bring different marks, or a question of chance
    brings its own mark."""
    least = most = NOTHING
    for section in sections:
        low = sorted(min(_range(bank, slot)) for slot in section.slots)
        high = sorted((max(_range(bank, slot)) for slot in section.slots), reverse=True)
        count = section.pick or len(section.slots)
        least += sum(low[:count], NOTHING)
        most += sum(high[:count], NOTHING)
    return least, most


def _range(bank: Bank, slot: Slot) -> list[Fraction]:
    mark = mark_of(bank, slot)
    if mark is not None:
        return [mark]
    return [item.current.question.mark for item in candidates(bank, slot)] or [NOTHING]
