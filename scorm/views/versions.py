"""The versions of a package: which there are, what is otherwise in them, which one is current."""

import json
from datetime import UTC, datetime

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config

from scorm.events import VersionChanged, VersionWeighed
from scorm.packages.findings import Report
from scorm.packages.words import _
from scorm.resources import PackageVersion, ScormPackage
from scorm.runtime.course import course_of
from scorm.runtime.versions import CHOICES, count, differences, learners_on
from scorm.services import VersionRefused, choose_version
from scorm.views.packages import on_their_way, page


@view_config(
    context=ScormPackage,
    name="versions",
    renderer="scorm:templates/packages/versions.jinja2",
    permission="package:view",
    request_method="GET",
)
def versions(context, request):
    """Every version, the newest first; below it the report of one."""
    if request.subpath:
        return report(context, request)
    learners = learners_on(context)
    rows = [
        {
            "version": version,
            "edition": str(course_of(version).manifest.edition),
            "current": version.key == context.current.key,
            "learners": learners[version.key],
        }
        for version in reversed(context.versions)
    ]
    sending = on_their_way(context.__parent__, request, context)
    return page(request, package=context, rows=rows, shown=None, **sending)


def report(context, request) -> dict:
    """What the check found when a version came in."""
    version = named(context, request.subpath[0])
    found = Report.from_stored(json.loads(str(version.report)))
    return page(request, package=context, shown=version, report=found)


def named(package: ScormPackage, key: str | None) -> PackageVersion:
    """:raises HTTPNotFound: when it is none of the package's"""
    version = package.version(key or "")
    if version is None:
        raise HTTPNotFound
    return version


@view_config(
    context=ScormPackage,
    name="compare",
    renderer="scorm:templates/packages/compare.jinja2",
    permission="package:view",
    request_method="GET",
)
def comparison(context, request):
    """What one version has otherwise than another; without names, the newest than the current."""
    after = named(context, request.GET.get("to", context.newest.key))
    before = named(context, request.GET.get("from", context.current.key))
    found = differences(before, after)
    return page(request, package=context, before=before, after=after, found=found)


@view_config(
    context=ScormPackage,
    name="use",
    renderer="scorm:templates/packages/use.jinja2",
    permission="package:change",
    request_method="GET",
)
def ask(context, request):
    """What it would do to make a version current, to how many, and how to undo it."""
    return consequences(context, request, named(context, request.GET.get("version")))


def consequences(context, request, version: PackageVersion, **more) -> dict:
    weighed = VersionWeighed(context, version, request)
    request.registry.notify(weighed)
    return page(
        request,
        package=context,
        version=version,
        current=version.key == context.current.key,
        older=context.versions.index(version) < context.versions.index(context.current),
        numbers=count(context.registrations.values(), version),
        courses=weighed.consequences,
        vanishing=[each for each in weighed.consequences if each["vanished"]],
        found=differences(context.current, version),
        **more,
    )


@view_config(
    context=ScormPackage,
    name="use",
    renderer="scorm:templates/packages/use.jinja2",
    permission="package:change",
    request_method="POST",
)
def use(context, request):
    """Make the version current, and say what becomes of learners in the middle of another."""
    version = named(context, request.POST.get("version"))
    choice, dropped = request.POST.get("learners", ""), "drop_vanished" in request.POST
    try:
        if choice not in CHOICES:
            raise VersionRefused(_("Say what becomes of the learners who are in the middle."))
        asked = consequences(context, request, version)
        if asked["vanishing"] and not dropped:
            raise VersionRefused(
                _(
                    "Agree that the parts which this version does not have no longer count, or "
                    "choose another version."
                )
            )
        change = choose_version(
            context, version, choice, by=request.authenticated_userid, now=datetime.now(UTC)
        )
    except VersionRefused as refused:
        request.response.status_int = 422
        return consequences(
            context, request, version, problem=refused.words, choice=choice, dropped=dropped
        )
    request.registry.notify(VersionChanged(context, change, dropped, request))
    return HTTPSeeOther(request.resource_url(context, "versions"))
