"""What a check found: severity, place, plain words and a remedy for each finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scorm.packages.words import Words, ngettext, words_of

SEVERITIES = ("error", "warning", "mended", "note")
"""From what stops a package, or a part of it, to what is merely said."""

LISTED = 20
"""Findings of one rule that are listed singly; the rest are counted."""


@dataclass(frozen=True)
class Finding:
    """One finding about a package.

    :param severity: ``error``, ``warning``, ``mended`` or ``note``
    :param rule: the check's name, stable, for scripts
    :param message: what is the case, for a person; a plain text in reports kept before there
        were :class:`~scorm.packages.words.Words`
    :param remedy: what to do about it, or empty
    :param file: the file it is about, or None
    :param line: its line, from 1, or None
    """

    severity: str
    rule: str
    message: Words
    remedy: Words | Literal[""] = ""
    file: str | None = None
    line: int | None = None

    def to_plain(self) -> dict:
        """In English, for scripts."""
        return {
            "severity": self.severity,
            "rule": self.rule,
            "file": self.file,
            "line": self.line,
            "message": str(self.message),
            "remedy": str(self.remedy),
        }

    def to_stored(self) -> dict:
        """With all that translations need."""
        return {**self.to_plain(), "message": stored(self.message), "remedy": stored(self.remedy)}

    @classmethod
    def from_stored(cls, plain: dict) -> "Finding":
        """The inverse of :meth:`to_stored`."""
        said = {name: words_of(plain[name]) for name in ("message", "remedy")}
        return cls(**{**plain, **said})


def stored(words: str) -> dict | str:
    """A sentence as JSON can hold it."""
    return words.to_plain() if isinstance(words, Words) else words


@dataclass(frozen=True)
class Report:
    """All findings about one package, the gravest first.

    :param accepted: whether it can be imported
    :param standard: the edition as :class:`~scorm.packages.manifest.Edition` says it, or None
    :param title: the course's title, or None
    :param size: bytes of the file that was checked
    :param items: parts that can be opened
    """

    accepted: bool
    standard: str | None = None
    title: str | None = None
    size: int = 0
    findings: tuple[Finding, ...] = ()
    items: int = 0

    def by_severity(self) -> dict[str, list[Finding]]:
        """The findings of each severity that there are any of, the gravest first."""
        groups = {
            severity: [finding for finding in self.findings if finding.severity == severity]
            for severity in SEVERITIES
        }
        return {severity: found for severity, found in groups.items() if found}

    def to_plain(self) -> dict:
        """The JSON object of ``tutela packages check --json``."""
        return {
            "standard": self.standard,
            "title": self.title,
            "accepted": self.accepted,
            "bytes": self.size,
            "items": self.items,
            "findings": [finding.to_plain() for finding in self.findings],
        }

    def to_stored(self) -> dict:
        """With all that translations need."""
        return {
            **self.to_plain(),
            "findings": [finding.to_stored() for finding in self.findings],
        }

    @classmethod
    def from_stored(cls, plain: dict) -> "Report":
        """The inverse of :meth:`to_stored`."""
        return cls(
            accepted=plain["accepted"],
            standard=plain["standard"],
            title=plain["title"],
            size=plain["bytes"],
            findings=tuple(map(Finding.from_stored, plain["findings"])),
            items=plain["items"],
        )


class PackageRefused(Exception):
    """A package cannot be imported; ``report`` says why, its first errors in the message."""

    def __init__(self, report: Report):
        self.report = report
        errors = [finding for finding in report.findings if finding.severity == "error"]
        super().__init__(" ".join(f"{finding.message} {finding.remedy}" for finding in errors[:3]))


def summed_up(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without repetitions, the gravest first; of a rule that fired more than
    ``LISTED`` times, the first ones and how many more there are."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        by_rule.setdefault((finding.severity, finding.rule), []).append(finding)
    listed: list[Finding] = []
    for (severity, rule), found in by_rule.items():
        listed += found[:LISTED]
        if (more := len(found) - LISTED) > 0:
            words = ngettext(
                "The same is the case once more in this package.",
                "The same is the case ${n} more times in this package.",
                more,
            )
            listed.append(Finding(severity, rule, words, found[0].remedy))
    return tuple(sorted(listed, key=lambda finding: SEVERITIES.index(finding.severity)))
