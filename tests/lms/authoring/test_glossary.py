"""Words of the glossary: where they are used, at the end of the part, and with all sources."""

import pytest
from lxml import html

from lms.authoring.pages import pages
from lms.authoring.source import read

GLOSSARY = """\
[care]
term = "care"
meaning = "What is given in a [[centre]] [src: book, page 9]."

[centre]
term = "centre"
meaning = "A place; see [[care]]. [own]"

[unused]
term = "unused"
meaning = "In no text. [own]"
"""


@pytest.fixture
def explained(course):
    (course / "glossary.toml").write_text(GLOSSARY)
    return course


def words_of(page):
    return [
        (term.get("id"), term.text, " ".join(term.getnext().text_content().split()))
        for term in page.xpath("//section[@class='words']//dt")
    ]


def test_a_word_leads_to_its_meaning_and_may_be_shown_otherwise(explained, write_part, page_of):
    write_part("Good [[care]] in [[ centre | many centres ]].\n")
    page = page_of()
    assert [(a.text, a.get("href")) for a in page.xpath("//div[@class='text']//a")] == [
        ("care", "#word-care"),
        ("many centres", "#word-centre"),
    ]


def test_a_part_explains_the_words_it_uses_and_those_in_their_meanings(
    explained, write_part, page_of
):
    write_part("Good [[care]] [src: book].\n")
    assert words_of(page_of()) == [
        ("word-care", "care", "What is given in a centre2."),
        ("word-centre", "centre", "A place; see care."),
    ]


def test_the_page_of_all_sources_has_every_word_and_says_where_sources_are_used(explained):
    page = html.fromstring(pages(read(explained), "2004").items[-1].pages[0].html.decode())
    assert [key for key, *_ in words_of(page)] == ["word-care", "word-centre", "word-unused"]
    (source,) = page.xpath("//li[@id='source-1']")
    assert [" ".join(each.text_content().split()) for each in source.xpath("./p")] == [
        "A book. example.org/book",
        "Used in: The first part; The quiz",
    ]


def test_how_a_source_was_read_is_said_and_an_open_address_is_no_link(course):
    (course / "sources.toml").write_text(
        '[book]\ntitle = "B"\nread = "in a copy"\naddress = "http://example.org/b"\n'
    )
    page = html.fromstring(pages(read(course), "2004").items[-1].pages[0].html.decode())
    (source,) = page.xpath("//li[@id='source-1']")
    assert [each.text_content() for each in source.iter("p")][:2] == [
        "B. http://example.org/b",
        "How it was read: in a copy",
    ]
    assert not source.xpath(".//a")


@pytest.mark.parametrize("word", ["[[cure]]", "[[cure|care]]"])
def test_a_word_that_the_glossary_has_not_is_refused(explained, write_part, refused, word):
    write_part(f"Good\n{word}.\n")
    error = refused(explained)
    assert (error.line, error.message) == (6, "The glossary has no word “cure”.")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('[a]\nterm = "a"\n', 1, "a.meaning is missing."),
        ('[a]\nterm = "a"\nmeaning = "x"\nsee = "b"\n', 4, "a.see is not known here."),
        ('["a b"]\nterm = "a"\nmeaning = "x"\n', 1, "The name [a b] cannot be used."),
        ('[a]\nterm = "a"\nmeaning = "## x"\n', 3, "A heading cannot stand in a glossary."),
        ('[a]\nterm = "a"\nmeaning = "see [src: film]"\n', 3, "The source “film” is not known."),
        ('[a]\nterm = "a"\nmeaning = "see [[b]]"\n', 3, "The glossary has no word “b”."),
        ("a = 1\n", 1, "a must be a section."),
    ],
)
def test_a_glossary_that_cannot_be_read_is_refused(course, refused, text, line, message):
    (course / "glossary.toml").write_text(text)
    error = refused(course)
    assert (error.file, error.line, error.message) == ("glossary.toml", line, message)


def test_an_address_that_is_none_is_refused(course, change, refused):
    change(course / "sources.toml", "https://example.org/book", "example.org")
    error = refused(course)
    assert (error.file, error.line, error.message) == (
        "sources.toml",
        3,
        "“example.org” is no address.",
    )
