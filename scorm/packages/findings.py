"""What a check found: severity, place, plain words and a remedy for each finding."""

from dataclasses import asdict, dataclass, field

SEVERITIES = ("error", "warning", "mended", "note")


@dataclass(frozen=True)
class Finding:
    """One finding about a package.

    :param severity: ``error``, ``warning``, ``mended`` or ``note``
    :param rule: the check's name, stable, for scripts
    :param file: the file it is about, or None; :param line: its line, from 1, or None
    :param message: what is the case, for a person
    :param remedy: what to do about it, or empty
    """

    severity: str
    rule: str
    message: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Report:
    """All findings about one package; ``accepted`` says whether it can be imported."""

    accepted: bool
    standard: str | None = None
    title: str | None = None
    size: int = 0
    findings: tuple[Finding, ...] = field(default=())

    def to_plain(self) -> dict:
        """The JSON object of ``tutela packages check --json``."""
        return {
            "standard": self.standard,
            "title": self.title,
            "accepted": self.accepted,
            "bytes": self.size,
            "findings": [asdict(finding) for finding in self.findings],
        }


class PackageRefused(Exception):
    """A package cannot be imported; ``report`` says why, its first error in the message."""

    def __init__(self, report: Report):
        self.report = report
        errors = [finding for finding in report.findings if finding.severity == "error"]
        super().__init__(" ".join(f"{finding.message} {finding.remedy}" for finding in errors[:3]))
