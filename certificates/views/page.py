"""What every page of this house has: its layout, its headers, and a certificate in words."""

from datetime import UTC, datetime
from typing import Any

from babel.dates import format_datetime

from certificates import codes, standing, wording
from certificates.resources import Certificate

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}
"""Search engines, caches and other sites learn of none of these pages."""


def page(request, *, status: int = 200, **more) -> dict:
    """The values of a template, for an answer with this status."""
    request.response.status_int = status
    request.response.headers.update(HEADERS)
    settings = request.registry["certificates"]
    return {"layout": settings.layout, "issuer": settings.issuer, "problem": None, **more}


def certificate_page(request, certificate: Certificate, **more) -> dict:
    """The same for a certificate: what it says, and never a name."""
    snapshot, language = certificate.snapshot, request.locale_name

    def date(moment: datetime | None) -> str | None:
        return wording.long_date(moment, language) if moment else None

    values: dict[str, Any] = {
        "certificate": certificate,
        "snapshot": snapshot,
        "standing": standing.status_of(certificate, datetime.now(UTC)),
        "address": address_of(request, certificate),
        "code": codes.grouped(certificate.code),
        "issued": date(certificate.issued),
        "until": date(certificate.valid_until),
        "suspended": date(certificate.suspended),
        "revoked": date(certificate.revoked),
        "renewed": date(standing.renewed_on(certificate)),
        "minutes": wording.length(snapshot["minutes"], language) if snapshot.get("minutes") else "",
        "hours": wording.decimal(snapshot["hours"], language) if snapshot.get("hours") else "",
        "name_can_be_checked": standing.name_can_be_checked(certificate),
        "proved_by": None,
        "name_check": None,
        "typed": "",
    }
    return page(request, **(values | more))


def when(request, moment: datetime) -> str:
    """Date and time, with its zone."""
    locale = wording.locale_of(request.locale_name)
    return f"{format_datetime(moment, 'd MMM y HH:mm', locale=locale)} UTC"


def address_of(request, certificate: Certificate) -> str:
    """Where a certificate is verified, as it is printed and shared."""
    site_url = request.registry["certificates"].site_url
    return site_url + request.resource_path(certificate).rstrip("/")
