"""What an author meant as more than text is refused, and never shown as it is written."""

import pytest

LOOSE = "A mark or a word of the glossary stands where none is read."
LINK = "This link or picture cannot be read."
TITLE = "What stands in quotation marks behind an address is seen by few."
END = "This block has no end, and takes all that follows."
ALT = "The words of a picture can be nothing but words."


@pytest.fixture(autouse=True)
def _explained(course):
    words = '[scar]\nterm = "Scar"\nmeaning = "What stays."\n'
    (course / "glossary.toml").write_text(words, "utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![Scale](figures/My Scale.png)\n", LINK),
        ("[here](javascript:alert(1))\n", LINK),
        ("[a [src: book]](https://e.org)\n", LINK),
        ("[a [[scar]]](https://e.org)\n", LINK),
        ("A [[scar\n", "This word of the glossary cannot be read."),
        ("A [[scar|[x]]]\n", "This word of the glossary cannot be read."),
        ("So it is.[^1]\n\n[^1]: As it is said in a book.\n", "Footnotes are not read here."),
        ('[there](https://e.org "A claim")\n', TITLE),
        ('![Scale](figures/scale.svg "A claim")\n', TITLE),
        ("![A [[scar]]](figures/scale.svg)\n", ALT),
        ("![A scar [src: book]](figures/scale.svg)\n", ALT),
        ("[here](#h1)\n", "The link to “#h1” leads nowhere in the package."),
        ("##\n", "This heading has no words."),
        ("Words.\n---\n", "The line of signs below makes a heading of this paragraph."),
        ("```reveal About\nHidden.\n", END),
        (
            "```slot here\nMine.\n\nAnd the rest",
            END,
        ),
        ("```text", END),
        (
            "- Item\n  ```text\n  code\n\nText.\n",
            END,
        ),
        ("```reveal About [own]\nHidden.\n```\n", LOOSE),
        ("```reflection r\nThink.\n- About [[scar]]\n```\n", LOOSE),
        ("```scenario s\n# start\nA.\n- Go [src: book] -> b\n# b\nB.\n```\n", LOOSE),
        ("```check\nA [[scar]]? {T}\n```\n", LOOSE),
    ],
)
def test_in_a_part_it_is_refused_by_its_line(course, write_part, refused, text, message):
    write_part(text)
    error = refused(course)
    assert (error.file, error.message) == ("01-first.md", message)
    assert 5 <= error.line <= 8


@pytest.mark.parametrize(
    "answers", ["=a [src: book]#b ~c", "=a#b [src: book] ~c", "=a ~c####b [own]", "=a [own] ~c"]
)
def test_a_mark_anywhere_in_a_question_is_refused(course, write_part, refused, answers):
    write_part(f"```check\nIs it? {{{answers}}}\n```\n")
    error = refused(course)
    assert (error.line, error.message) == (6, "A mark of a source stands in the question.")


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("course.toml", "Nobody has approved it.", "Nobody has. [own]", 9),
        ("course.toml", "A small course", "A small [[scar]]", 2),
        ("sources.toml", "A book", "A book [src: book]", 2),
        ("02-second.md", "The second part", "The second [own]", 2),
        ("02-second.md", "A hard word.", "A hard word. [src: book]", 4),
    ],
)
def test_in_a_line_of_words_it_is_refused(course, change, refused, name, old, new, line):
    change(course / name, old, new)
    error = refused(course)
    assert (error.file, error.line, error.message) == (name, line, LOOSE)


def test_in_code_signs_are_shown_as_they_are(course, write_part, page_of):
    write_part("`[[a]](b)` and `[own]`\n\n```\n[[a]] [^1]\n```\n\n~~~text\n```check\n~~~\n")
    assert page_of().xpath("//code/text()") == ["[[a]](b)", "[own]", "[[a]] [^1]\n", "```check\n"]


def test_a_column_is_set_by_its_name_and_not_by_a_side(course, write_part, page_of):
    write_part("| a | b | c |\n|:-:|--:|---|\n| 1 | 2 | 3 |\n")
    assert [each.get("class") for each in page_of().xpath("//td")] == ["middle", "end", None]
    assert not page_of().xpath("//@style")
