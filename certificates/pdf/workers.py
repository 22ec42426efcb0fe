"""Processes that print: they hold no database, are warm after their first page, and can be ended at
any moment.

An order goes in as a pickle, for it comes from us; what comes back is bytes and words alone.
"""

import json
import os
import pickle
import queue
import resource
import signal
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from translationstring import TranslationStringFactory

from certificates.fonts import MissingGlyphs
from certificates.pdf import printing, signing
from certificates.pdf.order import Order
from certificates.pdf.signing import Seal
from certificates.refusals import Refused

_ = TranslationStringFactory("tutela")

MEMORY = 2 * 1024**3
"""Bytes of data that a process may hold: far more than a page with large images needs."""
MOST = 4
"""Processes, where there are so many cores."""
PATIENCE = 30.0
"""Seconds that a page may take, or that one may wait for a free process."""
TRIES = 2
PROGRAM = "from certificates.pdf.workers import main; main()"


class Kind(StrEnum):
    """What is asked for."""

    PDF = "pdf"
    PREVIEW = "preview"


@dataclass(frozen=True)
class Work:
    """One thing to do: an order, and what to seal it with."""

    kind: Kind
    order: Order
    seal: Seal | None = None


class PrintingFailed(Refused):
    """There is no page, through no fault of the order."""


class Died(Exception):
    """A process has ended without an answer."""


class Worker:
    """One process."""

    def __init__(self, folders: tuple[Path, ...]):
        self._process = subprocess.Popen(  # noqa: S603 (our own module, with words of our own)
            [sys.executable, "-c", PROGRAM, json.dumps([str(folder) for folder in folders])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Nothing else: the environment may hold secrets of the site.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
        self.pid = self._process.pid

    def ask(self, request: bytes, patience: float) -> tuple[bytes, bytes]:
        """The answer: its kind (a letter) and its content.

        :param patience: seconds after which the process is ended
        :raises Died: when there is none
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        ending = threading.Timer(patience, self._process.kill)
        ending.daemon = True
        ending.start()
        try:
            send(self._process.stdin, b"?", request)
            return receive(self._process.stdout)
        except (OSError, EOFError):
            raise Died from None
        finally:
            ending.cancel()

    def end(self) -> None:
        """End the process, whatever it does; it may have ended before."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not sent any more
                stream.close()  # type: ignore[union-attr]


class Workers:
    """As many processes as there are cores, each begun when it is first needed."""

    def __init__(
        self, folders: tuple[Path, ...], *, size: int | None = None, patience: float = PATIENCE
    ):
        self._folders = folders
        self._patience = patience
        self.size = size or min(MOST, len(os.sched_getaffinity(0)))
        self._places: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _place in range(self.size):
            self._places.put(None)
        self._closed = False
        self._renewals = 0

    def do(self, work: Work) -> bytes:
        """What was asked for. A process that ends meanwhile is replaced, and asked once more.

        :raises MissingGlyphs: when no font has a character of the order
        :raises PrintingFailed: when there is no page for another reason
        """
        request = pickle.dumps(work)
        renewals = self._renewals
        try:
            worker = self._places.get(timeout=self._patience)
        except queue.Empty:
            raise PrintingFailed(
                _("Many certificates are printed just now. Nothing is lost. Try again in a minute.")
            ) from None
        try:
            for _try in range(TRIES):
                if self._closed:
                    break
                worker = worker or Worker(self._folders)
                try:
                    return _content(*worker.ask(request, self._patience))
                except Died:
                    worker.end()
                    worker = None
        finally:
            if worker is not None and self._renewals != renewals:
                worker.end()
                worker = None
            self._places.put(worker)
            if self._closed:
                self._end_idle()
        raise PrintingFailed(
            _(
                "The certificate could not be printed just now. Nothing is lost. "
                "Try again in a minute."
            )
        )

    def renew(self) -> None:
        """Others take the place of all processes, for what those hold is to be forgotten; of one
        that is at work, when its page is done."""
        self._renewals += 1
        self._end_idle()

    def close(self) -> None:
        """End every process; one that is at work, when its page is done."""
        self._closed = True
        self._end_idle()

    def _end_idle(self) -> None:
        idle = []
        with suppress(queue.Empty):
            while True:
                idle.append(self._places.get_nowait())
        for worker in idle:
            if worker is not None:
                worker.end()
            self._places.put(None)


def _content(kind: bytes, content: bytes) -> bytes:
    if kind == b"+":
        return content
    if kind == b"g":
        raise MissingGlyphs(content.decode())
    raise PrintingFailed(
        _(
            "The certificate could not be printed, and an admin should know why: ${fault}",
            mapping={"fault": content.decode()},
        )
    )


def send(stream: IO[bytes], kind: bytes, content: bytes) -> None:
    """One message: a letter, eight octets of length, the content."""
    stream.write(kind + len(content).to_bytes(8, "big") + content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """One message.

    :raises EOFError: when the other side has ended
    """
    head = stream.read(9)
    length = int.from_bytes(head[1:], "big")
    content = stream.read(length)
    if len(head) < 9 or len(content) < length:
        raise EOFError
    return head[:1], content


def done(work: Work, folders: tuple[Path, ...]) -> tuple[bytes, bytes]:
    """The answer to one request. A fault is told by its kind and place alone: its message may hold
    a name, which must reach no log."""
    try:
        if work.kind is Kind.PREVIEW:
            return b"+", printing.preview(work.order, folders)
        content = printing.render(work.order, folders)
        if work.seal is not None:
            issuer = work.order.snapshot["issuer"]
            label = work.order.words.signature.replace("{name}", issuer)
            content = signing.signed(content, work.seal, label=label)
        return b"+", content
    except MissingGlyphs as missing:
        return b"g", missing.character.encode("utf-8", "surrogatepass")
    except Exception as fault:
        place = traceback.extract_tb(fault.__traceback__)[-1]
        told = f"{type(fault).__name__} ({Path(place.filename).name}, line {place.lineno})."
        return b"-", told.encode()


def main() -> None:
    """The process itself: answers until nobody asks any more."""
    folders = tuple(Path(folder) for folder in json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # our end is that of whoever asks
    os.nice(5)
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    with suppress(EOFError):
        while True:
            _kind, request = receive(asked)
            send(answers, *done(pickle.loads(request), folders))  # noqa: S301 (from us)
