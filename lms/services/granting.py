"""Whom an award can be issued to, before it is: who has earned it, who has it, who lacks what."""

import base64
import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from certificates.resources import Award
from lms.resources.site import Site
from lms.services import awards
from lms.services.awards import Candidate

GROUPS = ("ready", "lack", "revoked", "have")


class ListChanged(Exception):
    """Others are concerned by an award than when somebody looked."""


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
        found[group_of(candidate, now)].append(candidate)
    return Preview(*(tuple(found[name]) for name in GROUPS))


def group_of(candidate: Candidate, now: datetime) -> str:
    """The one of :data:`GROUPS` that somebody is in."""
    held = candidate.certificate
    if held is not None and held.revoked is not None:
        return "revoked"
    if candidate.keeps(now) is not None:
        return "have"
    return "lack" if candidate.unmet else "ready"


def ticket(site: Site, award: Award, people: Iterable[str]) -> str:
    """Which of those whom an award concerns were shown, to be sent back with a form: one bit for
    each, and a mark by which it is seen whether others are concerned by then.

    :param people: their ids
    """
    shown, concerned = set(people), sorted(awards.concerned(site, award))
    bits = bytearray(_octets(concerned))
    for at, person_id in enumerate(concerned):
        if person_id in shown:
            bits[at // 8] |= 1 << at % 8
    packed = base64.urlsafe_b64encode(zlib.compress(bits))
    return f"{_mark(concerned)}.{packed.decode()}"


def shown_by(site: Site, award: Award, text: str) -> list[str]:
    """The ids of those whom a :func:`ticket` is of. It opens no person, so that it takes no time
    worth mentioning; whether each of them still has earned it, the worker finds out.

    :raises ListChanged: when others are concerned by now, or it is no ticket of this award
    """
    concerned = sorted(awards.concerned(site, award))
    mark, _, packed = text.partition(".")
    if mark != _mark(concerned):
        raise ListChanged
    unpacking = zlib.decompressobj()
    try:
        bits = unpacking.decompress(base64.urlsafe_b64decode(packed), _octets(concerned) + 1)
    except (ValueError, zlib.error) as error:
        raise ListChanged from error
    if not unpacking.eof or len(bits) != _octets(concerned):
        raise ListChanged
    return [person_id for at, person_id in enumerate(concerned) if bits[at // 8] & 1 << at % 8]


def _octets(concerned: list[str]) -> int:
    return len(concerned) // 8 + 1


def _mark(concerned: list[str]) -> str:
    return hashlib.sha256("\n".join(concerned).encode()).hexdigest()[:32]
