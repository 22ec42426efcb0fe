"""The site's keys: made once, rotated, never lost sight of."""

import json
import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import NameOID
from openbadgeslib.ob3.did import resolve_did, resolve_verification_method

from certificates.keys import BOUGHT_CHAIN, BOUGHT_KEY, KeyRing, KeysUnusable, did_web, made

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def open_ring(folder: Path, *, now: datetime = NOW, issuer: str = "Tutela") -> KeyRing:
    return KeyRing.open(folder, issuer=issuer, site_url="https://learn.example.org", now=now)


class Bought(NamedTuple):
    """A key and its certificate, as an authority sells them."""

    key: bytes
    chain: bytes

    def put(self, folder: Path) -> None:
        (folder / BOUGHT_KEY).write_bytes(self.key)
        (folder / BOUGHT_CHAIN).write_bytes(self.chain)

    def seals(self, ring: KeyRing) -> bool:
        current = ring.current
        return (current.document_pem, current.certificate_pem) == self


def buy() -> Bought:
    pair = made("An authority's customer", NOW)
    return Bought(pair.document_pem, pair.certificate_pem)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "deep" / "keys"


def test_the_first_start_makes_a_pair_that_its_owner_alone_can_read(folder):
    ring = open_ring(folder)
    assert len(ring.all) == 1
    assert ring.current.created == NOW
    assert mode(folder) == 0o700
    assert {mode(path) for path in folder.iterdir()} == {0o600}


def test_the_next_start_finds_it(folder):
    first = open_ring(folder).current
    assert open_ring(folder, now=NOW + DAY).all == (first,)


def start(folder: str, results) -> None:
    results.put(open_ring(Path(folder)).current.id)


def test_processes_that_start_together_have_the_same(folder):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    starting = [context.Process(target=start, args=(str(folder), results)) for _ in range(4)]
    for process in starting:
        process.start()
    found = {results.get(timeout=60) for _ in starting}
    for process in starting:
        process.join()
    assert len(found) == 1
    assert len(list(folder.glob("*.json"))) == 1


def test_rotating_makes_a_pair_and_destroys_what_signed_before(folder):
    ring = open_ring(folder)
    old = ring.current
    new = ring.rotate(NOW + DAY)
    assert ring.current == new != old
    retired = ring.all[1]
    assert (retired.id, retired.retired) == (old.id, NOW + DAY)
    assert retired.ed25519_pem == retired.p256_pem == retired.document_pem == b""
    assert retired.ed25519_public_pem == old.ed25519_public_pem
    assert retired.certificate_pem == old.certificate_pem
    assert "PRIVATE" not in (folder / f"{old.id}.json").read_text("utf-8")


def test_what_another_process_rotated_is_seen_at_once(folder):
    running, command = open_ring(folder), open_ring(folder)
    before = running.current
    rotated = command.rotate(NOW + DAY)
    assert running.current == rotated != before
    assert [keys.id for keys in running.all] == [rotated.id, before.id]


def test_what_keeps_keys_besides_is_told_when_they_have_changed(folder):
    ring, told = open_ring(folder), []
    assert len(ring.all) == 1
    ring.letting_go.append(lambda: told.append(len(ring.all)))
    assert (len(ring.all), told) == (1, [])
    open_ring(folder).rotate(NOW + DAY)
    assert (len(ring.all), told) == (2, [2])


def test_rotating_twice_in_a_second_or_with_a_slow_clock_makes_the_last_one_current(folder):
    ring = open_ring(folder)
    for now in (NOW, NOW, NOW - DAY):
        assert ring.rotate(now) == ring.current
    assert len(ring.all) == 4
    assert [keys.retired is None for keys in ring.all] == [True, False, False, False]


def test_the_did_document_says_every_key_there_ever_was(folder):
    ring = open_ring(folder)
    old = ring.current
    new = ring.rotate(NOW + DAY)
    document = ring.did_document()
    assert document["id"] == "did:web:learn.example.org"
    assert [method["id"] for method in document["verificationMethod"]] == [
        f"did:web:learn.example.org#{name}" for name in (new.id, new.token_id, old.id, old.token_id)
    ]
    assert document["assertionMethod"] == [each["id"] for each in document["verificationMethod"]]
    assert {each["controller"] for each in document["verificationMethod"]} == {ring.did}
    assert "PRIVATE" not in json.dumps(document)


def test_others_find_the_keys_in_it(folder):
    ring = open_ring(folder)
    keys = ring.current

    def download(url: str) -> bytes:
        assert url == "https://learn.example.org/.well-known/did.json"
        return json.dumps(ring.did_document()).encode()

    for name, pem in ((keys.id, keys.ed25519_public_pem), (keys.token_id, keys.p256_public_pem)):
        assert resolve_verification_method(f"{ring.did}#{name}", download) == pem
        assert resolve_did(f"did:key:{name}") == pem


@pytest.mark.parametrize(
    ("site_url", "did"),
    [
        ("https://learn.example.org", "did:web:learn.example.org"),
        ("http://localhost:6543", "did:web:localhost%3A6543"),
    ],
)
def test_the_did_is_the_host(site_url, did):
    assert did_web(site_url) == did


