"""Files of a package, on the content origin, under a capability that names their version."""

from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.response import Response
from pyramid.view import view_config

from scorm.capability import CapabilityRefused
from scorm.content import reading
from scorm.packages import serving
from scorm.resources import PackageVersion
from scorm.runtime.course import course_of
from scorm.views.content import accepts_gzip, capability_of, registration_of


def policy(hosts: tuple[str, ...]) -> str:
    """What content may do: anything on its own origin, nothing elsewhere but the hosts that an
    admin has allowed for this package."""
    places = " ".join(("'self'", "data:", "blob:", *hosts))
    return (
        f"default-src {places}; script-src {places} 'unsafe-inline' 'unsafe-eval'; "
        f"style-src {places} 'unsafe-inline'; frame-ancestors 'self'; form-action 'self'; "
        "base-uri 'self'; object-src 'self'"
    )


@view_config(route_name="scorm.member", request_method=("GET", "HEAD"))
def member(request):
    """One file, straight out of the zip; the connection is not needed while it is sent."""
    if request.headers.get("Service-Worker") == "script":
        raise HTTPForbidden("Packages may not install service workers here.")
    capability = capability_of(request)
    registration = registration_of(request, reading(request), capability)
    version: PackageVersion = registration.version
    if request.matchdict["version"] != version.key or capability.version != version.key:
        raise CapabilityRefused("This address does not open anything here.")
    index = course_of(version).index
    name = serving.find(index, "/".join(request.matchdict["path"]))
    if name is None:
        raise HTTPNotFound
    answer = serving.respond(
        index,
        name,
        gzip=accepts_gzip(request),
        byte_range=request.headers.get("Range"),
        if_none_match=request.headers.get("If-None-Match"),
        if_range=request.headers.get("If-Range"),
    )
    response = Response(status=answer.status)
    response.headers.clear()
    response.headers.update(answer.headers)
    response.headers["Content-Security-Policy"] = policy(registration.package.allowed_hosts)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Permissions-Policy"] = "unload=(self)"
    if request.method == "GET" and answer.status in (200, 206):
        response.app_iter = answer.body(open(version.blob.committed(), "rb"))  # noqa: SIM115
    return response
