"""What another version of a package means for the courses on it. No HTTP."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from lms.resources.courses import Course
from lms.resources.site import Site
from lms.services import awards
from lms.services.courses import rule_on
from scorm.packages.manifest import Item
from scorm.packages.words import _
from scorm.resources import Change, PackageVersion, Registration, ScormPackage
from scorm.runtime.course import course_of
from scorm.runtime.versions import Numbers, count
from scorm.services import VersionRefused


@dataclass(frozen=True)
class Weighed:
    """A course as a version would find it.

    :param vanished: parts that its rule names and the version does not have: id and title
    """

    course: Course
    numbers: Numbers
    vanished: tuple[tuple[str, str], ...]


def weigh(site: Site, package: ScormPackage, version: PackageVersion) -> list[Weighed]:
    """The courses on the package by title, with who stands where in them."""
    found: dict[str, list[Registration]] = defaultdict(list)
    for registration in package.registrations.values():
        found[registration.reference.partition("/")[2]].append(registration)
    weighed = []
    for course in site.courses.values():
        if course.package is not package:
            continue
        registrations = found.get(course.__name__, [])
        waiting = sum(each.registration is None for each in course.roster.values())
        numbers = count(registrations, version) + Numbers(not_started=waiting)
        weighed.append(Weighed(course, numbers, _vanished(course, version)))
    return sorted(weighed, key=lambda each: each.course.title.casefold())


def _vanished(course: Course, version: PackageVersion) -> tuple[tuple[str, str], ...]:
    if course.rule[0] != "lessons":
        return ()
    kept = rule_on(course.rule, version)
    known: dict[str, Item] = {}
    for each in course.package.versions:
        known.update(course_of(each).items)
    gone = [key for key in course.rule[1] if kept[0] != "lessons" or key not in kept[1]]
    return tuple((key, known[key].title if key in known else key) for key in gone)


def adapt(
    site: Site,
    package: ScormPackage,
    change: Change,
    *,
    drop_vanished: bool,
    issuer: str,
    actor: str,
    now: datetime,
) -> None:
    """A version was made current: parts that it does not have count for no course any more. Whoever
    meets the rule without them has completed the course.

    :raises VersionRefused: when there are such parts and nobody agreed
    """
    concerned = [each for each in weigh(site, package, change.version) if each.vanished]
    if concerned and not drop_vanished:
        words = "; ".join(
            f"{each.course.title}: {', '.join(title for _key, title in each.vanished)}"
            for each in concerned
        )
        raise VersionRefused(
            _(
                "Courses are completed by parts that this version does not have. Agree that these "
                "parts no longer count, or choose another version. ${parts}.",
                parts=words,
            )
        )
    for each in concerned:
        each.course.rule = rule_on(each.course.rule, change.version)
        awards.reassess(site, each.course, issuer, now, actor=actor)


def details(change: Change) -> dict:
    """What the audit trail says of a change."""
    return {
        "from": change.before.key[:12],
        "to": change.version.key[:12],
        "learners": change.choice,
    }
