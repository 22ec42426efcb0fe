"""What every page of this house has: its layout, its headers, and a certificate in words."""

from certificates import codes, wording
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
    return page(
        request,
        certificate=certificate,
        snapshot=snapshot,
        address=address_of(request, certificate),
        code=codes.grouped(certificate.code),
        issued=wording.long_date(certificate.issued, language),
        revoked=wording.long_date(certificate.revoked, language) if certificate.revoked else None,
        minutes=wording.length(snapshot["minutes"], language) if snapshot.get("minutes") else None,
        **more,
    )


def address_of(request, certificate: Certificate) -> str:
    """Where a certificate is verified, as it is printed and shared."""
    site_url = request.registry["certificates"].site_url
    return site_url + request.resource_path(certificate).rstrip("/")
