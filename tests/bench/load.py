"""A closed loop of learners over plain sockets: each sends its next commit when the last is
acknowledged. One thread serves them all, so that it costs the measured server little.

A commit sets five elements and 1 KiB of suspend data, other values each time.
"""

import json
import selectors
import socket
import time
from dataclasses import dataclass, field

from servers import Launch, Refused

FILLING = "x" * 1010


class Wrong(Exception):
    """The server answered otherwise than it should under load."""


@dataclass
class Learner:
    """An open session. ``values`` are those of the newest commit that was acknowledged."""

    launch: Launch
    port: int
    number: int = 0
    values: dict[str, str] = field(default_factory=dict)
    sending: dict[str, str] = field(default_factory=dict)
    began: float = 0.0
    answer: bytes = b""

    def request(self) -> bytes:
        """The next commit as it goes over the line."""
        self.number += 1
        number = self.number
        self.sending = {
            "cmi.location": f"page {number}",
            "cmi.completion_status": "incomplete",
            "cmi.progress_measure": str(number % 100 / 100),
            "cmi.score.raw": str(number % 101),
            "cmi.session_time": f"PT{number}S",
            "cmi.suspend_data": f"{number:09} {FILLING}",
        }
        entry = {
            "number": number,
            "kind": "set",
            "activity": self.launch.view["delivery"]["activity"],
            "values": list(self.sending.items()),
        }
        body = json.dumps({"session": "s", "seen": self.seen, "entries": [entry]}).encode()
        head = (
            f"POST {self.launch.path}/commit HTTP/1.1\r\nHost: {self.launch.host}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    @property
    def seen(self) -> int:
        return self.launch.view["turn"]

    def take(self, data: bytes) -> bool:
        """More of an answer; whether it is whole, and then the commit is acknowledged.

        :raises Wrong: when the server says anything else
        """
        self.answer += data
        head, separator, body = self.answer.partition(b"\r\n\r\n")
        if not separator:
            return False
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if len(body) < int(length):
            return False
        if not head.startswith(b"HTTP/1.1 200"):
            raise Wrong(self.answer.decode()[:500])
        answer = json.loads(body)
        if answer["acknowledged"] != self.number or "refused" in answer:
            raise Wrong(f"Commit {self.number} was answered with {body.decode()[:500]}")
        if "turn" in answer:
            self.launch.view.update(answer)
        self.values = self.sending
        self.answer = b""
        return True

    def lost(self) -> int:
        """How many acknowledged values are not there."""
        data = self._start()["delivery"]["data"]
        return sum(
            data.get(name) != value
            for name, value in self.values.items()
            if name != "cmi.session_time"  # counted when the session ends
        )

    def _start(self) -> dict:
        """As a player does, which asks again when the site is busy: a database may still be
        undoing what the plug was pulled on."""
        for _ in range(20):
            try:
                return self.launch.send("start")
            except Refused as refused:
                if refused.status != 503:
                    raise
            time.sleep(0.25)
        raise Wrong("The site stayed busy.")


def run(learners: list[Learner], seconds: float, pause: float = 0.0) -> tuple[float, list[float]]:
    """Let them work for a while.

    :param pause: seconds between an answer and the learner's next commit
    :return: how many seconds it took, and the milliseconds of each commit, sorted
    """
    selector = selectors.DefaultSelector()
    times: list[float] = []
    start = time.perf_counter()
    # With a pause they begin one after the other, as people do.
    due = [(start + pause * at / len(learners), learner) for at, learner in enumerate(learners)]
    lines = {}
    for learner in learners:
        line = socket.create_connection(("127.0.0.1", learner.port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines[learner.launch.path] = line
        selector.register(line, selectors.EVENT_READ, learner)
    open_ = len(learners)
    while True:
        now = time.perf_counter()
        while due and due[0][0] <= now:
            learner = due.pop(0)[1]
            if now - start > seconds:
                selector.unregister(lines[learner.launch.path])
                lines[learner.launch.path].close()
                open_ -= 1
                continue
            text = learner.request()
            learner.began = time.perf_counter()
            lines[learner.launch.path].sendall(text)
        if not open_:
            break
        for key, _ in selector.select(max(0.0, due[0][0] - now) if due else None):
            data = key.fileobj.recv(65536)
            if not data:
                raise Wrong("The server closed the line.")
            if key.data.take(data):
                done = time.perf_counter()
                times.append((done - key.data.began) * 1000)
                due.append((done + pause, key.data))
    return time.perf_counter() - start, sorted(times)
