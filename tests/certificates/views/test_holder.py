"""Printing: the holder types a name, gets a file, and the site forgets the name."""

import re
import zlib

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

HOLDER = "learner:learner-1"


@pytest.fixture
def french(tmp_path):
    """A folder with French translations of some words."""
    catalog = Catalog(locale="fr")
    catalog.add("Certificate of completion", "Attestation de suivi")
    catalog.add("Awarded to", "Délivrée à")
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "tutela.mo").open("wb") as file:
        write_mo(file, catalog)
    return str(tmp_path)


def title_of(content: bytes) -> str:
    """The document's title from its XMP metadata, which is not compressed."""
    return re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", content, re.DOTALL)[1].decode()


def test_the_holder_gets_a_pdf_with_a_neutral_name(site):
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana María", status=200)
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body.startswith(b"%PDF")


def test_the_printed_address_is_that_of_the_page(site):
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana María")
    assert f"https://learn.example.org{site.page})".encode() in answer.body + b"".join(
        zlib.decompress(found)
        for found in re.findall(rb"stream\n(\x78.*?)\nendstream", answer.body, re.DOTALL)
    )


def test_the_name_is_not_stored(site):
    site.fill(f"{site.page}/print", HOLDER, name="Ana María")
    records = [record.data for t in site.database.storage.iterator() for record in t]
    assert records
    assert not any("María".encode() in data for data in records)


def test_an_admin_may_print_for_somebody(site):
    assert site.fill(f"{site.page}/print", "role:admin", name="Ana").content_type.endswith("pdf")


@pytest.mark.parametrize("principals", [(), ("learner:learner-2",), ("role:author",)], ids=str)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may_print(site, principals, method):
    headers = {"X-Principals": " ".join(principals)}
    getattr(site.app, method)(f"{site.page}/print", headers=headers, status=403)


def test_a_form_from_elsewhere_is_refused(site):
    site.app.post(
        f"{site.page}/print", {"name": "Ana"}, headers={"X-Principals": HOLDER}, status=400
    )


def test_a_name_that_cannot_be_printed_is_refused_beside_the_field_and_kept(site):
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana \u202eMaría", status=400)
    assert "hidden marks" in answer.html.find(id="name-problem").text
    assert answer.html.find(class_="errors").a["href"] == "#name"
    assert answer.form["name"].value == "Ana \u202eMaría"
    assert answer.html.find(id="name")["aria-invalid"] == "true"


def test_a_script_without_a_font_is_told_in_words(make_site, tmp_path):
    site = make_site(fonts=str(tmp_path))
    answer = site.fill(f"{site.page}/print", HOLDER, name="王小明", status=400)
    assert "no font for the Chinese script" in answer.html.find(id="name-problem").text


def test_a_revoked_certificate_is_not_printed(site):
    form = site.get(f"{site.page}/print", HOLDER).form
    site.revoke()
    form["name"] = "Ana"
    answer = form.submit(headers={"X-Principals": HOLDER}, status=409)
    assert "cannot be printed any more" in answer.text


def test_nor_is_its_form_shown(site):
    site.revoke()
    assert not site.get(f"{site.page}/print", HOLDER).forms


def test_the_certificate_speaks_the_language_of_its_course(make_site, site, french):
    speaking = make_site(snapshot={**site.snapshot, "language": "fr"}, translations=french)
    answer = speaking.fill(f"{site.page}/print", HOLDER, name="Ana")
    assert title_of(answer.body) == "Attestation de suivi: Listening well"


def test_a_language_without_translations_is_printed_in_english(make_site, site, french):
    speaking = make_site(snapshot={**site.snapshot, "language": "ar"}, translations=french)
    answer = speaking.fill(f"{site.page}/print", HOLDER, name="Ana")
    assert title_of(answer.body) == "Certificate of completion: Listening well"


def test_a_certificate_without_length_or_score_is_printed(make_site):
    site = make_site(
        snapshot={
            "kind": "achievement",
            "title": "Listening",
            "language": "en",
            "issuer": "Tutela",
        }
    )
    assert site.fill(f"{site.page}/print", HOLDER, name="Ana").body.startswith(b"%PDF")
