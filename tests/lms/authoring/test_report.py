"""What the builder says it has built, and what an author may want to look at."""

import json

import pytest

from lms.authoring import build
from lms.authoring.pages import claims, pages
from lms.authoring.report import claim_rows, claims_table, report
from lms.authoring.source import read


def remarks(course):
    return [str(remark) for remark in pages(read(course), "2004").remarks]


@pytest.mark.parametrize(
    ("standard", "edition"), [("1.2", "SCORM 1.2"), ("2004", "SCORM 2004 4th Edition")]
)
def test_the_report_names_the_edition_and_every_page(course, tmp_path, standard, edition):
    text = report(build(course, tmp_path / "x.zip", standard))
    assert text.startswith(f"A small course: {edition}, ")
    assert text.count("with all it loads") == 4


def test_the_report_names_what_to_look_at(course, tmp_path):
    lines = report(build(course, tmp_path / "x.zip")).splitlines()
    assert lines[5:] == [
        "Please look at:",
        "  quiz.gift, line 8: The question “second” has no explanation (####).",
        "  quiz.gift, line 8: The question “second” says nothing to the answer “2” (#).",
        "  quiz.gift, line 8: The question “second” says nothing to the answer “4” (#).",
    ]


def test_the_report_tells_pictures_and_languages_apart(started, tmp_path):
    (started / "fr").mkdir()
    (started / "fr" / "course.toml").write_text('title = "A"\nsummary = "B"\nnotice = "C"\n')
    lines = report(build(started, tmp_path / "x.zip")).splitlines()
    assert (lines[1], lines[6]) == ("en:", "fr:")
    assert lines[2].endswith(" kB with all it loads, 0.6 kB of them pictures")
    assert lines[7].startswith("  fr/sources.html: ")


def test_what_was_built_is_plain_data(course, tmp_path):
    built = build(course, tmp_path / "x.zip")
    plain = json.loads(json.dumps(built.to_plain()))
    assert (plain["title"], plain["languages"]) == ("A small course", ["en"])
    assert plain["pages"][0] == {
        "path": "part-1.html",
        "language": "en",
        "bytes": built.pages[0].bytes,
        "pictures": 0,
    }
    assert plain["remarks"][0]["line"] == 8


def test_files_that_nothing_was_made_of_are_remarked_on(course):
    for name in ("Quiz.gift", "part.md", ".hidden", "small.zip"):
        (course / name).write_text("x")
    (course / "FR").mkdir()
    unread = "The builder does not read this: its name is none it knows."
    assert remarks(course)[-3:] == [f"{name}: {unread}" for name in ("FR", "Quiz.gift", "part.md")]


def test_a_question_without_a_name_is_remarked_on(course, change):
    change(course / "quiz.gift", "::first::", "")
    assert (
        "quiz.gift, line 2: The question “q1” has no name of its own: results of another "
        in (remarks(course)[0])
    )


@pytest.mark.parametrize(("words", "expected"), [(490, 0), (520, 1)])
def test_a_part_that_takes_longer_than_it_says_is_remarked_on(course, write_part, words, expected):
    write_part("word " * words + "[src: book]")
    found = [remark for remark in remarks(course) if remark.startswith("01-first.md")]
    assert (
        found
        == [
            f"01-first.md: With {words} words and 0 questions the part takes about 3 minutes; "
            "it says 2."
        ]
        * expected
    )


def test_what_no_text_uses_is_remarked_on(course):
    (course / "sources.toml").write_text('[book]\ntitle = "B"\n\n[film]\ntitle = "F"\n')
    (course / "glossary.toml").write_text('[w]\nterm = "w"\nmeaning = "x"\n')
    (course / "figures").mkdir()
    (course / "figures" / "a.svg").write_text("")
    (course / "figures" / ".hidden").write_text("")
    assert remarks(course)[-3:] == [
        "sources.toml: No text names the source “film”.",
        "glossary.toml, line 3: No text uses the word “w”.",
        "figures/a.svg: No text shows this picture.",
    ]


def test_claims_are_a_table_with_a_row_for_each_source(course, write_part):
    write_part("A|B [src: book] [src: book, page 2]. C [own]\n")
    found, by_language = claims(course)
    rows = claim_rows(by_language)
    assert rows[0] == {
        "language": "en",
        "part": "01-first.md",
        "line": 5,
        "claim": "A|B",
        "source": "book",
        "place": "",
    }
    assert claims_table(found, rows).splitlines() == [
        "# What “A small course” claims",
        "",
        "Every claim of the texts and questions with its source, for whoever checks the course. "
        "Made with `tutela courses claims`.",
        "",
        "## Sources",
        "",
        "- **book**: A book. https://example.org/book",
        "",
        "## Claims",
        "",
        "| part | line | claim | source | place |",
        "|---|---|---|---|---|",
        "| 01-first.md | 5 | A\\|B | book |  |",
        "| 01-first.md | 5 | A\\|B | book | page 2 |",
        "| quiz.gift | 2 | One and one? → 2 | book |  |",
        "",
        "## Marked as our own",
        "",
        "Advice, questions, invented cases and words that lead on: no fact from outside.",
        "",
        "| part | line | claim |",
        "|---|---|---|",
        "| 01-first.md | 5 | C |",
    ]


def test_what_a_translation_leaves_out_is_remarked_on(started, change):
    (started / "fr").mkdir()
    (started / "fr" / "course.toml").write_text('title = "A"\nsummary = "B"\nnotice = "C"\n')
    part = started / "fr" / "00-before-you-start.md"
    part.write_bytes((started / part.name).read_bytes())
    assert remarks(started) == []
    change(part, "[src: commonmark, “ATX headings” and “Emphasis and strong emphasis”]", "[own]")
    change(part, "![Three boxes in a row, joined by arrows: text, package, learning site]", "")
    change(part, "(figures/way.svg)", "")
    assert remarks(started) == [
        "fr/00-before-you-start.md: The original names the source “commonmark” too.",
        "fr/00-before-you-start.md: The original shows figures/way.svg too.",
    ]
