"""Run-time commits: a closed loop of learners, each sending its next when the last is acknowledged.

A commit sets five elements, one of them 1 KiB of suspend data. Afterwards every learner is asked
for what was acknowledged.
"""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postgresql import PostgreSQL, programs, relstorage_conf
from servers import Client, Launch, Server

LEARNERS = 100
SECONDS = 8
FILLING = "x" * 1000


class Learner:
    """A launched course, and what of it was acknowledged."""

    def __init__(self, server: Server, username: str):
        self.client = Client(server)
        self.client.sign_in(username)
        self.launch: Launch = self.client.launch("smallest")
        self.last = 0

    def work(self, until: float) -> int:
        while time.monotonic() < until:
            number = self.launch.number + 1
            self.last = self.launch.commit(
                location=str(number),
                suspend_data=f"{number} {FILLING}",
                progress_measure="0.5",
                session_time="PT1M",
                completion_status="incomplete",
            )
        return self.launch.number

    def lost(self) -> int:
        """Acknowledged commits that are not there."""
        data = self.launch.send("start")["delivery"]["data"]
        self.client.close()
        return self.last - int(data["cmi.suspend_data"].partition(" ")[0])


def site(folder: Path, conf: Path | None = None) -> tuple[Server, list[str]]:
    server = Server(folder, conf)
    server.run("init")
    names = [f"learner{number}" for number in range(LEARNERS)]
    server.add_people(*names)
    server.publish("smallest")
    return server, names


def load(servers: list[Server], names: list[str]) -> tuple[float, int, int]:
    """Commits a second, how many there were, and how many are lost."""
    with ThreadPoolExecutor(LEARNERS) as pool:
        turns = [servers[number % len(servers)] for number in range(len(names))]
        learners = list(pool.map(Learner, turns, names))
        began = time.monotonic()
        done = sum(pool.map(lambda learner: learner.work(began + SECONDS), learners))
        seconds = time.monotonic() - began
        return done / seconds, done, sum(pool.map(Learner.lost, learners))


def processor_seconds(server: Server) -> float:
    """User and system time of a running process."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(folder: Path) -> dict[str, float]:
    """``commit.*``: on the embedded storage, and on PostgreSQL with two processes."""
    (folder / "file").mkdir()
    server, names = site(folder / "file")
    server.start()
    with_people = processor_seconds(server)
    rate, done, lost = load([server], names)
    spent = processor_seconds(server) - with_people
    server.stop()
    figures = {
        "commit.per_s_100": round(rate),
        "commit.cpu_ms": round(1000 * spent / done, 2),
        "commit.lost": lost,
    }
    if programs() is not None:
        figures |= on_postgresql(folder)
    return figures


def on_postgresql(folder: Path) -> dict[str, float]:
    (folder / "pg").mkdir()
    with PostgreSQL() as postgresql:
        conf = folder / "pg" / "zodb.conf"
        conf.write_text(relstorage_conf(postgresql.database(), folder / "pg" / "blobs"))
        one, names = site(folder / "pg", conf)
        two = Server(folder / "pg", conf, port_in_addresses=one.port)
        one.start()
        two.start()
        rate, _done, lost = load([one, two], names)
        one.stop()
        two.stop()
    if lost:
        raise SystemExit(f"{lost} acknowledged commits are lost on PostgreSQL.")
    return {"commit.pg_per_s_100": round(rate)}
