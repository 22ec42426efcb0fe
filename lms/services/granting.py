"""Whom an award can be issued to, before it is: who has earned it, who has it, who lacks what."""

from dataclasses import dataclass
from datetime import datetime

from certificates.resources import Award
from certificates.standing import Status, status_of
from lms.resources.site import Site
from lms.services import awards
from lms.services.awards import Candidate

GROUPS = ("ready", "lack", "revoked", "have")


@dataclass(frozen=True)
class Preview:
    """Everybody whom an award concerns: ``ready`` have earned it and have none that counts,
    ``lack`` have not earned it, ``revoked`` had one that was taken back, ``have`` have it. Whoever
    is in ``lack`` or ``revoked`` gets one for a reason alone."""

    ready: tuple[Candidate, ...]
    lack: tuple[Candidate, ...]
    revoked: tuple[Candidate, ...]
    have: tuple[Candidate, ...]

    def group(self, name: str) -> tuple[Candidate, ...]:
        return getattr(self, name)


def preview(site: Site, award: Award, now: datetime) -> Preview:
    """By name, in each group. Nothing is issued by looking."""
    found: dict[str, list[Candidate]] = {name: [] for name in GROUPS}
    everybody = awards.eligible(site, award, now)
    for candidate in sorted(everybody, key=lambda each: each.person.display_name.casefold()):
        found[_group(candidate, now)].append(candidate)
    return Preview(*(tuple(found[name]) for name in GROUPS))


def _group(candidate: Candidate, now: datetime) -> str:
    held = candidate.certificate
    status = None if held is None else status_of(held, now)
    if status is Status.REVOKED:
        return "revoked"
    if status in (Status.VALID, Status.SUSPENDED):
        return "have"
    return "lack" if candidate.unmet else "ready"
