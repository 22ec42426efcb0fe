import re

import pytest

from lms.csp import content_hash, headers, policy
from lms.origins import Origins

PLAIN = Origins("http://localhost:6543", "http://*.localhost:6543")
SECURE = Origins("https://learn.example.org", "https://*.packages.example.net")


def test_forms_may_lead_to_the_content_hosts_and_nothing_else_leaves_the_site():
    directives = dict(d.split(" ", 1) for d in policy(PLAIN.content_url).split("; "))
    assert directives.pop("form-action") == "'self' http://*.localhost:6543"
    assert set(directives.values()) <= {"'self'", "'none'", "'self' data:"}


def test_nothing_inline_is_allowed():
    assert "unsafe" not in policy(PLAIN.content_url)


def test_browsers_are_bound_to_https_where_the_site_has_it():
    assert "Strict-Transport-Security" not in headers(PLAIN)
    assert headers(SECURE)["Strict-Transport-Security"] == "max-age=31536000"


def test_the_hash_changes_with_any_file(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.css").write_text("one")
    before = content_hash(tmp_path)
    (tmp_path / "a" / "x.css").write_text("two")
    assert content_hash(tmp_path) != before
    assert re.fullmatch("[0-9a-f]{12}", before)


@pytest.mark.parametrize("name", ["camera", "microphone", "geolocation"])
def test_pages_of_the_site_use_no_device(name):
    assert f"{name}=()" in headers(PLAIN)["Permissions-Policy"]
