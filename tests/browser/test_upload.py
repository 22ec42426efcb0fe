"""Sending a package in, as an impatient author does on a slow line."""

import random
import re
import zipfile

import pytest
from playwright.sync_api import expect

import smallest

pytestmark = pytest.mark.browser

TAKEN_IN = "text=Make a course"


@pytest.fixture
def package(tmp_path):
    """A package that needs several parts."""
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("film.mp4", random.Random(1).randbytes(2_000_000))
    return path


@pytest.fixture
def author(visitor):
    author = visitor("author")
    author.page.goto(f"{author.server.url}/packages/")
    return author


def send(author, path):
    author.page.set_input_files("input[type=file]", str(path))
    author.page.get_by_role("button", name="Upload", exact=True).click()


def parts_of(author):
    """The requests that bring a part, from now on: each one's offset."""
    offsets = []

    def note(request):
        if request.method == "PATCH":
            offsets.append(int(request.headers["upload-offset"]))

    author.context.on("request", note)
    return offsets


def break_at(author, offset):
    """The line drops when the part that begins there, or a later one, is to be sent."""

    def answer(route):
        if int(route.request.headers.get("upload-offset", 0)) >= offset:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    pattern = re.compile("/packages/imports/")
    author.context.route(pattern, answer)
    return lambda: author.context.unroute(pattern, answer)


def test_a_package_is_sent_in_parts_once_however_often_the_button_is_pressed(author, package):
    offsets = parts_of(author)
    author.page.set_input_files("input[type=file]", str(package))
    author.page.get_by_role("button", name="Upload", exact=True).dblclick()
    author.page.wait_for_selector(TAKEN_IN)
    assert len(offsets) > 2
    assert offsets == sorted(set(offsets))


def test_when_the_line_drops_the_rest_follows_by_itself(author, package):
    offsets = parts_of(author)
    mend = break_at(author, 1)
    send(author, package)
    author.page.wait_for_selector("text=The line dropped. What was sent is kept")
    mend()
    author.page.wait_for_selector(TAKEN_IN)
    assert offsets.count(0) == 1


def test_when_the_answer_to_the_last_part_is_lost_the_page_goes_on(author, package):
    """The check has ended by the time that the page asks where to go on."""

    lost = []

    def lose(route):
        if route.request.method == "PATCH" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    author.context.route(re.compile("/packages/imports/"), lose)
    send(author, smallest.write(package, "1.2"))
    author.page.wait_for_selector(TAKEN_IN)
    assert lost == [204]


def test_a_check_that_was_not_asked_for_is_asked_for_by_the_page(author, package):
    """All of the file came, and the server ended before it could note so."""
    small = smallest.write(package, "1.2")

    offsets = parts_of(author)

    def fail_once(route):
        if route.request.method == "PATCH" and len(offsets) == 1:
            sent = max(
                author.server.data.glob("uploads/*/sent.zip"), key=lambda x: x.stat().st_mtime
            )
            sent.write_bytes(small.read_bytes())
            route.fulfill(status=503)
        else:
            route.continue_()

    author.context.route(re.compile("/packages/imports/.+"), fail_once)
    send(author, small)
    author.page.wait_for_selector(TAKEN_IN)
    assert offsets == [0, small.stat().st_size]


def test_sending_stops_at_once_on_a_line_that_says_nothing(author, package):
    def say_nothing(route):
        if route.request.method != "PATCH":
            route.continue_()

    author.context.route(re.compile("/packages/imports/.+"), say_nothing)
    with author.page.expect_request(lambda request: request.method == "PATCH"):
        send(author, package.rename(package.with_name("slow.zip")))
    author.page.get_by_role("button", name="Stop sending").click()
    author.page.wait_for_selector("text=are here. Choose the same file again")


def test_a_file_without_a_byte_is_told_to_be_empty(author, tmp_path):
    path = tmp_path / "empty.zip"
    path.touch()
    send(author, path)
    author.page.wait_for_selector("text=This file is empty")


def test_who_comes_back_chooses_the_file_again_and_sends_the_rest(author, package):
    break_at(author, 1)
    send(author, package)
    author.page.wait_for_selector("text=The line dropped")
    author.page.close()

    author.context.unroute_all()
    author.page = author.context.new_page()
    offsets = parts_of(author)
    author.page.goto(f"{author.server.url}/packages/")
    author.page.wait_for_selector("text=are here. Choose the same file again")
    send(author, package)
    author.page.wait_for_selector(TAKEN_IN)
    assert min(offsets) > 0


def test_another_file_of_the_same_name_is_sent_from_its_beginning(author, package):
    break_at(author, 1)
    send(author, package)
    author.page.wait_for_selector("text=The line dropped")
    author.context.unroute_all()
    author.page.reload()
    with zipfile.ZipFile(package, "a") as archive:
        archive.writestr("more.txt", "more")
    offsets = parts_of(author)
    send(author, package)
    author.page.wait_for_selector(TAKEN_IN)
    assert offsets[0] == 0


def test_who_is_not_signed_in_any_more_is_told_what_to_do(author, package):
    author.context.clear_cookies(name="tutela-sign-in")
    send(author, package)
    author.page.wait_for_selector("text=You are signed out. Sign in, then choose the same file")
    expect(author.page.get_by_role("button", name="Upload", exact=True)).to_be_enabled()


def test_a_package_that_is_refused_says_why_where_it_was_followed(author, tmp_path):
    path = tmp_path / "letter.zip"
    path.write_text("A letter to the editor.")
    send(author, path)
    author.page.wait_for_selector("text=This file is not a zip file")
    author.page.get_by_role("link", name="All packages").click()
    author.page.get_by_role("heading", name="letter.zip").wait_for()


def test_sending_can_be_stopped_and_the_upload_cancelled(author, package):
    break_at(author, 1)
    send(author, package.rename(package.with_name("stopped.zip")))
    author.page.wait_for_selector("text=The line dropped")
    author.page.get_by_role("button", name="Stop sending").click()
    author.page.wait_for_selector("text=Uploads")
    author.page.get_by_role("link", name="View stopped.zip").click()
    author.page.get_by_role("button", name="Cancel this upload").click()
    author.page.wait_for_selector("text=This upload was called off")
    expect(author.page.get_by_role("button", name="Cancel this upload")).to_have_count(0)
