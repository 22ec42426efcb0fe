"""Printing: the holder types a name, gets a file, and the site forgets the name unless told not
to."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from translationstring import TranslationString

from certificates import issuing
from certificates.pdf import names
from certificates.pdf.signing import without_loop
from certificates.pdf.workers import PrintingFailed
from papers import text_of

HOLDER = "learner:learner-1"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def french(tmp_path):
    """A folder with French translations of some words."""
    catalog = Catalog(locale="fr")
    catalog.add("Certificate of achievement", "Attestation de suivi")
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
    page = PdfFileReader(io.BytesIO(answer.body)).root["/Pages"]["/Kids"][0]
    notes = [note.get_object() for note in page["/Annots"]]
    links = [note["/A"]["/URI"] for note in notes if note["/Subtype"] == "/Link"]
    assert links == [f"https://learn.example.org{site.page}"]


def test_the_pdf_is_sealed_by_the_site(site):
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana María")
    (signature,) = PdfFileReader(io.BytesIO(answer.body)).embedded_signatures
    judged = without_loop(validate_pdf_signature, signature, ValidationContext(trust_roots=[]))
    assert judged.intact
    assert judged.valid
    ring = site.registry["certificates.keys"]
    assert signature.signer_cert.dump() == der(ring.current.certificate_pem)


def der(certificate: bytes) -> bytes:
    return load_pem_x509_certificate(certificate).public_bytes(Encoding.DER)


def test_the_badge_is_in_it(site):
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana María")
    files = PdfFileReader(io.BytesIO(answer.body)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    assert files[0] == "credential.json"
    assert files[1]["/EF"]["/F"].data == site.get(f"{site.page}/badge.json", HOLDER).body


def test_the_name_is_not_stored(site):
    site.fill(f"{site.page}/print", HOLDER, name="Ana María")
    records = [record.data for t in site.database.storage.iterator() for record in t]
    assert records
    assert not any("María".encode() in data for data in records)


def certificate_of(tree, site):
    return tree["awards"][site.code]


def test_nothing_is_kept_unless_chosen(site):
    form = site.get(f"{site.page}/print", HOLDER).form
    assert not form["keep"].checked
    assert not form["check"].checked
    site.fill(f"{site.page}/print", HOLDER, name="Ana María")
    with site.transaction() as tree:
        assert certificate_of(tree, site).kept_name is None
        assert certificate_of(tree, site).name_hash is None


def test_a_name_that_is_kept_stands_there_for_the_next_print(site):
    site.fill(f"{site.page}/print", HOLDER, name="  Ana  María ", keep=True)
    form = site.get(f"{site.page}/print", HOLDER).forms[0]
    assert form["name"].value == "Ana María"
    assert form["keep"].checked
    assert not form["check"].checked


def test_a_name_that_others_may_check_is_kept_as_a_slow_hash_alone(site):
    site.fill(f"{site.page}/print", HOLDER, name="Ana María", check=True)
    with site.transaction() as tree:
        certificate = certificate_of(tree, site)
        assert certificate.kept_name is None
        assert certificate.name_hash.startswith("$argon2id$")
        assert names.same_name(certificate, "ana maría")
    assert site.get(f"{site.page}/print", HOLDER).forms[0]["check"].checked


def print_again(site, **fields):
    form = site.get(f"{site.page}/print", HOLDER).forms[0]
    for name, value in fields.items():
        form[name] = value
    return form.submit(headers={"X-Principals": HOLDER})


def test_the_name_printed_last_is_the_one_that_counts(site):
    site.fill(f"{site.page}/print", HOLDER, name="Ana María", check=True)
    with site.transaction() as tree:
        first = certificate_of(tree, site).name_hash
    print_again(site, name="ANA MARÍA")
    with site.transaction() as tree:
        assert certificate_of(tree, site).name_hash == first
    print_again(site, name="Eva")
    with site.transaction() as tree:
        assert names.same_name(certificate_of(tree, site), "Eva")


def test_a_choice_is_taken_back_at_the_next_print(site):
    site.fill(f"{site.page}/print", HOLDER, name="Ana María", keep=True, check=True)
    print_again(site, keep=False, check=False)
    with site.transaction() as tree:
        assert certificate_of(tree, site).kept_name is None
        assert certificate_of(tree, site).name_hash is None


def test_a_name_is_forgotten_at_the_press_of_a_button(site):
    site.fill(f"{site.page}/print", HOLDER, name="Ana María", keep=True, check=True)
    form = site.get(f"{site.page}/print", HOLDER).forms[1]
    answer = form.submit(headers={"X-Principals": HOLDER})
    assert answer.location.endswith(f"{site.page}/print")
    with site.transaction() as tree:
        assert certificate_of(tree, site).kept_name is None
        assert certificate_of(tree, site).name_hash is None
    assert "Forget my name" not in site.get(f"{site.page}/print", HOLDER).text


def test_a_refused_name_is_not_kept_and_the_choices_stand(site):
    answer = site.fill(f"{site.page}/print", HOLDER, name="\u202eAna", keep=True, status=400)
    assert answer.forms[0]["keep"].checked
    assert not answer.forms[0]["check"].checked
    with site.transaction() as tree:
        assert certificate_of(tree, site).kept_name is None


def test_the_choice_is_the_holders_alone(site):
    form = site.get(f"{site.page}/print", "role:admin").form
    assert "keep" not in form.fields
    site.fill(f"{site.page}/print", HOLDER, name="Ana María", keep=True)
    form = site.get(f"{site.page}/print", "role:admin").form
    form["name"] = "Somebody else"
    form.submit(headers={"X-Principals": "role:admin"})
    with site.transaction() as tree:
        assert certificate_of(tree, site).kept_name == "Ana María"
    site.app.post(f"{site.page}/forget-name", headers={"X-Principals": "role:admin"}, status=403)


def test_a_suspended_certificate_is_not_printed(site):
    form = site.get(f"{site.page}/print", HOLDER).form
    with site.transaction() as tree:
        issuing.suspend(certificate_of(tree, site), "to be looked at", NOW)
    form["name"] = "Ana"
    answer = form.submit(headers={"X-Principals": HOLDER}, status=409)
    assert "is suspended and cannot be printed now" in answer.text
    assert not answer.forms


def test_an_expired_certificate_is_printed_and_says_until_when_it_was_valid(site):
    with site.transaction() as tree:
        certificate_of(tree, site).valid_until = NOW + timedelta(days=1)
    assert "was valid until 25 November 2026" in site.get(f"{site.page}/print", HOLDER).text
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana")
    text = text_of(answer.body)
    assert "Was valid until" in text
    assert "25 November 2026" in text


def test_when_it_cannot_be_printed_just_now_the_page_says_so_and_nothing_is_lost(site):
    class Jammed:
        def pdf(self, _order, *, keys):
            raise PrintingFailed(TranslationString("Nothing is lost. Try again in a minute."))

    site.registry["certificates.printer"] = Jammed()
    answer = site.fill(f"{site.page}/print", HOLDER, name="Ana", keep=True, status=503)
    assert answer.html.find(role="alert").text == "Nothing is lost. Try again in a minute."
    assert answer.forms[0]["name"].value == "Ana"
    with site.transaction() as tree:
        assert certificate_of(tree, site).kept_name is None


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
    assert title_of(answer.body) == "Certificate of achievement: Listening well"


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
