"""What browsers, the player and the server refused to content, told to the package's author."""

from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPNoContent
from pyramid.view import view_config

from scorm.capability import Capability
from scorm.content import reading
from scorm.packages.refusals import Attempt, Places, attempt_of, is_news, note
from scorm.resources import Registration
from scorm.runtime.commit import Malformed
from scorm.views.content import body_of, capability_of, registration_of

REPORT_LIMIT = 16 * 1024
"""Bytes of a report: it repeats the policy, and an address or two."""


@view_config(route_name="scorm.report")
def take_report(request):
    """A report of the browser's (CSP 3 §5.3) or of the player's guard. Content could send one too,
    and would only say something dull of itself."""
    capability = capability_of(request)
    registration = registration_of(request, reading(request), capability, rested=True)
    settings = request.registry["scorm"]
    places = Places(request.host.lower(), settings.site_host, settings.content_hosts)
    page = f"/{request.matchdict['capability']}/play"
    attempt = attempt_of(body_of(request, REPORT_LIMIT), places, page)
    if attempt is None:
        raise Malformed("This is no report of anything refused.")
    keep(request, registration, capability, attempt)
    return HTTPNoContent()


def keep(request, registration: Registration, capability: Capability, attempt: Attempt) -> None:
    """Note it on the package; what is known of today is not written again."""
    day = datetime.now(UTC).date()
    if not is_news(registration.package, attempt, day):
        return

    def write(connection) -> None:
        found = registration_of(request, connection, capability, rested=True)
        note(found.package, attempt, day)

    request.registry["scorm.writer"].carry_out(write)
