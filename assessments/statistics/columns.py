"""The attempts that count as columns of whole numbers, one column a slot.

Marks are in the smallest unit that they share, so the order of attempts changes nothing.
"""

from dataclasses import dataclass
from math import lcm

from assessments.statistics.attempts import Answer, Attempt


@dataclass(frozen=True)
class Column:
    """One slot. ``answers`` holds ``None`` where an attempt had no such slot, which can only be
    in a slot without marks; ``marks`` and ``max_marks`` are in units."""

    slot: int
    answers: list[Answer | None]
    marks: list[int]
    max_marks: list[int]

    @property
    def has_marks(self) -> bool:
        return any(self.max_marks)


@dataclass(frozen=True)
class Data:
    """The attempts that count; ``totals`` are in units, ``unit`` is how many make one mark."""

    learners: list[str]
    columns: list[Column]
    totals: list[int]
    max_totals: list[int]
    unit: int
    unmarked: int


def data_of(attempts: list[Attempt]) -> Data:
    rows = [{answer.slot: answer for answer in attempt.answers} for attempt in attempts]
    slots = sorted(set().union(*rows)) if rows else []
    marked = {
        slot
        for row in rows
        for slot, answer in row.items()
        if answer.mark is not None and answer.max_mark
    }
    complete = [
        i
        for i, row in enumerate(rows)
        if all(slot in row and row[slot].mark is not None for slot in marked)
    ]
    rows_left = [rows[i] for i in complete]
    unit = _unit(rows_left, marked)
    columns = [
        _column(slot, rows_left, unit, has_marks=slot in marked)
        for slot in slots
        if any(slot in row for row in rows_left)
    ]
    return Data(
        learners=[attempts[i].learner for i in complete],
        columns=columns,
        totals=[sum(column.marks[row] for column in columns) for row in range(len(rows_left))],
        max_totals=[
            sum(column.max_marks[row] for column in columns) for row in range(len(rows_left))
        ],
        unit=unit,
        unmarked=len(rows) - len(complete),
    )


def _unit(rows: list[dict[int, Answer]], slots: set[int]) -> int:
    denominators = set()
    for row in rows:
        for slot in slots:
            answer = row[slot]
            assert answer.mark is not None
            denominators.add(answer.mark.denominator)
            denominators.add(answer.max_mark.denominator)
    return lcm(*denominators)


def _column(slot: int, rows: list[dict[int, Answer]], unit: int, *, has_marks: bool) -> Column:
    answers = [row.get(slot) for row in rows]
    if not has_marks:
        nothing = [0] * len(rows)
        return Column(slot, answers, nothing, nothing)
    marks, max_marks = [], []
    for row in rows:
        mark, max_mark = row[slot].mark, row[slot].max_mark
        assert mark is not None
        marks.append(mark.numerator * (unit // mark.denominator))
        max_marks.append(max_mark.numerator * (unit // max_mark.denominator))
    return Column(slot, answers, marks, max_marks)
