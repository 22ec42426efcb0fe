import pytest


@pytest.fixture
def member(site):
    return site.add("mina")


def test_the_right_passphrase_signs_in(site, member):
    browser = site.browser()
    answer = browser.sign_in("mina")
    assert answer.status_int == 303
    assert "Sign out" in browser.get("/account").text
