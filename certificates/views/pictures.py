"""Pictures of a certificate: its badge for the holder, and the card that links are shown with."""

from pyramid.response import Response
from pyramid.traversal import find_interface
from pyramid.view import view_config

from certificates.badges import art, bundle
from certificates.designs import Design, design_of
from certificates.host import place_in
from certificates.resources import Certificate, Certificates
from certificates.views.badge import BADGE, keys_of
from certificates.views.page import HEADERS, download

HOUR = 3600


@view_config(**BADGE, name="badge.png")
def badge_png(context, request):
    """The badge baked into a picture (OB 3.0 §5.3)."""
    return _baked(request, context, bundle.png, "image/png", "png")


@view_config(**BADGE, name="badge.svg")
def badge_svg(context, request):
    """The badge baked into a drawing."""
    return _baked(request, context, bundle.svg, "image/svg+xml", "svg")


PUBLIC = {"context": Certificate, "permission": "certificate:view", "request_method": "GET"}


@view_config(**PUBLIC, name="card.png")
def card(context, request):
    """For everybody who has the address: title and issuer, no name, no code."""
    return _public(request, context, art.card)


@view_config(**PUBLIC, name="art.png")
def picture(context, request):
    """What wallets show for the badge: its drawing, with no badge in it."""
    return _public(request, context, art.png)


def _public(request, certificate: Certificate, draw) -> Response:
    request.registry["certificates.lookups"].check(request.remote_addr)
    content = draw(certificate, look_of(certificate), request.registry["certificates"].fonts)
    response = Response(content, content_type="image/png")
    response.headers.update(HEADERS)
    response.headers["Cache-Control"] = f"public, max-age={HOUR}"
    # Wallets and verifiers that run in a browser draw it on pages of other sites.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def look_of(certificate: Certificate) -> Design:
    """The design that a certificate was issued with."""
    design, _images = design_of(find_interface(certificate, Certificates), certificate.snapshot)
    return design


def _baked(request, certificate: Certificate, draw, content_type: str, ending: str) -> Response:
    registry = request.registry
    badge = bundle.signed(certificate, place_in(registry, certificate), keys_of(request))
    content = draw(certificate, look_of(certificate), registry["certificates"].fonts, badge)
    return download(content, content_type, f"{certificate.code}.{ending}")
