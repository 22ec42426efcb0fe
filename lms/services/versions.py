"""What another version of a package means for the courses on it. No HTTP."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from certificates import awarding
from lms.resources.courses import Course
from lms.resources.site import Site
from lms.services import awards
from lms.services.awards import of_course
from lms.services.courses import lessons, rule_on, titles_of
from scorm.packages.compare import same_part
from scorm.packages.words import _
from scorm.resources import Change, PackageVersion, Registration, ScormPackage
from scorm.runtime.course import course_of
from scorm.runtime.versions import Numbers, count
from scorm.services import VersionRefused


@dataclass(frozen=True)
class Weighed:
    """A course as a version would find it.

    :param vanished: parts that its rule, or one of its certificates, asks for and the version does
        not have: id and title
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
        weighed.append(Weighed(course, numbers, _vanished(site, course, package, version)))
    return sorted(weighed, key=lambda each: each.course.title.casefold())


def _vanished(
    site: Site, course: Course, package: ScormPackage, version: PackageVersion
) -> tuple[tuple[str, str], ...]:
    asked = [course.rule, *(each for award in of_course(site, course) for each in award.rule)]
    named = dict.fromkeys(key for kind, *rest in asked if kind == "lessons" for key in rest[0])
    if not named:
        return ()
    left = {*_heirs(package, version), *(lesson.id for lesson in lessons(version))}
    titles = titles_of(package)
    return tuple((key, titles.get(key, key)) for key in named if key not in left)


def _heirs(package: ScormPackage, version: PackageVersion) -> dict[str, str]:
    """Parts of other versions that the version has under another identifier: theirs, and its."""
    after = course_of(version).manifest
    pairs = (same_part(course_of(each).manifest, after) for each in package.versions)
    return dict(pair for pair in pairs if pair is not None)


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
    meets the rule without them has completed the course. A part that has another identifier in it
    counts under that one.

    :raises VersionRefused: when there are such parts and nobody agreed
    """
    weighed = weigh(site, package, change.version)
    concerned = [each for each in weighed if each.vanished]
    if concerned and not drop_vanished:
        words = "; ".join(
            f"{each.course.title}: {', '.join(title for _key, title in each.vanished)}"
            for each in concerned
        )
        raise VersionRefused(
            _(
                "Courses ask for parts that this version does not have. Agree that these parts no "
                "longer count, or choose another version. ${parts}.",
                parts=words,
            )
        )
    heirs = _heirs(package, change.version)
    for each in weighed:
        if each.course.rule[0] == "lessons" and not heirs.keys().isdisjoint(each.course.rule[1]):
            called = dict.fromkeys(heirs.get(key, key) for key in each.course.rule[1])
            each.course.rule = ("lessons", tuple(called))
        _rename_parts(site, each.course, heirs)
    for each in concerned:
        each.course.rule = rule_on(each.course.rule, change.version)
        awards.reassess(site, each.course, issuer, now, actor=actor)


def _rename_parts(site: Site, course: Course, heirs: Mapping[str, str]) -> None:
    """The course's awards ask for parts under the identifiers that they have now."""
    for award in of_course(site, course, retired=True):
        rule = tuple(
            ("lessons", tuple(dict.fromkeys(heirs.get(key, key) for key in rest[0])))
            if kind == "lessons"
            else (kind, *rest)
            for kind, *rest in award.rule
        )
        awarding.change(award, {"rule": rule})


def details(change: Change) -> dict:
    """What the audit trail says of a change."""
    return {
        "from": change.before.key[:12],
        "to": change.version.key[:12],
        "learners": change.choice,
    }
