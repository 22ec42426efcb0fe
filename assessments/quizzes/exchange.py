"""Quizzes as files have them: a test that a file brings, and a quiz as a test for a file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from assessments.bank.categories import May
from assessments.bank.take import entry_of
from assessments.exchange.entries import Entry, TakenSection, TakenTest
from assessments.quizzes import editing
from assessments.quizzes.plan import Section, Settings, Slot, from_plain, to_plain
from assessments.quizzes.sections import new_id, sections_of
from assessments.resources import Bank, Item, Quiz, Quizzes


def bring(
    quizzes: Quizzes,
    tests: Iterable[TakenTest],
    items: Sequence[Item],
    *,
    now: datetime,
    owner: str,
    untitled: str,
) -> list[Quiz]:
    """A quiz for each test.

    :param items: by the positions of the file's entries
    :param untitled: what a test without a title is called
    """
    return [_bring(quizzes, test, items, now, owner, untitled) for test in tests]


def _bring(quizzes: Quizzes, test: TakenTest, items, now, owner: str, untitled: str) -> Quiz:
    title = test.title[: editing.LONGEST_TITLE].strip() or untitled
    quiz = editing.make(quizzes, title, now=now, owner=owner)
    rules = Settings(seconds=test.seconds, sequential=test.sequential, attempts=test.attempts)
    quiz.settings = to_plain(rules)
    quiz.sections = tuple(to_plain(_section(each, items)) for each in test.sections)
    return quiz


def _section(section: TakenSection, items: Sequence[Item]) -> Section:
    marks = section.marks or (None,) * len(section.entries)
    slots = [
        Slot(new_id(), item=items[position].__name__, mark=mark)
        for position, mark in zip(section.entries, marks, strict=True)
    ]
    return Section(
        new_id(), section.title, section.intro, section.shuffle, section.pick, tuple(slots)
    )


def as_test(quiz: Quiz, bank: Bank, may: May) -> tuple[list[Entry], TakenTest]:
    """A quiz's named questions, each once, and its sections. What chance draws from a category has
    no counterpart in a file: it is left out.

    :param may: whether the questions of a category may be read
    """
    entries: list[Entry] = []
    places: dict[tuple[str, int], int] = {}
    sections = []
    for section in sections_of(quiz):
        slots = [
            (slot, item, version)
            for slot in section.slots
            if (item := bank.items.get(slot.item)) is not None
            and may(item.category)
            and (version := item.version(slot.version) if slot.version else item.current)
        ]
        for _slot, item, version in slots:
            key = (item.__name__, version.number)
            if key not in places:
                places[key] = len(entries)
                entries.append(replace(entry_of(item, version=version), category=()))
        sections.append(
            TakenSection(
                section.title,
                section.intro,
                section.shuffle,
                section.pick,
                tuple(places[item.__name__, version.number] for _slot, item, version in slots),
                tuple(slot.mark for slot, _item, _version in slots),
            )
        )
    settings = from_plain(Settings, quiz.settings)
    test = TakenTest(
        quiz.title, tuple(sections), settings.seconds, settings.sequential, settings.attempts
    )
    return entries, test
