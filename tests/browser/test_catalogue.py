"""Finding a course on a small screen, without script, by role and name."""

import pytest

from browsers import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def member(chromium, server):
    """A member's page, as wide as a phone, in a browser that runs no script."""
    server.publish("found")
    server.publish("hidden", "1.2")
    context = chromium.new_context(
        java_script_enabled=False,
        viewport={"width": 320, "height": 640},
        base_url=server.url,
    )
    page = context.new_page()
    sign_in(page, server, "member")
    yield page
    context.close()


def test_a_course_is_found_and_the_form_remembers_what_was_asked(member):
    member.goto("/courses/")
    form = member.get_by_role("search")
    form.get_by_role("searchbox", name="Words in the title or summary").fill("SMALL")
    form.get_by_text("Filter and order").click()
    form.get_by_role("combobox", name="Download").select_option("up to 5 MB")
    form.get_by_role("combobox", name="Where you stand").select_option("not started")
    form.get_by_role("checkbox", name="only with a certificate").check()
    form.get_by_role("combobox", name="Order").select_option("newest first")
    form.get_by_role("button", name="Find", exact=True).click()
    member.wait_for_url("**/courses/?words=SMALL*")
    said = "Filter and order · up to 5 MB · not started · newest first · only with a certificate"
    member.get_by_text(said).wait_for()
    found = member.get_by_role("listitem").filter(has_text="No content note yet")
    found.nth(1).wait_for()
    form.get_by_text("Filter and order").click()
    room, needed = member.evaluate("[innerWidth, document.documentElement.scrollWidth]")
    assert needed <= room
    form.get_by_role("searchbox").fill("zebra")
    form.get_by_role("button", name="Find", exact=True).click()
    member.get_by_text("0 courses found.").wait_for()
    member.get_by_role("link", name="See all courses").click()
    found.nth(1).wait_for()
