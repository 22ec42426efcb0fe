"""Whatever an author writes, it becomes a page or an error with file, line and remedy; and nothing
of it becomes script, style or an address that a page loads."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from lms.authoring import start
from lms.authoring.errors import SourceError
from lms.authoring.pages import pages
from lms.authoring.source import read

HOSTILE = [
    "</script>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "-->", "<!--", "]]>",
    "</title>", '" onclick="alert(1)', "' onload='alert(1)", "{{ say }}", "{% if %}", "</textarea>",
    "<style>", "&quot;", "&lt;script&gt;",
]  # fmt: skip
SIGNS = [
    "[src: commonmark]", "[src: commonmark, p. 2]", "[src:", "[own]", "[[claim]]", "[[claim|x]]",
    "[[", "]]", "![a](figures/way.svg)", "![", "](", "#", "##", "# start", "# b (good)", "-> b",
    "- a -> b", "- a", "```", "````", "```check", "```scenario s", "```reflection r",
    "```reveal x", "```slot t", "```pretest", "+++", "::n::", "{", "}", "=", "~", "~%50%", "####",
    "{T}", "{=a ~b}", "{=a -> b =c -> d}", "//", "$CATEGORY: part-1", "\\", "|", "|---|", "> ",
    "1. ", "    ", "\t", "&#0;", "&amp;", "<b>", "https://e.org", "[x](https://e.org)", "*", "`",
    "[x](javascript:alert(1))", "![x](data:image/svg+xml,x)", '<https://e.org/"onclick=x>',
    '[x](https://e.org/"onclick=x)', *HOSTILE,
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

TAGS = frozenset([
    "html", "head", "meta", "title", "link", "script", "body", "header", "main", "nav",
    "footer", "aside", "section", "div", "h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "ul",
    "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "pre",
    "code", "em", "strong", "blockquote", "hr", "br", "img", "sup", "bdi", "span",
    "details", "summary", "form", "fieldset", "legend", "label", "input", "select",
    "option", "textarea", "button", "noscript", "course-check", "course-quiz",
    "course-scenario", "course-reflection", "course-reveal",
])  # fmt: skip
ATTRIBUTES = frozenset([
    "lang", "dir", "id", "class", "charset", "name", "content", "rel", "href", "hreflang",
    "src", "alt", "width", "height", "defer", "type", "hidden", "target", "role",
    "tabindex", "start", "value", "for", "rows", "novalidate", "data-standard", "data-kind",
    "data-part", "data-type", "data-right", "data-left", "data-choice", "data-group",
    "data-draw", "data-mastery", "data-verdict", "data-original", "data-asked",
    "aria-label", "aria-labelledby", "aria-describedby", "aria-current",
])  # fmt: skip
SCRIPTS = [("../course.js", None), ("course.js", None), (None, "application/json")]
LOADED = re.compile(r"(\.\./)?(course\.(js|css)|(fr/)?figures/[A-Za-z0-9._-]+)")
LED_TO = re.compile(r"#[A-Za-z0-9_-]+|https://.*|(\.\./)?(fr/)?[a-z0-9-]+\.html", re.DOTALL)


def nothing_acts(root):
    """Nothing of what was written has become more than text, links and our own elements."""
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    assert len(elements) == len(list(root.iter()))  # no comment, no processing instruction
    assert {each.tag for each in elements} <= TAGS
    assert {name for each in elements for name in each.attrib} <= ATTRIBUTES
    scripts = [(each.get("src"), each.get("type")) for each in root.iter("script")]
    assert len(scripts) == 2
    assert set(scripts) <= set(SCRIPTS)
    json.loads(root.xpath("//script[@id='words']")[0].text)
    assert all(LOADED.fullmatch(each) for each in root.xpath("//@src | //link/@href"))
    assert all(LED_TO.fullmatch(each) for each in root.xpath("//a/@href"))
    assert not root.xpath("//a[starts-with(@href, 'https:')][not(@rel='noopener noreferrer')]")


def whole(root):
    """One first heading, none without words, and every place that is named is there."""
    headings = list(root.iter("h1", "h2", "h3", "h4", "h5", "h6"))
    levels = [int(each.tag[1]) for each in headings]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = " ".join(root.xpath("//@aria-labelledby | //@aria-describedby | //@for")).split()
    named += [each[1:] for each in root.xpath("//a/@href") if each.startswith("#")]
    assert set(named) <= set(ids)


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
        root = html.document_fromstring(page.html.decode())
        nothing_acts(root)
        whole(root)


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


def in_toml(text):
    return json.dumps(text, ensure_ascii=False)


def in_markdown(text):
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def in_gift(text):
    return re.sub(r"([\\~=#{}:])", r"\\\1", text)


PART = """\
+++
title = {toml}
minutes = 2
content_note = {toml}
+++

## {markdown}

{markdown} [[claim|shown]] `` {plain} ``

| {markdown} |
|---|
| {markdown} |

```text
{plain}
```

![{markdown}](figures/way.svg)

```check
// {plain}
::one:: {gift} {{ ={gift} a #{gift}
~{gift} b #{gift}
####{gift}
}}

::two:: {gift} {{ ={gift} a -> {gift} b ={gift} c -> {gift} d }}
```

```scenario s
# start
{markdown}
- {plain} -> b
# b
{markdown}
```

```reflection r
{markdown}
- {plain}
```

```reveal {plain}
{markdown}
```
"""


@given(
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map(" ".join),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=4),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_text_in_any_place_is_shown_as_it_is_and_never_obeyed(folder, hostile, more):
    text = "a" + hostile + in_plain(more) + "z"
    kinds = {
        "plain": text,
        "toml": in_toml(text),
        "markdown": in_markdown(text),
        "gift": in_gift(text),
    }
    path, course, words = (
        folder / name for name in ("01-what-a-part-can-do.md", "course.toml", "glossary.toml")
    )
    kept = {each: each.read_bytes() for each in (path, course, words)}
    try:
        path.write_text(PART.format(**kinds), "utf-8")
        told = course.read_text("utf-8").replace('claims = "sourced"', "")
        told = told.replace('"How to write a course"', kinds["toml"])
        course.write_text(told, "utf-8")
        words.write_text(
            f"[claim]\nterm = {kinds['toml']}\nmeaning = {in_toml(kinds['markdown'])}\n"
        )
        made = pages(read(folder), "2004").pages
        for page in made:
            root = html.document_fromstring(page.html.decode())
            nothing_acts(root)
            whole(root)
        part = html.document_fromstring(made[2].html.decode())
        assert part.find("body//h1").text_content() == text
        assert [each.get("alt") for each in part.iter("img")] == [text]
        assert part.findtext("body//pre/code") == text + "\n"
        asked = [each.text_content() for each in part.find_class("asked")]
        assert asked == [text, text]
    finally:
        for each, content in kept.items():
            each.write_bytes(content)


def in_plain(text):
    """Letters and signs that no place takes for something else."""
    return "".join(each for each in text if each not in "`|[]<>&\\")
