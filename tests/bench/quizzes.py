"""The statistics of a large quiz: 10 000 attempts at 50 questions, with every answer."""

import random
from fractions import Fraction
from pathlib import Path
from time import perf_counter

from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Answer, Attempt, Response

ATTEMPTS, QUESTIONS = 10_000, 50


def measure(_folder: Path) -> dict[str, float]:
    attempts = _attempts(random.Random(6))
    began = perf_counter()
    analyse(attempts)
    return {"quiz_statistics_seconds": round(perf_counter() - began, 2)}


def _attempts(chance: random.Random) -> list[Attempt]:
    options = [Response("", name, credit=Fraction(name == "A")) for name in "ABCD"]
    answers = [
        [
            Answer(slot, str(slot), Fraction(1), option.credit, responses=(option,))
            for option in options
        ]
        for slot in range(1, QUESTIONS + 1)
    ]
    return [
        Attempt(str(who), str(who), tuple(chance.choice(its) for its in answers))
        for who in range(ATTEMPTS)
    ]
