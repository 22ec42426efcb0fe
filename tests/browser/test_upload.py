"""Sending a package in, as an impatient author does on a slow line."""

import pytest

import smallest

pytestmark = pytest.mark.browser


@pytest.fixture
def author(visitor, tmp_path):
    """An author's page of packages, with a file chosen."""
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    author = visitor("author")
    author.page.goto(f"{author.server.url}/packages/")
    author.page.set_input_files("input[type=file]", str(path))
    return author


def test_a_package_is_sent_once_however_often_the_button_is_pressed(author):
    sent = []
    author.context.on("request", lambda request: sent.append(request.url))
    author.page.get_by_role("button", name="Upload", exact=True).dblclick()
    author.page.wait_for_selector("text=Make a course")
    assert [url for url in sent if url.endswith("/packages/upload")] == [
        f"{author.server.url}/packages/upload"
    ]


def test_who_is_not_signed_in_any_more_is_told_that_nothing_was_stored(author):
    author.context.clear_cookies(name="tutela-sign-in")
    author.page.get_by_role("button", name="Upload", exact=True).click()
    author.page.wait_for_selector("text=You are not signed in any more")


def test_a_line_that_drops_is_said_and_the_button_works_again(author):
    author.context.set_offline(True)
    author.page.get_by_role("button", name="Upload", exact=True).click()
    author.page.wait_for_selector("text=The line dropped")
    author.context.set_offline(False)
    author.page.get_by_role("button", name="Upload", exact=True).click()
    author.page.wait_for_selector("text=Make a course")
