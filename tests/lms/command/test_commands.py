"""Every command, as an admin types it."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from contextlib import closing

import pytest

from lms.evolution import FINISHED, STEPS
from lms.resources.site import SITE
from lms.services import people, topics
from lms.services.courses import registration_for
from lms.zodb import open_database
from scorm.runtime.commit import Entry, commit, open_session
from servers import ROOT
from sites import NOW, Writing

PASSPHRASE = "quiet river over stones"


def test_init_makes_the_database_and_does_it_once(bare):
    assert "create-site" in bare("init").out
    assert bare("init").out == "The database is up to date.\n"
    assert bare("db", "evolve", "--json").json == {"finished": []}


def test_before_init_a_command_says_what_to_do(bare):
    done = bare("people", "add", "amina")
    assert done.status == 1
    assert "There is no site in this database yet. Make one with 'tutela init'" in done.err
    assert done.out == ""


def test_in_a_database_of_an_older_version_a_command_says_what_to_do(bare):
    bare("init")
    with (
        closing(open_database(ROOT / "zodb.conf", bare.data)) as database,
        Writing(database) as root,
    ):
        del root[FINISHED][STEPS[-1].name]
    done = bare("people", "add", "amina")
    assert done.status == 1
    assert f"run 'tutela db evolve'. Waiting steps: {STEPS[-1].name}." in done.err


def test_without_an_ini_file_a_command_says_where_to_be(bare):
    bare.ini.unlink()
    done = bare("init")
    assert done.status == 1
    assert "--config" in done.err


def test_a_data_folder_may_be_named(bare, tmp_path):
    assert bare("init", "--data", str(tmp_path / "elsewhere")).status == 0
    assert (tmp_path / "elsewhere" / "data.fs").exists()


def test_what_is_not_in_utf_8_is_not_stored(tutela):
    """A Latin-1 terminal's é: no page could ever show it."""
    for words in (("revoke", "x", "--reason", "caf\udce9"), ("list", "--title", "\udce9")):
        done = tutela("certificates", *words)
        assert done.status == 2
        assert "UTF-8" in done.err


def test_a_file_may_be_called_whatever_the_disk_says(tutela):
    assert "caf" in tutela("packages", "check", "/nowhere/caf\udce9.zip").err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("people",),
        ("fly",),
        ("people", "add"),
        ("people", "add", "x", "--role", "king"),
        ("certificates", "revoke", "code"),
    ],
)
def test_wrong_usage_ends_with_2(tutela, words):
    done = tutela(*words)
    assert done.status == 2
    assert "usage: tutela" in done.err


def test_the_demo_has_three_people_and_a_course_and_keeps_their_passphrases(tutela):
    first = tutela("demo", "--json").json["people"]
    assert set(first) == {"member", "author", "admin"}
    assert tutela("demo", "--json").json["people"] == first
    assert first["member"] in tutela("demo").out


def test_the_demo_course_says_all_that_a_course_can_say(tutela):
    tutela("demo")
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        course = root[SITE].courses["global-standards"]
        assert course.content_note
        assert course.licence == "Apache-2.0"
        assert "https://irct.org/gsr/" in course.sources.splitlines()[0]
        assert [topic.name for topic in topics.of_course(root[SITE].topics, course)] == [
            "Standards and rights"
        ]
    database.close()


def test_the_demo_adds_no_topic_where_there_are_topics(tutela):
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        topics.add(root[SITE].topics, "Ethics")
    database.close()
    tutela("demo")
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        assert [topic.name for topic in root[SITE].topics.values()] == ["Ethics"]
        assert root[SITE].courses["global-standards"].topics == ()
    database.close()


def test_a_passphrase_that_was_changed_is_shown_no_more(tutela):
    first = tutela("demo", "--json").json["people"]
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        member = root[SITE].people.by_username("member")
        people.change_passphrase(member, first["member"], "seven small green boats")
    database.close()
    now = tutela("demo")
    assert first["member"] not in now.out
    assert "(own passphrase)" in now.out
    assert first["author"] in now.out
    report = tutela("courses", "report", "global-standards", "--format", "json").json
    assert report == {"course": "global-standards", "rows": []}


def test_somebody_is_added_with_a_passphrase_that_is_shown_once(tutela):
    done = tutela("people", "add", "amina", "--role", "author", "--json")
    assert done.json["username"] == "amina"
    assert done.json["role"] == "author"
    assert len(done.json["passphrase"]) >= 16
    assert "passphrase" not in tutela("people", "add", "amina").out


def test_somebody_is_added_with_a_passphrase_of_their_own(tutela):
    done = tutela(
        "people", "add", "amina", "--centre", "12", "--password-stdin", given=f"{PASSPHRASE}\n"
    )
    assert done.status == 0
    assert PASSPHRASE not in done.out


