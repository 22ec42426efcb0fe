"""``tutela packages import`` and ``tutela jobs``, as a tired admin types them."""

import sys

import pytest

import smallest
from lms.command import bringing
from lms.services import outbox
from lms.settings import Settings
from lms.zodb import open_database
from scorm.resources import ScormPackage


@pytest.fixture
def change(tutela):
    """Does something in a transaction on the site's data."""
    from pyramid.paster import get_appsettings

    def change(work):
        settings = Settings.from_ini(dict(get_appsettings(str(tutela.ini))))
        database = open_database(settings.zodb_conf, settings.data)
        with database.transaction() as connection:
            found = work(connection.root()["site"])
        database.close()
        return found

    return change


class Terminal:
    """What is written to a terminal."""

    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_a_bar_shows_how_far_it_is_and_goes_at_the_end(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with bringing.bar("Checking") as show:
        show(0, 200)
        show(1, 200)
        show(100, 200)
        show(200, 200)
    assert terminal.text.count("\r") == 4
    assert "Checking [###############               ]  50 %" in terminal.text
    assert terminal.text.endswith("\r\033[K")


def test_what_is_no_terminal_gets_no_bar(tutela, package):
    assert tutela("packages", "import", str(package)).err == ""


def test_nothing_is_left_of_what_was_only_for_the_check(tutela, package):
    tutela("packages", "import", str(package))
    tutela("packages", "import", str(tutela.ini))
    assert list((tutela.data / "uploads").iterdir()) == []


def test_an_import_that_is_interrupted_stores_nothing(tutela, package, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(bringing, "prepare_here", interrupted)
    done = tutela("packages", "import", str(package))
    assert done.status == 1
    assert done.err == "tutela: Interrupted. Nothing was stored.\n"
    assert list((tutela.data / "uploads").iterdir()) == []


def test_another_version_goes_to_its_package(tutela, package, tmp_path, change):
    first = tutela("packages", "import", str(package), "--json").json["package"]
    other = smallest.write(tmp_path / "other.zip", "1.2")
    done = tutela("packages", "import", str(other), "--replace", first)
    assert f"of the package {first}." in done.out

    def versions(site):
        found = site.packages[first]
        assert isinstance(found, ScormPackage)
        return len(found.versions)

    assert change(versions) == 2


@pytest.mark.parametrize("key", ["nothing", "imports"])
def test_a_package_that_is_not_there_cannot_be_replaced(tutela, package, key):
    done = tutela("packages", "import", str(package), "--replace", key)
    assert done.status == 1
    assert f"There is no package “{key}”" in done.err


def test_a_package_is_not_for_a_course_and_another_package(tutela, package):
    done = tutela("packages", "import", str(package), "--replace", "x", "--course", "y")
    assert done.status == 1
    assert "not both" in done.err


def test_jobs_are_listed_tried_anew_and_taken_out(tutela, change):
    assert tutela("jobs", "list").out == "Nothing waits.\n"

    def give_up(site):
        from datetime import UTC, datetime

        job = outbox.ask(site.outbox, "import", "it", datetime.now(UTC))
        job.state, job.attempts, job.problem = "failed", 3, "room"
        return job.__name__

    key = change(give_up)
    listed = tutela("jobs", "list")
    assert f"{key}  failed   import it" in listed.out
    assert listed.out.endswith("tried 3×: room\n")
    assert tutela("jobs", "list", "--json").json["jobs"][0]["job"] == key
    assert tutela("jobs", "retry", key).out == f"{key} is tried anew.\n"
    refused = tutela("jobs", "drop", key)
    assert (refused.status, "is not given up" in refused.err) == (1, True)
    change(lambda site: setattr(site.outbox[key], "state", "failed"))
    assert tutela("jobs", "drop", key).status == 0
    assert tutela("jobs", "list").out == "Nothing waits.\n"
    assert "There is no job" in tutela("jobs", "retry", key).err
