"""The statistics of a large quiz: 10 000 attempts at 50 questions, with every answer. And what a
file of questions may cost at most, while its author waits."""

import random
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time

from assessments.exchange import gift
from assessments.exchange.work import TooMuch, Work
from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Answer, Attempt, Response

ATTEMPTS, QUESTIONS = 10_000, 50


def measure(_folder: Path) -> dict[str, float]:
    attempts = _attempts(random.Random(6))
    began = perf_counter()
    analyse(attempts)
    took = perf_counter() - began
    return {
        "quiz_statistics_seconds": round(took, 2),
        "quiz_file_read_cpu_s": round(_reading(FILE), 2),
        "quiz_file_refused_cpu_s": round(_reading(HOSTILE), 2),
    }


FILE = (
    b"::Coffee:: Is it good? {=Yes#Right. ~No#Wrong. ~%50%At times#Nearly. ####It is.}\n\n"
    * QUESTIONS
)
HOSTILE = b"Which? {" + b"=b#a" * 100_000 + b"}"
"""One question of a hundred thousand answers."""


def _reading(content: bytes) -> float:
    """Seconds of computing until a file is read or refused."""
    began = process_time()
    with suppress(TooMuch):
        gift.read(content, Work())
    return process_time() - began


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
