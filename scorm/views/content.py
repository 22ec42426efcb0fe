"""The player page and its three conversations with the server, on the content origin."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial

from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from transaction.interfaces import TransientError
from webob.acceptparse import AcceptEncodingValidHeader, create_accept_encoding_header

from scorm import player
from scorm.capability import Capability, CapabilityEnded, CapabilityRefused
from scorm.content import reading
from scorm.events import RegistrationChanged, WriteAsked
from scorm.resources import PackageVersion, Registration
from scorm.runtime.commit import (
    MOST_LEFTOVERS,
    MOST_STEPS,
    MOST_VALUES,
    Entry,
    Malformed,
    TooMuch,
    commit,
    hand_back,
    is_writer,
    open_session,
    take_leftovers,
)
from scorm.runtime.course import course_of
from scorm.runtime.files import files_of
from scorm.runtime.keeping import may_keep, offer, size_in_all
from scorm.runtime.launch import Superseded
from scorm.runtime.view import answer
from scorm.runtime.writer import WriterClosed
from scorm.views.policy import player_headers
from scorm.views.words import speaker

BODY_LIMIT = 8 * 1024 * 1024
"""Bytes of one request: a suspend_data of 1 MiB in JSON, several times over."""

Told = Callable[[], None]

MANY_COOKIES = 8 * 1024
"""Characters of cookies that make every request slow: no course needs them, and none is read."""


def capability_of(request) -> Capability:
    """:raises CapabilityRefused: when the address opens nothing anywhere"""
    return request.registry["scorm.capabilities"].read(request.matchdict["capability"])


def registration_of(
    request, connection, capability: Capability, *, rested: bool = False
) -> Registration:
    """The registration that the capability opens, on this host, now.

    :param connection: the database connection to read it from
    :param rested: whether it may have rested for too long
    :raises CapabilityRefused: when it opens nothing here
    :raises CapabilityEnded: when it has rested for too long
    """
    registration = request.registry["scorm.registrations"](connection).get(capability.registration)
    if registration is None or not on_its_host(request, registration):
        raise CapabilityRefused("This address does not open anything here.")
    if not rested:
        refuse_rested(registration, capability)
    return registration


def refuse_rested(registration: Registration, capability: Capability) -> None:
    """:raises CapabilityEnded: when its session has rested for too long"""
    session = registration.sessions.get(capability.session)
    if not capability.is_open(datetime.now(UTC), None if session is None else session.last):
        raise CapabilityEnded(registration.label, capability.session)


def on_its_host(request, registration: Registration) -> bool:
    origin = request.registry["scorm"].content_origin(registration.label)
    return origin.partition("://")[2] == request.host


@view_config(route_name="scorm.home")
def home(request):
    """A reloaded player has a neutral address: back through the site, which knows who it is."""
    settings = request.registry["scorm"]
    before, after = settings.content_hosts
    label = request.host[len(before) : len(request.host) - len(after)] if after else ""
    return HTTPSeeOther(f"{settings.return_url}/{label}".rstrip("/"))


def packed(view):
    """A page goes out with gzip to whoever takes it."""

    def pack(context, request):
        response = view(context, request)
        response.vary = ("Accept-Encoding",)
        if accepts_gzip(request):
            response.encode_content("gzip")
        return response

    return pack


@view_config(
    route_name="scorm.play",
    renderer="scorm:templates/player.jinja2",
    request_method="GET",
    decorator=packed,
)
def play(request):
    """The player page. Reading it changes nothing; the page itself then asks to start."""
    capability = capability_of(request)
    registration = registration_of(request, reading(request), capability)
    request._LOCALE_ = capability.language  # where Pyramid looks before it asks cookies
    signed = request.matchdict["capability"]
    prefix, static = f"/{signed}", f"/static/player/{player.version()}"
    origin = request.registry["scorm"].content_origin(registration.label)
    request.response.headers.update(player_headers(f"{origin}{static}", signed))
    request.response.headers["Cache-Control"] = "no-store"
    if len(request.headers.get("Cookie", "")) > MANY_COOKIES:
        request.response.headers["Clear-Site-Data"] = '"cookies"'
    return {
        "settings": {
            "registration": registration.id,
            "session": capability.session,
            "page": secrets.token_hex(8),
            "title": course_of(opened_version(registration, capability)).manifest.title,
            "course_url": registration.return_url,
            "start_url": f"{prefix}/start",
            "commit_url": f"{prefix}/commit",
            "report_url": f"{prefix}/report",
            "keep": keep_of(request, registration, capability),
            "preview": registration.preview,
            "shared": capability.shared,
            "sweeps": registration.preview and request.registry["scorm"].isolated,
        },
        "static": static,
    }


def keep_of(request, registration: Registration, capability: Capability) -> dict | None:
    """What the page needs to offer that the course is kept on the device, where it may be. Who
    only looks may remove what is kept: an empty one."""
    if capability.mode == "review" and not capability.shared:
        return {}
    if not may_keep(registration, capability, isolated=request.registry["scorm"].isolated):
        return None
    version = opened_version(registration, capability)
    return {
        "url": f"/{request.matchdict['capability']}/keep",
        "words": speaker(request)(offer(size_in_all(files_of(version)))),
    }


def opened_version(registration: Registration, capability: Capability) -> PackageVersion:
    """The version that the page was opened for: where the registration goes when it starts."""
    return registration.package.version(capability.version) or registration.version


@view_config(route_name="scorm.start")
def start_session(request):
    """Take the lease, replay what earlier sessions left on the device, start or resume."""
    body = body_of(request)
    leftovers, page = leftovers_of(body), page_of(body)

    def work(registration: Registration, capability: Capability, now: datetime, told: Told):
        refuse_rested(registration, capability)
        if body.get("more"):  # of what was left comes with another request: nothing starts yet
            take_leftovers(registration, leftovers, now)
            return LeftoversTaken()
        session, mode = capability.session, capability.mode
        return open_session(registration, session, mode, leftovers, now, page, told), 0

    return written_by(request, work)


@view_config(route_name="scorm.commit")
def take_commit(request):
    """Apply the outbox's entries; the answer leaves only after the transaction is on disk."""
    body = body_of(request)
    entries, seen, page = entries_of(body), seen_of(body), page_of(body)

    def work(registration: Registration, capability: Capability, now: datetime, _told: Told):
        session = registration.sessions.get(capability.session)
        if session is not None and not is_writer(registration, capability.session, page):
            return Overtaken(hand_back(session, entries))
        refuse_rested(registration, capability)
        written = commit(registration, capability.session, entries, now, page)
        # A page that does not say what it has seen has seen the answer before this one.
        return written, seen if seen is not None else 0 if written.repeated else written.before

    return written_by(request, work)


