"""Package files over plain sockets: what slow lines and odd addresses do to a running site."""

import re
import socket
import zipfile

import pytest

import smallest
from lms.command.serving import THREADS
from servers import Client, Server

FILM = 64 * 1024 * 1024
"""Bytes: more than any buffer on the way holds."""
NAMES = {
    "a b.js": ["a%20b.js", "a%20B.JS", "%61%20b.js"],
    "~+&;=@.js": ["~+&;=@.js", "%7e%2b%26%3b%3d%40.js"],
    "\u00e9.js": ["%C3%A9.js", "e%CC%81.js", "%c3%a9.js?x=1"],
    "#100%.js": ["%23100%25.js", "%23100%.js", "%2523100%2525.js"],
    "in/folder.js": ["in//folder.js", "in%5Cfolder.js", "in%2Ffolder.js", "./in/folder.js"],
    "in/index.html": ["in/", "in/?q", "in/index.html#part"],
}
"""Names of files, and how they may be asked for."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A site with a course that has a long film."""
    folder = tmp_path_factory.mktemp("site")
    path = folder / "course.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", smallest.MANIFEST_2004)
        archive.writestr("page.html", smallest.PAGE)
        archive.writestr("film.mp4", bytes(FILM))
        for name in NAMES:
            archive.writestr(name, f"// {name}")
    server = Server(folder)
    server.run("init")
    server.add_people("member")
    server.run("packages", "import", str(path), "--course", "c", "--publish")
    server.start()
    yield server
    assert "Traceback" not in server.stop()


@pytest.fixture(scope="module")
def launch(server):
    """The course, open to somebody."""
    member = Client(server)
    member.sign_in("member")
    yield member.launch("c")
    member.close()


class Line:
    """A connection of which every byte is in the test's hands."""

    def __init__(self, launch):
        self._launch = launch
        self._line = socket.create_connection(("127.0.0.1", launch.client.port), timeout=60)
        self._file = self._line.makefile("rb")

    def send(self, path, *headers, method="GET"):
        folder = self._launch.view["delivery"]["url"].rpartition("/")[0]
        lines = [f"{method} {folder}/{path} HTTP/1.1", f"Host: {self._launch.host}", *headers]
        self._line.sendall("\r\n".join([*lines, "", ""]).encode())

    def head(self):
        """Status and headers of the next answer, as one text."""
        return b"".join(iter(self._file.readline, b"\r\n")).decode()

    def ask(self, path, *headers, method="GET"):
        """``(status, body)``"""
        self.send(path, *headers, method=method)
        head = self.head()
        length = 0 if method == "HEAD" else int(re.search("Content-Length: ([0-9]+)", head)[1])
        return int(head.split()[1]), self._file.read(length)

    def close(self):
        self._file.close()
        self._line.close()


@pytest.fixture
def line(launch):
    line = Line(launch)
    yield line
    line.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_served_by_whatever_name_a_tool_has_given_it(line, name):
    for path in NAMES[name]:
        assert line.ask(path.partition("#")[0]) == (200, f"// {name}".encode()), path


@pytest.mark.parametrize(
    "path", ["../page.html", "in/../../x", "%2e%2e/page.html", "in", "none%00"]
)
def test_no_path_leads_anywhere_else(line, path):
    assert line.ask(path)[0] in (403, 404)


def test_one_connection_serves_one_file_after_another(line):
    for _ in range(3):
        assert line.ask("page.html")[0] == 200
        assert line.ask("film.mp4", "Range: bytes=-1") == (206, b"\0")
        assert line.ask("film.mp4", "Range: bytes=0-1", method="HEAD") == (200, b"")
        assert line.ask("none.html")[0] == 404
        assert line.ask("film.mp4", f"Range: bytes={FILM}-")[0] == 416


def test_films_that_are_watched_slowly_hold_up_nobody_and_are_held_nowhere(server, launch, line):
    before = server.peak_memory()
    watching = [Line(launch) for _ in range(THREADS + 10)]
    for each in watching:
        each.send("film.mp4", "Range: bytes=0-")
    assert all(each.head().startswith("HTTP/1.1 206") for each in watching)
    assert line.ask("page.html")[0] == 200
    assert server.peak_memory() - before < FILM
    whole = watching[0]._file.read(FILM)
    assert len(whole) == FILM
    for each in watching:
        each.close()
    assert line.ask("page.html")[0] == 200
