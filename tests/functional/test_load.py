"""Fifty people at once: nobody gets an error, and hardly anybody waits for another."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from postgresql import relstorage_conf
from servers import Client, Server

PEOPLE = [f"learner{n}" for n in range(50)]
COMMITS = 4


@pytest.fixture(params=["filestorage", pytest.param("relstorage", marks=pytest.mark.postgresql)])
def server(request, tmp_path):
    conf = None
    if request.param == "relstorage":
        postgresql = request.getfixturevalue("postgresql")
        conf = tmp_path / "zodb.conf"
        conf.write_text(relstorage_conf(postgresql.database(), tmp_path / "blobs"))
    server = Server(tmp_path, conf)
    server.run("init")
    server.add_people(*PEOPLE)
    server.publish("smallest", "1.2")
    server.start()
    yield server
    said = server.stop()
    assert "Traceback" not in said


def test_fifty_people_launch_and_commit_together(server):
    clients = [Client(server) for _ in PEOPLE]
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        list(pool.map(Client.sign_in, clients, PEOPLE))
        before = server.counted("tutela_retries_total")
        launches = list(pool.map(lambda client: client.launch("smallest"), clients))

        def work(launch):
            for number in range(COMMITS):
                launch.commit(suspend_data=f"{launch.host} {number}")
            return launch.number

        assert list(pool.map(work, launches)) == [COMMITS] * len(PEOPLE)
    retries = server.counted("tutela_retries_total") - before
    requests = len(PEOPLE) * (1 + 1 + COMMITS)
    assert retries <= requests, "More than one retry for each request, on average."
    for client, launch in zip(clients, launches, strict=True):
        data = launch.send("start")["delivery"]["data"]
        assert data["cmi.suspend_data"] == f"{launch.host} {COMMITS - 1}"
        client.close()