@pytest.mark.parametrize("given", ["", "\n", "short\n", "password\n"])
def test_a_passphrase_that_is_none_is_refused(tutela, given):
    done = tutela("people", "add", "amina", "--password-stdin", given=given)
    assert done.status == 1
    assert done.err.startswith("tutela: ")


@pytest.mark.parametrize("username", ["amina", "AMINA", "a b", ""])
def test_a_username_that_is_taken_or_none_is_refused(tutela, username):
    tutela("people", "add", "amina")
    done = tutela("people", "add", username)
    assert (done.status, done.out) == (1, "")


def test_a_package_is_checked_and_not_stored(tutela, package):
    done = tutela("packages", "check", str(package), "--json")
    assert done.status == 0
    assert done.json["standard"] == "2004 4th"
    assert isinstance(done.json["findings"], list)
    assert not list((tutela.data / "blobs").rglob("*.blob"))


UNUSABLE = (
    (("packages", "check", "a" * 300), "File name too long"),
    (("packages", "check", "/proc/self/mem"), "A file could not be read"),
    (("courses", "build", "/dev/null", "--output", "x.zip"), "/dev/null is not a folder"),
    (("init", "--data", "/dev/null"), "/dev/null cannot be the data folder"),
    (("init", "--config", "README.md"), "README.md is not an ini file"),
)


@pytest.mark.parametrize(("words", "reason"), UNUSABLE, ids=[each[1] for each in UNUSABLE])
def test_what_the_system_does_not_give_is_said_in_words_and_as_json(
    tutela, monkeypatch, words, reason
):
    monkeypatch.chdir(ROOT)
    done = tutela(*words, "--json")
    assert done.status == 1
    assert done.err.startswith("tutela: ")
    assert reason in done.err
    assert reason in done.json["error"]


@pytest.mark.parametrize("listen", ["7000", "localhost:http", "localhost:70000", ""])
def test_an_address_to_listen_on_is_a_host_and_a_port(tutela, listen):
    text = tutela.ini.read_text("utf-8")
    tutela.ini.write_text(re.sub("tutela.listen = .*", f"tutela.listen = {listen}", text), "utf-8")
    done = tutela("serve")
    assert (done.status, done.out) == (1, "")
    assert "such as 127.0.0.1:6543" in done.err


def test_a_port_is_within_the_ports(tutela):
    done = tutela("serve", "--port", "99999")
    assert done.status == 2
    assert "1 to 65535" in done.err


@pytest.mark.parametrize("text", ["<zodb main>", "nonsense", "%import nothing_there"])
def test_a_database_that_is_not_described_is_said_to_be_so(tutela, tmp_path, text):
    described = tmp_path / "other.conf"
    described.write_text(text, "utf-8")
    ini = tutela.ini.read_text("utf-8")
    tutela.ini.write_text(re.sub("tutela.zodb = .*", f"tutela.zodb = {described}", ini), "utf-8")
    for words in (("init",), ("serve",)):
        done = tutela(*words)
        assert (done.status, done.out) == (1, "")
        assert "other.conf describes cannot be opened" in done.err


def test_a_broken_package_is_reported_in_words(tutela, tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"not a zip")
    check = tutela("packages", "check", str(broken))
    assert check.status == 1
    assert "1 error\n" in check.out
    imported = tutela("packages", "import", str(broken))
    assert (imported.status, imported.out) == (1, "")
    assert imported.err.startswith("tutela: The package is not taken in.")
    assert "1 error\n" in imported.err
    told = tutela("packages", "import", str(broken), "--json")
    assert told.status == 1
    assert (
        told.json["findings"] == tutela("packages", "check", str(broken), "--json").json["findings"]
    )
    assert told.json["error"]


def test_a_file_that_is_not_there_is_named(tutela, tmp_path):
    done = tutela("packages", "check", str(tmp_path / "none.zip"))
    assert done.status == 1
    assert "none.zip" in done.err


def test_a_package_becomes_a_course_of_its_title(tutela, package):
    done = tutela("packages", "import", str(package), "--json")
    assert done.json["course"] == "smallest"
    assert done.json["published"] is False
    again = tutela("packages", "import", str(package))
    assert "/courses/smallest-2 (not published yet)" in again.out
    blobs = list((tutela.data / "blobs").rglob("*.blob"))
    assert len(blobs) == 2  # as it is served, and as it was sent


def test_a_course_that_has_a_package_keeps_it(tutela, course, package):
    done = tutela("packages", "import", str(package), "--course", course)
    assert done.status == 1
    assert "has a package already" in done.err


@pytest.mark.parametrize("slug", ["A Course", "add", "-", "x/y"])
def test_an_address_that_is_none_is_refused(tutela, package, slug):
    done = tutela("packages", "import", str(package), "--course", slug)
    assert done.status in (1, 2)
    assert done.out == ""


