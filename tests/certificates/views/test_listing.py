"""``/certificates/all``, for admins."""

import csv
import io

import pytest

from certificates import codes, issuing
from certificates.events import ListExported, WorkAsked
from tests.certificates.conftest import CODE, NOW, SNAPSHOT

ADMIN = "role:admin"
LIST = "/awards/all"


@pytest.fixture
def events(site):
    heard = []
    for kind in (ListExported, WorkAsked):
        site.app.app.registry.registerHandler(heard.append, (kind,))
    return heard


def issue(site, number, **more):
    with site.transaction() as tree:
        made = issuing.issue(
            tree["awards"],
            learner_id=f"learner-{number}",
            award="course/listening",
            snapshot={**SNAPSHOT, "title": f"Course {number:03}", **more},
            now=NOW,
            random=lambda n: number.to_bytes(2, "big") * (n // 2),
        )
        return made.code


def test_the_list_is_for_admins(site):
    site.get(LIST, "learner:learner-1", "system.Authenticated", status=403)
    page = site.get(LIST, ADMIN)
    assert "1 certificate found." in page.text
    assert page.html.select_one("tbody th").text == "Listening well"
    assert [td.text for td in page.html.select("tbody td")][1:] == [
        "24 November 2026", "Achievement", "learner-1", "valid", "–",
    ]  # fmt: skip
    assert page.headers["Cache-Control"] == "no-store"


def test_a_list_without_certificates_says_what_it_is_for(site):
    with site.transaction() as tree:
        tree["awards"]._certificates.clear()
        tree["awards"].register_all()
    assert "No certificate is issued yet." in site.get(LIST, ADMIN).text


def test_a_long_list_has_pages_that_keep_the_filters(site):
    for number in range(60):
        issue(site, number + 300)
    page = site.get(f"{LIST}?words=course&sort=title", ADMIN)
    assert "This is page 1 of 2." in page.text
    assert len(page.html.select("tbody tr")) == 50
    page = page.click("Next page", extra_environ={"HTTP_X_PRINCIPALS": ADMIN})
    assert [th.text for th in page.html.select("tbody th")] == [
        f"Course {number}" for number in range(350, 360)
    ]
    assert page.html.select_one("[aria-sort]").text == "Title"


@pytest.mark.parametrize(
    ("query", "count"),
    [("status=revoked", 0), ("kind=achievement&first=2026-11-24&last=2026-11-24", 1),
     ("first=tomorrow&days=x&page=9", 1), ("centre=Nairobi", 0)],
)  # fmt: skip
def test_the_form_above_filters(site, query, count):
    page = site.get(f"{LIST}?{query}", ADMIN)
    assert len(page.html.select("tbody tr")) == count
    assert ("No certificate is like this." in page.text) == (count == 0)


def test_the_export_asks_what_it_is_for_and_tells_the_host(site, events):
    page = site.fill(f"{LIST}/export", ADMIN, purpose=" ", status=400)
    assert "Say in a few words what the table is for." in page.text
    issue(site, 7, title="=cmd()")
    answer = site.fill(f"{LIST}/export?sort=title", ADMIN, purpose="Donor report")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["code", "title", "kind", "award", "who", "issued", "valid_until", "status"]
    assert [row[1] for row in rows[1:]] == ["'=cmd()", "Listening well"]
    assert rows[2][0] == CODE
    (event,) = events
    assert (event.rows, event.purpose) == (2, "Donor report")


def ask(site, what, which="some", **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return site.get(f"{LIST}/change?what={what}&which={which}&{query}", ADMIN)


@pytest.mark.parametrize(
    ("what", "heading"),
    [
        ("revoke", "Revoke 1 certificate?"),
        ("suspend", "Suspend 1 certificate?"),
        ("zip", "Make the PDF of 1 certificate?"),
    ],
)
def test_a_page_says_what_will_happen_before_it_does(site, events, what, heading):
    page = ask(site, what, code=CODE)
    assert page.html.h1.text.strip() == heading
    assert codes.grouped(CODE) in page.text
    assert events == []


def test_what_is_chosen_becomes_a_batch_for_the_host(site, events):
    form = ask(site, "revoke", code=CODE).form
    form["reason"] = "A course of another year"
    page = form.submit(headers={"X-Principals": ADMIN})
    (event,) = events
    assert page.location.endswith(f"/awards/batches/{event.batch.__name__}/")
    with site.transaction() as tree:
        (batch,) = tree["awards"].batches.values()
        assert dict(batch.parts) == {0: (CODE,)}
        assert (batch.kind, batch.reason, batch.title) == (
            "revoke", "A course of another year", "Listening well",
        )  # fmt: skip
        assert tree["awards"][CODE].revoked is None


def test_without_a_reason_nothing_begins(site, events):
    page = ask(site, "suspend", code=CODE).form.submit(headers={"X-Principals": ADMIN}, status=400)
    assert "Give a reason." in page.text
    assert events == []


def test_all_that_match_are_chosen_but_no_more_than_the_page_said(site, events):
    issue(site, 7)
    form = ask(site, "revoke", "all", words="course").form
    assert form["count"].value == "1"
    issue(site, 8)
    form["reason"] = "x"
    page = form.submit(headers={"X-Principals": ADMIN}, status=400)
    assert "The list has changed since you opened this page." in page.text
    assert page.html.h1.text.strip() == "Revoke 2 certificates?"
    assert events == []


def test_what_cannot_be_changed_is_counted_apart(site):
    site.revoke()
    code = issue(site, 7)
    page = site.get(f"{LIST}/change?what=revoke&code={code}&code={CODE}", ADMIN)
    assert page.html.h1.text.strip() == "Revoke 1 certificate?"
    assert "1 that you chose stays as it is" in page.text
    page = ask(site, "resume", code=code)
    assert "None of the certificates that you chose would be changed by this." in page.text


def test_nothing_else_can_be_asked(site):
    site.get(f"{LIST}/change?what=burn", ADMIN, status=400)


def test_an_erased_account_is_named_so(site):
    with site.transaction() as tree:
        certificate = tree["awards"][CODE]
        certificate.learner_id = ""
        tree["awards"].enter(certificate)
    assert "account erased" in site.get(LIST, ADMIN).text
