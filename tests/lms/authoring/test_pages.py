import json
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from lms.authoring.assets import CONTENT
from lms.authoring.errors import SourceError
from lms.authoring.pages import pages
from lms.authoring.source import read
from lms.authoring.words import words


def made(course):
    return [html.fromstring(page.html.decode()) for page in pages(read(course), "2004").pages]


def write(course, text):
    head = '+++\ntitle = "A part"\nminutes = 2\n+++\n'
    (course / "01-first.md").write_text(head + text, "utf-8")


def refused(course):
    with pytest.raises(SourceError) as caught:
        pages(read(course), "2004")
    return caught.value


def test_there_is_a_page_for_each_part_for_the_quiz_and_for_all_sources(course):
    found = pages(read(course), "2004").pages
    assert [(page.path, page.title) for page in found] == [
        ("part-1.html", "The first part"),
        ("part-2.html", "The second part"),
        ("quiz.html", "The quiz"),
        ("sources.html", "Sources and words"),
    ]


def test_a_page_says_its_language_direction_and_title(course):
    page = made(course)[0]
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert page.findtext("head/title") == "The first part · A small course"


def test_the_first_page_alone_carries_the_notice(course):
    assert ["Nobody has approved it." in p.text_content() for p in made(course)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_part_with_a_content_note_is_shown_on_request(course):
    first, second, *_ = made(course)
    assert not first.xpath("//details[@id='veil']")
    assert second.xpath("//details[@id='veil']//h2")
    assert "A hard word." in second.text_content()


def test_headings_go_down_without_a_gap(course):
    for page in made(course):
        levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_is_unique_and_every_reference_to_one_is_met(course):
    for page in made(course):
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        wanted = " ".join(page.xpath("//@aria-labelledby | //@aria-describedby")).split()
        wanted += [href[1:] for href in page.xpath("//@href") if href.startswith("#")]
        wanted += page.xpath("//label/@for")
        assert set(wanted) <= set(ids)


def test_every_control_has_a_label_and_every_question_a_legend(course):
    for page in made(course):
        assert all(control.getparent().tag == "label" for control in page.iter("input"))
        assert all(group[0].tag == "legend" for group in page.iter("fieldset"))


def test_nothing_is_inline_and_nothing_comes_from_another_host(course):
    for page in made(course):
        assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style | //style")
        assert set(page.xpath("//@src | //link/@href")) == {"course.js", "course.css"}
        assert not page.xpath("//script[not(@src) and @type!='application/json']")


def test_a_source_becomes_a_number_right_behind_its_word(course):
    write(
        course, "## A\n\nSeventeen [src: book, page 3]. Again\n[src: book, page 3] [src: book].\n"
    )
    page = made(course)[0]
    assert "Seventeen1. Again1 2." in " ".join(page.text_content().split()).replace("12.", "1 2.")
    assert [item.text_content().strip() for item in page.xpath("//*[@class='sources']//li")] == [
        "A book, page 3. example.org/book",
        "A book.",
    ]


def test_a_title_is_shortened_from_its_second_mention_on_a_page_on(course):
    sources = course / "sources.toml"
    sources.write_text(sources.read_text() + 'short = "Book"\n')
    write(course, "## A\n\nA [src: book, page 3]. B [src: book]. C [src: book, page 4].\n")
    page = made(course)[0]
    assert [item.text_content().strip() for item in page.xpath("//*[@class='sources']//li")] == [
        "A book, page 3. example.org/book",
        "Book.",
        "Book, page 4.",
    ]


def test_the_list_of_parts_numbers_what_the_pages_number_and_nothing_else(course):
    (course / "01-first.md").rename(course / "00-first.md")
    (course / "02-second.md").rename(course / "01-second.md")
    for page in made(course):
        items = page.xpath("//nav[@id='parts']/ol/li")
        assert [(item.get("value"), item.get("class")) for item in items] == [
            (None, "uncounted"),
            ("1", None),
            (None, "uncounted"),
            (None, "uncounted"),
        ]
    where = [page.xpath("string(//p[@class='where'])") for page in made(course)]
    assert where == ["about 2 min", "Part 1 of 1 · about 1 min", "about 2 min", ""]


def test_links_to_other_sites_tell_them_nothing(course):
    write(course, "## A\n\n[there](https://example.org/)\n")
    (there,) = made(course)[0].xpath("//div[@class='text']//a")
    assert (there.get("rel"), there.get("target")) == ("noopener noreferrer", "_blank")


def test_raw_html_is_shown_and_not_obeyed(course):
    write(course, "## A\n\n<script>alert(1)</script> **b** <b onclick=x>\n")
    page = made(course)[0]
    assert "<script>alert(1)</script>" in page.text_content()
    assert not page.xpath("//div[@class='text']//script | //@onclick")


def test_markdown_tables_and_other_fences_are_kept(course):
    write(course, "## A\n\n| a |\n|---|\n| b [src: book] |\n\n```text\ncode\n```\n")
    page = made(course)[0]
    assert page.xpath("//table//th/text()") == ["a"]
    (place,) = page.xpath("//table/parent::div")
    assert (place.get("tabindex"), place.get("role"), place.get("aria-label")) == (
        "0",
        "group",
        "Table",
    )
    assert page.xpath("//pre/code/text()") == ["code\n"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("# A\n", 5, "A heading with # cannot stand here."),
        ("## A\n\n#### B\n", 7, "A heading with #### cannot stand here."),
        ("## A\n\n![x](x.png)\n", 7, "“x.png” is no picture of this course."),
        ("## A\n\n[x](other.html)\n", 7, "The link to “other.html” leads nowhere in the package."),
        ("## A\n\nOne\ntwo [src: film].\n", 8, "The source “film” is not known."),
        ("## A\n\n[src: film] one.\n", 7, "The source “film” is not known."),
        ("## A\n\nOne [src: ].\n", 7, "The source “” is not known."),
        ("## A\n\n```check\nWhat?\n{=1}\n```\n", 9, "Typed answers are not read here."),
        ("## A\n\n```check\n// [src: film]\nWhat?{T####No.}\n```\n", 8, "The source “film” is not"),
    ],
)
def test_what_a_page_cannot_show_is_refused_with_its_line(course, text, line, message):
    write(course, text)
    error = refused(course)
    assert (error.file, error.line) == ("01-first.md", line)
    assert error.message.startswith(message)


