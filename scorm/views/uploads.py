"""Sending a package in, in parts that can be resumed, and following what becomes of it.

The protocol of the parts is tus 1.0.0 (core, creation, termination), so that other senders than
our own page can use it. Without JavaScript a form sends the file in one piece.
"""

import json
from base64 import b64decode
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from scorm import importing
from scorm.events import ImportAsked
from scorm.packages.archive import Limits
from scorm.packages.findings import Report
from scorm.packages.words import _
from scorm.resources import Imports, PackageImport, Packages, ScormPackage
from scorm.views.packages import list_values, page, received_of
from scorm.views.words import speaker

TUS = "1.0.0"
PART = "application/offset+octet-stream"
STATUSES = {
    importing.TooLarge: 413,
    importing.NoRoom: 507,
    importing.OtherPlace: 409,
    importing.Busy: 423,
    importing.Over: 410,
}

PROBLEMS = {
    "room": _("The server's disk is full. What was sent is kept. Tell an admin."),
    "memory": _(
        "The check needed more memory than it may have. Perhaps the manifest is far too large. "
        "What was sent is kept."
    ),
    "fault": _(
        "The check met a fault of ours. What was sent is kept. An admin finds more in the log."
    ),
}
"""What may go wrong on our side, by the name that an import keeps."""
PATIENCE = timedelta(seconds=60)
"""After so long somebody should look why nothing happens."""


def limits_of(request) -> Limits:
    return Limits.of(request.registry["scorm"].upload_limit)


def uploads_of(request):
    return request.registry["scorm"].uploads


def tus(request, status: int, **headers) -> Response:
    """An answer of the protocol, without a body."""
    response = Response(status=status)
    response.headers.update({"Tus-Resumable": TUS, "Cache-Control": "no-store", **headers})
    return response


def refused(request, problem: importing.ImportRefused) -> Response:
    """Why a part was not taken, in the reader's words."""
    response = tus(request, STATUSES[type(problem)])
    response.content_type = "text/plain"
    response.text = speaker(request)(problem.words)
    if isinstance(problem, importing.OtherPlace):
        response.headers["Upload-Offset"] = str(problem.offset)
    return response


@view_config(context=Imports, permission="package:import", request_method="OPTIONS")
def abilities(context, request):
    """What of the protocol is understood here."""
    return tus(
        request,
        204,
        **{
            "Tus-Version": TUS,
            "Tus-Extension": "creation,termination",
            "Tus-Max-Size": str(limits_of(request).packed),
        },
    )


@view_config(context=Imports, permission="package:import", request_method="POST")
def create(context, request):
    """Somebody begins to send a file; the answer's ``Location`` takes its parts."""
    try:
        size = int(request.headers["Upload-Length"])
        said = metadata(request.headers.get("Upload-Metadata", ""))
    except (KeyError, ValueError):
        return tus(request, 400)
    if size < 0:
        return tus(request, 400)
    try:
        found = importing.begin(
            context.__parent__,
            uploads_of(request),
            limits_of(request),
            name=said.get("filename", ""),
            size=size,
            stamp=said.get("stamp", ""),
            owner=request.authenticated_userid,
            package=replaced(context.__parent__, said.get("package", "")),
            now=datetime.now(UTC),
        )
    except importing.ImportRefused as problem:
        return refused(request, problem)
    return tus(request, 201, Location=request.resource_url(found))


def metadata(header: str) -> dict[str, str]:
    """``Upload-Metadata``: names with values in Base64.

    :raises ValueError: for anything else
    """
    found = {}
    for pair in filter(None, map(str.strip, header.split(","))):
        name, _, value = pair.partition(" ")
        found[name] = b64decode(value, validate=True).decode()
    return found


def replaced(packages: Packages, key: str) -> ScormPackage | None:
    """The package that is to get another version.

    :raises HTTPNotFound: when there is none of this id
    """
    if not key:
        return None
    try:
        found = packages[key]
    except KeyError:
        raise HTTPNotFound
    if not isinstance(found, ScormPackage):
        raise HTTPNotFound
    return found


@view_config(
    context=PackageImport, permission="import:change", request_method="HEAD", header="Tus-Resumable"
)
def offset(context, request):
    """Where to go on."""
    try:
        at = importing.received(uploads_of(request), context)
    except importing.Over as problem:
        return refused(request, problem)
    return tus(request, 200, **{"Upload-Offset": str(at), "Upload-Length": str(context.size)})


@view_config(context=PackageImport, permission="import:change", request_method="PATCH")
def part(context, request):
    """One part of the file. With the last one the check is asked for, in the same transaction."""
    if request.content_type != PART:
        return tus(request, 415)
    try:
        at = int(request.headers.get("Upload-Offset", ""))
    except ValueError:
        return tus(request, 400)
    try:
        at = put(request, context, at)
        if at == context.size and context.state == "sending":
            ask(request, context)
    except importing.ImportRefused as problem:
        return refused(request, problem)
    return tus(request, 204, **{"Upload-Offset": str(at)})


