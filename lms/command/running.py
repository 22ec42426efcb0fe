"""A command for a running site: over a socket in the data folder that only its owner can open.

The embedded storage lets one process hold the data. Rather than asking for the site to be
stopped, a command hands its words to the site, which carries them out and answers.
"""

import json
import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from lms.command import tasks

log = logging.getLogger(__name__)

NAME = "command.sock"
LIMIT = 1024 * 1024
PATIENCE = 600
"""Seconds that a command waits for the site: the largest packages take minutes."""
ATTENTION = 10
"""Seconds that the site waits for somebody who has connected to say what they want."""


class SiteNotAnswering(tasks.Refused):
    """Another process holds the data, and does not answer."""


def ask(data: Path, argv: list[str], passphrase: str | None) -> tasks.Answer:
    """Let the running site carry out ``argv``.

    :raises SiteNotAnswering: when whatever holds the data is no site of ours, or nobody waits for
        its answer
    """
    question = {"argv": argv, "folder": os.getcwd(), "passphrase": passphrase}
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            with address(data) as path:
                line.connect(path)
            line.sendall(json.dumps(question).encode())
            line.shutdown(socket.SHUT_WR)
            answer = json.loads(_all(line))
    except TimeoutError:
        raise SiteNotAnswering(
            f"The site has not answered for {PATIENCE // 60} minutes. It may still be at work: "
            "look at what it has done before you run the command again."
        )
    except KeyboardInterrupt:
        raise SiteNotAnswering(
            "Interrupted. The site may still be at work: look at what it has done before you run "
            "the command again."
        )
    except (OSError, ValueError):
        raise SiteNotAnswering(
            f"Another process is using the data in {data} and does not answer. "
            "Stop it, then run the command again."
        )
    return tasks.Answer(**answer)


@contextmanager
def address(folder: Path) -> Iterator[str]:
    """The socket's path in the data folder, however deep that lies: the system takes no more than
    some 100 bytes, and a folder that is open has a short name."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{opened}/{NAME}"
    finally:
        os.close(opened)


def _all(line: socket.socket) -> bytes:
    parts = []
    while part := line.recv(65536):
        parts.append(part)
        if sum(map(len, parts)) > 64 * LIMIT:
            raise ValueError("The message is too long.")
    return b"".join(parts)


class Listener(threading.Thread):
    """The running site's ear: one command at a time, on the site's own database."""

    def __init__(self, database, settings, parser):
        super().__init__(name="command", daemon=True)
        self._database = database
        self._settings = settings
        self._parser = parser
        self.path = settings.data / NAME
        self.path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX)
        before = os.umask(0o177)
        try:
            with address(settings.data) as path:
                self._socket.bind(path)
        finally:
            os.umask(before)
        self._socket.listen(4)

    def run(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line:
                line.settimeout(ATTENTION)
                answer = self._answer(line)
                try:
                    line.sendall(json.dumps(asdict(answer)).encode())
                except OSError:
                    log.info("Whoever asked did not wait for the answer.")

    def _answer(self, line: socket.socket) -> tasks.Answer:
        """Carry out what is asked; whatever becomes of it, the site goes on listening."""
        try:
            question = json.loads(_all(line))
            arguments = self._parser.parse_args(question["argv"])
            tasks.resolve_paths(arguments, Path(question["folder"]))
            passphrase = question["passphrase"]
        except (ValueError, LookupError, TypeError, OSError, SystemExit) as error:
            log.warning("A command could not be read: %r", error)
            return tasks.refusal(
                tasks.Refused("The site could not read this command. Is it the same version?")
            )
        try:
            return tasks.carry_out(self._database, self._settings, arguments, passphrase)
        except tasks.REFUSALS as error:
            return tasks.refusal(error)
        except Exception:
            log.exception("A command met a fault")
            return tasks.refusal(
                tasks.Refused("The site met a fault, and nothing was changed. Its log says more.")
            )

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for somebody
        self._socket.close()
        self.path.unlink(missing_ok=True)
