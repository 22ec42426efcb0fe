"""A small course on disk, and a learning site of one page that notes every call it gets."""

import zipfile
from pathlib import Path

import pytest
from lxml import html

from lms.authoring.errors import SourceError
from lms.authoring.pages import pages
from lms.authoring.source import read
from lms.authoring.starting import start

HOST = "http://course.test/"

COURSE = """\
identifier = "course.small"
title = "A small course"
language = "en"
version = "2.0"
licence = "CC0"
minutes = 5
mastery = 50
summary = "What it is about."
notice = "Nobody has approved it."

[quiz]
title = "The quiz"
minutes = 2
"""

SOURCES = """\
[book]
title = "A book"
address = "https://example.org/book"
"""

PART = """\
+++
title = "The first part"
minutes = 2
+++

## Near

Seventeen, it says [src: book, page 3].

```check
::sky:: Is the sky blue? {TRUE#Look up.#Yes.####It scatters light.}
```
"""

SECOND = """\
+++
title = "The second part"
minutes = 1
content_note = "A hard word."
+++

## Behind

A word.
"""

QUIZ = """\
// [src: book]
::first:: One and one? {
=2 #Right so.
~3 #Too many.
####Count them.
}

::second:: Which are even? {
~%50%2
~%50%4
~%-100%5 #Odd.
}
"""

LEARNING_SITE = """
<!doctype html><html lang="en"><title>Site</title><script>
  const valid = new URLSearchParams(location.search).get("continue") || "false";
  const stored = JSON.parse(sessionStorage.getItem("stored") || "{}");
  window.calls = [];
  const count = () => Object.keys(stored).filter((n) => /interactions\\.\\d+\\.id$/.test(n)).length;
  const note = (name, values, answer) => { window.calls.push([name, ...values]); return answer; };
  const get = (name) => {
    if (name === "cmi.interactions._count") return String(count());
    if (name === "adl.nav.request_valid.continue") return valid;
    return stored[name] || "";
  };
  const set = (name, value) => {
    stored[name] = value;
    sessionStorage.setItem("stored", JSON.stringify(stored));
    return note("set", [name, value], String(window.refusing !== name));
  };
  const commit = () => note("commit", [], "true");
  window.API_1484_11 = { Initialize: () => note("initialize", [], "true"), GetValue: get,
    SetValue: set, Commit: commit, Terminate: () => note("terminate", [], "true") };
  window.API = { LMSInitialize: () => note("initialize", [], "true"), LMSGetValue: get,
    LMSSetValue: set, LMSCommit: commit, LMSFinish: () => note("terminate", [], "true") };
</script>
<style>
  html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block }
</style>
<iframe name="sco" title="Course content"></iframe></html>
"""


@pytest.fixture
def course(tmp_path) -> Path:
    """A folder with a course of two parts and a quiz of two questions."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "course.toml").write_text(COURSE, "utf-8")
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    (folder / "01-first.md").write_text(PART, "utf-8")
    (folder / "02-second.md").write_text(SECOND, "utf-8")
    (folder / "quiz.gift").write_text(QUIZ, "utf-8")
    return folder


class LearningSite:
    """The one page that frames a package's pages and keeps what they report."""

    def __init__(self, page):
        self.page = page

    def open(self, path: str, query: str = ""):
        """Show a page of the package in the frame, as a new launch; returns the frame."""
        self.page.goto(HOST + query)
        self.page.evaluate("path => { frames[0].location = path }", path)
        frame = self.page.frame("sco")
        frame.wait_for_url(HOST + path)
        frame.wait_for_load_state()
        return frame

    def leave(self) -> list[list[str]]:
        """Take the page out of the frame; returns every call of this launch."""
        self.page.evaluate("frames[0].location = 'about:blank'")
        self.page.wait_for_function("calls.some(call => call[0] === 'terminate')")
        return self.calls()

    def calls(self) -> list[list[str]]:
        return self.page.evaluate("calls")

    def values(self) -> dict[str, str]:
        """The last value of each element, over all launches."""
        return self.page.evaluate("stored")

    def wait_for(self, element: str, value: str) -> None:
        self.page.wait_for_function("([e, v]) => stored[e] === v", arg=[element, value])


@pytest.fixture
def learning_site(chromium):
    """Call it with a package file; gives a :class:`LearningSite` that serves it."""
    contexts = []

    def serve(package: Path, **options) -> LearningSite:
        members = zipfile.ZipFile(package)
        context = chromium.new_context(**options)
        contexts.append(context)

        def answer(route):
            path = route.request.url.removeprefix(HOST).split("?")[0]
            if not route.request.url.startswith(HOST):
                route.abort()
            elif not path:
                route.fulfill(body=LEARNING_SITE, content_type="text/html")
            elif path in members.namelist():
                route.fulfill(body=members.read(path), content_type=_type(path))
            else:
                route.fulfill(status=404, body="")

        context.route("**/*", answer)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return LearningSite(page)

    yield serve
    for context in contexts:
        context.close()


def _type(path: str) -> str:
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
    return kinds[path.rsplit(".", 1)[1]]


@pytest.fixture
def started(tmp_path) -> Path:
    """The course that ``tutela courses new`` begins: it has one of everything."""
    folder = tmp_path / "started"
    start(folder)
    return folder


@pytest.fixture
def change():
    """Call it with a file, what stands in it and what is to stand there instead."""

    def of(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return of


@pytest.fixture
def refused():
    """Call it with a course's folder; gives the error that it cannot be built for."""

    def of(folder: Path) -> SourceError:
        with pytest.raises(SourceError) as caught:
            pages(read(folder), "2004")
        assert caught.value.remedy
        return caught.value

    return of


@pytest.fixture
def write_part(course):
    """Call it with Markdown: it becomes the text of the small course's first part, from line 5."""

    def of(text: str) -> None:
        head = '+++\ntitle = "A part"\nminutes = 2\n+++\n'
        (course / "01-first.md").write_text(head + text, "utf-8")

    return of


@pytest.fixture
def page_of(course):
    """Call it for the page of the small course's first part."""

    def of(standard: str = "2004"):
        made = pages(read(course), standard)
        return html.fromstring(made.items[0].pages[0].html.decode())

    return of