def put(request, found: PackageImport, at: int) -> int:
    """Put the part in its place; where the file ends now. The last one may come again: from who
    never heard the answer to it, or because its transaction met another one.

    :raises scorm.importing.ImportRefused: when it is not taken
    """
    try:
        return importing.receive(uploads_of(request), found, at, request.body_file)
    except importing.OtherPlace as problem:
        if problem.offset < found.size:
            raise
        return found.size


def ask(request, found: PackageImport) -> None:
    """The file is here: the host is asked to check it."""
    importing.submit(uploads_of(request), found, datetime.now(UTC))
    request.registry.notify(ImportAsked(found, request))


@view_config(context=PackageImport, permission="import:change", request_method="DELETE")
def terminate(context, request):
    """Whoever sends it has thought better of it."""
    try:
        call_off(request, context)
    except importing.Over as problem:
        return refused(request, problem)
    return tus(request, 204)


def call_off(request, found: PackageImport) -> None:
    importing.cancel(found, datetime.now(UTC))
    request.registry.notify(ImportAsked(found, request))


@view_config(
    context=Packages,
    name="upload",
    renderer="scorm:templates/packages/list.jinja2",
    permission="package:import",
    request_method="POST",
)
def upload(context, request):
    """The form without JavaScript: the file came in one piece, and lies on disk already."""
    sent = request.POST.get("package")
    if not hasattr(sent, "file"):
        request.response.status_int = 422
        return list_values(context, request, nothing_sent=True)
    uploads, now, found = uploads_of(request), datetime.now(UTC), None
    with sent.file as file:
        size = file.seek(0, 2)
        file.seek(0)
        try:
            found = importing.begin(
                context, uploads, limits_of(request), name=sent.filename, size=size,
                owner=request.authenticated_userid, now=now,
                package=replaced(context, request.POST.get("replaces", "")),
            )  # fmt: skip
            importing.receive(uploads, found, 0, file)
        except importing.ImportRefused as problem:
            if found is not None:
                importing.withdraw(uploads, found)
            request.response.status_int = STATUSES[type(problem)]
            return list_values(context, request, problem=problem.words)
    ask(request, found)
    return HTTPSeeOther(request.resource_url(found))


@view_config(
    context=PackageImport,
    renderer="scorm:templates/packages/import.jinja2",
    permission="import:view",
    request_method="GET",
)
def import_page(context, request):
    """How far it is, or what became of it; while something happens, the page asks again."""
    if context.state == "done":
        page_of = ("versions",) if len(context.package.versions) > 1 else ()
        return HTTPSeeOther(request.resource_url(context.package, *page_of))
    report = None
    if context.report is not None:
        report = Report.from_stored(json.loads(str(context.report)))
    waiting = context.state == "waiting" and datetime.now(UTC) - context.changed > PATIENCE
    return page(
        request,
        found=context,
        name=context.name or speaker(request)(_("Package")),
        received=received_of(uploads_of(request), context),
        state=state_of(context, request),
        report=report,
        problem=PROBLEMS.get(context.problem, PROBLEMS["fault"]),
        unattended=waiting,
        may_change=request.has_permission("import:change", context),
    )


@view_config(context=PackageImport, name="state", renderer="json", permission="import:view")
def import_state(context, request):
    """The same for the page's script."""
    request.response.headers["Cache-Control"] = "no-store"
    return state_of(context, request)


def state_of(found: PackageImport, request) -> dict:
    """``state`` and ``percent`` of an import, and ``url``, where to go on when it has ended."""
    done, whole = found.progress
    if found.state == "sending":
        done, whole = received_of(uploads_of(request), found), found.size
    return {
        "state": found.state,
        "percent": 100 * done // whole if whole else 0,
        "url": request.resource_url(found),
    }


@view_config(
    context=PackageImport, name="cancel", permission="import:change", request_method="POST"
)
def cancel(context, request):
    """The page's own button."""
    with suppress(importing.Over):  # it has ended meanwhile; the page says how
        call_off(request, context)
    return HTTPSeeOther(request.resource_url(context))


@view_config(context=PackageImport, name="again", permission="import:change", request_method="POST")
def again(context, request):
    """What failed on our side is tried again."""
    try:
        importing.try_again(context, datetime.now(UTC))
    except importing.Over:
        return HTTPSeeOther(request.resource_url(context))
    request.registry.notify(ImportAsked(context, request))
    return HTTPSeeOther(request.resource_url(context))
