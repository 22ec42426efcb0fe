"""A stranger sends a code or a file, and is told the truth."""

import json
from pathlib import Path

import pytest
from webob import Request
from webtest import Upload

from certificates import issuing
from certificates.badges.transcript import transcript
from certificates.lookups import FILES_PER_CLIENT
from certificates.verification import apart
from office import NOW, Office

FORMS = ("pdf", "png", "svg", "json", "jwt")


def said(response) -> str:
    return " ".join(response.html.find("main").get_text(" ").split())


@pytest.fixture
def forms(site):
    """The site's one certificate in every form."""
    with site.transaction() as tree:
        office = Office(Path(site.keys.name), certificates=tree["awards"])
        made = office.forms(tree["awards"][site.code])
    yield made
    site.app.app.registry["certificates.readers"].close()


def send(site, content: bytes, *, status: int, name: str = "sent.bin"):
    form = site.get("/awards/").form
    form["file"] = Upload(name, content)
    return form.submit(status=status)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_leads_to_what_is_on_record(site, forms, form):
    words = said(send(site, forms[form], status=200))
    assert words.startswith("This certificate is valid")
    assert "Listening well" in words
    assert "as this site made it" in words


def test_a_pdf_does_not_prove_whose_it_is(site, forms):
    words = said(send(site, forms["pdf"], status=200))
    assert "It does not prove whose it is: the name on it was typed by its holder." in words


def test_a_revoked_one_says_so_of_a_file_too(site, forms):
    site.revoke()
    words = said(send(site, forms["png"], status=200))
    assert "It was revoked on 24 November 2026" in words
    assert "is valid" not in words


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"%PDF-1.7 of somebody", 404, "This file is not signed by Tutela"),
        (b"Dear Sir or Madam", 422, "There is no certificate in this file that can be read."),
        (b"%PDF-1.7" + bytes(5 * 1024 * 1024), 413, "This file is too large"),
        (b"0123456789abcdefghjkmnpqrs", 404, "This is not the code of a certificate"),
    ],
)
def test_what_proves_nothing_is_told_why(site, forms, content, status, words):
    answer = send(site, content, status=status)
    assert words in said(answer)
    assert [name for name in answer.form.fields if name] == ["code", "file"]


def test_a_changed_file_is_told_to_be_changed(site, forms):
    words = said(send(site, forms["pdf"] + b"\n", status=422))
    assert "This file was changed after it was issued, or somebody else made it." in words


def test_a_code_in_a_file_is_a_code(site):
    assert "Listening well" in said(send(site, site.code.encode(), status=200))


def test_a_form_that_was_sent_empty_asks_for_something(site):
    answer = site.get("/awards/").form.submit(status=400)
    assert "Choose a file or type the code." in said(answer)
    assert answer.html.find("input", id="code")["aria-invalid"] == "true"


def test_what_is_longer_than_a_form_may_be_is_refused_before_it_is_read(site):
    class Unread:
        def read(self, *_size):
            raise AssertionError

    request = Request.blank(
        "/awards/",
        method="POST",
        content_type="multipart/form-data; boundary=x",
        environ={"wsgi.input": Unread(), "CONTENT_LENGTH": str(100 * 1024 * 1024)},
    )
    answer = request.get_response(site.app.app)
    assert answer.status_int == 413
    assert "This file is too large" in answer.text


def test_when_all_readers_are_busy_the_file_may_be_sent_again(site, forms):
    class Readers:
        def read(self, _sent, _trust):
            raise apart.Busy

        def close(self):
            pass

    site.app.app.registry["certificates.readers"] = Readers()
    answer = send(site, forms["jwt"], status=503)
    assert "Nothing is wrong with it." in said(answer)
    assert answer.headers["Retry-After"] == "5"


def test_who_sends_very_many_files_must_wait(site):
    for _number in range(FILES_PER_CLIENT.amount):
        send(site, b"x", status=422)
    assert "Please wait a minute" in said(send(site, b"x", status=429))


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_code_may_be_sent_by_a_program(site, kind):
    body = f"code={site.code}"
    answer = site.app.post("/awards/", body, {"Content-Type": kind} if kind else None, status=303)
    assert answer.location.endswith(f"{site.code}/")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("expired", "It was valid until 25 November 2026. It was not revoked."),
        ("suspended", "It has been suspended since 24 November 2026 and does not hold for now."),
    ],
)
def test_a_certificate_that_does_not_hold_says_why(site, state, words):
    with site.transaction() as tree:
        certificate = tree["awards"][site.code]
        if state == "suspended":
            issuing.suspend(certificate, "A question is open", NOW)
        else:
            certificate.valid_until = NOW.replace(year=2025)
            words = words.replace("25 November 2026", "24 November 2025")
    page = said(site.get(site.page))
    assert words in page
    assert "is valid" not in page
    assert "A question is open" not in page


def test_why_it_is_suspended_is_for_admins(site):
    with site.transaction() as tree:
        issuing.suspend(tree["awards"][site.code], "A question is open", NOW)
    assert "A question is open" in said(site.get(site.page, "role:admin"))


def test_one_that_was_renewed_says_when_and_leads_nowhere(site):
    with site.transaction() as tree:
        newer = issuing.issue(
            tree["awards"],
            learner_id="learner-1",
            award="course/listening",
            snapshot=site.snapshot,
            now=NOW.replace(day=30),
            random=lambda n: b"\1" * n,
            renew=True,
        ).code
    answer = site.get(site.page)
    words = "A newer certificate of the same award was issued on 30 November 2026."
    assert words in said(answer)
    assert newer not in answer.text


def test_kind_hours_and_end_are_told(make_site):
    site = make_site(snapshot={**WITH_HOURS, "kind": "participation"})
    with site.transaction() as tree:
        tree["awards"][site.code].valid_until = NOW.replace(year=2999)
    words = said(site.get(site.page))
    for expected in (
        "Certificate of participation",
        "CPD hours 1.5",
        "Valid until 24 November 2999",
    ):
        assert expected in words


WITH_HOURS = {
    "kind": "achievement",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
    "hours": "1.5",
}


def test_a_transcript_lists_its_certificates_and_whether_each_holds(site):
    with site.transaction() as tree:
        office = Office(Path(site.keys.name), certificates=tree["awards"])
        both = [tree["awards"][site.code], office.issue(2)]
        record = transcript(both, "Tutela", office.place, office.ring.current)
        issuing.revoke(both[1], "Issued by mistake", NOW)
    answer = send(site, json.dumps(record).encode(), status=200)
    site.app.app.registry["certificates.readers"].close()
    rows = [" ".join(row.get_text(" ").split()) for row in answer.html.find_all("li", "row")]
    assert rows == [
        "Listening well Issued 24 November 2026 This certificate is valid",
        "Listening well Issued 24 November 2026 This certificate is revoked",
    ]
