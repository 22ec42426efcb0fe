"""Verifying, for everybody: a code or a file is sent, and the answer is a page."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from certificates import codes
from certificates.resources import Certificates, UnknownCode
from certificates.verification.apart import Busy
from certificates.verification.judging import Finding, Outcome, found, judge
from certificates.verification.sniff import LARGEST_OF_ALL, MEGABYTE, Kind
from certificates.views.page import HEADERS, certificate_page, page
from certificates.views.sent import FormBroken, FormTooLarge, fields_of

FORM = "certificates:templates/verify.jinja2"
RESULT = "certificates:templates/certificate.jinja2"
STATUSES = {
    Outcome.ALTERED: 422,
    Outcome.NOT_OURS: 404,
    Outcome.UNREADABLE: 422,
    Outcome.TOO_LARGE: 413,
}
"""Of answers that show no certificate."""
SECONDS = "5"
"""After so long somebody who was told that the site is busy may try again."""
VERIFY = {"context": Certificates, "permission": "certificate:view", "renderer": FORM}


@view_config(**VERIFY, request_method="GET")
def form(context, request):
    """A form for a code or a file; a code in the address leads to its page."""
    typed = request.GET.get("code", "").strip()
    if not typed:
        return form_page(request, context)
    return look_up(request, context, typed)


@view_config(
    context=UnknownCode, renderer=FORM, permission="certificate:view", request_method="GET"
)
def verify_address(context, request):
    """An address that is not quite that of a certificate: typed from paper, or cut short."""
    return look_up(request, context.__parent__, context.__name__)


@view_config(**VERIFY, request_method="POST", require_csrf=False)
def verify(context, request):
    """What was sent: a file, or else a code. Nothing is changed and nothing kept, so that forms of
    other sites may lead here too."""
    try:
        sent = fields_of(request, largest_file=LARGEST_OF_ALL)
    except FormTooLarge:
        return form_page(request, context, status=413, problem=Outcome.TOO_LARGE)
    except FormBroken:
        return form_page(request, context, status=400, problem="nothing")
    if sent.get("file"):
        return read_file(request, context, sent["file"])
    typed = sent.get("code", b"").decode("utf-8", "replace").strip()
    if not typed:
        return form_page(request, context, status=400, problem="nothing")
    return look_up(request, context, typed)


def look_up(request, certificates: Certificates, typed: str):
    request.registry["certificates.lookups"].count(request.remote_addr)
    finding = found(certificates, typed, datetime.now(UTC))
    if finding.certificate is not None:
        return HTTPSeeOther(request.resource_url(finding.certificate), headers=HEADERS)
    return form_page(
        request, certificates, status=404, problem="unknown", typed=typed[: codes.LONGEST_TYPED]
    )


def read_file(request, certificates: Certificates, file: bytes):
    """The page that says what a file proves."""
    request.registry["certificates.files"].count(request.remote_addr)
    registry = request.registry
    try:
        finding = judge(
            file,
            certificates,
            registry["certificates.keys"],
            datetime.now(UTC),
            read=registry["certificates.readers"].read,
        )
    except Busy:
        request.response.headers["Retry-After"] = SECONDS
        return form_page(request, certificates, status=503, problem="busy")
    if finding.certificate is None:
        status = STATUSES[finding.outcome]
        return form_page(request, certificates, status=status, problem=refusal(finding))
    request.override_renderer = RESULT
    return certificate_page(request, finding.certificate, proved_by=finding.kind)


def refusal(finding: Finding) -> str:
    """What a file that proves nothing is told: a text with a code in it is a code."""
    return "unknown" if finding.kind is Kind.CODE else finding.outcome


def form_page(request, certificates: Certificates, **more) -> dict:
    values = {"typed": "", "megabytes": LARGEST_OF_ALL // MEGABYTE, **more}
    return page(request, action=request.resource_url(certificates), **values)
