"""Reading strangers' files in a process of its own, which holds no database and no private key.

A reader is a process that has loaded all it needs and waits. For each file it splits off a child,
which reads the file within limits of memory and computing and is gone afterwards, whatever the
file did to it; the reader itself never looks into a file. A child can reach no network.
"""

import gc
import json
import os
import queue
import resource
import select
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from typing import IO, Any, NoReturn

from certificates.verification import problems, reading

AT_ONCE = 2
"""Files that are read at once: each takes a core."""
PATIENCE = 0.8
"""Seconds that somebody waits for their turn before they are told that the site is busy."""
SECONDS = 1.5
"""Seconds that a file may take, less for who has waited, so that an answer takes at most"""
ALTOGETHER = 1.8
COMPUTING = 1
"""Seconds of computing; they are whole ones."""
MEMORY = 512 * 1024 * 1024
"""Octets of addresses that a child may have: three times what the largest file of ours needs."""
FILES = 64
LONGEST_ANSWER = 4096
BEGINNING = 20
"""Seconds that a reader has to load what it needs, when the machine is at its worst."""
PROGRAM = "from certificates.verification.apart import main; main()"


class Busy(Exception):
    """Nobody could read the file now. It may be sent again."""


class Readers:
    """The readers of a site. They are begun when they are first needed, or :meth:`begin`.

    :param at_once: how many files are read at once
    :param program: what a reader runs
    """

    def __init__(self, at_once: int = AT_ONCE, program: str = PROGRAM):
        self._idle: queue.LifoQueue[Reader] = queue.LifoQueue()
        self._all = [Reader(program) for _number in range(at_once)]
        self._ahead = False
        for reader in self._all:
            self._idle.put(reader)
        weakref.finalize(self, _end, self._all)

    def begin(self) -> None:
        """Begin the processes beside, now and whenever one has ended: that takes seconds, for which
        nobody has to wait while there is another one."""
        self._ahead = True
        for reader in [self._idle.get() for _reader in self._all]:
            self._give_back(reader)

    def _give_back(self, reader: "Reader") -> None:
        if self._ahead and reader.process is None:
            threading.Thread(target=self._begin, args=(reader,), daemon=True).start()
        else:
            self._idle.put(reader)

    def _begin(self, reader: "Reader") -> None:
        try:
            reader.begin()
        finally:
            self._idle.put(reader)
        if not self._ahead:  # closed meanwhile
            reader.end()

    def read(self, sent: bytes, trust: Mapping[str, Any]) -> str:
        """The same as :func:`certificates.verification.reading.read`, and as safe as can be.

        :raises Busy: when others are being served, or the machine is too busy to tell
        """
        since = time.monotonic()
        patience = PATIENCE if any(each.ready for each in self._all) else BEGINNING
        try:
            reader = self._idle.get(timeout=patience)
        except queue.Empty:
            raise Busy from None
        seconds = min(SECONDS, ALTOGETHER - min(time.monotonic() - since, PATIENCE))
        try:
            return reading.told(reader.answer(sent, trust, seconds))
        finally:
            self._give_back(reader)

    def close(self) -> None:
        """End the processes. They are begun anew when they are needed."""
        self._ahead = False
        _end(self._all)


def _end(readers: "list[Reader]") -> None:
    for reader in readers:
        reader.end()


class Reader:
    """One process that reads a file at a time."""

    def __init__(self, program: str) -> None:
        self._program = program
        self.process: subprocess.Popen | None = None
        self.ready = False

    def answer(self, sent: bytes, trust: Mapping[str, Any], seconds: float) -> dict[str, str]:
        """What came of it, as :func:`certificates.verification.reading.told` reads it.

        :raises Busy: when nothing came of it in so many seconds
        """
        process = self.process or self.begin()
        assert process.stdin is not None
        assert process.stdout is not None
        # Should the reader itself hang, which it has no reason to.
        alarm = threading.Timer(2 * SECONDS, process.kill)
        alarm.start()
        try:
            question = {"size": len(sent), "trust": trust, "seconds": seconds}
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.write(sent)
            process.stdin.flush()
            said = json.loads(process.stdout.readline(LONGEST_ANSWER))
        except (OSError, ValueError):
            self.end()
            raise Busy from None
        finally:
            alarm.cancel()
        if said == {"problem": "time"}:
            raise Busy
        return said

    def begin(self) -> subprocess.Popen:
        """The process, which has loaded all it needs."""
        self.process = process = subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-c", self._program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing else: the environment may hold secrets of the site.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
        assert process.stdout is not None
        alarm = threading.Timer(BEGINNING, process.kill)
        alarm.start()
        process.stdout.readline()
        alarm.cancel()
        self.ready = True
        return process

    def end(self) -> None:
        process, self.process, self.ready = self.process, None, False
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            process.wait()


def main() -> None:
    """The process itself: it goes when whoever began it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(5)
    reading.load()
    gc.collect()
    gc.freeze()  # a child that looked through all this for garbage would copy it
    serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each question with a line, the first of which says that the process is ready."""
    answers.write(b"{}\n")
    answers.flush()
    while line := asked.readline():
        question = json.loads(line)
        sent, until = asked.read(question["size"]), time.monotonic() + question["seconds"]
        answers.write(by_child(sent, question["trust"], until).strip() + b"\n")
        answers.flush()


def by_child(sent: bytes, trust: Mapping[str, Any], until: float) -> bytes:
    """What a child says of a file until then, by the monotonic clock; JSON in any case."""
    answer, end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        be_child(end, sent, trust)
    os.close(end)
    try:
        said = _listen(answer, until)
    except TimeoutError:
        said = b'{"problem": "time"}'
    finally:
        os.close(answer)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return said or json.dumps({"problem": problems.Unreadable.word}).encode()


def _listen(answer: int, until: float) -> bytes:
    """All that the child says: nothing, when it came to grief.

    :raises TimeoutError: when it has not come to an end by then
    """
    said = b""
    while len(said) < LONGEST_ANSWER:
        ready, _, _ = select.select([answer], [], [], max(0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        more = os.read(answer, LONGEST_ANSWER)
        if not more:
            break
        said += more
    return said


def be_child(end: int, sent: bytes, trust: Mapping[str, Any]) -> NoReturn:  # pragma: no cover
    """Read the file within the limits, say what it proves, and go (in a child: nothing counts how
    often its lines are run)."""
    try:
        confine()
        os.write(end, json.dumps(reading.answer(sent, trust)).encode())
    finally:
        os._exit(0)


def confine() -> None:
    """Limits of this process, for good; no core dumps, which would hold what somebody sent."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, COMPUTING),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    sys.addaudithook(refuse_network)


def refuse_network(event: str, _arguments: tuple) -> None:
    """An audit hook: nothing that a file names is fetched, and no program is begun.

    :raises PermissionError: for whatever leads out of the process
    """
    if event.startswith(OUTWARDS):
        raise PermissionError(f"Nothing here may do this: {event}.")


OUTWARDS = (
    "socket.",
    "urllib.",
    "http.",
    "ftplib.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
)
"""How the names of such events begin."""