def test_people_are_enrolled_together_or_not_at_all(tutela, course):
    tutela("people", "add", "amina")
    refused = tutela("courses", "enrol", course, "amina", "nobody")
    assert refused.status == 1
    assert "nobody" in refused.err
    assert tutela("courses", "report", course, "--format", "json").json["rows"] == []
    done = tutela("courses", "enrol", course, "amina", "--json")
    assert done.json == {"course": course, "enrolled": ["amina"]}


def test_a_course_report_is_a_table_or_json(tutela, course):
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    (row,) = csv.DictReader(io.StringIO(tutela("courses", "report", course).out))
    assert row["username"] == "amina"
    plain = tutela("courses", "report", course, "--format", "json")
    assert json.loads(plain.out)["rows"][0]["username"] == "amina"


def test_a_course_that_is_not_there_is_named(tutela):
    done = tutela("courses", "report", "nothing")
    assert done.status == 1
    assert "nothing" in done.err


def test_a_course_is_built_from_text(tutela, tmp_path):
    output = tmp_path / "built.zip"
    done = tutela("courses", "build", "courses/global-standards", "--output", str(output), "--json")
    assert done.json["bytes"] == output.stat().st_size
    refused = tutela("courses", "build", str(tmp_path), "--output", str(output))
    assert refused.status == 1


def test_a_course_is_begun_and_can_be_built(tutela, tmp_path):
    begun = tutela("courses", "new", str(tmp_path / "care"))
    assert "course.toml" in begun.out
    output = tmp_path / "care.zip"
    built = tutela("courses", "build", str(tmp_path / "care"), "--output", str(output))
    assert built.out.startswith("How to write a course: SCORM 2004 4th Edition, ")
    again = tutela("courses", "new", str(tmp_path / "care"), "--json")
    assert again.status == 1
    assert "the folder is not empty" in again.err


def test_a_course_is_built_where_no_site_is(bare, tmp_path):
    bare.ini.unlink()
    folder = tmp_path / "our care"
    assert f"tutela courses build '{folder}' --output" in bare("courses", "new", str(folder)).out
    done = bare("courses", "build", str(folder), "--output", str(tmp_path / "x.zip"))
    assert (done.status, done.err) == (0, "")


def test_a_mistake_in_a_course_is_told_with_its_place_as_data_too(bare, tmp_path):
    (tmp_path / "course.toml").write_text('title = "A"\n[quiz]\n')
    done = bare("courses", "claims", str(tmp_path), "--json")
    assert done.status == 1
    assert done.json == {
        "error": "course.toml, line 1: language is missing. Add language = … to it.",
        "file": "course.toml",
        "line": 1,
    }


