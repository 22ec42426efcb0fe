"""Printing, for the one the certificate was issued to: a name is typed, printed and forgotten,
unless its holder chooses otherwise."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from certificates.fonts import MissingGlyphs
from certificates.orders import printed
from certificates.pdf import names
from certificates.pdf.names import NameRefused
from certificates.pdf.workers import PrintingFailed
from certificates.resources import Certificate
from certificates.standing import Status, status_of
from certificates.views.page import HEADERS, certificate_page, download

PRINT = {
    "context": Certificate,
    "name": "print",
    "renderer": "certificates:templates/print.jinja2",
    "permission": "certificate:print",
}
PRINTABLE = (Status.VALID, Status.EXPIRED)


@view_config(**PRINT, request_method="GET")
def ask_name(context, request):
    """The form where the holder types the name to print, and says what becomes of it."""
    return _form(request, context, name=context.kept_name or "")


@view_config(**PRINT, request_method="POST", require_csrf=True)
def print_pdf(context, request):
    """The PDF with the typed name, which is not kept unless its holder says so."""
    now = datetime.now(UTC)
    if status_of(context, now) not in PRINTABLE:
        return _form(request, context, status=409)
    typed, say = request.POST.get("name", ""), request.localizer.translate
    try:
        name = names.checked_name(typed)
        content = printed(request.registry, context, name, now=now)
    except (NameRefused, MissingGlyphs) as refused:
        return _form(request, context, name=typed, status=400, problem=refused.said(say))
    except PrintingFailed as failed:
        return _form(request, context, name=typed, status=503, failed=failed.said(say))
    if request.has_permission("certificate:name", context):
        _remember(context, name, keep="keep" in request.POST, check="check" in request.POST)
    return download(content, "application/pdf", "certificate.pdf")


@view_config(
    context=Certificate,
    name="forget-name",
    permission="certificate:name",
    request_method="POST",
    require_csrf=True,
)
def forget_name(context, request):
    """Nothing is kept of the name any more, and nobody can check it."""
    context.kept_name = context.name_hash = None
    return HTTPSeeOther(request.resource_url(context, "print"), headers=HEADERS)


def _form(request, certificate: Certificate, *, failed: str | None = None, **more) -> dict:
    """The page as it stands: after a refusal the choices are as they were sent."""
    sent = request.POST if request.method == "POST" else {}
    return certificate_page(
        request,
        certificate,
        **{"name": "", **more},
        failed=failed,
        keep="keep" in sent if sent else certificate.kept_name is not None,
        check="check" in sent if sent else certificate.name_hash is not None,
    )


def _remember(certificate: Certificate, name: str, *, keep: bool, check: bool) -> None:
    """What the holder chose; what is so already is not written again."""
    kept = name if keep else None
    if certificate.kept_name != kept:
        certificate.kept_name = kept
    if not check and certificate.name_hash is not None:
        certificate.name_hash = None
    elif check and not names.same_name(certificate, name):
        certificate.name_hash = names.hash_of(name)
