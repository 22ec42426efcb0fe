"""Verifying, for everybody: a form for a code, and the page that a code leads to."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import exception_view_config, view_config

from certificates import codes, standing
from certificates.lookups import TooManyLookups
from certificates.resources import Certificate, Certificates, UnknownCode
from certificates.views.page import HEADERS, certificate_page, page

FORM = "certificates:templates/verify.jinja2"


@view_config(
    context=Certificates, renderer=FORM, permission="certificate:view", request_method="GET"
)
def verify(context, request):
    """A form for a code; a code that is known leads to its page."""
    typed = request.params.get("code", "").strip()
    if not typed:
        return page(request, action=request.resource_url(context), typed="")
    return look_up(request, context, typed)


@view_config(
    context=UnknownCode, renderer=FORM, permission="certificate:view", request_method="GET"
)
def verify_address(context, request):
    """An address that is not quite that of a certificate: typed from paper, or cut short."""
    return look_up(request, context.__parent__, context.__name__)


def look_up(request, certificates: Certificates, typed: str):
    request.registry["certificates.lookups"].count(request.remote_addr)
    found = standing.verify(certificates, typed, datetime.now(UTC)).certificate
    if found is not None:
        return HTTPSeeOther(request.resource_url(found), headers=HEADERS)
    shown = typed[: codes.LONGEST_TYPED]
    action = request.resource_url(certificates)
    return page(request, status=404, action=action, typed=shown, problem="unknown")


@view_config(
    context=Certificate,
    renderer="certificates:templates/certificate.jinja2",
    permission="certificate:view",
    request_method="GET",
)
def show(context, request):
    """Valid or revoked, course and date: what a stranger with the code may know."""
    request.registry["certificates.lookups"].check(request.remote_addr)
    return certificate_page(request, context)


@exception_view_config(TooManyLookups, renderer="certificates:templates/wait.jinja2")
def wait(context, request):
    """Too many codes from one client."""
    request.response.headers["Retry-After"] = str(context.seconds)
    return page(request, status=429)
