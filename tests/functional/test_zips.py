"""PDFs of many certificates as one zip, made in the background."""

import io
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import lms.worker
from certificates import batches, issuing
from certificates.fonts import MissingGlyphs
from certificates.pdf.printer import Printer
from lms import zips
from lms.services import erasure, outbox

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SNAPSHOT = {
    "kind": "achievement",
    "subject": "course",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
}


@pytest.fixture
def issued(site):
    """Three certificates; the first is a member's, and keeps a name."""
    with site.write() as root:
        member = root["site"].people.by_username("member").learner_id
        for number in range(3):
            certificate = issuing.issue(
                root["site"].certificates,
                learner_id=member if number == 0 else f"learner{number}",
                award="an-award",
                snapshot=SNAPSHOT,
                now=NOW,
                random=lambda n, number=number: bytes([number]) * n,
            )
            if number == 0:
                certificate.kept_name = "Mina"
    return site


@pytest.fixture
def orders(monkeypatch):
    """What the printer is asked for; it prints the name alone."""
    asked = []

    def pdf(_printer, order, *, keys):
        asked.append((order, keys))
        return f"%PDF {order.name}".encode()

    monkeypatch.setattr(Printer, "pdf", pdf)
    return asked


def begin(site):
    with site.write() as root:
        certificates = root["site"].certificates
        codes = list(certificates._certificates)
        batch = batches.begin(certificates, "zip", codes, by="ada", now=NOW)
        outbox.ask(root["site"].outbox, zips.KIND, batch.__name__, NOW)
        return batch.__name__


def names_in(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sorted(archive.read(name).decode() for name in archive.namelist())


def erase_the_first(site):
    """The holder of the first certificate goes, whose name is kept."""
    with site.write() as root:
        tree = root["site"]
        member = tree.people.by_username("member")
        erasure.erase(tree, member, NOW, actor="ada")


def file_of(site, key) -> Path:
    with site.write() as root:
        return Path(root["site"].certificates.batches[key].file.committed())


def kept(site, key) -> list[str]:
    """What is in the zip of a batch."""
    return names_in(file_of(site, key).read_bytes())


def state(site, key):
    with site.write() as root:
        batch = root["site"].certificates.batches[key]
        return batch.seen, batch.changed, [words for _code, words in batch.failed.values()]


def test_an_admin_gets_a_zip_that_real_pages_are_in(issued):
    admin = issued.signed_in("admin")
    page = admin.get("/certificates/all/change?what=zip&which=all")
    assert "Make the PDFs of 3 certificates?" in page.text
    page = next(f for f in page.forms.values() if "count" in f.fields).submit().follow()
    assert "3 of 3 are done." in page.text
    answer = page.click("Download the zip")
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert len(archive.namelist()) == 3
        assert all(archive.read(name).startswith(b"%PDF-1") for name in archive.namelist())
    assert list(issued.settings.uploads.iterdir()) == []
    issued.signed_in("author").get(page.request.path + "certificates.zip", status=403)


def test_the_name_is_printed_where_its_holder_keeps_it(issued, orders):
    key = begin(issued)
    issued.work()
    admin = issued.signed_in("admin")
    content = admin.get(f"/certificates/batches/{key}/certificates.zip").body
    assert names_in(content) == ["%PDF ", "%PDF ", "%PDF Mina"]
    assert all(keys is not None for _order, keys in orders)


def test_what_cannot_be_printed_is_told(issued, orders, monkeypatch):
    key = begin(issued)
    with issued.write() as root:
        first, second, _third = root["site"].certificates.values()
        issuing.revoke(first, "in between", NOW)
        refused = second.code
    printed = Printer.pdf

    def pdf(printer, order, *, keys):
        if order.code == refused:
            raise MissingGlyphs("ꦗ")
        return printed(printer, order, keys=keys)

    monkeypatch.setattr(Printer, "pdf", pdf)
    issued.work()
    seen, changed, words = state(issued, key)
    assert (seen, changed) == (3, 1)
    assert words == ["It holds no more.", str(MissingGlyphs("ꦗ"))]


def cut_off(site, monkeypatch, parts=1):
    """Workers that end after a part."""
    with monkeypatch.context() as patched:
        patched.setattr(lms.worker.Worker, "pause", lambda self, _seconds: self.close())
        for _part in range(parts):
            assert lms.worker.Worker(site.database, site.settings, alone=True).work()


def test_a_zip_never_lies_where_others_can_see_it(issued, orders, monkeypatch, tmp_path):
    common = tmp_path / "common"
    common.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(common))
    places = []

    def consume(blob, path, batch, consume=zips.consume):
        consume(blob, path, batch)
        places.extend(each for each in tmp_path.rglob("*BUC*") if each.is_file())

    monkeypatch.setattr(zips, "consume", consume)
    begin(issued)
    issued.work()
    (place,) = places
    assert place.parent == Path(issued.database.storage.temporaryDirectory())


def test_a_zip_that_is_cut_off_goes_on_where_it_was(issued, orders, monkeypatch):
    monkeypatch.setattr(batches, "PART", 1)
    key = begin(issued)
    cut_off(issued, monkeypatch, parts=2)
    assert state(issued, key) == (2, 2, [])
    issued.work()
    assert state(issued, key) == (3, 3, [])
    assert len(orders) == 3
    assert kept(issued, key) == ["%PDF ", "%PDF ", "%PDF Mina"]
    assert list(issued.settings.uploads.iterdir()) == []


