"""Attempts for the statistics, from the shared tables and from rows of marks."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assessments.statistics.attempts import Answer, Attempt, Response
from shared import SHARED

STATISTICS = SHARED / "quizzes" / "statistics"


def table(name: str) -> list[dict[str, str]]:
    """A table of the shared statistics, row by row."""
    with (STATISTICS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def attempt(
    learner: object, marks: Sequence[object], *, number: int = 1, max_mark: object = 1
) -> Attempt:
    """An attempt with a mark for each question of a quiz, in order; ``None`` is not marked yet."""
    return Attempt(
        id=f"{learner}/{number}",
        learner=str(learner),
        number=number,
        answers=tuple(
            Answer(
                slot=slot,
                item=f"item {slot}",
                max_mark=Fraction(str(max_mark)),
                mark=None if mark is None else Fraction(str(mark)),
            )
            for slot, mark in enumerate(marks, 1)
        ),
    )


def attempts(*rows: Sequence[object]) -> list[Attempt]:
    """One attempt for each row of marks, each of another learner."""
    return [attempt(learner, marks) for learner, marks in enumerate(rows, 1)]


def answering(*responses: Response | None, item: str = "item", **more: object) -> list[Attempt]:
    """A quiz of one question: each learner gives one of the responses, or none."""
    return [
        Attempt(
            id=str(learner),
            learner=str(learner),
            answers=(
                replace(
                    Answer(
                        slot=1,
                        item=item,
                        max_mark=Fraction(1),
                        mark=response.credit or Fraction(0) if response else Fraction(0),
                        responses=(response,) if response else (),
                    ),
                    **more,
                ),
            ),
        )
        for learner, response in enumerate(responses, 1)
    ]


def lsat6() -> list[Attempt]:
    return attempts(*(list(row.values()) for row in table("lsat6.csv")))


def quiz_00() -> list[Attempt]:
    """Moodle's quiz 00. The key of a numerical or calculated question is the row of
    ``responsecounts00.csv`` that what was answered is counted in."""
    keys = {
        (row["slot"], row["randq"], row["actualresponse"]): row["modelresponse"]
        for row in table("responsecounts00.csv")
    }
    return [
        Attempt(
            id=marks["quizattempt"],
            learner=marks["quizattempt"],
            answers=tuple(_answer(slot, marks, steps, keys) for slot in range(1, 8)),
        )
        for marks, steps in zip(table("results00.csv"), table("steps00.csv"), strict=True)
    ]


def _answer(
    slot: int, marks: dict[str, str], steps: dict[str, str], keys: dict[tuple[str, str, str], str]
) -> Answer:
    answer = Answer(
        slot=slot,
        item=steps["randqs.1"] if slot == 1 else f"question {slot}",
        max_mark=Fraction(1),
        mark=Fraction(marks[f"slots.{slot}.mark"]),
    )
    if slot == 3:
        parts = enumerate(("frog", "cat", "newt"), 1)
        return replace(
            answer,
            responses=tuple(
                Response(str(part), f"{name}: {steps[f'responses.3.{name}']}")
                for part, name in parts
            ),
        )
    if slot > 3:
        return answer
    said = steps[f"responses.{slot}.answer"]
    randq = answer.item if slot == 1 else ""
    return replace(
        answer,
        variant="1" if slot == 1 else steps["variants.2"],
        responses=(Response("1", keys.get((str(slot), randq, said), "other"), said),),
    )
