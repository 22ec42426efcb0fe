"""Two application processes on one PostgreSQL: a person may meet either at every request."""

import pytest

from postgresql import relstorage_conf
from servers import Client, Refused, Server

pytestmark = pytest.mark.postgresql


@pytest.fixture
def servers(postgresql, tmp_path):
    conf = tmp_path / "zodb.conf"
    conf.write_text(relstorage_conf(postgresql.database(), tmp_path / "blobs"))
    one = Server(tmp_path, conf)
    one.run("init")
    one.add_people("member")
    one.publish("smallest")
    # The same site by the same name: behind it, a web server chooses the process.
    two = Server(tmp_path, conf, port_in_addresses=one.port)
    one.start()
    two.start()
    yield one, two
    for server in (one, two):
        assert "Traceback" not in server.stop()


def through(server, client):
    """The same browser, its next request answered by this process."""
    client.close()
    client.port = server.port
    client.lines.clear()
    return client


def test_each_process_goes_on_where_the_other_left(servers):
    one, two = servers
    member = Client(one)
    member.sign_in("member")
    launch = through(two, member).launch("smallest")
    assert launch.commit(location="1") == 1
    through(one, member)
    assert launch.commit(location="2") == 2
    through(two, member)
    assert launch.send("start")["delivery"]["data"]["cmi.location"] == "2"
    member.close()


def test_a_launch_at_one_process_takes_the_lease_from_the_other(servers):
    one, two = servers
    member = Client(one)
    member.sign_in("member")
    first = member.launch("smallest")
    first.commit(location="1")
    second = through(two, member).launch("smallest")
    assert second.view["delivery"]["data"]["cmi.location"] == "1"
    through(one, member)
    with pytest.raises(Refused) as refused:
        first.commit(location="late")
    assert refused.value.status == 409
    member.close()


def test_completing_at_both_processes_issues_one_certificate(servers):
    one, two = servers
    member = Client(one)
    member.sign_in("member")
    launch = member.launch("smallest")
    entries = [
        {"number": 1, "kind": "set", "activity": "i", "values": [["cmi.success_status", "passed"]]},
        {
            "number": 2,
            "kind": "set",
            "activity": "i",
            "values": [["cmi.completion_status", "completed"]],
        },
    ]
    assert launch.send("commit", entries=entries)["acknowledged"] == 2
    through(two, member)
    assert launch.send("commit", entries=entries)["acknowledged"] == 2
    (row,) = two.run("courses", "report", "smallest", "--format", "json")["rows"]
    certificate = one.run("certificates", "issue", "smallest", "member")
    assert row["certificate"] == certificate["code"]
    assert two.run("certificates", "issue", "smallest", "member") == certificate
    verdict = two.run("certificates", "verify", certificate["code"])
    assert verdict["status"] == "valid"
    member.close()
