"""What verifiers read of this site: its keys, and the lists of what is revoked or suspended.

Pages of other sites may read them too, as verifiers that run in a browser are such pages.
"""

import json
from datetime import UTC, datetime

from pyramid.response import Response
from pyramid.view import view_config

from certificates.host import place_in
from certificates.resources import StatusList
from certificates.status.lists import REVOCATION, SUSPENSION, status_credential
from certificates.views.badge import keys_of

ROUTE = "certificates.did"
SECONDS = 300
"""How long a copy is as good: a rotated key and a revoked certificate are known so soon."""

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "*",
}
JSON = "application/json"
"""What everybody gets who does not ask for the standards' own types alone: many programs read no
answer whose type does not say JSON."""
DID, CREDENTIAL = "application/did+json", "application/vc"
"""DID 1.0 §6.2.1; VC Data Model 2.0 §C.1."""

LIST = {"context": StatusList, "permission": "certificate:view"}


@view_config(route_name=ROUTE, request_method="GET")
def did_document(request):
    """``/.well-known/did.json``: the issuer's DID document (did:web §3.2)."""
    return answer(request, request.registry["certificates.keys"].did_document(), DID)


@view_config(**LIST, name=REVOCATION, request_method="GET")
def revocation(context, request):
    """What is revoked, and what is suspended now."""
    return status_list(context, request, REVOCATION)


@view_config(**LIST, name=SUSPENSION, request_method="GET")
def suspension(context, request):
    """What is suspended now."""
    return status_list(context, request, SUSPENSION)


@view_config(route_name=ROUTE, request_method="OPTIONS")
@view_config(**LIST, name=REVOCATION, request_method="OPTIONS")
@view_config(**LIST, name=SUSPENSION, request_method="OPTIONS")
def may_ask(request):
    """Yes, to a browser that asks whether another site's page may read this (Fetch §3.2.2)."""
    return Response(status=204, headerlist=list(OPEN.items()))


def status_list(context: StatusList, request, purpose: str) -> Response:
    """One list, signed."""
    place = place_in(request.registry, context)
    found = status_credential(context, purpose, place, keys_of(request), datetime.now(UTC))
    return answer(request, found, CREDENTIAL)


def answer(request, found: dict, content_type: str) -> Response:
    """JSON that may be kept for a while, and need not be sent again to whoever has it.

    :param content_type: of what this is, for those who ask for it
    """
    offers = request.accept.acceptable_offers([JSON, content_type])
    response = Response(
        json.dumps(found).encode(),
        content_type=offers[0][0] if offers else JSON,
        conditional_response=True,
        vary="Accept",
    )
    response.headers.update(OPEN)
    response.cache_control = f"public, max-age={SECONDS}"
    response.md5_etag()
    return response
