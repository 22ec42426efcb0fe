"""For how long a certificate holds, when it can be earned anew, when its holder is reminded.

Months are months of the calendar: what begins on the last day of a long month ends on the last day
of a shorter one. All of it is in UTC. No HTTP here.
"""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from certificates.resources import Award, Certificate

END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day of the month, so many months later, or before where they are negative."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def valid_until(validity: tuple, issued: datetime) -> datetime | None:
    """When a certificate issued now expires; None for never.

    :param validity: as an award has it: ``("forever",)``, ``("until", "2027-12-31")``, a day that
        it still holds on, or ``("months", 24)``
    """
    kind = validity[0]
    if kind == "until":
        return datetime.combine(date.fromisoformat(validity[1]), END_OF_DAY)
    if kind == "months":
        return months_later(issued, validity[1])
    return None


def opens(certificate: Certificate, award: Award) -> datetime | None:
    """From when on a certificate can be earned anew; None for never."""
    end = certificate.valid_until
    if end is None or award.renewal == 0 or award.retired is not None:
        return None
    return max(certificate.issued, months_later(end, -award.renewal))


def anew_since(certificate: Certificate, award: Award, now: datetime) -> datetime | None:
    """Since when that counts by which a certificate is earned anew; None while it cannot be.

    One that was revoked or suspended is not renewed, nor one that a new one would not outlast.
    """
    since = opens(certificate, award)
    if since is None or since > now:
        return None
    if certificate.revoked is not None or certificate.suspended is not None:
        return None
    assert certificate.valid_until is not None  # for it opens
    end = valid_until(award.validity, now)
    return since if end is None or end > certificate.valid_until else None


@dataclass(frozen=True)
class Reminder:
    """A certificate is about to expire.

    :param days: before the end, as the award says it; the last that was reached
    :param opens: from when on it can be earned anew; None for never
    """

    days: int
    until: datetime
    opens: datetime | None


def due(certificate: Certificate, award: Award, now: datetime) -> Reminder | None:
    """What the holder is to be reminded of now; None for nothing."""
    end = certificate.valid_until
    if end is None or end <= now or not is_present(certificate):
        return None
    reached = [days for days in award.reminders if end - timedelta(days=days) <= now]
    return Reminder(min(reached), end, opens(certificate, award)) if reached else None


def is_present(certificate: Certificate) -> bool:
    """Whether it is neither taken back nor followed by a newer one."""
    return (
        certificate.revoked is None
        and certificate.suspended is None
        and certificate.renewed_by is None
    )
