"""What every page of this house has: its layout, its headers, and a certificate in words."""

from datetime import UTC, datetime
from typing import Any

from babel.dates import format_datetime
from pyramid.response import Response

from certificates import codes, standing, wording
from certificates.host import address_of
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
        "address": address_of(request.registry, certificate),
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


def download(content: bytes, content_type: str, name: str, **more) -> Response:
    """A file that somebody takes away.

    :param name: what browsers call it, ASCII without quotation marks
    """
    response = Response(
        content,
        content_type=content_type,
        content_disposition=f'attachment; filename="{name}"',
        **more,
    )
    response.headers.update(HEADERS)
    return response


def when(request, moment: datetime) -> str:
    """Date and time, with its zone."""
    locale = wording.locale_of(request.locale_name)
    return f"{format_datetime(moment, 'd MMM y HH:mm', locale=locale)} UTC"
