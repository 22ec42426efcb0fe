"""A whole group begins one quiz in the same ten seconds and works on it for a minute."""

import json
import random
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from assessments.attempts.start import attempts_of
from assessments.quizzes.plan import Settings
from postgresql import PostgreSQL, programs, relstorage_conf
from quizzes import add_quiz
from servers import Client, Server
from tests.assessments.examples import EXAMPLES

LEARNERS = 200
ARRIVE = 10.0
"""Seconds in which all of them begin."""
WORK = 60.0
EVERY = 5.0
KINDS = ("choice", "truth", "short", "numerical", "matching", "ordering", "cloze", "essay")


@dataclass
class Taker:
    """One learner: what was asked of the server and took how long, and what it said it saved."""

    client: Client
    times: list[float] = field(default_factory=list)
    saved: dict[int, str] = field(default_factory=dict)
    writes: int = 0

    def ask(self, method: str, path: str, **more) -> tuple:
        began = time.perf_counter()
        answer = self.client.ask(method, self.client.site, path, **more)
        self.times.append(time.perf_counter() - began)
        self.writes += method == "POST"
        return answer

    def take(self, quiz: str, begin: float, chance: random.Random) -> None:
        """Begin at a moment, then answer something every few seconds."""
        time.sleep(max(0.0, begin - time.monotonic()))
        page = self.ask("GET", quiz)[1]
        body = f"csrf_token={token(page)}".encode()
        form = "application/x-www-form-urlencoded"
        address = self.ask("POST", f"{quiz}start", body=body, kind=form)[0].headers["Location"]
        path = urlsplit(address).path
        first = self.ask("GET", f"{path}?page=1")[1]
        headers = {"X-CSRF-Token": token(first)}
        revisions = [0] * len(KINDS)
        end = begin + WORK
        next_time = time.monotonic() + chance.uniform(0, EVERY)
        turn = 0
        while next_time < end:
            time.sleep(max(0.0, next_time - time.monotonic()))
            # The question that is written longest is the one that is saved most often.
            kind, name = ("essay", "text") if turn % 2 else ("short", "answer")
            position = KINDS.index(kind)
            turn += 1
            text = f"Answer {turn} {chance.random()}"
            sent = {
                "post": f"{turn:032x}",
                "answers": [
                    {
                        "position": position,
                        "revision": revisions[position],
                        "fields": {name: [text]},
                    }
                ],
            }
            told = json.loads(
                self.ask(
                    "POST",
                    f"{path}save",
                    body=json.dumps(sent).encode(),
                    kind="application/json",
                    headers=headers,
                )[1]
            )
            (saved,) = told["saved"]
            revisions[position] = saved["revision"]
            self.saved[position] = text
            next_time += EVERY


def token(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)


def measure(folder: Path) -> dict[str, float]:
    """``quiz.*`` on the embedded storage, ``quiz.pg_*`` on PostgreSQL."""
    figures = {f"quiz.{name}": value for name, value in on(folder / "file").items()}
    if programs() is not None:
        conf = folder / "pg.conf"
        with PostgreSQL() as postgresql:
            conf.write_text(relstorage_conf(postgresql.database(), folder / "pg" / "blobs"))
            found = on(folder / "pg", conf)
        figures |= {f"quiz.pg_{name}": value for name, value in found.items()}
    return figures


def on(folder: Path, conf: Path | None = None) -> dict[str, float]:
    """``p99_ms_200`` of every request, ``retry_share`` of what was written.

    :param conf: the storage; the default one without
    """
    folder.mkdir()
    server = Server(folder, conf)
    server.run("init")
    names = [f"learner{number}" for number in range(LEARNERS)]
    server.add_people(*names)
    with server.writing() as site:
        settings = Settings(seconds=3600, per_page=0)
        quiz = add_quiz(site, [EXAMPLES[kind] for kind in KINDS], settings)
        address = f"/quizzes/{quiz.__name__}/"
        learners = [site.people.by_username(name).learner_id for name in names]
    server.start()
    with ThreadPoolExecutor(8) as pool:
        takers = list(pool.map(lambda name: signed_in(server, name), names))
    before = server.counted("tutela_retries_total")
    chance = random.Random(6)
    begin = time.monotonic() + 1
    with ThreadPoolExecutor(LEARNERS) as pool:
        done = [
            pool.submit(
                taker.take, address, begin + chance.uniform(0, ARRIVE), random.Random(number)
            )
            for number, taker in enumerate(takers)
        ]
        for each in done:
            each.result()
    retries = server.counted("tutela_retries_total") - before
    server.kill()
    with server.writing() as site:
        refuse_losses(site.quizzes["quiz"], learners, takers)
    times = sorted(each for taker in takers for each in taker.times)
    return {
        "requests_200": len(times),
        "p50_ms_200": round(1000 * times[len(times) // 2], 1),
        "p99_ms_200": round(1000 * times[int(len(times) * 0.99)], 1),
        "retry_share": round(retries / sum(taker.writes for taker in takers), 4),
    }


def signed_in(server: Server, name: str) -> Taker:
    client = Client(server)
    client.sign_in(name)
    return Taker(client)


def refuse_losses(quiz, learners: list[str], takers: list[Taker]) -> None:
    """After the plug was pulled, every answer that was acknowledged is there.

    :raises SystemExit: when one is not
    """
    lost = 0
    for learner, taker in zip(learners, takers, strict=True):
        (attempt,) = attempts_of(quiz, learner)
        for position, text in taker.saved.items():
            lost += text not in str(dict(attempt.answers[position].response))
    if lost:
        raise SystemExit(f"{lost} acknowledged answers are lost.")
