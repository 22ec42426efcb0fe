"""What the server acknowledges is on disk: it is killed while it works, and asked afterwards."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from threading import Lock

import pytest

from servers import Client, Server

PEOPLE = [f"learner{n}" for n in range(8)]
COMMITS = 25
"""Of each person: 200 in all."""


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.run("init")
    server.add_people(*PEOPLE)
    server.publish("smallest")
    server.start()
    yield server
    server.stop()


class Worker:
    """One person who commits until the server is gone, and remembers what was acknowledged."""

    def __init__(self, server, username, acknowledged):
        self.username = username
        self.client = Client(server)
        self.client.sign_in(username)
        self.launch = self.client.launch("smallest")
        self.acknowledged = 0
        self._counted = acknowledged

    def work(self):
        try:
            for number in range(1, COMMITS + 1):
                self.acknowledged = self.launch.commit(location=f"place {number}")
                self._counted.append(number)
        except (OSError, HTTPException):
            return  # the plug was pulled; what was answered before counts


class Counted(list):
    """A list that does something at once when it is long enough, before whoever added to it goes
    on."""

    def __init__(self, wanted, reached):
        super().__init__()
        self._wanted = wanted
        self._reached = reached
        self._lock = Lock()

    def append(self, item):
        with self._lock:
            super().append(item)
            if len(self) == self._wanted:
                self._reached()


def test_every_acknowledged_commit_survives_the_death_of_the_server(server):
    acknowledged = Counted(len(PEOPLE) * COMMITS // 2, server.kill)
    workers = [Worker(server, username, acknowledged) for username in PEOPLE]
    with ThreadPoolExecutor(len(workers)) as pool:
        for each in [pool.submit(worker.work) for worker in workers]:
            each.result()
    assert len(PEOPLE) * COMMITS // 2 <= len(acknowledged) < len(PEOPLE) * COMMITS
    server.start()
    for worker in workers:
        worker.client.close()
        kept = server.run("runtime", "show", "smallest", worker.username)
        (session,) = kept["sessions"].values()
        # A commit may have reached the disk while its answer was lost with the line.
        assert session["acknowledged"] in (worker.acknowledged, worker.acknowledged + 1)
        assert kept["activities"]["i"]["values"] == {
            "cmi.location": f"place {session['acknowledged']}"
        }


def test_what_was_sent_again_after_the_death_of_the_server_counts_once(server):
    person = Client(server)
    person.sign_in(PEOPLE[0])
    launch = person.launch("smallest")
    launch.commit(location="before")
    server.kill()
    server.start()
    person.close()
    again = Client(server)
    launch.client = again
    launch.number = 0
    assert launch.commit(location="sent again") == 1
    assert launch.commit(location="after") == 2
    again.close()
    kept = server.run("runtime", "show", "smallest", PEOPLE[0])
    assert kept["activities"]["i"]["values"] == {"cmi.location": "after"}