@dataclass(frozen=True)
class Overtaken:
    """Another page has followed the one that asks; ``kept`` is the number up to which its entries
    are kept for an admin to read, None where nothing is kept."""

    kept: int | None


@dataclass(frozen=True)
class LeftoversTaken:
    """What earlier sessions left was taken in; there is more of it to come."""


def written_by(request, work) -> Response:
    """The answer to a page that writes, once the writer has put it on disk.

    :param work: takes the registration, the capability, the time, and what lets the host hear what
        the registration comes to; gives what was written and the turn that the page has seen, or
        :class:`Overtaken`, or :class:`LeftoversTaken`
    """
    registry, signed = request.registry, request.matchdict["capability"]
    capability = capability_of(request)

    def write(connection) -> dict | Overtaken:
        registration = registration_of(request, connection, capability, rested=True)
        registry.notify(WriteAsked(registration, connection, registry))
        changed = RegistrationChanged(registration, connection, registry)
        told = partial(registry.notify, changed)
        done = work(registration, capability, datetime.now(UTC), told)
        if isinstance(done, Overtaken):
            return done
        if isinstance(done, LeftoversTaken):
            told()
            return {"acknowledged": 0}
        written, seen = done
        if written.news:
            told()
        return answer(registration, written.session, signed, written.refused, seen)

    found = registry["scorm.writer"].carry_out(write)
    if isinstance(found, Overtaken):
        more = {} if found.kept is None else {"kept": found.kept}
        return refusal(request, 409, "superseded", Superseded(), **more)
    response = Response(json.dumps(found).encode(), content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def body_of(request, limit: int = BODY_LIMIT) -> dict:
    """The JSON object of the request.

    :param limit: bytes
    :raises Malformed: when it is none
    :raises TooMuch: when it is too large
    """
    length = request.content_length or 0
    if length > limit:
        raise TooMuch("The request is larger than anything a player sends.")
    try:
        # Straight from the server, which has it whole: it is read once, and never again.
        body = json.loads(request.body_file_raw.read(length))
    except (ValueError, RecursionError):
        raise Malformed("The request is not JSON.")
    if not isinstance(body, dict):
        raise Malformed("The request must be a JSON object.")
    return body


def page_of(body: dict) -> str | None:
    """The word that tells this load of the page from others; None when it does not say."""
    page = body.get("page")
    if page is not None and (not isinstance(page, str) or len(page) > 64):
        raise Malformed("A page is named by a short word.")
    return page


def entries_of(body: dict) -> list[Entry]:
    """:raises TooMuch: when they have more values than one request may bring"""
    entries = body.get("entries", [])
    if not isinstance(entries, list):
        raise Malformed("Entries must be a list.")
    found = [Entry.from_plain(entry) for entry in entries]
    refuse_much(found)
    return found


def refuse_much(entries: list[Entry]) -> None:
    """:raises TooMuch: when applying them would keep others waiting"""
    values = sum(len(entry.values) for entry in entries)
    steps = sum(entry.kind != "set" for entry in entries)
    if values > MOST_VALUES or steps > MOST_STEPS:
        raise TooMuch("This is more than one request may bring. Send it in parts.")


def seen_of(body: dict) -> int | None:
    """The turn of the newest view that the page has; None when it does not say."""
    seen = body.get("seen")
    if seen is not None and type(seen) is not int:
        raise Malformed("What a page has seen is a number.")
    return seen


def leftovers_of(body: dict) -> list[tuple[str, list[Entry]]]:
    """What earlier sessions left on the device: each session's id and its entries."""
    leftovers = body.get("leftovers", [])
    if not isinstance(leftovers, list) or not all(
        isinstance(leftover, dict) and isinstance(leftover.get("session"), str)
        for leftover in leftovers
    ):
        raise Malformed("A left-over outbox needs its session.")
    found = [(leftover["session"], entries_of(leftover)) for leftover in leftovers]
    if len(found) > MOST_LEFTOVERS:
        raise TooMuch("These are more sessions than one request may bring. Send them in parts.")
    refuse_much([entry for _, entries in found for entry in entries])
    return found


def refusal(request, status: int, error: str, message: object, **more) -> Response:
    """An error as the protocol words it: a short name for the player, a sentence for a person."""
    response = request.response
    response.status_int = status
    response.json_body = {"error": error, "message": str(message), **more}
    response.content_type = "application/json"
    return response


@view_config(context=Superseded)
def superseded(exc, request):
    return refusal(request, 409, "superseded", exc)


@view_config(context=CapabilityRefused)
def capability_refused(exc, request):
    return refusal(request, 403, "capability", exc)


@view_config(context=CapabilityEnded)
def capability_ended(exc, request):
    """Signing in renews this very session, so that the page goes on where it is."""
    url = f"{request.registry['scorm'].renew_url}/{exc.label}/{exc.session}"
    return refusal(request, 403, "capability", exc, sign_in_url=url)


@view_config(context=WriterClosed)
@view_config(context=TransientError)
def busy(_exc, request):
    """Others wrote the same thing at the same moment, several times over; the player asks again."""
    request.response.headers["Retry-After"] = "1"
    return refusal(request, 503, "busy", "The site is very busy. Nothing is lost; send it again.")


@view_config(context=TooMuch)
def too_much(exc, request):
    return refusal(request, 413, "too-much", exc)


@view_config(context=Malformed)
def malformed(exc, request):
    return refusal(request, 400, "malformed", exc)


@view_config(context=URLDecodeError)
def unreadable(_exc, _request):
    """An address whose bytes are no text names nothing."""
    return HTTPNotFound()


@view_config(context=URLDecodeError, request_method=("GET", "HEAD"))
def written_by_old_tools(_exc, request):
    """They code addresses in Windows-1252: what is no UTF-8 is read so."""
    again = request.copy()
    path = request.environ["PATH_INFO"].encode("latin-1").decode("windows-1252", "replace")
    again.environ["PATH_INFO"] = path.encode().decode("latin-1")
    return request.invoke_subrequest(again, use_tweens=True)


def accepts_gzip(request) -> bool:
    """Whether the client said that it takes gzip, and likes it no less than the file as it is
    (RFC 9110 §12.5.3). Silence and nonsense mean that it does not."""
    return takes_gzip(request.headers.get("Accept-Encoding", ""))


@lru_cache(256)
def takes_gzip(accepted: str) -> bool:
    # The two are one (RFC 9110 §8.4.1.3).
    said = create_accept_encoding_header(accepted.replace("x-gzip", "gzip"))
    if not isinstance(said, AcceptEncodingValidHeader):
        return False
    offers = said.acceptable_offers(["gzip", "identity"])
    return bool(offers) and offers[0][0] != "identity"


@view_config(route_name="scorm.static", request_method="GET")
def static(request):
    """A file of the player, or an element table. What is asked for by another version's address
    (while processes are updated one after the other) is not to be kept."""
    file = player.files().get(request.matchdict["name"])
    if file is None:
        raise HTTPNotFound
    zipped = accepts_gzip(request)
    body = file.packed if zipped else file.body
    response = Response(body, content_type=file.content_type, charset="utf-8")
    response.content_encoding = "gzip" if zipped else None
    response.etag = f"{file.etag}-gzip" if zipped else file.etag
    known = request.matchdict["version"] == player.version()
    response.cache_control = "public, max-age=31536000, immutable" if known else "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.conditional_response = True
    response.vary = ("Accept-Encoding",)
    return response
