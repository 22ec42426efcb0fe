"""Findings in a report."""

from scorm.packages.findings import LISTED, Finding, PackageRefused, Report, summed_up


def test_the_gravest_findings_come_first():
    kinds = ("note", "error", "mended", "warning")
    found = summed_up(Finding(kind, kind, "Words.") for kind in kinds)
    assert [finding.severity for finding in found] == ["error", "warning", "mended", "note"]


def test_what_is_found_twice_is_told_once():
    assert len(summed_up([Finding("note", "a", "Words.")] * 2)) == 1


def test_many_findings_of_one_rule_are_counted():
    many = [Finding("warning", "a", f"Number {n}.", "Do it.") for n in range(LISTED + 5)]
    found = summed_up(many)
    assert len(found) == LISTED + 1
    assert found[-1].message == "The same is the case 5 more times in this package."


def test_a_report_is_plain_for_scripts():
    report = Report(True, "1.2", "Title", 12, (Finding("note", "a", "Words.", "", "f", 3),), 1)
    assert report.to_plain() == {
        "standard": "1.2",
        "title": "Title",
        "accepted": True,
        "bytes": 12,
        "items": 1,
        "findings": [
            {
                "severity": "note",
                "rule": "a",
                "message": "Words.",
                "remedy": "",
                "file": "f",
                "line": 3,
            }
        ],
    }


def test_a_refusal_says_its_errors():
    findings = (Finding("error", "a", "It broke.", "Mend it."), Finding("note", "b", "Well."))
    assert str(PackageRefused(Report(False, findings=findings))) == "It broke. Mend it."
