"""The statistics of a large quiz: 10 000 attempts at 50 questions, with every answer. The same out
of a database, of 1000 attempts at 30 questions, with its table of all answers and the facility of
one question. And what a file of questions may cost at most, while its author waits."""

import random
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from time import perf_counter, process_time

from assessments.attempts.finish import finish
from assessments.bank.usage import facility
from assessments.exchange import gift
from assessments.exchange.work import TooMuch, Work
from assessments.marking.exports import answers_table
from assessments.marking.figures import Known, figures
from assessments.resources import Quiz
from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Answer, Attempt, Response
from assessments.statistics.table import csv_parts
from lms.zodb import database_from_text
from sites import FILESTORAGE
from tests.assessments.attempts.making import MINUTE, NOW, World, say, single

ATTEMPTS, QUESTIONS = 10_000, 50
STORED_ATTEMPTS, STORED_QUESTIONS = 1000, 30


def measure(folder: Path) -> dict[str, float]:
    attempts = _attempts(random.Random(6))
    began = perf_counter()
    analyse(attempts)
    took = perf_counter() - began
    return {
        "quiz_statistics_seconds": round(took, 2),
        **_stored(folder),
        "quiz_file_read_cpu_s": round(_reading(FILE), 2),
        "quiz_file_refused_cpu_s": round(_reading(HOSTILE), 2),
    }


def _stored(folder: Path) -> dict[str, float]:
    """Seconds of computing for what an author looks at, each out of a cache that is empty."""
    database = database_from_text(FILESTORAGE.format(data=folder))
    _fill(database, random.Random(6))
    asked: dict[str, Callable[[Quiz], object]] = {
        "quiz_figures_cpu_s": lambda quiz: figures(quiz, str, "en", NOW, Known()),
        "quiz_answers_csv_cpu_s": lambda quiz: sum(
            map(len, csv_parts(answers_table(quiz, str, random.Random(6))))
        ),
        "question_facility_cpu_s": lambda quiz: facility(
            quiz.__parent__, quiz._p_jar.root()["bank"].items["item-0"]
        ),
    }
    found = {}
    for name, ask in asked.items():
        with database.transaction() as connection:
            connection.cacheMinimize()
            began = process_time()
            ask(connection.root()["quizzes"]["quiz"])
            found[name] = round(process_time() - began, 2)
    database.close()
    return found


def _fill(database, chance: random.Random) -> None:
    world = World(*(single(str(number)) for number in range(STORED_QUESTIONS)))
    with database.transaction() as connection:
        root = connection.root()
        root["bank"], root["quizzes"] = world.bank, world.quizzes
        for who in range(STORED_ATTEMPTS):
            attempt = world.begin(str(who))
            for position in range(STORED_QUESTIONS):
                say(attempt, position, chance.choice(["right", "half", "wrong", "worse"]))
            finish(attempt, now=NOW + MINUTE)


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
