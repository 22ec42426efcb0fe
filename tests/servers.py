"""``tutela serve`` in a process of its own, commands beside it, and people who speak HTTP to it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread
from typing import TextIO
from urllib.parse import urlencode, urlsplit

from pyramid.paster import get_appsettings

import smallest
from lms.resources import Site, site_of
from lms.services import people
from lms.settings import Settings
from lms.zodb import open_database

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "quiet river over stones"
INI = """
[app:main]
use = egg:tutela
tutela.site_url = http://localhost:{shown}
tutela.content_url = http://*.localhost:{shown}
tutela.listen = 127.0.0.1:{port}
tutela.data = {data}
tutela.zodb = {zodb}
"""


def free_port() -> int:
    """One that nobody listens at, and that no other worker of the same test run is given."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # By pairs: the kernel prefers ports of one parity.
        if port // 2 % workers == own:
            return port


def clock_ahead(hours: int) -> dict[str, str]:
    """The environment of a process for which it is later by so many hours (libfaketime)."""
    return {**_faketime(), "FAKETIME": f"+{hours}h"}


def clock_in(file: Path) -> dict[str, str]:
    """The environment of a process for which it is as much later as a file says; it looks there
    each second."""
    return {**_faketime(), "FAKETIME_TIMESTAMP_FILE": str(file), "FAKETIME_CACHE_DURATION": "1"}


