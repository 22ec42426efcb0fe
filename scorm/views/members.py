"""Files of a package, on the content origin, under a capability that names their version."""

from collections.abc import Iterable

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from scorm.capability import CapabilityRefused
from scorm.content import reading
from scorm.packages import serving
from scorm.packages.refusals import Attempt
from scorm.runtime.files import files_of
from scorm.views.content import accepts_gzip, capability_of, registration_of
from scorm.views.policy import content_headers
from scorm.views.refusals import keep


@view_config(route_name="scorm.member", request_method=("GET", "HEAD"))
def member(request):
    """One file, straight out of the zip; the database is not needed while it is sent."""
    capability = capability_of(request)
    registration = registration_of(request, reading(request), capability)
    if request.headers.get("Service-Worker") == "script":
        keep(request, registration, capability, Attempt("worker-kept"))
        raise HTTPForbidden("Packages may not install service workers here.")
    # A page whose session another has followed, on another version, still shows what is in it.
    version = registration.version_of(registration.sessions.get(capability.session))
    if request.matchdict["version"] != version.key:
        raise CapabilityRefused("This address does not open anything here.")
    files = files_of(version)
    name = files.members.find(request.matchdict["path"])
    if name is None:
        raise HTTPNotFound
    reads = request.method == "GET"
    answer = serving.respond(
        files.members[name],
        name,
        gzip=accepts_gzip(request),
        byte_range=request.headers.get("Range") if reads else None,  # RFC 9110 §14.2
        if_match=request.headers.get("If-Match"),
        if_none_match=request.headers.get("If-None-Match"),
        if_range=request.headers.get("If-Range"),
    )
    if capability.shared:  # nothing of a course is to be found on a device that others use
        answer.headers["Cache-Control"] = "no-store"
    signed, hosts = request.matchdict["capability"], registration.package.allowed_hosts
    kind = serving.content_type(name)
    headers = [*answer.headers.items(), *content_headers(hosts, signed, kind).items()]
    body: Iterable[bytes] = ()
    if reads and answer.status in (200, 206):
        body = answer.body(files.source, request.environ.get("wsgi.file_wrapper", iter))
    return Response(status=answer.status, headerlist=headers, app_iter=body)
