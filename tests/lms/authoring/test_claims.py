"""Which text a mark covers, and what is refused when every claim must carry its source."""

import pytest

from lms.authoring.pages import claims


@pytest.fixture
def sourced(course, change):
    """Every claim of the small course must carry its source, and does."""
    change(course / "course.toml", "mastery = 50", 'mastery = 50\nclaims = "sourced"')
    change(course / "01-first.md", "::sky::", "// [own]\n::sky::")
    change(course / "02-second.md", "A word.", "A word. [own]")
    change(course / "quiz.gift", "::second::", "// [own]\n::second::")
    return course


def claimed(course, file="01-first.md"):
    _course, found = claims(course)
    return [
        (claim.line, claim.text, [(each.key, each.place) for each in claim.citations])
        for claim in found["en"]
        if claim.file == file
    ]


def test_a_mark_covers_the_text_back_to_the_mark_before(sourced, write_part):
    write_part(
        "One [src: book, page 1]. Two,\nand more. [own] Three [src: book] [src: book, p. 2]\n"
    )
    assert claimed(sourced) == [
        (5, "One", [("book", "page 1")]),
        (5, "Two, and more.", []),
        (6, "Three", [("book", ""), ("book", "p. 2")]),
    ]


def test_a_mark_covers_no_other_block(sourced, write_part):
    write_part("One. [own]\n\n- Two **and** `three` [src: book]\n- [Four](https://e.org) [own]\n")
    assert [text for _line, text, _cited in claimed(sourced)] == ["One.", "Two and three", "Four"]


def test_our_own_mark_prints_nothing_and_a_source_a_number(sourced, write_part, page_of):
    write_part("One [own]. Two [src: book].\n")
    assert page_of().xpath("//div[@class='text']/p")[0].text_content() == "One. Two1."


def test_questions_claim_their_right_answers(sourced):
    assert claimed(sourced, "quiz.gift") == [
        (2, "One and one? → 2", [("book", "")]),
        (9, "Which are even? → 2; 4", []),
    ]


def test_meanings_of_words_are_claims_and_are_listed_once(sourced, write_part):
    (sourced / "glossary.toml").write_text('[w]\nterm = "w"\nmeaning = "It is so. [src: book]"\n')
    write_part("A [[w]]. [own]\n\nAnother [[w]]. [own]\n")
    assert claimed(sourced, "glossary.toml") == [(3, "It is so.", [("book", "")])]


@pytest.mark.parametrize(
    "text",
    [
        "## Heading\n",
        "Two things:\n\n- one [own]\n- two [src: book]\n",
        "Two **things:**\n\n1. one [own]\n",
        "It has two [src: book]. Here they are:\n\n- one [own]\n",
        "What helps：\n\n- one [own]\n",
        "- First:\n  - one [own]\n",
        "| Head |\n|---|\n| cell [own] |\n",
        "Right. [own]\n",
        "“Right [own].”\n",
        "***\n",
        "```reveal About\nHidden. [own]\n```\n",
        "> Quoted. [src: book]\n",
    ],
)
def test_what_needs_no_mark_or_has_it_is_taken(sourced, write_part, text):
    write_part(text)
    claimed(sourced)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Bare.\n", 5),
        ("Marked. [own] Bare.\n", 5),
        ("Marked. [own]\nMore,\nbare.\n", 6),
        ("[src: book] Bare.\n", 5),
        ("Marked. [own]\n\nA thing:\n\nBare. [own]\n", 7),
        ("Things:\n\n- marked [own]\n- bare\n", 8),
        ("All know it. These do:\n\n- one [own]\n", 5),
        ("Marked [own]. It has\neight. These are:\n\n- one [own]\n", 5),
        ("It is so:\n\n-\n", 5),
        ("It is so:\n\n- ![A](figures/a.svg)\n\nMarked. [own]\n", 5),
        ("- one [own]\n\n  second\n", 7),
        ("- one [own]\n  - two [own]\n\n  after it\n", 8),
        ("> - bare\n", 5),
        ("```scenario s\n# start\nA. [own]\n- Go -> b\n# b\nBare.\n```\n", 10),
        ("| Head |\n|---|\n| bare |\n", 7),
        ("> Bare.\n", 5),
        ("```reveal About\n\nBare.\n```\n", 7),
        ("```slot here\nBare.\n```\n", 6),
        ("```scenario s\n# start\nBare.\n```\n", 7),
        ("```reflection r\nBare.\n- One\n```\n", 6),
    ],
)
def test_text_without_a_mark_is_refused_by_its_line(sourced, write_part, refused, text, line):
    write_part(text)
    error = refused(sourced)
    assert (error.file, error.line) == ("01-first.md", line)
    assert error.message == "This text carries no source."


def test_a_question_without_a_mark_is_refused_by_its_line(sourced, write_part, refused):
    write_part("```check\n::sky:: Is it? {T####Yes.}\n```\n")
    error = refused(sourced)
    assert (error.line, error.message) == (6, "The question “sky” carries no source.")


def test_a_meaning_without_a_mark_is_refused_by_its_line(sourced, refused):
    (sourced / "glossary.toml").write_text('[w]\nterm = "w"\nmeaning = "It is so."\n')
    error = refused(sourced)
    assert (error.file, error.line) == ("glossary.toml", 3)


def test_a_block_of_code_can_carry_no_source(sourced, write_part, refused):
    write_part("```\ncode\n```\n")
    assert refused(sourced).message == "A block of code cannot carry a source."


def test_without_the_rule_marks_are_free(course, write_part):
    write_part("Bare. Marked [src: book]\n")
    assert claimed(course) == [(5, "Bare. Marked", [("book", "")])]


@pytest.mark.parametrize("mark", ["[src book]", "[scr]: x [src:", "[Src: book]", "[ own ]", "[own"])
def test_what_was_meant_as_a_mark_is_no_text(course, write_part, refused, mark):
    write_part(f"Some words {mark}\n")
    error = refused(course)
    assert (error.line, error.message) == (5, "This mark of a source cannot be read.")


def test_a_mark_that_cannot_be_read_above_a_question_is_refused(course, write_part, refused):
    write_part("```check\n// [src book]\nIs it? {T####Yes.}\n```\n")
    error = refused(course)
    assert (error.line, error.message) == (6, "This mark of a source cannot be read.")


def test_a_mark_in_a_question_is_refused(course, write_part, refused):
    write_part("```check\nIs it [src\\: book]? {T####Yes.}\n```\n")
    assert refused(course).message == "A mark of a source stands in the question."


def test_the_rule_has_one_name(course, change, refused):
    change(course / "course.toml", "mastery = 50", 'mastery = 50\nclaims = "all"')
    error = refused(course)
    assert (error.line, error.message) == (8, "claims cannot be “all”.")