def _faketime() -> dict[str, str]:
    (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
    return {"LD_PRELOAD": str(library), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Server:
    """A site on a data folder; commands run against it as an admin would.

    :param zodb_conf: its storage; the default one without
    :param port_in_addresses: of the web server before it; its own without
    """

    def __init__(
        self, data: Path, zodb_conf: Path | None = None, port_in_addresses: int | None = None
    ):
        self.data = data
        self.port = free_port()
        shown = port_in_addresses or self.port
        self.url = f"http://localhost:{shown}"
        self.process: subprocess.Popen | None = None
        self.ahead = 0
        self._clock = data / f"clock-{self.port}"
        self._ini = data / f"site-{self.port}.ini"
        conf = zodb_conf or ROOT / "zodb.conf"
        self._ini.write_text(INI.format(shown=shown, port=self.port, data=data, zodb=conf), "utf-8")

    def set(self, **settings: str) -> None:
        """Settings of the ini file, in place of what they are."""
        text = self._ini.read_text("utf-8")
        for name, value in settings.items():
            text = re.sub(rf"^tutela.{name} = .*\n", "", text, flags=re.MULTILINE)
            text += f"tutela.{name} = {value}\n"
        self._ini.write_text(text, "utf-8")

    def _words(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "lms.command", *words, "--config", str(self._ini)]

    def run(self, *words: str, given: str | None = None) -> dict:
        """One command, with ``--json``; what it printed."""
        done = subprocess.run(
            self._words(*words, "--json"),
            input=given,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def writing(self) -> Iterator[Site]:
        """The site in a transaction of this process, while it does not run."""
        settings = Settings.from_ini(dict(get_appsettings(str(self._ini))))
        opened = closing(open_database(settings.zodb_conf, settings.data))
        with opened as database, database.transaction() as connection:
            yield site_of(connection)

    def set_clock(self, seconds: int) -> None:
        """It is so much later, within a second: for one that was started so that it ``turns``."""
        written = self._clock.with_suffix(".new")
        written.write_text(f"{seconds:+d}\n", "ascii")
        written.replace(self._clock)

    def add_people(self, *usernames: str, role: str = "member") -> None:
        """While it does not run; here, since a command for each of many takes its time."""
        with self.writing() as site:
            for username in usernames:
                people.add(
                    site.people,
                    username=username,
                    passphrase=PASSPHRASE,
                    role=role,
                    now=datetime.now(UTC),
                )

    def publish(self, slug: str, standard: str = "2004") -> None:
        """A published course on the smallest package."""
        package = smallest.write(self.data / f"{slug}.zip", standard)
        self.run("packages", "import", str(package), "--course", slug, "--publish")

    def counted(self, name: str) -> int:
        """What ``/metrics`` says of a counter."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request("GET", "/metrics")
        text = line.getresponse().read().decode()
        line.close()
        return int(re.search(rf"^{name} (\d+)$", text, re.MULTILINE).group(1))

    def peak_memory(self) -> int:
        """The most that the process has held since it began, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(re.search(r"VmHWM:\s*(\d+) kB", status).group(1)) * 1024

    def children(self, word: str = "") -> list[Path]:
        """The processes that it has begun and that still run, with this in their command."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        begun = " ".join((task / "children").read_text("ascii") for task in tasks)
        found = []
        for child in map(Path, (f"/proc/{pid}" for pid in begun.split())):
            with suppress(FileNotFoundError, ProcessLookupError):
                if word in (child / "cmdline").read_text("utf-8"):
                    found.append(child)
        return found

    def peak_of_children(self, word: str = "") -> int:
        """The same of the processes that it has begun and that still run."""
        peaks = [0]
        for child in self.children(word):
            with suppress(FileNotFoundError, ProcessLookupError):
                status = (child / "status").read_text("ascii")
                found = re.search(r"VmHWM:\s*(\d+) kB", status)
                peaks.append(int(found.group(1)) * 1024 if found else 0)
        return max(peaks)

    def start(self, *more: str, hours: int = 0, turns: bool = False) -> None:
        """:param more: words of the command; :param hours: how far its clock is ahead
        :param turns: whether its clock can be set while it runs
        """
        self.ahead = hours
        clock = clock_ahead(hours) if hours else {}
        if turns:
            self.set_clock(0)
            clock = clock_in(self._clock)
        self.process = subprocess.Popen(
            self._words("serve", *more),
            env={**os.environ, **clock},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
        )
        self._said = []
        ready = Event()
        self._reader = Thread(target=self._listen, args=(self.process.stdout, ready), daemon=True)
        self._reader.start()
        ready.wait()
        assert self.process.poll() is None, "The server did not start:\n" + "".join(self._said)

    def _listen(self, lines: TextIO, ready: Event) -> None:
        """Keep what it says: a pipe that nobody reads would stop it when it is full."""
        with lines:
            for line in lines:
                self._said.append(line)
                if line.startswith("Tutela is at"):
                    ready.set()
        self.process.wait()
        ready.set()

    def kill(self) -> None:
        """The plug is pulled."""
        self.process.send_signal(signal.SIGKILL)
        self._reader.join()

    def stop(self) -> str:
        """End it as an admin does; what it had to say since it started."""
        self.process.terminate()
        self._reader.join()
        return "".join(self._said)


class Refused(Exception):
    """An answer that is no success: its status and its text."""

    def __init__(self, answer: HTTPResponse, text: str):
        super().__init__(f"{answer.status}: {text[:300]}")
        self.status = answer.status
        self.text = text


class Client:
    """One person's browser without a window: cookies of the site, forms, launches."""

    scheme = "http"

    def __init__(self, server: Server):
        self.port = server.port
        self.site = urlsplit(server.url).netloc
        self.lines: dict[str, HTTPConnection] = {}
        self.cookies: dict[str, str] = {}

    def connect(self, host: str) -> HTTPConnection:
        """A line to one of the site's hosts; it opens by itself."""
        return HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(
        self,
        method: str,
        host: str,
        path: str,
        body: bytes = b"",
        kind: str = "",
        headers: dict | None = None,
    ) -> tuple:
        """``(answer, text)`` from the host, over a line that is kept open.

        :raises Refused: for a status from 400 on
        """
        if host not in self.lines:
            self.lines[host] = self.connect(host)
        line = self.lines[host]
        headers = {"Host": host, **(headers or {})}
        on_site = host == self.site
        if on_site and self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method in ("POST", "PATCH"):
            headers = {"Content-Type": kind, "Origin": f"{self.scheme}://{host}", **headers}
        line.request(method, path, body if method in ("POST", "PATCH") else None, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            assert on_site, "The content origin set a cookie."
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            raise Refused(answer, text)
        return answer, text

    def get(self, path: str) -> str:
        return self.ask("GET", self.site, path)[1]

    def post(self, path: str, **fields: str) -> HTTPResponse:
        """Send a form of the page; its CSRF token is added."""
        body = urlencode({"csrf_token": self._token(), **fields}).encode()
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", self.site, path, body, kind)[0]

    def _token(self) -> str:
        return re.search(r'name="csrf_token" value="([^"]+)"', self.get("/language")).group(1)

    def tus(self, method: str, path: str, body: bytes = b"", headers: dict | None = None) -> tuple:
        """One request of the protocol that sends packages in parts: ``(answer, text)``."""
        more = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": self._token(), **(headers or {})}
        return self.ask(method, self.site, path, body, headers=more)

    def upload(self, package: bytes) -> str:
        """Send a package in on its page, and follow it until it is checked: the last page."""
        start = "--end\r\nContent-Disposition: form-data; name="
        body = (
            f'{start}"csrf_token"\r\n\r\n{self._token()}\r\n'
            f'{start}"package"; filename="package.zip"\r\n\r\n'
        ).encode()
        kind = "multipart/form-data; boundary=end"
        answer, _ = self.ask(
            "POST", self.site, "/packages/upload", body + package + b"\r\n--end--\r\n", kind
        )
        address = urlsplit(answer.headers["Location"]).path
        while True:
            state = json.loads(self.get(f"{address}state"))
            if state["state"] not in ("waiting", "working"):
                break
            Event().wait(0.05)
        answer, text = self.ask("GET", self.site, address)
        if answer.status == 303:
            text = self.get(urlsplit(answer.headers["Location"]).path)
        return text

    def sign_in(self, username: str) -> None:
        answer = self.post("/sign-in", username=username, password=PASSPHRASE, sign_in="sign_in")
        assert answer.status == 303, "The sign-in was refused."

    def launch(self, slug: str) -> "Launch":
        """Press the course's button and start."""
        answer = self.post(f"/courses/{slug}/launch")
        address = urlsplit(answer.headers["Location"])
        launch = Launch(self, address.netloc, address.path.rpartition("/")[0])
        launch.view = launch.send("start")
        return launch

    def close(self) -> None:
        for line in self.lines.values():
            line.close()


@dataclass
class Launch:
    """An open session on a content host; ``path`` begins with the capability."""

    client: Client
    host: str
    path: str
    view: dict | None = None
    number: int = 0

    def send(self, what: str, **body: object) -> dict:
        sent = json.dumps({"session": "of the capability", **body}).encode()
        answer = self.client.ask("POST", self.host, f"{self.path}/{what}", sent, "application/json")
        return json.loads(answer[1])

    def commit(self, **values: str) -> int:
        """Set elements (``cmi.location`` is ``location``); the number acknowledged."""
        pairs = [[f"cmi.{name}", value] for name, value in values.items()]
        self.number += 1
        entry = {
            "number": self.number,
            "kind": "set",
            "activity": self.view["delivery"]["activity"],
            "values": pairs,
        }
        return self.send("commit", entries=[entry])["acknowledged"]
