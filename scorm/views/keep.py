"""Taking a course away: what a device keeps of it to go on without a line, and the worker that
answers from there. What content could do with either is in docs/safety.md."""

import hashlib
import json
import re
from functools import lru_cache

import rjsmin
from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from scorm import player
from scorm.capability import CapabilityRefused
from scorm.content import reading
from scorm.runtime.course import course_of
from scorm.runtime.files import files_of
from scorm.runtime.keeping import WORDS, may_keep, roams, shelf, size_in_all, size_of
from scorm.views.content import capability_of, registration_of
from scorm.views.policy import kept_headers
from scorm.views.words import speaker


@view_config(route_name="scorm.keep", renderer="json")
def keep(request):
    """What the version's files are, and what its parts are delivered with. Nothing is changed."""
    capability = capability_of(request)
    registration = registration_of(request, reading(request), capability)
    session = registration.sessions.get(capability.session)
    if session is None or session.left is not None:
        raise CapabilityRefused("Open the course before it is kept.")
    if not may_keep(registration, capability, isolated=request.registry["scorm"].isolated):
        raise CapabilityRefused("This course is not kept on this device.")
    version, signed = registration.version, request.matchdict["capability"]
    index = files_of(version).members.index
    course = course_of(version)
    request.response.headers["Cache-Control"] = "no-store"
    request._LOCALE_ = capability.language
    say = speaker(request)
    found = {
        "words": {name: say(words) for name, words in WORDS.items()},
        "version": version.key,
        "session": capability.session,
        "files": [[name, size_of(index, name)] for name in index],
        "bytes": size_in_all(files_of(version)),
        "player": [f"/static/player/{player.version()}/{name}" for name in player.NEEDED],
        "roams": roams(course),
    }
    if found["roams"]:
        found["shelf"] = shelf(registration, session, signed)
    return found


@view_config(route_name="scorm.worker", request_method="GET")
def worker(request):
    """The only service worker of a content host."""
    if not request.registry["scorm"].isolated:
        raise HTTPNotFound
    response = Response(worker_source(request.host_url), content_type="text/javascript")
    response.charset = "utf-8"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    response.md5_etag()
    response.conditional_response = True
    return response


@lru_cache(1024)
def worker_source(origin: str) -> bytes:
    """The worker, with the headers that it gives to what was kept: they are in its own script,
    which content cannot write over, as it can what is stored."""
    means = {
        "headers": kept_headers(f"{origin}/static/player/{player.version()}"),
        "player": {
            f"/static/player/{player.version()}/{name}": digest(player.files()[name].body)
            for name in player.NEEDED
        },
    }
    script = re.sub(r"^export ", "", player.joined(player.SOURCES, "keep.js"), flags=re.MULTILINE)
    return rjsmin.jsmin(f"{script}serve(self, {json.dumps(means)});\n").encode()


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
