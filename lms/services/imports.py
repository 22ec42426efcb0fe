"""Packages that are taken in in the background: the job, and what is noted of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from lms.resources import Site, site_of
from lms.services import audit
from lms.services.outbox import Desk
from lms.settings import Settings
from scorm import importing
from scorm.packages.archive import Limits
from scorm.resources import PackageImport, Packages

KIND = "import"
T = TypeVar("T")


class PackagesDesk:
    """The desk of a job, with nothing on it but the packages (:class:`scorm.importing.Desk`)."""

    def __init__(self, desk: Desk):
        self._desk = desk

    def change(self, work: Callable[[Packages], T]) -> T:
        return self._desk.change(lambda site: work(site.packages))

    def finish(self, work: Callable[[Packages], T]) -> T:
        return self._desk.finish(lambda site: work(site.packages))


def carry_out(desk: Desk, subject: str, settings: Settings) -> None:
    """Do the job (:func:`scorm.importing.carry_out`)."""
    importing.carry_out(
        PackagesDesk(desk),
        settings.uploads,
        subject,
        Limits.of(settings.upload_limit),
        now=lambda: datetime.now(UTC),
        stored=note,
    )


def note(found: PackageImport) -> None:
    """Who sent a package in, in the audit trail."""
    if found.state != "done":
        return
    assert found.package is not None
    audit.record(
        site_of(found._p_jar).audit,
        now=datetime.now(UTC),
        actor=found.owner,
        action="package imported",
        subject=found.package.__name__,
        details={"versions": len(found.package.versions)},
    )


def retried(site: Site, subject: str, now: datetime) -> None:
    """An admin lets it be tried anew: whoever sent the package sees it wait again."""
    found = site.packages.imports.get(subject)
    if found is not None and found.state == "failed":
        importing.try_again(found, now)


def given_up(site: Site, subject: str, problem: str, now: datetime) -> None:
    """Tell whoever sent the package that it could not be checked."""
    found = site.packages.imports.get(subject)
    if found is not None:
        importing.fail(found, problem, now)
