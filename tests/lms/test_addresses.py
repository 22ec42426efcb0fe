from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.addresses import local_address

SITE = "https://learn.example.org"


@pytest.mark.parametrize("address", ["/", "/courses/first-steps?x=1#part", "/a//b", "/%2F%2Fevil"])
def test_a_path_on_this_site_stays_as_it_is(address):
    assert local_address(address) == address


@pytest.mark.parametrize(
    "address",
    [None, "", "x", "//evil", "/\\evil", "/\tevil", "https://evil", "/ evil", "/a\n", "///[", "\\"],
)
def test_anything_else_becomes_the_first_page(address):
    assert local_address(address) == "/"


def test_letters_of_any_script_are_written_as_headers_can_hold_them():
    assert local_address("/مرحبا?q=é%20") == "/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7?q=%C3%A9%20"


def test_the_caller_may_say_where_else_to_go():
    assert local_address("//evil", otherwise="/learning") == "/learning"


@given(st.text("/\\:@.[]%? #\t\nev", max_size=12))
def test_no_address_leads_away_as_browsers_read_it(address):
    as_browsers_do = local_address(address).replace("\\", "/").replace("\t", "").replace("\n", "")
    assert urlsplit(urljoin(SITE, as_browsers_do)).netloc == "learn.example.org"
