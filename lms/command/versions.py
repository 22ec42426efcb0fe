"""``tutela packages versions``, ``compare`` and ``use``: another version of a package."""

from dataclasses import asdict, replace

from lms.command.tasks import COMMAND_LINE, Answer, Context, Refused, package_called
from lms.services import audit, versions
from scorm.packages.archive import size
from scorm.packages.compare import Comparison
from scorm.resources import PackageVersion, ScormPackage
from scorm.runtime.course import course_of
from scorm.runtime.versions import count, differences, learners_on
from scorm.services import choose_version


def show(context: Context, arguments) -> Answer:
    """The versions of a package, the newest first."""
    package = package_called(context, arguments.package)
    learners = learners_on(package)
    rows = [
        {
            "version": version.key,
            "created": version.created.isoformat(timespec="seconds"),
            "edition": str(course_of(version).manifest.edition),
            "size": version.size,
            "current": version.key == package.current.key,
            "learners": learners[version.key],
        }
        for version in reversed(package.versions)
    ]
    lines = [
        f"{row['version'][:12]}  {row['created'][:16]}  SCORM {row['edition']}  "
        f"{size(row['size'])}  learners: {row['learners']}{'  current' if row['current'] else ''}"
        for row in rows
    ]
    plain = {"package": package.__name__, "title": package.title, "versions": rows}
    return Answer("\n".join([package.title, *lines]), plain)


def use(context: Context, arguments) -> Answer:
    """Make a version current; what becomes of learners in the middle is said with it."""
    package = package_called(context, arguments.package)
    version = _version(package, arguments.version)
    weighed = versions.weigh(context.site, package, version)
    numbers = count(package.registrations.values(), version)
    change = choose_version(package, version, arguments.learners, by=COMMAND_LINE, now=context.now)
    versions.adapt(
        context.site,
        package,
        change,
        drop_vanished=arguments.drop_vanished,
        issuer=context.settings.name,
        actor=COMMAND_LINE,
        now=context.now,
    )
    audit.record(
        context.site.audit,
        now=context.now,
        actor=COMMAND_LINE,
        action="package version",
        subject=package.__name__,
        details=versions.details(change),
    )
    lines = [
        f"Version {version.key[:12]} of {package.title} is current.",
        f"In the middle of another one: {numbers.in_flight} (choice: {arguments.learners}); "
        f"of those, their place is gone: {numbers.displaced}.",
        *(
            f"{each.course.title}: these parts no longer count: "
            f"{', '.join(title for _key, title in each.vanished)}."
            for each in weighed
            if each.vanished
        ),
        f"To undo it: tutela packages use {package.__name__} {change.before.key[:12]} "
        f"--learners {arguments.learners}",
    ]
    plain = {
        "package": package.__name__,
        "version": version.key,
        "before": change.before.key,
        "learners": arguments.learners,
        "numbers": {**asdict(numbers), "in_flight": numbers.in_flight},
        "courses": {
            each.course.__name__: {
                "numbers": asdict(each.numbers),
                "vanished": [key for key, _title in each.vanished],
            }
            for each in weighed
        },
    }
    return Answer("\n".join(lines), plain)


def differ(context: Context, arguments) -> Answer:
    """What one version has otherwise than another; without names, the newest than the current."""
    package = package_called(context, arguments.package)
    before, after = package.current, package.newest
    if arguments.versions:
        if len(arguments.versions) != 2:
            raise Refused("Name two versions, or none to compare the newest with the current one.")
        before, after = (_version(package, key) for key in arguments.versions)
    found = differences(before, after)
    plain = {"before": before.key, "after": after.key}
    plain |= asdict(replace(found, warning=str(found.warning)))  # words without their parts
    title = f"{package.title}: from {before.key[:12]} to {after.key[:12]}"
    return Answer("\n".join([title, *_lines(found)]), plain)


def _lines(found: Comparison) -> list[str]:
    parts = {
        "added": found.added,
        "gone": found.gone,
        "moved": found.moved,
        "opens another file": found.launched,
        "has other rules": found.ruled,
    }
    lines = [f"{label}: {part.title} ({part.id})" for label, x in parts.items() for part in x]
    lines += [f"renamed: {part.before} → {part.after} ({part.id})" for part in found.renamed]
    if found.same:
        lines.append(f"taken for the same part: {found.same[0]} → {found.same[1]}")
    if found.course_ruled:
        lines.append("the whole course has other rules")
    if found.edition:
        lines.append(f"standard: SCORM {found.edition[0]} → {found.edition[1]}")
    files = {
        "added": found.files_added,
        "gone": found.files_gone,
        "changed": found.files_changed,
    }
    lines += [f"files {k}: {x.count}, {size(x.size)}" for k, x in files.items() if x.count]
    if found.warning:
        lines.append(found.warning)
    return lines or ["Nothing is different that a learner could meet."]


def _version(package: ScormPackage, key: str) -> PackageVersion:
    version = package.version(key)
    if version is None:
        raise Refused(f"{package.title} has no version “{key}”, or several that begin so.")
    return version
