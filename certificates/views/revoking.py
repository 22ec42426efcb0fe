"""Revoking, for admins: a page that says what will happen, and a reason."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from certificates import issuing
from certificates.events import CertificateRevoked
from certificates.resources import Certificate
from certificates.views.page import HEADERS, certificate_page

REVOKE = {
    "context": Certificate,
    "name": "revoke",
    "renderer": "certificates:templates/revoke.jinja2",
    "permission": "certificate:revoke",
}


@view_config(**REVOKE, request_method="GET")
def ask_reason(context, request):
    """What revoking does, before it is done."""
    return certificate_page(request, context, reason="")


@view_config(**REVOKE, request_method="POST", require_csrf=True)
def revoke(context, request):
    """Revoke with a reason; the public page says so from now on."""
    reason = request.POST.get("reason", "")
    try:
        issuing.revoke(context, reason, datetime.now(UTC))
    except issuing.CertificateRefused as refused:
        problem = refused.said(request.localizer.translate)
        return certificate_page(request, context, reason=reason, status=400, problem=problem)
    request.registry.notify(CertificateRevoked(context, request))
    return HTTPSeeOther(request.resource_url(context), headers=HEADERS)
