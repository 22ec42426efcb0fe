"""What a stranger sees."""

import pytest

from certificates import codes

PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}


def said(response) -> str:
    return " ".join(response.html.find("main").get_text(" ").split())


@pytest.fixture
def impatient(site):
    """A site on which this client has looked up as many codes as it may."""
    for number in range(60):
        site.get(f"/awards/?code={number}", status=404)
    return site


@pytest.mark.parametrize(
    "words",
    ["This certificate is valid", "Listening well", "24 November 2026", "Tutela", "90 minutes"],
)
def test_a_valid_certificate_says(site, words):
    assert words in said(site.get(site.page))


def test_a_revoked_one_says_so_and_since_when(site):
    site.revoke()
    words = said(site.get(site.page))
    assert "This certificate is revoked" in words
    assert "revoked on 24 November 2026" in words
    assert "is valid" not in words


def test_why_it_was_revoked_is_for_admins(site):
    site.revoke()
    assert "issued by mistake" not in site.get(site.page).text
    assert "issued by mistake" in site.get(site.page, "role:admin").text


def test_the_page_tells_nothing_of_the_holder(site):
    text = site.get(site.page).text
    assert "learner-1" not in text
    assert "85" not in text.replace(site.code, "").replace(codes.grouped(site.code), "")


def test_a_stranger_is_offered_neither_printing_nor_revoking(site):
    assert not site.get(site.page).html.find("main").find_all("a")


def test_the_holder_is_offered_printing_and_the_badge(site):
    assert [link.text for link in site.get(site.page, "learner:learner-1").html.find_all("a")] == [
        "Print",
        "My certificates",
    ]


def test_an_admin_is_offered_printing_suspending_and_revoking(site):
    links = site.get(site.page, "role:admin").html.find_all("a")
    assert [link.text for link in links] == ["Print", "Suspend", "Revoke"]


@pytest.mark.parametrize("path", ["/awards/", "/awards/{code}", "/awards/?code={code}"])
def test_no_engine_or_cache_keeps_a_page(site, path):
    headers = site.get(path.format(code=site.code)).headers
    assert {name: headers[name] for name in PRIVATE} == PRIVATE


def test_a_course_without_a_length_says_none(make_site):
    snapshot = {
        "kind": "achievement",
        "title": "Listening well",
        "language": "en",
        "issuer": "Tutela",
    }
    site = make_site(snapshot=snapshot)
    assert "Length" not in said(site.get(site.page))


def test_a_course_title_is_text_and_not_markup(make_site, site):
    hostile = make_site(snapshot={**site.snapshot, "title": "<script>alert(1)</script>"})
    assert hostile.get(hostile.page).html.find("script") is None


def test_the_form_takes_a_code_or_a_file(site):
    page = site.get("/awards/")
    assert [(each["for"], each.text) for each in page.html.find("main").find_all("label")] == [
        ("code", "Certificate code"),
        ("file", "Or the file"),
    ]
    assert [name for name in page.form.fields if name] == ["code", "file"]


@pytest.mark.parametrize("shape", [str, codes.grouped, " {} ".format, "http://x/{}".format])
def test_a_code_typed_into_the_form_leads_to_its_page(site, shape):
    answer = site.fill("/awards/", code=shape(site.code), status=303)
    assert answer.location == f"http://localhost{site.page}/"
    assert "This certificate is valid" in site.app.get(answer.location).text


def test_an_unknown_code_is_told_in_words_and_kept_in_the_form(site):
    answer = site.fill("/awards/", code="no such code", status=404)
    assert "This is not the code of a certificate of Tutela" in said(answer)
    assert answer.form["code"].value == "no such code"


def test_an_address_without_a_certificate_says_the_same(site):
    answer = site.get("/awards/0000000000000000000000000x", status=404)
    assert "This is not the code of a certificate" in said(answer)
    assert answer.headers["X-Robots-Tag"] == PRIVATE["X-Robots-Tag"]


def test_an_address_typed_from_paper_leads_to_the_page(site):
    answer = site.get(f"/awards/{codes.grouped(site.code)}", status=303)
    assert answer.location == f"http://localhost{site.page}/"


def test_the_form_of_a_mistyped_address_works(site):
    form = site.get("/awards/nothing", status=404).form
    form["code"] = site.code
    assert form.submit(status=303).location.endswith(f"{site.code}/")


@pytest.mark.parametrize("path", ["/awards/?code={code}", "/awards/{code}", "/awards/nothing"])
def test_who_tries_codes_out_must_wait_and_learns_nothing(impatient, path):
    answer = impatient.get(path.format(code=impatient.code), status=429)
    assert "Please wait a minute" in said(answer)
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Cache-Control"] == "no-store"


def test_others_do_not_wait(impatient):
    impatient.app.extra_environ["REMOTE_ADDR"] = "192.0.2.77"
    assert "This certificate is valid" in impatient.get(impatient.page).text


def test_a_made_up_forwarding_header_does_not_help(impatient):
    impatient.app.get(impatient.page, headers={"X-Forwarded-For": "192.0.2.77"}, status=429)
