"""Whatever an author writes, it becomes a page or an error with file, line and remedy."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from lms.authoring import start
from lms.authoring.errors import SourceError
from lms.authoring.pages import pages
from lms.authoring.source import read

SIGNS = [
    "[src: commonmark]", "[src: commonmark, p. 2]", "[src:", "[own]", "[[claim]]", "[[claim|x]]",
    "[[", "]]", "![a](figures/way.svg)", "![", "](", "#", "##", "# start", "# b (good)", "-> b",
    "- a -> b", "- a", "```", "````", "```check", "```scenario s", "```reflection r",
    "```reveal x", "```slot t", "```pretest", "+++", "::n::", "{", "}", "=", "~", "~%50%", "####",
    "{T}", "{=a ~b}", "{=a -> b =c -> d}", "//", "$CATEGORY: part-1", "\\", "|", "|---|", "> ",
    "1. ", "    ", "\t", "&#0;", "&amp;", "<b>", "https://e.org", "[x](https://e.org)", "*", "`",
    "[commonmark]", 'title = "x"', "draw = 2", '"""', "[quiz]", "\x00", "\u202e", "é", "ع", "😀",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(SIGNS), st.sampled_from([" ", "\n", "\n\n"]), st.text(max_size=8)),
    max_size=40,
).map("".join)
FILES = (
    "00-before-you-start.md",
    "course.toml",
    "glossary.toml",
    "quiz.gift",
    "sources.toml",
    "fr/course.toml",
    "fr/00-before-you-start.md",
    "figures/way.svg",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The course that was begun, with a translation of its first part."""
    made = tmp_path_factory.mktemp("courses") / "started"
    start(made)
    (made / "fr").mkdir()
    (made / "fr" / "course.toml").write_text('title = "A"\nsummary = "B"\nnotice = "C"\n')
    part = made / "00-before-you-start.md"
    (made / "fr" / part.name).write_bytes(part.read_bytes())
    return made


def outcome(folder):
    try:
        return pages(read(folder), "2004").pages, None
    except SourceError as error:
        return (), error


def becomes_pages_or_an_error(folder):
    made, error = outcome(folder)
    if error is not None:
        assert error.file
        assert error.message.endswith(".")
        assert error.remedy
        assert error.line is None or error.line >= 1
    for page in made:
        ids = html.fromstring(page.html.decode()).xpath("//@id")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FILES)
@given(text=TEXTS, at=st.floats(0, 1), whole=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_in_any_file_becomes_pages_or_an_error(folder, name, text, at, whole):
    path = folder / name
    before = path.read_bytes()
    place = int(at * len(before))
    try:
        content = text.encode() if whole else before[:place] + text.encode() + before[place:]
        path.write_bytes(content)
        becomes_pages_or_an_error(folder)
    finally:
        path.write_bytes(before)


@given(text=TEXTS, sourced=st.booleans())
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_of_a_part_becomes_pages_or_an_error(folder, text, sourced):
    path, course = folder / "01-what-a-part-can-do.md", folder / "course.toml"
    before, rule = path.read_bytes(), course.read_text("utf-8")
    head = '+++\ntitle = "A"\nminutes = 2\n+++\n'
    try:
        path.write_bytes((head + text).encode())
        if not sourced:
            course.write_text(rule.replace('claims = "sourced"', ""), "utf-8")
        becomes_pages_or_an_error(folder)
    finally:
        path.write_bytes(before)
        course.write_text(rule, "utf-8")


@given(content=st.binary(max_size=60), name=st.sampled_from(FILES))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_in_any_file_become_pages_or_an_error(folder, content, name):
    path = folder / name
    before = path.read_bytes()
    try:
        path.write_bytes(content)
        becomes_pages_or_an_error(folder)
    finally:
        path.write_bytes(before)
