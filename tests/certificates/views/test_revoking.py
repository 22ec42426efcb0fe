"""Revoking: admins only, with a reason, and others are told."""

import pytest

ADMIN = "role:admin"


def test_the_page_says_first_what_will_happen(site):
    text = site.get(f"{site.page}/revoke", ADMIN).text
    assert "You revoke one certificate" in text
    assert "cannot be undone" in text


def test_asking_changes_nothing(site):
    site.get(f"{site.page}/revoke", ADMIN)
    assert "This certificate is valid" in site.get(site.page).text


def test_a_reason_revokes(site):
    answer = site.fill(f"{site.page}/revoke", ADMIN, reason="issued by mistake", status=303)
    assert answer.location == f"http://localhost{site.page}/"
    assert "This certificate is revoked" in site.get(site.page).text


def test_the_host_is_told_once_and_by_whom(site):
    site.fill(f"{site.page}/revoke", ADMIN, reason="issued by mistake")
    assert [event.certificate.code for event in site.revoked] == [site.code]
    assert site.revoked[0].request.headers["X-Principals"] == ADMIN


def test_without_a_reason_nothing_happens(site):
    answer = site.fill(f"{site.page}/revoke", ADMIN, reason=" ", status=400)
    assert answer.html.find(id="reason-problem").text == "Say why the certificate is revoked."
    assert "This certificate is valid" in site.get(site.page).text
    assert not site.revoked


def test_what_is_revoked_already_is_said_to_be(site):
    form = site.get(f"{site.page}/revoke", ADMIN).form
    site.revoke()
    form["reason"] = "again"
    answer = form.submit(headers={"X-Principals": ADMIN}, status=400)
    assert "revoked on 24 November 2026 already" in answer.text
    assert not site.revoked


@pytest.mark.parametrize("principals", ["", "learner:learner-1", "role:author"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may_revoke(site, principals, method):
    headers = {"X-Principals": principals}
    getattr(site.app, method)(f"{site.page}/revoke", headers=headers, status=403)


def test_a_form_from_elsewhere_is_refused(site):
    site.app.post(
        f"{site.page}/revoke", {"reason": "x"}, headers={"X-Principals": ADMIN}, status=400
    )
    assert not site.revoked
