"""The plug is pulled while a package is sent or checked; a large one needs little memory."""

import os
import subprocess
from pathlib import Path
from threading import Event

import pytest

import large
from postgresql import relstorage_conf
from servers import ROOT, Client, Server, clock_ahead

MEGABYTE = 1024 * 1024
CHECKS = "scorm.packages.apart"
"""In the command of a process that checks a package."""


def ready(server, *words):
    """The site runs, and an author has signed in."""
    server.run("init")
    server.add_people("author", role="author")
    server.start(*words)
    return signed_in(server)


def signed_in(server):
    author = Client(server)
    author.sign_in("author")
    return author


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    if server.process is not None:
        server.stop()


def slow(folder: Path) -> Path:
    """A package whose check takes some seconds: text that has to be read and packed."""
    return large.write(folder / "slow.zip", size=250 * 10**6, files=50, media=0.0)


def send_all_but_wait(client, path):
    address = large.begin(client, path)
    with path.open("rb") as file:
        offset = 0
        while part := file.read(large.PART):
            large.send_part(client, address, offset, part)
            offset += len(part)
    return address


def until_working(client, address, process):
    """It is being checked, by a process of its own where ``process`` can see one."""
    while '"working"' not in (state := client.get(f"{address}state")) or not process():
        assert '"waiting"' in state or '"working"' in state, "It was over before it was seen."
        Event().wait(0.01)


def packages_of(server, author):
    page = author.get("/packages/")
    return page.count(">Smallest</a>")


def test_what_was_sent_before_the_plug_was_pulled_is_kept(server, tmp_path):
    author = ready(server)
    path = large.write(tmp_path / "a.zip", size=10**6, files=4, media=1.0)
    content = path.read_bytes()
    address = large.begin(author, path)
    large.send_part(author, address, 0, content[:300_000])
    author.close()
    server.kill()
    server.start()
    author = signed_in(server)
    answer, _ = author.tus("HEAD", address)
    assert answer.headers["Upload-Offset"] == "300000"
    large.send_part(author, address, 300_000, content[300_000:])
    assert large.wait(author, address) == "done"
    author.close()


def test_a_check_that_the_plug_ended_is_begun_again_by_itself(server, tmp_path):
    author = ready(server)
    address = send_all_but_wait(author, slow(tmp_path))
    until_working(author, address, lambda: server.children(CHECKS))
    author.close()
    server.kill()
    server.start()
    author = signed_in(server)
    assert large.wait(author, address) == "done"
    assert packages_of(server, author) == 1
    assert list((tmp_path / "uploads").iterdir()) == []
    author.close()


def test_a_site_that_is_stopped_while_it_checks_goes_on_afterwards(server, tmp_path):
    author = ready(server)
    address = send_all_but_wait(author, slow(tmp_path))
    until_working(author, address, lambda: server.children(CHECKS))
    author.close()
    assert "Traceback" not in server.stop()
    (job,) = server.run("jobs", "list")["jobs"]
    assert (job["state"], job["attempts"]) == ("waiting", 0)
    server.start()
    author = signed_in(server)
    assert large.wait(author, address) == "done"
    author.close()


@pytest.mark.postgresql
def test_another_worker_takes_over_from_one_that_was_killed(postgresql, tmp_path):
    conf = tmp_path / "zodb.conf"
    conf.write_text(relstorage_conf(postgresql.database(), tmp_path / "blobs"))
    server = Server(tmp_path, conf)
    author = ready(server, "--no-worker")
    address = send_all_but_wait(author, slow(tmp_path))
    assert '"waiting"' in author.get(f"{address}state")
    first = work(server)
    until_working(author, address, lambda: True)
    first.kill()
    first.wait()
    second = work(server, **clock_ahead(1))
    assert large.wait(author, address) == "done"
    assert packages_of(server, author) == 1
    second.terminate()
    assert second.wait(30) == 0
    author.close()
    server.stop()


@pytest.mark.postgresql
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_site_on_postgresql_has_a_worker_that_goes_with_it(postgresql, tmp_path, end):
    conf = tmp_path / "zodb.conf"
    conf.write_text(relstorage_conf(postgresql.database(), tmp_path / "blobs"))
    server = Server(tmp_path, conf)
    author = ready(server)
    path = large.write(tmp_path / "a.zip", size=10**5, files=4, media=0.5)
    assert large.send(author, path)[1] == "done"
    assert len(server.children("lms.command\0work")) == 1
    begun = server.children()
    author.close()
    getattr(server, end)()
    while any(map(runs, begun)):
        Event().wait(0.05)


def runs(process: Path) -> bool:
    """Whether it has not ended; one that nobody has asked about since is a zombie."""
    try:
        return " Z " not in (process / "stat").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False


def work(server, **environment):
    """A worker in a process of its own."""
    words = server._words("work")
    return subprocess.Popen(words, cwd=ROOT, env={**os.environ, **environment})


def test_the_embedded_site_is_its_own_worker(server):
    server.run("init")
    done = subprocess.run(
        server._words("work"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "tutela serve" in done.stderr


def test_a_gigabyte_is_taken_in_with_little_memory(server, tmp_path):
    path = large.write(tmp_path / "large.zip", size=10**9, files=12, media=0.9)
    author = ready(server)
    peaks = []
    _, state = large.send(author, path, lambda: peaks.append(server.peak_of_children(CHECKS)))
    assert state == "done"
    assert 0 < max(peaks) < 250 * MEGABYTE
    assert server.peak_memory() < 250 * MEGABYTE
    author.close()
