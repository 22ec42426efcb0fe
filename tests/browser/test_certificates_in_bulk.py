"""The list of certificates, and many changed at once, in a real browser, also on a phone."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from browsers import signed_in
from certificates import issuing
from servers import Server
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Sixty certificates of a member, one with a very long word in its title; one is revoked."""
    server = Server(tmp_path_factory.mktemp("site"))
    server.run("init")
    for role in ("member", "admin"):
        server.add_people(role, role=role)
    now = datetime.now(UTC)
    with server.writing() as site:
        learner = site.people.by_username("member").learner_id
        for number in range(60):
            certificate = issuing.issue(
                site.certificates,
                learner_id=learner,
                award=f"award-{number}",
                snapshot={
                    "kind": ("achievement", "participation")[number % 2],
                    "subject": "course",
                    "title": f"Documenting torture and ill-treatment, part {number}"
                    + ": Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * (number == 7),
                    "language": "en",
                    "issuer": "Tutela",
                },
                now=now - timedelta(days=number),
                random=secrets.token_bytes,
                valid_until=now + timedelta(days=300 * (number % 3)) if number % 3 else None,
            )
            if number == 3:
                issuing.revoke(certificate, "issued twice", now)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def admin(chromium, server, request):
    context = chromium.new_context(viewport=getattr(request, "param", WIDE))
    page = signed_in(context, server, "admin")
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    assert page.problems == []
    context.close()


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@needs_axe
@pytest.mark.parametrize("admin", [NARROW, WIDE], indirect=True, ids=["phone", "desk"])
def test_certificates_are_found_suspended_in_bulk_and_hold_again(admin, server):
    admin.goto(f"{server.url}/admin/")
    admin.get_by_role("link", name="Certificates", exact=True).click()
    admin.get_by_text("60 certificates found.").wait_for()
    assert findings(admin) == []
    assert fits(admin)
    admin.get_by_text("Filter", exact=True).click()
    admin.get_by_label("Status").select_option("valid")
    admin.get_by_label("Words in the title").fill("part 1")
    admin.get_by_role("button", name="Find").click()
    admin.get_by_text("15 certificates found.").wait_for()
    assert admin.get_by_label("Status").input_value() == "valid"

    for what, words in (("suspend", "Suspending"), ("resume", "Letting")):
        admin.get_by_label("All 15 that were found").check()
        admin.get_by_label("What", exact=True).select_option(what)
        admin.get_by_role("button", name="Go on").click()
        admin.get_by_role("heading", level=1).get_by_text("15 certificates").wait_for()
        assert findings(admin) == []
        assert fits(admin)
        if what == "suspend":
            admin.get_by_role("button", name="Suspend").click()  # the browser asks for the reason
            admin.get_by_label("Reason").fill("It is looked into")
        admin.get_by_role(
            "button", name={"suspend": "Suspend", "resume": "Let them hold"}[what]
        ).click()
        admin.get_by_role("heading", name=f"{words} 15 certificates").wait_for()
        admin.get_by_text("15 of 15 are done.").wait_for()
        assert findings(admin) == []
        assert fits(admin)
        admin.goto(f"{server.url}/certificates/all?status=suspended")
        if what == "suspend":
            admin.get_by_text("15 certificates found.").wait_for()
    admin.get_by_text("No certificate is like this.").wait_for()


@needs_axe
def test_two_that_are_ticked_are_revoked_and_the_batch_is_listed(admin, server):
    admin.goto(f"{server.url}/certificates/all?status=valid")
    boxes = admin.get_by_role("checkbox")
    boxes.nth(0).check()
    boxes.nth(1).check()
    admin.get_by_label("What", exact=True).select_option("revoke")
    admin.get_by_role("button", name="Go on").click()
    admin.get_by_role("heading", name="Revoke 2 certificates?").wait_for()
    admin.get_by_label("Reason").fill("Issued twice")
    admin.get_by_role("button", name="Revoke").click()
    admin.get_by_text("2 of 2 are done.").wait_for()
    admin.get_by_role("link", name="What is done in bulk").click()
    admin.get_by_role("link", name="Revoking 2 certificates").wait_for()
    assert findings(admin) == []


@needs_axe
@pytest.mark.parametrize("admin", [NARROW], indirect=True, ids=["phone"])
def test_erasing_a_person_asks_first(admin, server):
    admin.goto(f"{server.url}/admin/people/?search=member")
    admin.get_by_role("link", name="member", exact=True).click()
    admin.get_by_role("link", name="Erase the account").click()
    assert findings(admin) == []
    assert fits(admin)
    admin.get_by_label("Username").fill("somebody")
    admin.get_by_role("button", name="Erase for good").click()
    admin.get_by_role("alert").wait_for()
    assert findings(admin) == []
