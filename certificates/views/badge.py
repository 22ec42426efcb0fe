"""A certificate as a badge, for its holder, and what programs may know of it, for everybody."""

import json
from datetime import UTC, datetime
from functools import lru_cache

from pyramid.i18n import Localizer, make_localizer
from pyramid.interfaces import ITranslationDirectories
from pyramid.response import Response
from pyramid.traversal import find_interface, resource_path
from pyramid.view import view_config

from certificates import standing
from certificates.badges import signing
from certificates.badges.credential import Place, credential_of, moment
from certificates.badges.criteria import Translate
from certificates.keys import Keys
from certificates.resources import Certificate, Certificates, UnknownCode
from certificates.views.page import HEADERS

BADGE = {"context": Certificate, "permission": "certificate:print", "request_method": "GET"}
STATUS = {"name": "status.json", "permission": "certificate:view", "request_method": "GET"}


@view_config(**BADGE, name="badge.json")
def badge_json(context, request):
    """The badge with its proof in it (OB 3.0 §8.3)."""
    badge = signing.embedded(credential(request, context), keys_of(request))
    return download(dumped(badge), "application/json", f"{context.code}.json")


@view_config(**BADGE, name="badge.jwt")
def badge_jwt(context, request):
    """The badge as a token (OB 3.0 §8.2)."""
    token = signing.token(credential(request, context), keys_of(request))
    return download(token, "application/vc+jwt", f"{context.code}.jwt")


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


def credential(request, certificate: Certificate) -> dict:
    """The certificate's credential, not signed yet."""
    place = place_in(request.registry, certificate)
    return credential_of(certificate, place)


def keys_of(request) -> Keys:
    """What this site signs with."""
    return request.registry["certificates.keys"].current


def place_in(registry, resource) -> Place:
    """Where certificates belong, by the site's settings; their languages, by its translations.

    :param resource: all certificates, or anything of theirs
    """
    settings, keys = registry["certificates"], registry["certificates.keys"]
    certificates = find_interface(resource, Certificates)
    return Place(
        keys.did,
        settings.site_url,
        settings.site_url + resource_path(certificates).rstrip("/"),
        lambda language: translator(registry, language),
    )


def translator(registry, language: str) -> Translate:
    """Translates the house's words into a BCP 47 language, whatever the visitor's is."""
    folders = registry.queryUtility(ITranslationDirectories, default=())
    return _localizer(language.replace("-", "_"), tuple(folders)).translate


@lru_cache(maxsize=16)
def _localizer(language: str, folders: tuple[str, ...]) -> Localizer:
    return make_localizer(language, folders)


def download(text: str, content_type: str, name: str) -> Response:
    """A file that its holder takes away."""
    response = Response(
        text.encode(),
        content_type=content_type,
        content_disposition=f'attachment; filename="{name}"',
    )
    response.headers.update(HEADERS)
    return response


def open_json(found: dict, *, status: int = 200) -> Response:
    """What programs on any site may read, and nobody keeps."""
    response = Response(dumped(found).encode(), content_type="application/json", status=status)
    response.headers.update(HEADERS | {"Access-Control-Allow-Origin": "*"})
    return response


def dumped(found: dict) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1)
