"""Pages and their files are packed for who takes it."""

import gzip

import pytest
from webob import Request


def get(site, path, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request.blank(path, headers={"Host": "localhost:6543", **names})
    answer = request.get_response(site.app)
    answer.body = answer.body  # a file is read and closed
    return answer


@pytest.mark.parametrize("path", ["/sign-in", "/static/tutela.css"])
def test_a_page_goes_out_packed_to_who_takes_it(site, path):
    plain, packed = get(site, path), get(site, path, Accept_Encoding="br, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(packed.body) < len(plain.body) / 2
    assert gzip.decompress(packed.body)[:20] == plain.body[:20]


@pytest.mark.parametrize("wish", ["identity", "gzip;q=0"])
def test_who_does_not_take_gzip_gets_none(site, wish):
    assert "Content-Encoding" not in get(site, "/sign-in", Accept_Encoding=wish).headers


@pytest.mark.parametrize("path", ["/healthz", "/nothing"])
def test_small_answers_and_errors_go_as_they_are(site, path):
    assert "Content-Encoding" not in get(site, path, Accept_Encoding="gzip").headers
