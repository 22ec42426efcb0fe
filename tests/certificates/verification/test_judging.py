"""What a stranger is told of what they hold."""

import json
from datetime import timedelta

import pytest

from certificates import issuing
from certificates.badges.transcript import transcript
from certificates.keys import BOUGHT_CHAIN, BOUGHT_KEY, made
from certificates.verification.judging import Finding, Outcome, judge
from certificates.verification.sniff import LARGEST, Kind
from office import NOW, Office, page

FORMS = ("pdf", "png", "svg", "json", "jwt")
LATER = NOW + timedelta(days=400)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_certificate_proves_it(prints, form):
    office, certificate, forms = prints
    finding = judge(forms[form], office.certificates, office.ring, NOW)
    assert finding == Finding(Outcome.VALID, Kind(form), certificate)


def test_its_code_leads_to_it_in_any_way_of_writing(prints):
    office, certificate, _forms = prints
    for text in (
        certificate.code,
        f" {certificate.code.upper()}\n",
        f"{office.place.url}/{certificate.code}",
    ):
        finding = judge(text.encode(), office.certificates, office.ring, NOW)
        assert finding == Finding(Outcome.VALID, Kind.CODE, certificate)


@pytest.mark.parametrize("form", FORMS)
def test_what_became_of_it_is_told_of_every_form(office, form):
    certificate = office.issue(valid_until=NOW + timedelta(days=365))
    sent = office.forms(certificate)[form]

    def outcome(now):
        return judge(sent, office.certificates, office.ring, now).outcome

    assert outcome(NOW) is Outcome.VALID
    assert outcome(LATER) is Outcome.EXPIRED
    issuing.suspend(certificate, "A question is open", NOW)
    assert outcome(LATER) is Outcome.SUSPENDED
    issuing.resume(certificate)
    issuing.revoke(certificate, "Issued by mistake", NOW)
    assert outcome(NOW) is Outcome.REVOKED


@pytest.mark.parametrize("form", FORMS)
def test_what_a_retired_key_signed_is_proved_for_ever(office, form):
    certificate = office.issue()
    sent = office.forms(certificate)[form]
    office.ring.rotate(NOW + timedelta(days=1))
    assert judge(sent, office.certificates, office.ring, NOW).certificate is certificate


def test_what_was_sealed_before_and_with_each_bought_key_is_proved_for_ever(office):
    certificate, folder = office.issue(), office.ring.folder
    sealed = [office.pdf(certificate)]
    for name in ("one", "two"):
        bought = made(f"Authority {name}", NOW)
        (folder / BOUGHT_KEY).write_bytes(bought.document_pem)
        (folder / BOUGHT_CHAIN).write_bytes(bought.certificate_pem)
        sealed.append(office.pdf(certificate))
    office.ring.rotate(NOW + timedelta(days=1))
    for file in sealed:
        assert judge(file, office.certificates, office.ring, NOW).outcome is Outcome.VALID


def test_a_chain_that_is_none_makes_no_other_less_ours(office):
    certificate = office.issue()
    sealed = office.pdf(certificate)
    for content in (b"no PEM", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        (office.ring.folder / f"chain-{0:064}.pem").write_bytes(content)
        assert content in office.ring.chains
        assert judge(sealed, office.certificates, office.ring, NOW).certificate is certificate


@pytest.mark.parametrize("form", FORMS)
def test_what_another_site_signed_is_not_ours(office, tmp_path, form):
    """Even where it has the name of this one."""
    other = Office(tmp_path / "other", "https://other.example.org")
    office.issue()
    sent = other.forms(other.issue())[form]
    assert judge(sent, office.certificates, office.ring, NOW) == Finding(
        Outcome.NOT_OURS, Kind(form)
    )


def test_what_is_signed_but_not_on_record_is_not_told_to_hold(office, prints):
    """The database is the one from before it was issued."""
    signer, _certificate, forms = prints
    for form in FORMS:
        finding = judge(forms[form], office.certificates, signer.ring, NOW)
        assert finding == Finding(Outcome.NOT_OURS, Kind(form))


def test_words_come_from_the_record_and_never_from_the_file(prints):
    """Of a file there is nothing in the finding but what kind it is."""
    office, certificate, forms = prints
    finding = judge(forms["json"], office.certificates, office.ring, NOW)
    assert vars(finding) == {
        "outcome": Outcome.VALID,
        "kind": Kind.JSON,
        "certificate": certificate,
        "parts": (),
    }


@pytest.mark.parametrize(
    "sent",
    [b"", b"Dear Sir or Madam", b"\0" * 100, b"<html></html>", b"<svg xmlns='x'/>", b"\xff\xfe{}"],
)
def test_what_is_nothing_of_the_kind_cannot_be_read(prints, sent):
    office, _certificate, _forms = prints
    assert judge(sent, office.certificates, office.ring, NOW).outcome is Outcome.UNREADABLE


@pytest.mark.parametrize("kind", [Kind.PDF, Kind.PNG, Kind.SVG, Kind.JSON, Kind.JWT])
def test_what_is_larger_than_anything_of_its_kind_is_not_read(prints, kind):
    office, _certificate, forms = prints

    def read(_sent, _trust):
        raise AssertionError

    more = b"A" if kind is Kind.JWT else b" "
    at_most = forms[kind].ljust(LARGEST[kind], more)
    with pytest.raises(AssertionError):
        judge(at_most, office.certificates, office.ring, NOW, read=read)
    finding = judge(at_most + more, office.certificates, office.ring, NOW, read=read)
    assert finding == Finding(Outcome.TOO_LARGE, kind)


def test_a_badge_that_changed_hands_still_proves_no_more_than_its_certificate(prints):
    """A genuine badge with another certificate's id is no badge of either."""
    office, _certificate, forms = prints
    other = office.issue(2)
    relabelled = json.loads(forms["json"]) | {"id": f"{office.place.url}/{other.code}"}
    sent = json.dumps(relabelled).encode()
    assert judge(sent, office.certificates, office.ring, NOW).outcome is Outcome.ALTERED


def test_a_pdf_that_we_signed_without_a_badge_proves_nothing(prints):
    office, _certificate, _forms = prints
    sent = office.signed(page(None))
    assert judge(sent, office.certificates, office.ring, NOW).outcome is Outcome.ALTERED


def test_no_private_key_goes_to_the_reader(prints):
    office, certificate, forms = prints
    given = []

    def read(*asked):
        given.append(asked)
        return certificate.code

    judge(forms["jwt"], office.certificates, office.ring, NOW, read=read)
    assert "PRIVATE" in office.ring.current.p256_pem.decode()
    assert "PRIVATE" not in json.dumps(given[0][1])


def test_a_transcript_proves_all_that_is_in_it_and_holds_when_all_of_it_does(office):
    first, second = office.issue(1), office.issue(2)
    sent = json.dumps(transcript([first, second], "Tutela", office.place, office.ring.current))
    whole = judge(sent.encode(), office.certificates, office.ring, NOW)
    assert whole.outcome is Outcome.VALID
    assert [part.certificate for part in whole.parts] == [first, second]
    issuing.revoke(second, "Issued by mistake", NOW)
    broken = judge(sent.encode(), office.certificates, office.ring, NOW)
    assert (broken.outcome, broken.certificate) == (Outcome.REVOKED, second)
    changed = sent.replace("Listening well", "Listening badly")
    altered = judge(changed.encode(), office.certificates, office.ring, NOW)
    assert altered.outcome is Outcome.ALTERED
