"""What the check says of prerequisites: none of it keeps a package out, or a learner."""

import pytest

from scorm.packages.prerequisites import LISTED
from scorm.sequencing.prerequisites import survey

ITEM = '<item identifier="{0}" {2}><title>Lesson {0}</title>{1}</item>'
WRITTEN = '\n<adlcp:prerequisites type="{1}">{0}</adlcp:prerequisites>\n'


def lesson(name, text="", kind="aicc_script", reference='identifierref="r"'):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return ITEM.format(name, WRITTEN.format(escaped, kind) if text else "", reference)


def items_of(manifest):
    return manifest.organization.items


@pytest.mark.parametrize(
    ("items", "rule", "line", "words"),
    [
        (
            [lesson("a"), lesson("b", "a c")],
            "unreadable",
            5,
            "“Lesson b” cannot be read, so it is open: “&” or “|” must come between two parts, but "
            "“c” stands there (at character 3).",
        ),
        (
            [lesson("a"), lesson("b", "a&x&y")],
            "unknown",
            5,
            "“Lesson b” name “x” and “y”, which the course does not have; they are left out.",
        ),
        (
            [lesson("a", reference=""), lesson("b", "a")],
            "hollow",
            5,
            "“Lesson b” is to come after “Lesson a”, where nothing can be opened;",
        ),
        ([lesson("a", "a"), lesson("b")], "circle", 5, "“Lesson a” waits for itself; its"),
        (
            [lesson("a", "b"), lesson("b", "c&a"), lesson("c")],
            "circle",
            5,
            "“Lesson a” and “Lesson b” wait for each other; their prerequisites are left out.",
        ),
        (
            [lesson(f"i{n}", f"i{(n + 1) % 8}") for n in range(8)],
            "circle",
            5,
            "“Lesson i4” and 3 more wait for each other",
        ),
        (
            [lesson("a"), lesson("b", "a", "javascript")],
            "type",
            5,
            "“Lesson b” are of the type “javascript”, which nobody can read here;",
        ),
    ],
)
def test_what_cannot_count_is_warned_of_and_left_out(read, items, rule, line, words):
    report, manifest = read("".join(items))
    assert report.accepted
    (finding,) = report.findings
    assert (finding.severity, finding.rule) == ("warning", f"prerequisites-{rule}")
    assert (finding.file, finding.line) == ("imsmanifest.xml", line)
    assert words in finding.message
    assert finding.remedy.endswith(".")
    assert survey(items_of(manifest)).heeded == {}


@pytest.mark.parametrize("kind", ["aicc_script", "AICC_Script", "", " aicc_script "])
def test_honest_prerequisites_are_not_spoken_of(read, kind):
    report, manifest = read(
        lesson("a") + lesson("b", "a", kind) + lesson("c", '~"a" | b<>passed', kind)
    )
    assert report.findings == ()
    assert set(survey(items_of(manifest)).heeded) == {"b", "c"}


def test_words_in_place_of_signs_are_mended(read):
    report, manifest = read(lesson("a") + lesson("b") + lesson("c", "a AND NOT b"))
    (finding,) = report.findings
    assert (finding.severity, finding.rule) == ("mended", "prerequisites-words")
    assert "“Lesson c” use words for the signs & (AND), | (OR) and ~ (NOT)." in finding.message
    assert set(survey(items_of(manifest)).heeded) == {"c"}


def test_empty_prerequisites_are_none(read):
    report, manifest = read(lesson("a", " ") + lesson("b", "\n"))
    assert report.findings == ()
    assert [item.prerequisites for item in items_of(manifest)] == [None, None]


def test_an_item_whose_name_was_taken_is_not_named(read):
    report, manifest = read(lesson("a") + lesson("a") + lesson("b", "a"))
    assert [finding.rule for finding in report.findings] == ["identifier"]
    assert survey(items_of(manifest)).heeded["b"].names == {"a"}


def test_the_organization_is_no_part_of_itself(read):
    report, _ = read(lesson("a") + lesson("b", "o"))
    assert [finding.rule for finding in report.findings] == ["prerequisites-unknown"]


def test_in_2004_they_do_nothing_and_that_is_said_once(read):
    report, manifest = read(lesson("a", "b c") + lesson("b", "a", "javascript"), edition="4th")
    (finding,) = report.findings
    assert (finding.severity, finding.rule) == ("note", "prerequisites-2004")
    assert finding.line == 5
    assert [item.prerequisites for item in items_of(manifest)] == [None, None]


def test_a_long_list_of_names_is_cut(read):
    text = "&".join(f"x{n}" for n in range(LISTED + 2))
    report, _ = read(lesson("a", text))
    assert f"“x{LISTED - 1}” and 2 more, which" in report.findings[0].message
