"""A report on a package as lines for a terminal: the outcome first, then the gravest."""

import textwrap

from scorm.packages.archive import size
from scorm.packages.findings import SEVERITIES, Finding, Report

WIDTH = 88

HEADS = {
    "error": "Errors: the package, or a part of it, cannot be opened",
    "warning": "Warnings: learners will notice",
    "mended": "Mended while it was read",
    "note": "Notes: good to know",
}
NUMBERS = {
    "error": ("error", "errors"),
    "warning": ("warning", "warnings"),
    "mended": ("mended", "mended"),
    "note": ("note", "notes"),
}


def report_words(report: Report) -> str:
    """What the package is, what was found in all, and each finding under its severity."""
    groups = {
        severity: [finding for finding in report.findings if finding.severity == severity]
        for severity in SEVERITIES
    }
    counts = [
        f"{len(found)} {NUMBERS[severity][len(found) != 1]}"
        for severity, found in groups.items()
        if found
    ]
    standard = f"SCORM {report.standard}" if report.standard else "unknown standard"
    lines = [
        f"{report.title or 'This package'}: {standard}, {size(report.size)}",
        ", ".join(counts) if counts else "Nothing to mend.",
    ]
    for severity, found in groups.items():
        if found:
            lines += ["", HEADS[severity]]
        for finding in found:
            lines += _finding_lines(finding)
    return "\n".join(lines)


def _finding_lines(finding: Finding) -> list[str]:
    """The words, the place unless they name it, and what to do, wrapped."""
    lines = _wrapped(finding.message, "  - ")
    place = finding.file or ""
    if finding.line:
        place += f", line {finding.line}"
    if place and f"{finding.file}:{finding.line}" not in finding.message:
        lines += _wrapped(place, "    In ")
    if finding.remedy:
        lines += _wrapped(finding.remedy, "    To do: ")
    return lines


def _wrapped(words: str, before: str) -> list[str]:
    """Lines that begin under the first word; long names stay whole, so that they can be copied."""
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=before,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
