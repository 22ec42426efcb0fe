"""How many questions a quiz asks, for those who have not begun."""

from assessments.quizzes.plan import Section, Slot, from_plain
from assessments.resources import Bank, Quiz


def questions_in(bank: Bank, quiz: Quiz) -> int:
    """Questions to be answered; texts to read, and named items that are not asked, do not count.

    Where a section picks some of its slots, a text to read may be among them: then it is the most
    that can be asked.
    """
    return sum(_in_section(bank, from_plain(Section, plain)) for plain in quiz.sections)


def _in_section(bank: Bank, section: Section) -> int:
    asked = sum(_asks(bank, slot) for slot in section.slots)
    return min(asked, section.pick) if section.pick else asked


def _asks(bank: Bank, slot: Slot) -> bool:
    """What comes by chance is always a question to be answered."""
    if not slot.item:
        return True
    item = bank.items.get(slot.item)
    return item is not None and item.state != "draft" and item.current.question.answerable