def test_a_zip_whose_parts_are_gone_is_made_anew(issued, orders, monkeypatch):
    """The job waited for an hour, or another machine took it over."""
    monkeypatch.setattr(batches, "PART", 1)
    key = begin(issued)
    cut_off(issued, monkeypatch, parts=2)
    (folder,) = issued.settings.uploads.iterdir()
    shutil.rmtree(folder)
    issued.work()
    assert state(issued, key) == (3, 3, [])
    assert kept(issued, key) == ["%PDF ", "%PDF ", "%PDF Mina"]


def test_a_zip_with_somebody_who_is_erased_is_gone_at_once(issued, orders):
    key = begin(issued)
    issued.work()
    path = file_of(issued, key)
    assert names_in(path.read_bytes()) == ["%PDF ", "%PDF ", "%PDF Mina"]
    admin = issued.signed_in("admin")
    erase_the_first(issued)
    address = f"/certificates/batches/{key}/"
    admin.get(f"{address}certificates.zip", status=404)
    page = admin.get(address)
    assert "The zip was taken away, since an account whose certificate was in it" in page.text
    assert "Download the zip" not in page.text
    issued.work()
    assert path.read_bytes() == b""
    assert admin.get(address).html.select_one("main").text == page.html.select_one("main").text
    with issued.write() as root:
        assert list(root["site"].outbox.values()) == []


def test_a_zip_of_others_stays(issued, orders):
    with issued.write() as root:
        _first, *others = [each.code for each in root["site"].certificates.values()]
        batch = batches.begin(root["site"].certificates, "zip", others, by="ada", now=NOW)
        outbox.ask(root["site"].outbox, zips.KIND, batch.__name__, NOW)
        key = batch.__name__
    issued.work()
    erase_the_first(issued)
    issued.work()
    assert kept(issued, key) == ["%PDF ", "%PDF "]


def test_a_zip_that_is_waiting_half_made_has_no_name_of_who_is_erased(issued, orders, monkeypatch):
    monkeypatch.setattr(batches, "PART", 1)
    key = begin(issued)
    cut_off(issued, monkeypatch)
    erase_the_first(issued)
    issued.work()
    assert kept(issued, key) == ["%PDF ", "%PDF ", "%PDF "]
    assert state(issued, key) == (3, 3, [])


@pytest.mark.parametrize("moment", ["a page is printed", "all pages are put together"])
def test_a_zip_that_is_just_made_has_no_name_of_who_is_erased(issued, monkeypatch, moment):
    """Whatever the worker does when the account is erased."""
    printed = []

    def pdf(_printer, order, *, keys):
        printed.append(order.name)
        if moment == "a page is printed" and len(printed) == 2:
            erase_the_first(issued)
        return f"%PDF {order.name}".encode()

    def consume(blob, path, batch, consume=zips.consume):
        if moment == "all pages are put together" and len(printed) == 3:
            erase_the_first(issued)
        consume(blob, path, batch)

    monkeypatch.setattr(Printer, "pdf", pdf)
    monkeypatch.setattr(zips, "consume", consume)
    key = begin(issued)
    issued.work()
    assert kept(issued, key) == ["%PDF ", "%PDF ", "%PDF "]
    assert state(issued, key) == (3, 3, [])
    assert printed.count("Mina") == 1
    assert len(printed) == 6
    assert list(issued.settings.uploads.iterdir()) == []


def test_a_zip_that_stands_still_loses_the_name_of_who_is_erased(issued, orders, monkeypatch):
    monkeypatch.setattr(lms.worker.log, "exception", lambda *_: None)
    monkeypatch.setattr(batches, "PART", 1)
    key = begin(issued)
    cut_off(issued, monkeypatch)
    with issued.write() as root:
        (job,) = root["site"].outbox.values()
        job.attempts = outbox.ATTEMPTS - 1
    with monkeypatch.context() as patched:
        patched.setattr(Printer, "pdf", lambda *_order, **_keys: 1 / 0)
        issued.work()
    (folder,) = issued.settings.uploads.iterdir()
    assert any(b"Mina" in path.read_bytes() for path in folder.iterdir())
    erase_the_first(issued)
    issued.work()
    assert kept(issued, key) == ["%PDF ", "%PDF ", "%PDF "]
    assert list(issued.settings.uploads.iterdir()) == []


def test_after_a_day_nothing_of_it_is_left(issued, orders):
    key = begin(issued)
    issued.work()
    with issued.write() as root:
        batch = root["site"].certificates.batches[key]
        path = Path(batch.file.committed())
        assert path.stat().st_size > 0
        batch.finished -= timedelta(hours=24)
    worker = lms.worker.Worker(issued.database, issued.settings, alone=True)
    worker._sweep()
    assert not path.exists() or path.stat().st_size == 0
    admin = issued.signed_in("admin")
    admin.get(f"/certificates/batches/{key}/certificates.zip", status=404)
    assert "The zip was taken away" in admin.get(f"/certificates/batches/{key}/").text


def test_a_zip_that_is_gone_is_no_fault(site):
    with site.write() as root:
        outbox.ask(root["site"].outbox, zips.KIND, "gone", NOW)
    site.work()
    with site.write() as root:
        assert list(root["site"].outbox.values()) == []
