"""Authors' pages on the site: the packages, sending one in, and its report."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationStringFactory
from pyramid.view import view_config

from scorm.cmi.explained import STANDARDS, explanation
from scorm.cmi.names import parse
from scorm.events import HostsChanged
from scorm.importing import Over, received
from scorm.packages.archive import size
from scorm.packages.findings import Report
from scorm.packages.manifest import Objective
from scorm.packages.refusals import refused
from scorm.resources import PackageImport, Packages, Registrations, ScormPackage
from scorm.runtime import preview
from scorm.runtime.course import course_of
from scorm.runtime.inspector import default_words, inspected, marks_of, meaning, sentence
from scorm.runtime.record import history, interactions, outside_records, readable, spent
from scorm.services import HostRefused, allow_host, player_address, refuse_host
from scorm.views.words import speaker

_ = TranslationStringFactory("tutela")


def page(request, **values) -> dict:
    say = speaker(request)
    return {
        "layout": request.registry["scorm"].layout,
        "size": lambda amount: say(size(amount)),
        "say": say,
        **values,
    }


@view_config(
    context=Packages,
    renderer="scorm:templates/packages/list.jinja2",
    permission="package:list",
    request_method="GET",
)
def packages(context, request):
    """Every package, the newest first, the form that sends one in, and what is on its way."""
    return list_values(context, request)


def list_values(context, request, **more) -> dict:
    """What the list shows.

    :param more: ``nothing_sent`` or ``problem``, when a form could not be taken
    """
    found = sorted(context.values(), key=lambda package: package.created, reverse=True)
    return page(request, packages=found, **on_their_way(context, request), **more)


def on_their_way(packages: Packages, request, package: ScormPackage | None = None) -> dict:
    """What the form that sends a package in needs: ``limit``, and ``imports``, those of the person
    that are not done, the newest first, each with the bytes that are here.

    :param package: those that are to be versions of it alone
    """
    settings = request.registry["scorm"]
    found = [
        (each, received_of(settings.uploads, each))
        for each in packages.imports.values()
        if each.state != "done"
        and (package is None or each.package is package)
        and request.has_permission("import:change", each)
    ]
    found.sort(key=lambda pair: pair[0].created, reverse=True)
    return {"limit": settings.upload_limit, "imports": found}


def received_of(uploads: Path, found: PackageImport) -> int:
    """Bytes that are here; 0 of what is gone."""
    try:
        return received(uploads, found)
    except Over:
        return 0


@view_config(
    context=Packages,
    name="elements",
    renderer="scorm:templates/packages/elements.jinja2",
    permission="package:list",
    request_method="GET",
)
def elements(context, request):
    """Every element of SCORM 2004 or 1.2, each with an anchor of its own name."""
    asked = request.GET.get("standard")
    standard = asked if asked in STANDARDS else STANDARDS[0]
    return page(request, explained=explanation(standard))


@view_config(
    context=ScormPackage,
    renderer="scorm:templates/packages/package.jinja2",
    permission="package:view",
    request_method="GET",
)
def package_page(context, request):
    """One package: what is in it, and what the check found."""
    return package_values(context, request)


def package_values(context, request, **more) -> dict:
    version = context.current
    course = course_of(version)
    return page(
        request,
        package=context,
        previewed=context.previews.get(request.authenticated_userid),
        course_url=request.registry["scorm"].course_url,
        version=version,
        edition=str(course.manifest.edition),
        standard=course.standard,
        tree=course.tree,
        report=Report.from_stored(json.loads(str(version.report))),
        refused=refused(context),
        called=lambda person: request.registry["scorm.called"](request, person),
        **{"host": request.GET.get("host", ""), **more},
    )


@view_config(
    context=ScormPackage,
    name="preview",
    renderer="scorm:templates/packages/package.jinja2",
    permission="package:view",
    request_method="POST",
)
def start_preview(context, request):
    """Begin a preview of one's own and lead to the player: from the beginning, or from a ``part``;
    of the newest version, or of the ``version`` whose hash begins so."""
    try:
        registration = preview.begin(
            registrations_of(request),
            context,
            request.authenticated_userid,
            return_url=request.resource_url(context),
            now=datetime.now(UTC),
            version=request.POST.get("version", ""),
            part=request.POST.get("part", ""),
            learner_name=request.registry["scorm.learner_name"](request),
        )
    except preview.PreviewRefused as refused:
        request.response.status_int = 422
        return package_values(context, request, problem=speaker(request)(refused.words))
    address = player_address(
        request.registry["scorm"],
        registration,
        mode="normal",
        language=request.locale_name,
        shared=request.registry["scorm.shared_computer"](request),
    )
    return HTTPSeeOther(address)


@view_config(
    context=ScormPackage,
    name="preview-forget",
    permission="package:view",
    request_method="POST",
)
def forget_preview(context, request):
    """One's own preview of the package is over, and all that was kept of it goes."""
    preview.forget(registrations_of(request), context, request.authenticated_userid)
    return HTTPSeeOther(request.resource_url(context))


def registrations_of(request) -> Registrations:
    return request.registry["scorm.registrations"](request.zodb)


@view_config(context=ScormPackage, name="preview", permission="package:view", request_method="GET")
def preview_again(context, request):
    """Somebody came back to the preview's address: the package's page has the button."""
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    context=ScormPackage,
    name="preview-record",
    renderer="scorm:templates/packages/record.jinja2",
    permission="package:view",
    request_method="GET",
)
def preview_record(context, request):
    """What one's own newest preview has set and kept, and why it counts as it does."""
    found = context.previews.get(request.authenticated_userid)
    return page(
        request,
        package=context,
        began=None if found is None else found.created,
        version=None if found is None else found.version,
        part=None if found is None else found.first,
        record=None if found is None else history(found),
        pattern=None if found is None else known_pattern(course_of(found.version).standard),
        interactions=interactions,
        outside_records=outside_records,
        readable=readable,
        spent=spent,
    )


@view_config(
    context=ScormPackage,
    name="preview-sequencing",
    renderer="scorm:templates/packages/inspector.jinja2",
    permission="package:view",
    request_method="GET",
)
def preview_sequencing(context, request):
    """What sequencing did in one's own newest preview, and what it would do next."""
    found = context.previews.get(request.authenticated_userid)
    return page(
        request,
        package=context,
        version=None if found is None else found.version,
        part=None if found is None else found.first,
        found=None if found is None else inspected(found),
        default_words=default_words,
        marks_of=marks_of,
        meaning=meaning,
        plain_objective=Objective(),
        sentence=sentence,
    )


def known_pattern(standard: str) -> Callable[[str], str]:
    """Says by which anchor the page of elements has one; ``""`` for what it does not have."""
    known = {element.name for element in explanation(standard).elements}

    def pattern(name: str) -> str:
        found = parse(name).pattern
        return found if found in known else ""

    return pattern


@view_config(
    context=ScormPackage,
    name="hosts",
    renderer="scorm:templates/packages/package.jinja2",
    permission="package:hosts",
    request_method="POST",
)
def hosts(context, request):
    """An admin lets the package call one other host, with a reason, or takes that back."""
    host, reason = request.POST.get("host", ""), request.POST.get("reason", "")
    if "remove" in request.POST:
        refuse_host(context, host)
    else:
        try:
            host = allow_host(
                context, host, reason, by=request.authenticated_userid, now=datetime.now(UTC)
            )
        except HostRefused as problem:
            request.response.status_int = 422
            return package_values(context, request, problem=problem.words, host=host, reason=reason)
    request.registry.notify(HostsChanged(context, host, reason, request))
    return HTTPSeeOther(request.resource_url(context))
