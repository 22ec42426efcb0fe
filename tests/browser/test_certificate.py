"""The main job, as an author, a member, a stranger and an admin do it in a real browser."""

import re

import pytest

from shared import SHARED, needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

PACKAGE = SHARED / "scorm" / "golf" / "RuntimeBasicCalls_SCORM12.zip"


def publish(author, title: str) -> None:
    """From the file on the author's disk to a published course."""
    page = author.page
    page.get_by_role("link", name="Packages", exact=True).click()
    page.get_by_label("SCORM package").set_input_files(PACKAGE)
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("link", name="Make a course", exact=True).click()
    page.get_by_label("Title", exact=True).fill(title)
    page.get_by_role("button", name="Create the course").click()
    page.get_by_label("Content note").fill("Nothing that may distress.")
    page.get_by_label("Published: members can see the course").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Start", exact=True).wait_for()


def finish(member) -> None:
    """Page to the end of the one lesson, answer its test, and leave."""
    frame = member.frame()
    forward = member.sco.locator("#butNext")
    forward.wait_for()
    member.saved()
    while forward.is_enabled():
        forward.click()
    test = member.sco.frame_locator("#contentFrame").get_by_role("button", name="Submit Answers")
    test.click()
    frame.wait_for_function("() => true")
    member.press("Exit")
    member.page.wait_for_selector("main[data-session=ended]")


def test_a_course_is_uploaded_taken_certified_verified_and_revoked(visitor):
    author = visitor("author")
    publish(author, "Golf, certified")

    member = visitor()
    page = member.page
    page.get_by_role("link", name="Courses", exact=True).click()
    page.get_by_role("link", name="Golf, certified", exact=True).click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector("#player", state="attached")
    finish(member)
    page.get_by_role("link", name="Back to the course").click()
    page.get_by_role("button", name="Review", exact=True).wait_for()
    page.get_by_role("link", name="Certificate", exact=True).click()
    to_print = page.get_by_role("link", name="Print", exact=True)
    to_print.wait_for()
    address = page.url
    to_print.click()
    page.get_by_label("Name on the certificate").fill("Änne Member")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    stranger = visitor(None)
    stranger.page.goto(address)
    stranger.page.get_by_role("heading", name="This certificate is valid").wait_for()
    assert not re.search("member", stranger.page.locator("dl").inner_text(), re.IGNORECASE)

    admin = visitor("admin")
    admin.page.goto(address)
    admin.page.get_by_role("link", name="Revoke", exact=True).click()
    admin.page.get_by_label("Reason").fill("Issued for a test of this site")
    admin.page.get_by_role("button", name="Revoke", exact=True).click()

    stranger.page.reload()
    stranger.page.get_by_role("heading", name="This certificate is revoked").wait_for()
    for person in (author, member, stranger, admin):
        assert person.foreign == []