def test_the_certificate_for_documents_is_in_the_issuers_name(folder):
    issuer = "Réseau d’aide aux survivants, " + "x" * 80
    keys = open_ring(folder, issuer=issuer).current
    found = x509.load_pem_x509_certificate(keys.certificate_pem)
    assert found.subject == found.issuer
    called = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    assert issuer.startswith(called)
    assert 60 < len(called.encode()) <= 64
    assert found.not_valid_before_utc <= NOW
    assert found.not_valid_after_utc > NOW + 3650 * DAY
    public = load_pem_private_key(keys.document_pem, None).public_key()
    assert found.public_key() == public
    usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    found.verify_directly_issued_by(found)


def test_a_bought_key_signs_documents_in_place_of_ours(folder):
    ring, bought = open_ring(folder), buy()
    ours = ring.current
    bought.put(folder)
    assert bought.seals(ring)
    assert (ring.current.id, ring.current.p256_pem) == (ours.id, ours.p256_pem)
    ring.rotate(NOW + DAY)
    assert bought.seals(ring)
    assert ring.all[1].document_pem == b""


def test_rotating_keeps_our_own_certificate_of_the_retired_pair(folder):
    ring = open_ring(folder)
    ours = ring.current
    buy().put(folder)
    ring.rotate(NOW + DAY)
    assert ring.all[1].certificate_pem == ours.certificate_pem


def test_every_chain_that_was_bought_stays_known(folder):
    ring = open_ring(folder)
    ours = ring.current.certificate_pem
    first, second = buy(), buy()
    for bought in (first, second):
        bought.put(folder)
        assert ring.current.certificate_pem == bought.chain
    (folder / BOUGHT_KEY).unlink()
    (folder / BOUGHT_CHAIN).unlink()
    ring.rotate(NOW + DAY)
    fresh = ring.current.certificate_pem
    for now_and_later in (ring, open_ring(folder)):
        assert sorted(now_and_later.chains) == sorted([ours, fresh, first.chain, second.chain])
    assert sorted(ring.earlier_chains().values()) == sorted([first.chain, second.chain])


@pytest.mark.parametrize("order", [(BOUGHT_KEY, BOUGHT_CHAIN), (BOUGHT_CHAIN, BOUGHT_KEY)])
def test_while_a_bought_pair_is_replaced_file_by_file_the_one_before_it_seals(
    folder, order, caplog
):
    ring, old, new = open_ring(folder), buy(), buy()
    own = ring.current.certificate_pem
    old.put(folder)
    assert old.seals(ring)
    files = {BOUGHT_KEY: new.key, BOUGHT_CHAIN: new.chain}
    (folder / order[0]).write_bytes(files[order[0]])
    assert old.seals(ring)
    assert ring.mismatch
    assert "do not belong together" in caplog.text
    # Nothing was sealed with the new one yet; a process that begins now seals with the site's own.
    beginning = open_ring(folder)
    assert beginning.current.certificate_pem == own
    assert new.chain not in (*ring.chains, *beginning.chains)
    (folder / order[1]).write_bytes(files[order[1]])
    for each in (ring, beginning):
        assert new.seals(each)
        assert not each.mismatch


@pytest.mark.parametrize("broken", [b"", b"-----BEGIN", b"\xff"])
def test_a_bought_file_that_is_half_there_seals_nothing(folder, broken):
    ring, bought = open_ring(folder), buy()
    ours = ring.current
    bought.put(folder)
    for name in (BOUGHT_KEY, BOUGHT_CHAIN):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(broken)
        assert ring.mismatch
        assert open_ring(folder).current == ours
        (folder / name).write_bytes(whole)
    assert bought.seals(ring)


def test_a_bought_pair_that_is_taken_away_seals_no_more(folder):
    ring, bought = open_ring(folder), buy()
    ours = ring.current
    bought.put(folder)
    assert bought.seals(ring)
    (folder / BOUGHT_KEY).unlink()
    assert ring.current == ours
    assert not ring.mismatch


def test_what_another_process_has_not_finished_writing_is_not_looked_at(folder):
    ring = open_ring(folder)
    before = ring.all
    (folder / "unfinished.new").symlink_to(folder / "gone")
    assert ring.all is before


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"ed25519": {}}', '{"ed25519": 1, "p256": 2}'])
def test_a_damaged_file_is_named(folder, text):
    ring = open_ring(folder)
    damaged = folder / f"{ring.current.id}.json"
    damaged.write_text(text)
    with pytest.raises(KeysUnusable, match=damaged.name):
        _ = ring.current


def test_without_its_files_a_running_site_says_what_to_do(folder):
    ring = open_ring(folder)
    for path in folder.glob("*.json"):
        path.unlink()
    with pytest.raises(KeysUnusable, match="keys restore"):
        _ = ring.current


def test_a_folder_with_other_things_in_it_stays_open_to_those_who_read_them(folder):
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "readme.txt").write_text("For everybody.")
    for _start in range(2):
        ring = open_ring(folder)
        assert mode(folder) == 0o755
    assert mode(folder / f"{ring.current.id}.json") == 0o600


def test_a_folder_that_was_copied_with_lax_modes_is_closed(folder):
    open_ring(folder)
    folder.chmod(0o755)
    open_ring(folder)
    assert mode(folder) == 0o700


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(KeysUnusable, match="cannot be the folder of the keys"):
        open_ring(tmp_path / "file" / "keys")


def test_when_the_folder_was_taken_away_it_is_said_what_to_do(folder):
    ring = open_ring(folder)
    assert ring.current
    folder.rename(folder.with_name("elsewhere"))
    with pytest.raises(KeysUnusable, match="tutela certificates keys restore"):
        _ = ring.current
    assert ring.all == ring.chains == ()
    folder.with_name("elsewhere").rename(folder)
    assert ring.current
