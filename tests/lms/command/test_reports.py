"""A report on a package, in a terminal."""

from lms.command.reports import WIDTH, report_words
from scorm.packages.findings import Finding, Report


def test_the_outcome_comes_first_and_the_gravest_before_the_rest():
    findings = (
        Finding("error", "a", "It is broken.", "Mend it.", "imsmanifest.xml", 3),
        Finding("error", "a", "It is broken too.", "", "a.html"),
        Finding("warning", "b", "Two pictures: a.html:2, b.html:5.", "Write.", "a.html", 2),
        Finding("note", "c", "Good to know."),
    )
    assert report_words(Report(True, "1.2", "Golf", 352_000, findings)).splitlines() == [
        "Golf: SCORM 1.2, 352 kB",
        "2 errors, 1 warning, 1 note",
        "",
        "Errors: the package, or a part of it, cannot be opened",
        "  - It is broken.",
        "    In imsmanifest.xml, line 3",
        "    To do: Mend it.",
        "  - It is broken too.",
        "    In a.html",
        "",
        "Warnings: learners will notice",
        "  - Two pictures: a.html:2, b.html:5.",
        "    To do: Write.",
        "",
        "Notes: good to know",
        "  - Good to know.",
    ]


def test_a_package_with_nothing_to_mend_is_told_so():
    assert report_words(Report(True, size=5)) == (
        "This package: unknown standard, 5 bytes\nNothing to mend."
    )


def test_long_words_are_wrapped_and_names_stay_whole():
    name = "folder/" + "a" * 100 + ".html"
    words = Finding("note", "c", f"These are many words, said again {'and again ' * 20}.", "", name)
    lines = report_words(Report(True, "1.2", "Golf", 5, (words,))).splitlines()
    assert f"    In {name}" in lines or f"    {name}" in lines
    assert all(len(line) <= WIDTH for line in lines if name not in line)
