"""Commands while the site runs: it holds the data, and carries them out itself."""

import socket

import pytest
from pyramid.paster import get_appsettings

from lms.command import parser, running, tasks
from lms.command.serving import most_connections, with_port
from lms.services import people
from lms.settings import Settings
from lms.zodb import open_database


@pytest.fixture
def site(tutela):
    """A site that has its database open and listens for commands."""
    settings = Settings.from_ini(dict(get_appsettings(str(tutela.ini))))
    database = open_database(settings.zodb_conf, settings.data)
    listener = running.Listener(database, settings, parser())
    listener.start()
    yield listener
    if listener.is_alive():
        listener.close()
    listener.join()
    database.close()


def test_a_running_site_carries_a_command_out(tutela, site, package):
    added = tutela("people", "add", "amina", "--json")
    assert added.json["username"] == "amina"
    imported = tutela("packages", "import", str(package), "--course", "smallest")
    assert "Course: /courses/smallest" in imported.out
    assert tutela("people", "add", "amina").err.startswith("tutela: ")


def test_a_file_is_found_from_where_the_command_was_typed(tutela, site, package, monkeypatch):
    monkeypatch.chdir(package.parent)
    assert tutela("packages", "import", package.name).status == 0


def test_the_commands_ear_is_open_to_its_owner_alone(site):
    assert site.path.stat().st_mode & 0o777 == 0o600


def test_the_ear_works_in_a_folder_of_any_depth(tutela, site, tmp_path):
    assert len(str(tmp_path / ("deep" * 40))) > 150
    deep = tmp_path / ("deep" * 40)
    deep.mkdir()
    with running.address(deep) as path, socket.socket(socket.AF_UNIX) as ear:
        ear.bind(path)
    assert (deep / running.NAME).is_socket()


def test_what_is_no_command_is_refused_and_the_ear_stays_open(tutela, site):
    for words in (b"no JSON", b"{}", b'{"argv": ["fly"], "folder": "/", "passphrase": null}'):
        with running.address(tutela.data) as path, socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            line.sendall(words)
            line.shutdown(socket.SHUT_WR)
            assert b"could not read this command" in line.recv(65536)
    assert tutela("people", "add", "amina").status == 0


def test_a_file_that_cannot_be_read_is_named_and_the_ear_stays_open(tutela, site):
    done = tutela("packages", "import", "/proc/self/mem")
    assert done.status == 1
    assert "A file could not be read" in done.err
    assert tutela("people", "add", "amina").status == 0


def test_a_fault_is_told_and_the_ear_stays_open(tutela, site, monkeypatch, caplog):
    def fault(*_anything, **_named):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(people, "add", fault)
        done = tutela("people", "add", "amina")
    assert done.status == 1
    assert "nothing was changed" in done.err
    assert "ZeroDivisionError" in caplog.text
    assert tutela("people", "add", "amina").status == 0


def test_who_says_nothing_does_not_keep_the_others_waiting(tutela, site, monkeypatch):
    monkeypatch.setattr(running, "ATTENTION", 0.01)
    with running.address(tutela.data) as path, socket.socket(socket.AF_UNIX) as silent:
        silent.connect(path)
        assert tutela("people", "add", "amina").status == 0


def test_a_site_that_is_busy_for_too_long_is_not_waited_for(tutela, monkeypatch):
    monkeypatch.setattr(running, "PATIENCE", 0.01)
    with running.address(tutela.data) as path, socket.socket(socket.AF_UNIX) as busy:
        busy.bind(path)
        busy.listen()
        with pytest.raises(running.SiteNotAnswering, match="may still be at work"):
            running.ask(tutela.data, ["init"], None)


def test_who_interrupts_a_site_at_work_is_not_told_that_nothing_was_done(tutela, monkeypatch):
    def interrupt(_line):
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "_all", interrupt)
    with running.address(tutela.data) as path, socket.socket(socket.AF_UNIX) as busy:
        busy.bind(path)
        busy.listen()
        with pytest.raises(running.SiteNotAnswering, match="may still be at work"):
            running.ask(tutela.data, ["init"], None)


def test_data_that_something_else_holds_is_said_to_be_held(tutela, site):
    site.close()
    site.join()
    done = tutela("people", "add", "amina")
    assert done.status == 1
    assert "does not answer" in done.err


def test_a_second_site_on_the_same_data_is_refused_in_words(tutela, site):
    done = tutela("serve")
    assert (done.status, done.out) == (1, "")
    assert "Another process holds the data" in done.err


def test_a_port_that_is_taken_is_named(tutela):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = tutela("serve", "--port", str(port))
    assert (done.status, done.out) == (1, "")
    assert f"127.0.0.1:{port}" in done.err
    assert tutela("people", "add", "amina").status == 0


def test_fonts_that_are_not_installed_are_named(tutela):
    text = tutela.ini.read_text("utf-8")
    fonts = "certificates.fonts = package:nowhere_fonts"
    tutela.ini.write_text(text.replace("[app:main]", f"[app:main]\n{fonts}"), "utf-8")
    done = tutela("serve")
    assert (done.status, done.out) == (1, "")
    assert "“nowhere_fonts”, that is not installed" in done.err


def test_another_port_stands_in_the_addresses_of_this_machine_alone():
    ini = {
        "tutela.listen": "127.0.0.1:6543",
        "tutela.site_url": "http://localhost:6543",
        "tutela.content_url": "http://*.localhost:6543",
    }
    changed = with_port(ini, 7000)
    assert changed["tutela.listen"] == "127.0.0.1:7000"
    assert changed["tutela.site_url"] == "http://localhost:7000"
    assert changed["tutela.content_url"] == "http://*.localhost:7000"
    public = {**ini, "tutela.site_url": "https://learn.example.org"}
    assert with_port(public, 7000)["tutela.site_url"] == "https://learn.example.org"


def test_many_connections_may_be_open_at_once():
    assert most_connections() >= 500


def test_a_message_without_end_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr(running, "LIMIT", 1)
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"x" * 100)
        one.shutdown(socket.SHUT_WR)
        with pytest.raises(ValueError, match="too long"):
            running._all(other)


def test_paths_are_read_where_they_were_typed(tmp_path):
    arguments = parser().parse_args(["packages", "check", "x.zip"])
    tasks.resolve_paths(arguments, tmp_path)
    assert arguments.file == tmp_path / "x.zip"
