"""What can be had of a package: its report as a page of one file and as JSON, and the package as
it was sent in."""

import json

from pyramid.httpexceptions import HTTPNotFound
from pyramid.response import FileResponse
from pyramid.view import view_config

from scorm.packages.archive import size
from scorm.packages.findings import Report
from scorm.resources import PackageVersion, ScormPackage
from scorm.views.words import direction, speaker


@view_config(
    context=ScormPackage,
    name="report.html",
    renderer="scorm:templates/packages/report_file.jinja2",
    permission="package:view",
    request_method="GET",
)
def report_page(context, request):
    """The report as a page that needs nothing else, in the language of the request."""
    version = asked_version(context, request)
    say = speaker(request)
    report = Report.from_stored(json.loads(str(version.report)))
    request.response.content_disposition = attachment(context, version, "report", "html")
    return {
        "direction": direction(request.locale_name),
        "version": version,
        "report": report,
        "title": report.title or context.title,
        "size": say(size(report.size)),
        "say": say,
    }


@view_config(
    context=ScormPackage,
    name="report.json",
    renderer="json",
    permission="package:view",
    request_method="GET",
)
def report_data(context, request):
    """The report as ``tutela packages check --json`` has it, with the package's id and version."""
    version = asked_version(context, request)
    report = Report.from_stored(json.loads(str(version.report)))
    request.response.content_disposition = attachment(context, version, "report", "json")
    return {"package": context.__name__, "version": version.sha256, **report.to_plain()}


@view_config(
    context=ScormPackage, name="original.zip", permission="package:view", request_method="GET"
)
def original(context, request):
    """The package as it was sent in, to be used elsewhere."""
    version = asked_version(context, request)
    if version.original is None:  # it came in before originals were kept
        raise HTTPNotFound
    response = FileResponse(version.original.committed(), request, content_type="application/zip")
    response.content_disposition = attachment(context, version, "package", "zip")
    return response


def asked_version(package: ScormPackage, request) -> PackageVersion:
    """The version whose hash begins as the query's ``version`` does; the current one without it.

    :raises HTTPNotFound: when there is none, or more than one
    """
    asked = request.GET.get("version")
    if not asked:
        return package.current
    found = {
        version.sha256: version
        for version in package.versions
        if version.sha256.startswith(asked.lower())
    }
    if len(found) != 1:
        raise HTTPNotFound
    return next(iter(found.values()))


def attachment(package: ScormPackage, version: PackageVersion, kind: str, ending: str) -> str:
    """To be saved, not shown: under a name that tells versions apart."""
    name = f"{kind}-{package.__name__}-{version.sha256[:12]}.{ending}"
    return f'attachment; filename="{name}"'
