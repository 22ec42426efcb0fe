"""A certificate as a badge, for its holder, and what programs may know of it, for everybody."""

import json
from datetime import UTC, datetime

from pyramid.response import Response
from pyramid.view import view_config

from certificates import standing
from certificates.badges import bundle, signing
from certificates.badges.credential import credential_of, moment
from certificates.host import place_in
from certificates.keys import Keys
from certificates.resources import Certificate, UnknownCode
from certificates.views.page import HEADERS, download

BADGE = {"context": Certificate, "permission": "certificate:print", "request_method": "GET"}
STATUS = {"name": "status.json", "permission": "certificate:view", "request_method": "GET"}


@view_config(**BADGE, name="badge.json")
def badge_json(context, request):
    """The badge with its proof in it (OB 3.0 §8.3)."""
    badge = bundle.signed(context, place_in(request.registry, context), keys_of(request))
    return download(badge.encode(), "application/json", f"{context.code}.json")


@view_config(**BADGE, name="badge.jwt")
def badge_jwt(context, request):
    """The badge as a token (OB 3.0 §8.2)."""
    credential = credential_of(context, place_in(request.registry, context))
    token = signing.token(credential, keys_of(request))
    return download(token.encode(), "application/vc+jwt", f"{context.code}.jwt")


@view_config(**STATUS, context=Certificate)
def status_json(context, request):
    """Whether the certificate holds, of what and since when; never whose it is."""
    request.registry["certificates.lookups"].check(request.remote_addr)
    snapshot = context.snapshot
    dates = ("issued", "valid_until", "revoked", "suspended")
    found = {
        "status": str(standing.status_of(context, datetime.now(UTC))),
        "code": context.code,
        "kind": snapshot["kind"],
        "title": snapshot["title"],
        "issuer": snapshot["issuer"],
    }
    for name in dates:
        when = getattr(context, name)
        found[name] = None if when is None else moment(when)
    return open_json(found)


@view_config(**STATUS, context=UnknownCode)
def status_unknown(context, request):
    """There is no certificate with this code."""
    request.registry["certificates.lookups"].count(request.remote_addr)
    return open_json({"status": str(standing.Status.UNKNOWN), "code": None}, status=404)


def keys_of(request) -> Keys:
    """What this site signs with."""
    return request.registry["certificates.keys"].current


def open_json(found: dict, *, status: int = 200) -> Response:
    """What programs on any site may read, and nobody keeps."""
    text = json.dumps(found, ensure_ascii=False, indent=1)
    response = Response(text.encode(), content_type="application/json", status=status)
    response.headers.update(HEADERS | {"Access-Control-Allow-Origin": "*"})
    return response
