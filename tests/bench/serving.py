"""Files of packages: how many small ones a second, and how soon the last byte of a long film.

A closed loop over plain sockets: each browser asks for its next file when the last has come, over
a connection that is kept open. One thread serves them all, so that it costs the server little.
"""

import random
import re
import selectors
import socket
import statistics
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import smallest
from nginx import Nginx, Visitor, program
from servers import Client, Launch, Server
from tests.bench.commits import processor_seconds

LEARNERS = 20
LINES = 3
"""Connections of each learner's browser."""
FILES = 200
SECONDS = 5.0
FILM = 2_000_000_000
"""Bytes of the film."""
RANGES = 20
HEADERS = (
    "Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: en\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36\r\n"
)
LENGTH = re.compile(rb"(?i)\r\ncontent-length: ([0-9]+)\r\n")


Connect = Callable[[str], socket.socket]
"""Gives a connection to the server for a content host."""


class Wrong(Exception):
    """The server answered otherwise than it should."""


def package(path: Path) -> Path:
    """A course of many small scripts, and a film of 2 GB; made quickly, for neither is random."""
    chance = random.Random(5)
    words = [f"word{chance.randrange(500)}" for _ in range(2000)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", smallest.MANIFEST_2004)
        archive.writestr("page.html", smallest.PAGE)
        for name in names():
            archive.writestr(name, " ".join(chance.sample(words, 800)))
        with archive.open(zipfile.ZipInfo("film.mp4"), "w", force_zip64=True) as film:
            block = bytes(2_000_000)
            for _ in range(FILM // len(block)):
                film.write(block)
    return path


def names() -> list[str]:
    return [f"scripts/part {number}.js" for number in range(FILES)]


@dataclass
class Line:
    """A connection, and the requests that go over it in turn."""

    socket: socket.socket
    requests: Iterator[bytes]

    def send(self) -> None:
        self.socket.sendall(next(self.requests))

    def receive(self, status: bytes) -> bytes:
        """A whole answer.

        :raises Wrong: when it has another status
        """
        answer = self.socket.recv(65536)
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        found = LENGTH.search(answer, 0, end + 2)
        if not answer.startswith(b"HTTP/1.1 " + status) or found is None:
            raise Wrong(answer[:500].decode(errors="replace"))
        whole = end + 4 + int(found[1])
        while len(answer) < whole:
            answer += self._more()
        return answer

    def _more(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise Wrong("The server closed the line.")
        return data


def request(launch: Launch, name: str, more: str = "") -> bytes:
    """What a browser sends for a file of the course."""
    path = launch.view["delivery"]["url"].rpartition("/")[0] + f"/{name}".replace(" ", "%20")
    return f"GET {path} HTTP/1.1\r\nHost: {launch.host}\r\n{HEADERS}{more}\r\n".encode()


def small(launches: list[Launch], connect: Connect, seconds: float) -> int:
    """Everybody reads small files for a while; how many have come."""
    came = 0
    with selectors.DefaultSelector() as selector:
        for launch in launches:
            for first in range(LINES):
                asked = [request(launch, name) for name in names()]
                turn = FILES * first // LINES
                line = Line(connect(launch.host), cycle(asked[turn:] + asked[:turn]))
                selector.register(line.socket, selectors.EVENT_READ, line)
                line.send()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            for key, _ in selector.select():
                key.data.receive(b"200")
                came += 1
                key.data.send()
        for key in list(selector.get_map().values()):
            key.data.receive(b"200")
            key.data.socket.close()
    return came


def last_byte(launch: Launch, connect: Connect) -> float:
    """Milliseconds until the film's last byte is here: the median of some times, over one line."""
    line = Line(connect(launch.host), cycle([request(launch, "film.mp4", "Range: bytes=-1\r\n")]))
    times = []
    for _ in range(RANGES):
        began = time.perf_counter()
        line.send()
        answer = line.receive(b"206")
        times.append(time.perf_counter() - began)
        if f"bytes {FILM - 1}-{FILM - 1}/{FILM}".encode() not in answer:
            raise Wrong(answer[:500].decode(errors="replace"))
    line.socket.close()
    return statistics.median(times) * 1000


def rate(launches: list[Launch], connect: Connect, server: Server) -> tuple[float, float]:
    """Small files a second, warm; and the processor time of the site for each, in milliseconds."""
    small(launches, connect, 1.0)
    before = processor_seconds(server)
    began = time.perf_counter()
    came = small(launches, connect, SECONDS)
    seconds = time.perf_counter() - began
    return came / seconds, 1000 * (processor_seconds(server) - before) / came


def measure(folder: Path) -> dict[str, float]:
    """``serve.*``: small files a second, what each costs, and the last byte of 2 GB; and the same
    through nginx and TLS, where there is nginx."""
    server = Server(folder)
    with ExitStack() as opened:
        nginx = opened.enter_context(Nginx(server)) if program() else None
        launches = prepared(server, nginx)
        opened.callback(server.stop)

        def directly(_host: str) -> socket.socket:
            return socket.create_connection(("127.0.0.1", server.port))

        per_s, cost = rate(launches, directly, server)
        figures = {
            "serve.small_per_s": round(per_s),
            "serve.small_cpu_ms": round(cost, 2),
            "serve.range_ms_2gb": round(last_byte(launches[0], directly), 1),
        }
        if nginx is not None:
            context = nginx.context()

            def through(host: str) -> socket.socket:
                line = socket.create_connection(("127.0.0.1", nginx.tls))
                return context.wrap_socket(line, server_hostname=host)

            figures["serve.nginx_small_per_s"] = round(rate(launches, through, server)[0])
            figures["serve.nginx_range_ms_2gb"] = round(last_byte(launches[0], through), 1)
    return figures


def prepared(server: Server, nginx: Nginx | None) -> list[Launch]:
    """A running site with a course that everybody has open."""
    server.run("init")
    learners = [f"learner{number}" for number in range(LEARNERS)]
    server.add_people(*learners)
    course = package(server.data / "course.zip")
    server.run("packages", "import", str(course), "--course", "course", "--publish")
    course.unlink()
    server.start()
    launches = []
    for username in learners:
        client = Client(server) if nginx is None else Visitor(nginx)
        client.sign_in(username)
        launches.append(client.launch("course"))
        client.close()
    return launches
