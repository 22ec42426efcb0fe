"""Whether a name is the holder's: yes or no, where the holder allows it."""

import pytest

from certificates import lookups
from certificates.pdf.names import hash_of


def said(response) -> str:
    return " ".join(response.html.find("main").get_text(" ").split())


@pytest.fixture
def named(site):
    """The holder lets others check the name."""
    with site.transaction() as tree:
        tree["awards"][site.code].name_hash = hash_of("Ana María Őz")
    return site


def ask(site, name: str, *, status: int = 200):
    return site.app.post(f"{site.page}/name", {"name": name}, status=status)


def test_the_name_can_be_checked_where_the_holder_allows_it(named):
    form = named.get(named.page).form
    form["name"] = "ana maría  őz"
    answer = form.submit()
    assert "Yes: the holder gave this name for the certificate." in said(answer)
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_name_is_none(named):
    assert "No: the holder gave another name" in said(ask(named, "Ana Maria Oz"))


def test_a_page_on_which_nothing_was_asked_gives_no_answer(named):
    words = said(named.get(named.page))
    assert "Yes:" not in words
    assert "No:" not in words


def test_where_the_holder_does_not_allow_it_there_is_no_form_and_no_answer(site):
    assert site.get(site.page).html.find("form") is None
    answer = ask(site, "Ana María Őz", status=409)
    assert "does not let others check the name" in said(answer)


def test_of_a_revoked_certificate_no_name_is_checked(named):
    named.revoke()
    assert named.get(named.page).html.find("form") is None
    ask(named, "Ana María Őz", status=409)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "x" * 100_000])
def test_what_is_no_name_is_asked_for_again(named, name):
    answer = ask(named, name, status=400)
    assert "Type the name as it stands on the certificate." in said(answer)


def test_the_address_of_the_answer_leads_back_to_the_certificate(named):
    assert named.get(f"{named.page}/name", status=303).location.endswith(f"{named.code}/")


def test_a_list_of_names_cannot_be_tried(named):
    """By many clients together no more than ten names a day."""
    for number in range(10):
        named.app.extra_environ["REMOTE_ADDR"] = f"192.0.2.{number}"
        ask(named, f"Name {number}")
    named.app.extra_environ["REMOTE_ADDR"] = "192.0.2.99"
    answer = ask(named, "Ana María Őz", status=429)
    assert "Many names were checked in a short time" in said(answer)
    assert answer.headers["Retry-After"] == str(lookups.DAY)
    assert "This certificate is valid" in said(named.get(named.page))


def test_one_client_cannot_try_many_certificates():
    checks = lookups.NameChecks()
    for number in range(20):
        checks.count("192.0.2.1", f"code {number}")
    with pytest.raises(lookups.TooManyNames) as refused:
        checks.count("192.0.2.1", "code 99")
    assert refused.value.seconds == lookups.HOUR
    checks.count("192.0.2.2", "code 99")
