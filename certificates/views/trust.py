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
LIST = {"context": StatusList, "permission": "certificate:view"}


@view_config(route_name=ROUTE, request_method="GET")
def did_document(request):
    """``/.well-known/did.json``: the issuer's DID document (did:web §3.2)."""
    return answer(request.registry["certificates.keys"].did_document())


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
    return answer(found)


def answer(found: dict) -> Response:
    """JSON that may be kept for a while, and need not be sent again to whoever has it."""
    response = Response(
        json.dumps(found).encode(), content_type="application/json", conditional_response=True
    )
    response.headers.update(OPEN)
    response.cache_control = f"public, max-age={SECONDS}"
    response.md5_etag()
    return response