def test_questions_of_several_blocks_are_counted_on_and_named_apart(course):
    block = "```check\n::one:: {0}? {{T}}\n```\n\n"
    write(course, "## A\n\n" + block.format("A") + block.format("B").replace("one", "two"))
    page = made(course)[0]
    assert page.xpath("//fieldset/@id") == ["p1-one", "p1-two"]
    assert page.xpath("//legend/span[@class='label']/text()") == ["Question 1", "Question 2"]


def test_the_same_name_in_two_blocks_of_a_part_is_refused(course):
    write(course, "## A\n\n```check\n::one:: A? {T}\n```\n\n```check\n::one:: B? {T}\n```\n")
    error = refused(course)
    assert (error.line, error.message) == (
        12,
        "There are two things named “one” in this part; the other is in line 8.",
    )


def test_a_language_without_words_is_refused_with_those_there_are(course):
    path = course / "course.toml"
    path.write_text(path.read_text().replace('"en"', '"tlh"'))
    error = refused(course)
    assert error.file == "course.toml"
    assert "Choose one of ar, en, es, fr" in error.remedy


def test_words_that_run_from_right_to_left_turn_the_page(course):
    spoken = replace(words("en"), direction="rtl")
    made = pages(read(course), "2004", {"en": spoken}).pages
    page = html.fromstring(made[0].html.decode())
    assert page.get("dir") == "rtl"


def test_the_style_sheet_names_no_side():
    sheet = (CONTENT / "course.css").read_text()
    ours = r"--right[\w-]*|\.is-right"
    assert not re.findall(r"\b(?:left|right)\b", re.sub(ours, "", sheet))


@pytest.mark.parametrize("dark", [False, True])
def test_every_pair_of_colours_can_be_read(dark):
    sheet = (CONTENT / "course.css").read_text()
    light, darker = sheet.split("@media screen and (prefers-color-scheme: dark)", 1)
    tokens = {}
    for text in (light, darker) if dark else (light,):
        for line in text.split("}")[0].splitlines():
            name, _, value = line.strip().rstrip(";").partition(": ")
            if value.startswith("#"):
                tokens[name.removeprefix("--")] = value
    pairs = [(ink, paper) for ink in ("ink", "muted", "accent") for paper in ("paper", "raised")]
    pairs += [("ink", f"{name}-soft") for name in ("accent", "attention", "right", "wrong")]
    pairs += [(name, f"{name}-soft") for name in ("attention", "right", "wrong")]
    pairs += [("on-accent", "accent"), ("accent", "right-soft"), ("accent", "wrong-soft")]
    assert [pair for pair in pairs if ratio(*(tokens[name] for name in pair)) < 4.5] == []
    assert ratio(tokens["control"], tokens["raised"]) >= 3


def ratio(one, other):
    """WCAG 2.2 contrast ratio of two ``#rrggbb`` colours."""

    def luminance(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_scripts_words_cannot_end_their_element(course):
    spoken = replace(words("en"), script={**words("en").script, "right": "</script><b>"})
    made = pages(read(course), "2004", {"en": spoken}).pages
    page = html.fromstring(made[0].html.decode())
    assert json.loads(page.xpath("//script[@id='words']/text()")[0])["right"] == "</script><b>"
