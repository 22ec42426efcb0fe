"""Making awards, changing them, taking them out of use. No HTTP here."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from translationstring import TranslationStringFactory

from certificates.refusals import Refused
from certificates.resources import Award, Awards

_ = TranslationStringFactory("tutela")

KINDS = ("participation", "achievement")
SETTINGS = (
    "kind",
    "title",
    "description",
    "language",
    "hours",
    "validity",
    "renewal",
    "reminders",
    "template",
    "automatic",
)
"""What can be changed of an award, besides its rule."""
LEAST_VALIDITY, MOST_VALIDITY = 1, 120
"""Months."""


class AwardRefused(Refused):
    """An award cannot be like this; the message says why."""


def create(
    awards: Awards,
    *,
    subject: str,
    kind: str = "achievement",
    title: str = "",
    now: datetime,
    random: Callable[[int], bytes],
) -> Award:
    """A new award of a subject, for completing it until it is changed.

    :param subject: the host's: ``course/<slug>``, ``webinar/<id>``; empty for a path, which is
        nothing but its award
    :param title: empty for the subject's own
    :param random: gives that many random octets
    """
    key = random(8).hex()
    award = Award(key, subject=subject or f"path/{key}", kind=kind, created=now)
    award.title = title
    awards.add(award)
    return award


def settings_of(award: Award) -> dict[str, Any]:
    """What can be changed of an award (:data:`SETTINGS`), and its rule."""
    return {name: getattr(award, name) for name in (*SETTINGS, "rule")}


def change(award: Award, settings: Mapping[str, Any]) -> bool:
    """Take over what was decided; whether anything is another than before. Certificates that were
    issued stay as they are.

    :param settings: in the shape of :func:`settings_of`; what is left out stays
    :raises AwardRefused: for a kind, hours, a validity or a rule that cannot be
    """
    checked(settings)
    before = settings_of(award)
    changed = {name: value for name, value in settings.items() if before[name] != value}
    if "rule" in changed:
        award.__parent__.set_rule(award, changed.pop("rule"))
    for name, value in changed.items():
        setattr(award, name, value)
    if settings_of(award) == before:
        return False
    award.version += 1
    award.__parent__.note_decision()
    return True


def checked(settings: Mapping[str, Any]) -> None:
    """:raises AwardRefused: for a kind, hours, a validity or a rule that cannot be"""
    if settings.get("kind", KINDS[0]) not in KINDS:
        raise AwardRefused(_("A certificate is one of participation or one of achievement."))
    if settings.get("rule", True) == ():
        raise AwardRefused(_("Choose at least one thing that the certificate asks for."))
    hours = settings.get("hours")
    if hours is not None and hours_of(hours) is None:
        raise AwardRefused(_("Write the hours as a number, such as 1.5."))
    validity = settings.get("validity", ("forever",))
    if validity[0] == "months" and not LEAST_VALIDITY <= validity[1] <= MOST_VALIDITY:
        most = {"most": MOST_VALIDITY}
        raise AwardRefused(_("A certificate is valid for 1 to ${most} months.", mapping=most))


def hours_of(text: str) -> str | None:
    """CPD hours as they are kept, from what a person typed: ``1,50`` → ``1.5``; None for what is
    not more than 0 and less than 1000."""
    typed = text.strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", typed) or not Decimal(typed):
        return None
    return f"{Decimal(typed).normalize():f}"


def retire(award: Award, now: datetime) -> None:
    """The award is issued no more. Certificates that were issued stay; doing it again changes
    nothing."""
    if award.retired is None:
        award.retired = now
        award.__parent__.note_decision()


def restore(award: Award) -> None:
    """The award is issued again."""
    award.retired = None
    award.__parent__.note_decision()
