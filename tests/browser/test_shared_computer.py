"""A shared computer: nothing of a course is on its disk when its learner has signed out."""

import re
import zipfile
import zlib
from contextlib import contextmanager

import pytest

from browsers import CHROMIUM, program, sign_in_here
from smallest import MANIFEST_2004, PAGE

pytestmark = pytest.mark.browser

TITLE, TEXT, ANSWER, STYLE = "Wisteria lane", "Marmalade skies", "Tangerine trees", "kaleidoscope"
WORDS = (TITLE, TEXT, ANSWER, STYLE)
WAYS_TO_WRITE = ("utf-8", "utf-16-le")
SHOUT = f"""
for (const [name, value] of [["cmi.location", "{ANSWER}"], ["cmi.suspend_data", "{ANSWER}"]]) {{
  set(name, value);
}}
commit();
"""


@pytest.fixture(scope="module")
def course(server, tmp_path_factory):
    """Words of its own in its title, its pages, its style and what it says of its learner."""
    path = tmp_path_factory.mktemp("course") / "words.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST_2004.replace("Smallest", TITLE))
        link = '<link rel="stylesheet" href="style.css">'
        archive.writestr("page.html", f"{PAGE}{link}<p>{TEXT}</p><script>{SHOUT}</script>")
        archive.writestr("style.css", f".{STYLE} {{ color: red }}")
    server.run("packages", "import", str(path), "--course", "words", "--publish")
    return "words"


def traces(profile) -> set[str]:
    """The words of the course that are in some file of the profile, packed ones included."""
    found = set()
    for path in profile.rglob("*"):
        if path.is_file():
            found.update(word for word in WORDS for blob in unpacked(path) if is_in(word, blob))
    return found


def unpacked(path) -> list[bytes]:
    """What a file has, and what is in it as gzip."""
    whole = path.read_bytes()
    found = [whole]
    for start in re.finditer(b"\x1f\x8b\x08", whole):
        try:
            found.append(zlib.decompressobj(31).decompress(whole[start.start() :]))
        except zlib.error:  # it only looks like one
            continue
    return found


def is_in(word: str, blob: bytes) -> bool:
    return any(word.encode(way) in blob for way in WAYS_TO_WRITE)


@contextmanager
def browser(chromium, profile):
    context = chromium.browser_type.launch_persistent_context(
        str(profile), executable_path=program(), args=CHROMIUM
    )
    yield context.pages[0]
    context.close()


def take(page, server, slug, *, shared) -> None:
    page.goto(f"{server.url}/sign-in")
    if shared:
        page.get_by_label("This is a shared computer").check()
    sign_in_here(page, "member")
    page.wait_for_url("**/learning/")
    page.goto(f"{server.url}/courses/{slug}")
    page.get_by_role("button", name=re.compile("^(Start|Resume)$")).click()
    page.frame_locator("iframe[name=sco]").get_by_text(TEXT).wait_for()
    page.wait_for_selector("[data-save=saved]", state="attached")


def test_nothing_of_a_course_is_on_the_disk_after_signing_out(chromium, server, course, tmp_path):
    with browser(chromium, tmp_path) as page:
        take(page, server, course, shared=True)
        assert page.get_by_role("button", name=re.compile("Keep on this device")).count() == 0
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(r => r.length)") == 0
        page.goto(f"{server.url}/learning/")
        page.locator("summary", has_text="member").click()
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.get_by_role("heading", name="You are signed out").wait_for()
    assert traces(tmp_path) == set()


def test_on_a_computer_of_ones_own_the_same_search_finds_them(chromium, server, course, tmp_path):
    with browser(chromium, tmp_path) as page:
        take(page, server, course, shared=False)
    assert {TEXT, STYLE} <= traces(tmp_path)


def test_who_would_leave_before_all_is_saved_is_told_so(visitor, server, course):
    member = visitor(None)
    take(member.page, server, course, shared=True)
    member.context.set_offline(True)
    member.frame().evaluate("set('cmi.location', 'later') && commit()")
    member.page.get_by_text("On a shared computer your answers are not kept.").wait_for()
    member.context.set_offline(False)
    member.page.wait_for_selector("[data-save=saved]", state="attached")
    assert member.problems == []
