"""Run-time commits: how many a second are on disk, what each costs, and whether any is lost."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postgresql import PostgreSQL, programs, relstorage_conf
from servers import Client, Server
from tests.bench.load import Learner, run

LEARNERS = 100
SECONDS = 8.0
CALM = 30.0
"""Seconds of the run in which each learner commits every ten."""


class SlowDisk(Server):
    """A site whose every fsync takes 8 ms more (see :mod:`tests.bench.slow_disk`)."""

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tests.bench.slow_disk", *super()._words(*words)[3:]]


def site(folder: Path, conf: Path | None = None, kind: type[Server] = Server) -> Server:
    folder.mkdir()
    server = kind(folder, conf)
    server.run("init")
    server.add_people(*names())
    server.publish("smallest")
    return server


def names() -> list[str]:
    return [f"learner{number}" for number in range(LEARNERS)]


def launched(servers: list[Server]) -> list[Learner]:
    """Everybody signed in and in the course, on the servers by turns."""

    def begin(turn: int, username: str) -> Learner:
        server = servers[turn % len(servers)]
        client = Client(server)
        client.sign_in(username)
        return Learner(client.launch("smallest"), server.port)

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(begin, range(LEARNERS), names()))


def lost(servers: list[Server], learners: list[Learner]) -> int:
    """Acknowledged values that are not on disk: the plug is pulled, and what then starts is asked
    for the newest of each element. Everybody goes home."""
    for server in servers:
        server.kill()
    for server in servers:
        server.start()
    found = 0
    for learner in learners:
        learner.launch.client.close()
        found += learner.lost()
        learner.launch.client.close()
    for server in servers:
        server.stop()
    return found


def processor_seconds(server: Server) -> float:
    """User and system time of a running process."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def share(times: list[float], part: float) -> float:
    """The time below which this part of the commits stayed."""
    return times[min(int(len(times) * part), len(times) - 1)]


def measure(folder: Path) -> dict[str, float]:
    """``commit.*``: on the embedded storage, on a slow disk, on PostgreSQL with two processes."""
    figures = embedded(folder / "file") | slow(folder / "slow")
    if programs() is not None:
        figures |= on_postgresql(folder / "pg")
    return figures


def embedded(folder: Path) -> dict[str, float]:
    server = site(folder)
    server.start()
    learners = launched([server])
    run(learners, 1.0)
    before = processor_seconds(server)
    seconds, times = run(learners, SECONDS)
    spent = processor_seconds(server) - before
    _, calm = run(learners, CALM, pause=10.0)
    found = lost([server], learners)
    return {
        "commit.per_s_100": round(len(times) / seconds),
        "commit.p50_ms_100": round(share(times, 0.5), 1),
        "commit.p99_ms_100": round(share(times, 0.99), 1),
        "commit.cpu_ms": round(1000 * spent / len(times), 2),
        "commit.p99_ms_100x10s": round(share(calm, 0.99), 1),
        "commit.lost": found,
    }


def slow(folder: Path) -> dict[str, float]:
    server = site(folder, kind=SlowDisk)
    server.start()
    learners = launched([server])
    run(learners, 1.0)
    seconds, times = run(learners, SECONDS)
    refuse_losses(lost([server], learners), "on a slow disk")
    return {"commit.per_s_slow_fsync": round(len(times) / seconds)}


def on_postgresql(folder: Path) -> dict[str, float]:
    conf = folder.with_suffix(".conf")
    with PostgreSQL() as postgresql:
        conf.write_text(relstorage_conf(postgresql.database(), folder / "blobs"))
        one = site(folder, conf)
        two = Server(folder, conf, port_in_addresses=one.port)
        one.start()
        two.start()
        learners = launched([one, two])
        run(learners, 1.0)
        seconds, times = run(learners, SECONDS)
        refuse_losses(lost([one, two], learners), "on PostgreSQL")
    return {"commit.pg_per_s_100": round(len(times) / seconds)}


def refuse_losses(values: int, where: str) -> None:
    if values:
        raise SystemExit(f"{values} acknowledged values are lost {where}.")
