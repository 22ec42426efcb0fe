"""The command line in this process, on a data folder of its own."""

import io
import json
from dataclasses import dataclass

import pytest

import smallest
from lms.command import main
from servers import INI, ROOT, free_port


@dataclass
class Done:
    """A command that ended: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)


class CommandLine:
    """``tutela …`` with an ini file; ``given`` is what is typed or piped in."""

    def __init__(self, folder, capsys, monkeypatch):
        self.data = folder / "data"
        self.ini = folder / "site.ini"
        port = free_port()
        zodb = ROOT / "zodb.conf"
        text = INI.format(shown=port, port=port, data=self.data, zodb=zodb)
        self.ini.write_text(text, "utf-8")
        self.port = port
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def __call__(self, *words: str, given: str = "") -> Done:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(given))
        config = () if "--config" in words else ("--config", str(self.ini))
        try:
            status = main([*words, *config])
        except SystemExit as stopped:  # argparse: wrong usage
            status = stopped.code
        written = self._capsys.readouterr()
        return Done(status, written.out, written.err)


@pytest.fixture
def bare(tmp_path, capsys, monkeypatch):
    """A command line on a folder where there is nothing yet."""
    return CommandLine(tmp_path, capsys, monkeypatch)


@pytest.fixture
def tutela(bare):
    """A command line on a new site."""
    bare("init")
    return bare


@pytest.fixture
def package(tmp_path):
    """A small package as a file."""
    return smallest.write(tmp_path / "smallest.zip", "2004")


@pytest.fixture
def course(tutela, package):
    """The address part of a published course."""
    tutela("packages", "import", str(package), "--course", "smallest", "--publish")
    return "smallest"
