"""All keys in one file, which its passphrase alone opens."""

from datetime import UTC, datetime, timedelta

import pytest

from certificates import key_backup
from certificates.key_backup import HEAD, BackupRefused, locked, unlocked
from certificates.keys import BOUGHT_CHAIN, BOUGHT_KEY, KeyRing

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PASSPHRASE = "quiet river over stones"
BOUGHT = {
    BOUGHT_KEY: b"a key",
    BOUGHT_CHAIN: "CN = Köln\na chain".encode(),
    f"chain-{'0' * 64}.pem": b"an earlier chain",
}


@pytest.fixture
def ring(tmp_path) -> KeyRing:
    ring = KeyRing.open(
        tmp_path / "keys", issuer="Tutela", site_url="https://learn.example.org", now=NOW
    )
    ring.rotate(NOW + timedelta(days=1))
    return ring


@pytest.fixture
def text(ring) -> str:
    return locked(ring.all, BOUGHT, PASSPHRASE)


def test_it_gives_back_what_was_put_in(ring, text):
    assert unlocked(text, PASSPHRASE) == (list(ring.all), BOUGHT)


def test_it_shows_nothing_of_it(ring, text):
    assert text.startswith(f"{HEAD}\n")
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 76
    assert ring.current.id not in text
    assert "PRIVATE" not in text
    assert locked(ring.all, BOUGHT, PASSPHRASE) != text


def test_another_passphrase_does_not_open_it(text):
    with pytest.raises(BackupRefused, match="not its passphrase"):
        unlocked(text, PASSPHRASE + ".")


@pytest.mark.parametrize("line", [1, 5, -1])
def test_nor_when_it_is_damaged(text, line):
    lines = text.splitlines()
    lines[line] = ("B" if lines[line][0] == "A" else "A") + lines[line][1:]
    with pytest.raises(BackupRefused, match="does not open"):
        unlocked("\n".join(lines), PASSPHRASE)


@pytest.mark.parametrize(
    "other", ["", "something else", f"{HEAD}\n", f"{HEAD}\nAAAA", f"{HEAD}\n€", "x\n" + "A" * 400]
)
def test_another_file_is_none(other):
    with pytest.raises(BackupRefused, match="no backup of keys"):
        unlocked(other, PASSPHRASE)


def test_a_short_passphrase_is_refused(ring):
    with pytest.raises(BackupRefused, match="at least 12 characters"):
        locked(ring.all, {}, "short")


def test_no_other_file_than_those_of_a_bought_key_comes_out_of_it(ring):
    text = locked(ring.all, {**BOUGHT, "../../etc/passwd": b"root"}, PASSPHRASE)
    assert unlocked(text, PASSPHRASE)[1] == BOUGHT


def test_a_passphrase_is_the_same_on_every_keyboard(ring, monkeypatch):
    composed, apart = "caf\u00e9 by the river", "cafe\u0301 by the river"
    for locking, opening in ((composed, apart), (apart, composed)):
        assert unlocked(locked(ring.all, {}, locking), opening) == (list(ring.all), {})
    with monkeypatch.context() as before:
        before.setattr(key_backup, "_composed", str.encode)
        first = locked(ring.all, {}, apart)
    assert unlocked(first, apart) == (list(ring.all), {})


def test_a_passphrase_that_is_no_text_is_refused_in_words(ring, text):
    for refused in (lambda: locked(ring.all, {}, "\udcff" * 12), lambda: unlocked(text, "\udcff")):
        with pytest.raises(BackupRefused, match="UTF-8"):
            refused()
