"""``tutela certificates keys``: kept, rotated, backed up and brought back."""

import shutil
import stat

import pytest

from lms.command.keys import passphrase
from lms.command.tasks import Refused

PASSPHRASE = "quiet river over stones"


@pytest.fixture
def keys(bare):
    """``keys list|rotate|…``, with ``--json``."""

    def run(*words: str, given: str = ""):
        return bare("certificates", "keys", *words, given=given)

    run.bare = bare
    return run


def listed(keys) -> list[dict]:
    return keys("list", "--json").json["keys"]


def test_the_list_tells_what_signs_and_since_when(keys):
    done = keys("list")
    assert done.status == 0
    assert f"did:web:localhost%3A{keys.bare.port}" in done.out
    assert done.out.count("signs now") == 1
    [only] = listed(keys)
    assert only["id"] in done.out
    assert only["retired"] is None


def test_rotating_retires_what_signed_before(keys):
    [old] = listed(keys)
    done = keys("rotate", "--json")
    new, retired = listed(keys)
    assert done.json["id"] == new["id"] != old["id"] == retired["id"]
    assert retired["retired"] is not None
    assert "retired" in keys("list").out
    assert "Make a backup" in keys("rotate").out


def test_a_backup_brings_everything_back(keys, tmp_path):
    keys("rotate")
    before = listed(keys)
    file = tmp_path / "keys.backup"
    assert keys("backup", str(file), given=f"{PASSPHRASE}\n").status == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    shutil.rmtree(keys.bare.data / "keys")

    done = keys("restore", str(file), "--json", given=f"{PASSPHRASE}\n")

    assert done.status == 0, done.err
    assert done.json == {"restored": [each["id"] for each in before], "current": before[0]["id"]}
    assert listed(keys) == before


def test_where_there_are_newer_keys_those_sign_on(keys, tmp_path):
    file = tmp_path / "keys.backup"
    [old] = listed(keys)
    keys("backup", str(file), given=f"{PASSPHRASE}\n")
    shutil.rmtree(keys.bare.data / "keys")
    fresh = keys("rotate", "--json").json["id"]
    done = keys("restore", str(file), given=f"{PASSPHRASE}\n")
    assert f"This one signs now: {fresh}" in done.out
    assert old["id"] in [each["id"] for each in listed(keys) if each["retired"]]


def test_a_bought_key_is_in_the_backup_and_comes_back_unless_there_is_another(keys, tmp_path):
    file, folder = tmp_path / "keys.backup", keys.bare.data / "keys"
    keys("list")
    (folder / "document-key.pem").write_text("a key")
    (folder / "document-chain.pem").write_text("a chain")
    keys("backup", str(file), given=f"{PASSPHRASE}\n")
    (folder / "document-key.pem").unlink()
    (folder / "document-chain.pem").write_text("another chain")
    keys("restore", str(file), given=f"{PASSPHRASE}\n")
    assert (folder / "document-key.pem").read_text() == "a key"
    assert (folder / "document-chain.pem").read_text() == "another chain"


def test_the_list_says_when_a_bought_key_is_not_that_of_its_certificate(keys):
    assert "do not belong together" not in keys("list").out
    folder = keys.bare.data / "keys"
    (folder / "document-key.pem").write_text("a key")
    (folder / "document-chain.pem").write_text("a chain")
    assert "document-chain.pem do not belong together" in keys("list").out
    assert keys("list", "--json").json["mismatch"] is True


def test_a_file_that_is_there_is_not_written_over(keys, tmp_path):
    file = tmp_path / "keys.backup"
    file.write_text("something else")
    done = keys("backup", str(file), given=f"{PASSPHRASE}\n")
    assert done.status == 1
    assert "File exists" in done.err
    assert file.read_text() == "something else"


@pytest.mark.parametrize(
    ("words", "given", "reason"),
    [
        (("backup", "{file}"), "short\n", "at least 12 characters"),
        (("restore", "{file}"), f"{PASSPHRASE}\n", "There is no file"),
        (("restore", "{ini}"), f"{PASSPHRASE}\n", "no backup of keys"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(keys, tmp_path, words, given, reason):
    places = {"file": tmp_path / "keys.backup", "ini": keys.bare.ini}
    done = keys(*(word.format(**places) for word in words), given=given)
    assert done.status == 1
    assert reason in done.err
    assert not (tmp_path / "keys.backup").exists()


class Terminal:
    """Somebody who types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typing(monkeypatch):
    """``typing(…)``: what somebody at a terminal types, line by line."""

    def types(*lines: str) -> None:
        waiting = iter(lines)
        monkeypatch.setattr("sys.stdin", Terminal())
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(waiting))

    return types


def test_at_a_terminal_the_passphrase_is_typed_unseen(typing):
    typing(PASSPHRASE)
    assert passphrase() == PASSPHRASE


def test_and_twice_before_it_locks_anything(typing):
    typing(PASSPHRASE, PASSPHRASE)
    assert passphrase(again=True) == PASSPHRASE
    typing(PASSPHRASE, "something else")
    with pytest.raises(Refused, match="not the same"):
        passphrase(again=True)


def test_the_running_sites_folder_may_be_another(bare, tmp_path):
    with bare.ini.open("a") as ini:
        ini.write(f"tutela.keys = {tmp_path / 'elsewhere'}\n")
    assert bare("certificates", "keys", "list").status == 0
    assert len(list((tmp_path / "elsewhere").glob("*.json"))) == 1
    assert not (bare.data / "keys").exists()
