"""A certificate's public page, the form that leads to it, printing and revoking."""

from datetime import UTC, datetime

from babel.dates import format_date
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.response import Response
from pyramid.view import view_config

from certificates import services
from certificates.events import CertificateRevoked
from certificates.pdf import NameRefused, Words, render
from certificates.resources import Certificate, Certificates

_ = TranslationStringFactory("tutela")

LOOKUPS = parse("60/minute")
_limiter = MovingWindowRateLimiter(MemoryStorage())


def private(request) -> None:
    """Search engines and caches keep nothing of these pages."""
    request.response.headers["X-Robots-Tag"] = "noindex, nofollow"
    request.response.headers["Cache-Control"] = "no-store"


def page(request, certificate: Certificate | None, **more) -> dict:
    """What the templates show: status, course, dates, and never a name."""
    private(request)
    layout = request.registry["certificates"].layout
    if certificate is None:
        return {"layout": layout, "certificate": None, **more}
    return {
        "layout": layout,
        "certificate": certificate,
        "code": services.grouped(certificate.code),
        "issued": long_date(request, certificate.issued),
        "revoked": long_date(request, certificate.revoked) if certificate.revoked else None,
        **more,
    }


def long_date(request, moment: datetime) -> str:
    return format_date(moment, "long", locale=request.locale_name)


@view_config(
    context=Certificates,
    renderer="certificates:templates/verify.jinja2",
    permission="certificate:verify",
    request_method="GET",
)
def verify(context, request):
    """A form for a code; a code that is known leads to its page."""
    typed = request.params.get("code", "").strip()
    if not typed:
        return page(request, None, typed="", problem=None)
    if not _limiter.hit(LOOKUPS, "verify", request.client_addr or ""):
        request.response.status_int = 429
        request.response.headers["Retry-After"] = "60"
        return page(request, None, typed=typed, problem="many")
    verdict = services.verify(context, typed)
    if verdict.certificate is None:
        request.response.status_int = 404
        return page(request, None, typed=typed, problem="unknown")
    return HTTPSeeOther(request.resource_url(verdict.certificate))


@view_config(
    context=Certificate,
    renderer="certificates:templates/certificate.jinja2",
    permission="certificate:verify",
    request_method="GET",
)
def certificate_page(context, request):
    """Valid or revoked, course and date: what a stranger with the code may know."""
    return page(request, context)


@view_config(
    context=Certificate,
    name="print",
    renderer="certificates:templates/print.jinja2",
    permission="certificate:print",
    request_method="GET",
)
def ask_name(context, request):
    """The form where the holder types the name to print."""
    return page(request, context, name="", problem=None)


@view_config(
    context=Certificate,
    name="print",
    renderer="certificates:templates/print.jinja2",
    permission="certificate:print",
    request_method="POST",
)
def print_pdf(context, request):
    """The PDF with the typed name, which is not kept."""
    settings = request.registry["certificates"]
    name = request.POST.get("name", "")
    try:
        content = render(
            context,
            name,
            words(request),
            details=details(request, context),
            site_url=settings.site_url,
            fonts=settings.fonts,
        )
    except NameRefused as refused:
        request.response.status_int = 422
        return page(request, context, name=name, problem=str(refused))
    return Response(
        content,
        content_type="application/pdf",
        content_disposition='attachment; filename="certificate.pdf"',
        cache_control="no-store",
    )


def words(request) -> Words:
    translate = request.localizer.translate
    return Words(
        heading=translate(_("Certificate of completion")),
        to=translate(_("Awarded to")),
        for_=translate(_("For completing the course")),
        check=translate(_("Check this certificate at")),
        qr_alt=translate(_("QR code with the address of this certificate’s page")),
    )


def details(request, certificate: Certificate) -> str:
    """Length and score, where they are known."""
    translate, snapshot = request.localizer.translate, certificate.snapshot
    parts = []
    if snapshot.get("minutes"):
        parts.append(translate(_("${n} minutes", mapping={"n": snapshot["minutes"]})))
    if snapshot.get("score") is not None:
        parts.append(translate(_("score ${n} %", mapping={"n": snapshot["score"]})))
    return " · ".join(parts)


@view_config(
    context=Certificate,
    name="revoke",
    renderer="certificates:templates/revoke.jinja2",
    permission="certificate:revoke",
    request_method="GET",
)
def ask_reason(context, request):
    """What revoking does, before it is done."""
    return page(request, context, reason="", problem=None)


@view_config(
    context=Certificate,
    name="revoke",
    renderer="certificates:templates/revoke.jinja2",
    permission="certificate:revoke",
    request_method="POST",
)
def revoke(context, request):
    """Revoke with a reason; the public page says so from now on."""
    reason = request.POST.get("reason", "")
    try:
        services.revoke(context, reason, datetime.now(UTC))
    except services.CertificateRefused as refused:
        request.response.status_int = 422
        return page(request, context, reason=reason, problem=str(refused))
    request.registry.notify(CertificateRevoked(context, request))
    return HTTPSeeOther(request.resource_url(context))
