"""PDFs of many certificates as one zip, made in the background."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import lms.worker
from certificates import batches, issuing
from certificates.fonts import MissingGlyphs
from certificates.pdf.printer import Printer
from lms import zips
from lms.services import outbox

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
    """Three certificates; the first keeps a name."""
    with site.write() as root:
        for number in range(3):
            certificate = issuing.issue(
                root["site"].certificates,
                learner_id=f"learner{number}",
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


def test_a_zip_that_is_cut_off_is_made_anew(issued, orders, monkeypatch):
    monkeypatch.setattr(batches, "PART", 2)
    key = begin(issued)
    monkeypatch.setattr(lms.worker.Worker, "pause", lambda self, _seconds: self.close())
    worker = lms.worker.Worker(issued.database, issued.settings, alone=True)
    assert worker.work()
    assert state(issued, key) == (2, 2, [])
    monkeypatch.undo()
    monkeypatch.setattr(Printer, "pdf", lambda _printer, order, *, keys: order.code.encode())
    issued.work()
    assert state(issued, key) == (3, 3, [])
    with issued.write() as root:
        batch = root["site"].certificates.batches[key]
        with batch.file.open("r") as file:
            assert len(names_in(file.read())) == 3


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
