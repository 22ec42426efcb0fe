"""Pictures of a certificate: its badge for the holder, and the card that links are shown with."""

from pyramid.response import Response
from pyramid.view import view_config

from certificates.badges import art
from certificates.designs import design_of
from certificates.resources import Certificate
from certificates.views.page import HEADERS

HOUR = 3600


@view_config(context=Certificate, name="card.png", permission="certificate:view")
def card(context, request):
    """For everybody who has the address: title and issuer, no name, no code."""
    request.registry["certificates.lookups"].check(request.remote_addr)
    design, _images = design_of(context.__parent__, context.snapshot)
    content = art.card(context, design, request.registry["certificates"].fonts)
    response = Response(content, content_type="image/png")
    response.headers.update(HEADERS)
    response.cache_control = f"public, max-age={HOUR}"
    return response