def command(*words: str, **environment: str) -> subprocess.Popen:
    """A command in a process of its own, its output to be read."""
    return subprocess.Popen(
        [sys.executable, "-m", "lms.command", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_who_reads_no_further_hears_nothing_more(more):
    with command("courses", "claims", "courses/global-standards", *more) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_signs_that_a_terminal_does_not_know_are_written_out():
    words = ("courses", "claims", "courses/global-standards")
    with command(*words, PYTHONIOENCODING="ascii") as running:
        out, err = running.communicate()
    assert out.startswith(b"# What \\u201cGlobal Standards on Rehabilitation\\u201d claims")
    assert (running.returncode, err) == (0, b"")


def test_the_claims_of_a_course_are_listed_with_their_sources(tutela, tmp_path):
    tutela("courses", "new", str(tmp_path / "care"))
    table = tutela("courses", "claims", str(tmp_path / "care"))
    assert "| quiz.gift | 9 | How does a heading in a part begin? → " in table.out
    plain = tutela("courses", "claims", str(tmp_path / "care"), "--json").json
    assert plain["course"] == "How to write a course"
    assert {row["source"] for row in plain["claims"]} == {"own", "commonmark"}
    assert tutela("courses", "claims", str(tmp_path)).status == 1


def test_nothing_is_shown_of_who_has_not_started(tutela, course):
    tutela("people", "add", "amina")
    assert tutela("runtime", "show", course, "nobody").status == 1
    done = tutela("runtime", "show", course, "amina")
    assert done.status == 1
    assert "has not started" in done.err


@pytest.fixture
def amina(tutela, course):
    """Somebody whose content gave a raw score, answered a question and left without a word."""
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    question = "cmi.interactions.0"
    values = [
        ["cmi.completion_status", "incomplete"],
        ["cmi.score.raw", "85"],
        ["cmi.score.scaled", "7"],
        ["cmi.suspend_data", "x" * 300],
        [f"{question}.id", "q1"],
        [f"{question}.type", "choice"],
        [f"{question}.learner_response", "a[,]b"],
        [f"{question}.correct_responses.0.pattern", "a[,]c"],
        [f"{question}.result", "incorrect"],
    ]
    entries = [
        {"number": 1, "kind": "initialize", "activity": "i"},
        {"number": 2, "kind": "set", "activity": "i", "values": values},
        {"number": 4, "kind": "set", "activity": "i", "values": [["cmi.location", "9"]]},
    ]
    sent(tutela, course, entries)
    return "amina"


def sent(tutela, course, entries):
    """What amina's content sent, in one session."""
    database = open_database(ROOT / "zodb.conf", tutela.data)
    with Writing(database) as root:
        site = root[SITE]
        person = site.people.by_username("amina")
        registration = registration_for(
            site.registrations,
            person.enrolments[course],
            person,
            site_url="http://localhost",
            now=NOW,
        )
        open_session(registration, "s1", "normal", [], NOW)
        commit(registration, "s1", [Entry.from_plain(entry) for entry in entries], NOW)
    database.close()


def test_what_somebody_did_is_told_in_words(tutela, course, amina):
    shown = tutela("runtime", "show", course, amina).out
    assert "Course: Smallest (/courses/smallest), SCORM 2004 4th" in shown
    assert "For this site: not completed: 1 part of the course missing" in shown
    assert "1. One: in progress" in shown
    joined = " ".join(shown.split())
    assert "! Content gave a raw score (cmi.score.raw is 85) and no cmi.score.scaled." in joined
    assert "cmi.suspend_data = " + "x" * 120 + "… (300 characters)" in shown
    assert "q1 (choice), answered: a, b, right: a, c, result: incorrect" in shown
    assert "1 commit, acknowledged up to 2" in shown
    assert "refused: cmi.score.scaled, error 407, entry 2" in shown
    assert "waiting: entry 4, set cmi.location = 9" in shown


def test_what_somebody_did_is_told_as_data_too(tutela, course, amina):
    plain = tutela("runtime", "show", course, amina, "--json").json
    assert plain["activities"]["i"]["values"]["cmi.score.raw"] == "85"
    codes = [finding["code"] for finding in plain["explanation"]["activities"]["i"]]
    assert {"completion.incomplete", "score.raw-only"} <= set(codes)
    assert plain["explanation"]["course"][0]["code"] == "course.completion.missing"
    (session,) = plain["sessions"].values()
    assert session["refused"] == [{"number": 2, "element": "cmi.score.scaled", "error": "407"}]


def test_a_code_of_nothing_is_said_to_be_none(tutela):
    unknown = tutela("certificates", "verify", "AAAA", "--json")
    assert (unknown.status, unknown.json["code"]) == (1, None)
    assert tutela("certificates", "revoke", "AAAA", "--reason", "x").status == 1


def test_content_does_not_drive_the_terminal(tutela, course):
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    steers = "\x1b[2J\x9b1m\x07\b\u202e\u2028\r\n\U000e0001\ud800"
    question = "cmi.interactions.0"
    values = [
        [f"cmi.{steers}", "x"],
        ["cmi.suspend_data", steers],
        [f"{question}.id", "urn:q:" + "z" * 500],
    ]
    entries = [
        {"number": 1, "kind": "initialize", "activity": "i"},
        {"number": 2, "kind": "set", "activity": "i", "values": values},
        {
            "number": 4,
            "kind": "set",
            "activity": "i",
            "values": [[steers, steers], ["y" * 500, "x"]],
        },
    ]
    sent(tutela, course, entries)
    words = tutela("runtime", "show", course, "amina").out
    plain = tutela("runtime", "show", course, "amina", "--json")
    for out in (words, plain.out):
        assert not set(out) & set(steers.replace("\n", "")) - set("[2J1m")
    assert "\\x1b[2J\\x9b1m\\x07\\x08\\u202e" in words
    assert "\\U000e0001" in words
    assert "y" * 120 + "… (500 characters)" in words
    assert "z" * 121 not in words
    assert plain.out.isascii()


def test_values_are_in_the_order_of_their_records(tutela, course):
    tutela("people", "add", "amina")
    tutela("courses", "enrol", course, "amina")
    values = [[f"cmi.objectives.{number}.id", f"o{number}"] for number in range(11)]
    entries = [
        {"number": 1, "kind": "initialize", "activity": "i"},
        {"number": 2, "kind": "set", "activity": "i", "values": values},
    ]
    sent(tutela, course, entries)
    words = tutela("runtime", "show", course, "amina").out
    assert words.index("cmi.objectives.2.id = ") < words.index("cmi.objectives.10.id = ")


def test_the_last_admin_is_not_erased(tutela):
    tutela("people", "add", "ada", "--role", "admin")
    refused = tutela("people", "erase", "ada")
    assert refused.status == 1
    assert "only admin" in refused.err
