"""The seal: judged by tools that we did not write, and by one flipped byte."""

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm

from certificates.designs import LAYOUTS, ORIENTATIONS, PAPERS
from certificates.keys import made
from certificates.pdf import printing, signing
from papers import FOLDERS, NOTO, NOW, RICH, order, poppler, seal_of

KEYS = made("Tutela", NOW)
SEAL = seal_of(KEYS)
BADGE = '{"name": "Listening well"}'

needs_poppler = pytest.mark.skipif(
    shutil.which("pdfsig") is None, reason="Debian's poppler-utils is missing"
)
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="Debian's qpdf is missing")
needs_noto = pytest.mark.skipif(not NOTO.is_dir(), reason="Debian's fonts-noto-core is missing")


@pytest.fixture(scope="module")
def plain():
    return printing.render(order(attachment=BADGE), FOLDERS)


@pytest.fixture(scope="module")
def sealed(plain):
    return signing.signed(plain, SEAL, label="Signature of Tutela")


def flipped(content: bytes) -> bytes:
    """The file with one byte changed, in the middle of the page's content."""
    at = content.index(b"stream") + 20
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def pyhanko(content: bytes, folder) -> subprocess.CompletedProcess:
    (folder / "certificate.pem").write_bytes(KEYS.certificate_pem)
    (folder / "sealed.pdf").write_bytes(content)
    return subprocess.run(
        [
            sys.executable, "-m", "pyhanko", "sign", "validate", "--trust-replace",
            "--trust", folder / "certificate.pem", "--pretty-print", folder / "sealed.pdf",
        ],
        capture_output=True,
        text=True,
    )  # fmt: skip


def test_pyhanko_judges_it_valid_and_complete(sealed, tmp_path):
    told = pyhanko(sealed, tmp_path)
    assert told.returncode == 0, told.stderr
    assert "The signature is judged VALID." in told.stdout
    assert "The signature covers the entire file." in told.stdout


def test_pyhanko_judges_one_flipped_byte_invalid(sealed, tmp_path):
    told = pyhanko(flipped(sealed), tmp_path)
    assert told.returncode != 0
    assert "VALID." not in told.stdout.replace("INVALID.", "")


@needs_poppler
def test_poppler_judges_it_valid(sealed, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    told = subprocess.run(
        ["pdfsig", "-nocert", tmp_path / "sealed.pdf"], capture_output=True, text=True
    ).stdout
    assert "Signature is Valid." in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Total document signed" in told


@needs_poppler
def test_poppler_judges_one_flipped_byte_invalid(sealed, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(flipped(sealed))
    told = subprocess.run(
        ["pdfsig", "-nocert", tmp_path / "sealed.pdf"], capture_output=True, text=True
    ).stdout
    assert "Digest Mismatch" in told
    assert "Signature is Valid." not in told


def test_it_certifies_and_permits_no_change(sealed):
    reader = PdfFileReader(io.BytesIO(sealed))
    (signature,) = reader.embedded_signatures
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert "/DocMDP" in reader.root["/Perms"]
    assert signature.signer_cert.dump() == signing._signer(SEAL).signing_cert.dump()


def test_sealing_adds_to_the_file_and_changes_nothing_of_it(plain, sealed):
    assert sealed.startswith(plain)


def test_it_stays_pdf_1_7_as_pdf_a_3_asks(sealed):
    assert sealed.startswith(b"%PDF-1.7")
    assert b"/Version" not in sealed


def test_the_sealed_file_says_of_itself_what_the_page_said(plain, sealed):
    """Byte for byte: readers of PDF/A look for its claims in the form that Typst writes."""
    before, after = (PdfFileReader(io.BytesIO(each)) for each in (plain, sealed))
    assert after.root["/Metadata"].data == before.root["/Metadata"].data
    assert dict(after.trailer["/Info"]) == dict(before.trailer["/Info"])


def test_what_the_seal_adds_is_written_as_pdf_a_asks(plain, sealed):
    """ISO 19005-3, 6.1.9: an object begins a line, and stands where the file says."""
    offsets = re.findall(rb"^(\d{10}) \d{5} n", sealed[len(plain) :], re.MULTILINE)
    assert len(offsets) > 5
    for offset in map(int, offsets):
        assert re.match(rb"\n\d+ 0 obj\n", sealed[offset - 1 :])


@needs_poppler
def test_the_badge_is_attached(sealed, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed)
    subprocess.run(
        ["pdfdetach", "-save", "1", "-o", tmp_path / "out.json", tmp_path / "sealed.pdf"],
        check=True,
    )
    assert (tmp_path / "out.json").read_text("utf-8") == BADGE
    assert b"/AFRelationship /Data" in sealed or b"/AFRelationship/Data" in sealed
    assert "credential.json" in poppler_list(tmp_path / "sealed.pdf")


def poppler_list(path) -> str:
    return subprocess.run(["pdfdetach", "-list", path], capture_output=True, text=True).stdout


@needs_poppler
def test_without_a_badge_nothing_is_attached(tmp_path):
    (tmp_path / "plain.pdf").write_bytes(printing.render(order(), FOLDERS))
    assert "0 embedded files" in poppler_list(tmp_path / "plain.pdf")


@needs_poppler
def test_the_text_reads_as_before(plain, sealed):
    assert poppler("pdftotext", sealed) == poppler("pdftotext", plain)


CASES = list(product(LAYOUTS, PAPERS, ORIENTATIONS, ("en", "ar"), (True, False)))


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory):
    """A folder with every layout, paper and orientation, from left and from right, sealed and not;
    and the half of them with everything that a design can have."""
    folder = tmp_path_factory.mktemp("pages")
    for layout, paper, orientation, language, rich in CASES:
        design = replace(RICH, layout=layout, paper=paper, orientation=orientation)
        if not rich:
            design = replace(design, seal=None, background=None, signatories=())
        name = "محمّد علي" if language == "ar" else "" if rich else "Ọlọ́runṣọlá"
        made = order(name, design=design, language=language, attachment=BADGE)
        page = printing.render(made, FOLDERS)
        stem = f"{layout}-{paper}-{orientation}-{language}-{rich}"
        (folder / f"{stem}.pdf").write_bytes(page)
        (folder / f"{stem}-sealed.pdf").write_bytes(
            signing.signed(page, SEAL, label="Signature of Tutela")
        )
    return folder


def outloud(*paths) -> subprocess.CompletedProcess:
    """Its own process: what its libraries warn of is not ours."""
    return subprocess.run(
        [Path(sys.executable).with_name("outloud"), "-q", "--fail-on", "warning", *paths],
        capture_output=True,
        text=True,
    )


@needs_noto
def test_outloud_finds_nothing_against_pdf_ua_in_any_of_them(every_kind):
    told = outloud(*sorted(every_kind.glob("*.pdf")))
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("pdf: 0 error(s), 0 warning(s)") == 2 * len(CASES)


@needs_noto
def test_outloud_would_see_a_seal_that_is_not_in_the_structure(plain, tmp_path, monkeypatch):
    monkeypatch.setattr(signing, "_tag", lambda *_: None)
    (tmp_path / "x.pdf").write_bytes(signing.signed(plain, SEAL, label="Signature of Tutela"))
    told = outloud(tmp_path / "x.pdf")
    assert told.returncode != 0
    assert told.stdout.startswith("FAIL")


@needs_noto
@needs_qpdf
def test_qpdf_finds_every_file_sound(every_kind):
    for path in sorted(every_kind.glob("*.pdf")):
        told = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert told.returncode == 0, told.stdout + told.stderr
        assert "No syntax or stream encoding errors found" in told.stdout
