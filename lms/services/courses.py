"""Courses: making them, enrolling, launching, and knowing when one is completed. No HTTP."""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from certificates import awarding
from lms.resources.courses import Course, Courses, Enrolment
from lms.services import quizzes
from scorm.resources import PackageVersion, Registration, Registrations, ScormPackage
from scorm.runtime.course import course_of
from scorm.runtime.launch import goes_on, register
from scorm.runtime.versions import was_begun, way_of
from scorm.runtime.view import percent
from scorm.sequencing.contents import shown_as

RESERVED = frozenset({"add", "new"})


class CourseRefused(ValueError):
    """A course cannot be made or changed like this; the message says why."""


class EnrolmentRefused(ValueError):
    """Somebody cannot be enrolled; the message says why."""


@dataclass(frozen=True)
class Lesson:
    """One part of a package that a learner can open: activity id and title."""

    id: str
    title: str


def slug_of(title: str) -> str:
    """An address part from a title: ``Écoute active`` → ``ecoute-active``."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:60].strip("-") or f"course-{secrets.token_hex(3)}"


def create(
    courses: Courses,
    package: ScormPackage | None,
    *,
    title: str,
    slug: str | None,
    now: datetime,
) -> Course:
    """A new, unpublished course on the package, or with nothing in it yet, and its certificate for
    whoever completes it.

    :raises CourseRefused: when the address is taken or not an address
    """
    if slug is None:
        slug = free_slug(courses, title)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or slug in RESERVED:
        raise CourseRefused(
            f"“{slug}” cannot be a course's address: use small letters, digits and hyphens."
        )
    if slug in courses:
        raise CourseRefused(f"There is a course at “{slug}” already. Choose another address.")
    course = Course(slug, title, package, now)
    courses.add(course)
    awards = courses.__parent__.certificates.awards
    awarding.create(
        awards, subject=subject_of(slug), title=title, now=now, random=secrets.token_bytes
    )
    return course


def subject_of(slug: str) -> str:
    """What the certificates house calls a course."""
    return f"course/{slug}"


def free_slug(courses: Courses, title: str) -> str:
    wanted = slug_of(title)
    slug, n = wanted, 2
    while slug in courses or slug in RESERVED:
        slug, n = f"{wanted}-{n}", n + 1
    return slug


def add_package(course: Course, package: ScormPackage) -> None:
    """Make a package the last part of a course that has none.

    :raises CourseRefused: when it has one
    """
    if course.package is not None:
        raise CourseRefused("The course has a package already.")
    course.contents = (*course.contents, package)


def arrange(course: Course, places: Sequence[int]) -> None:
    """Put the parts of a course into another order.

    :param places: for each part the place where it is wanted, from 0; where two are wanted in one
        place, the one that moves pushes the other on
    """
    order = sorted(
        range(len(places)), key=lambda was: (places[was], (places[was] > was) - (places[was] < was))
    )
    course.contents = tuple(course.contents[was] for was in order)


def version_of(course: Course, enrolment: Enrolment | None) -> PackageVersion | None:
    """The version that somebody has before them: their own, once they have begun; None where the
    course has no package."""
    registration = None if enrolment is None else enrolment.registration
    if registration is None or not was_begun(registration):
        return course.version
    return registration.version


def lessons(version: PackageVersion | None) -> list[Lesson]:
    """What can be opened in a version of a course, in order."""
    if version is None:
        return []
    items = course_of(version).items
    tree = course_of(version).tree
    return [
        Lesson(key, items[key].title)
        for key in tree.order
        if key in items and items[key].launch is not None
    ]


def titles_of(package: ScormPackage) -> dict[str, str]:
    """What the parts of all versions are called, by id; of several the newest name."""
    return {
        key: item.title for each in package.versions for key, item in course_of(each).items.items()
    }


def parts(version: PackageVersion | None) -> list[Lesson]:
    """What a version of a course consists of for a learner: in the place of lessons that the
    contents do not show stands what holds them, as one test of which chance gives each learner
    another."""
    if version is None:
        return []
    tree = course_of(version).tree
    shown = dict.fromkeys(
        activity.id if holder == tree.root else holder
        for activity in tree.deliverables()
        for holder in [shown_as(tree, activity.id)]
    )
    return [Lesson(key, tree[key].title) for key in shown]


def enrol(course: Course, person, now: datetime) -> Enrolment:
    """Enrol somebody; doing it again changes nothing."""
    slug = course.__name__
    if slug in person.enrolments:
        return person.enrolments[slug]
    enrolment = Enrolment(person.id, course, now)
    person.enrolments[slug] = enrolment
    course.roster[person.id] = enrolment
    return enrolment


def enrol_self(course: Course, person, now: datetime) -> Enrolment:
    """A member enrols where enrolment is open.

    :raises EnrolmentRefused: where an admin enrols people
    """
    if course.__name__ not in person.enrolments and course.enrolment != "open":
        raise EnrolmentRefused("You cannot enrol in this course yourself. Ask your coordinator.")
    return enrol(course, person, now)


def registration_for(
    registrations: Registrations, enrolment: Enrolment, person, *, site_url: str, now: datetime
) -> Registration:
    """The enrolment's registration, made at the first launch."""
    if enrolment.registration is None:
        course = enrolment.course
        package = course.package
        assert package is not None  # without one there is nothing to launch
        enrolment.registration = register(
            registrations,
            package,
            package.current,
            learner_key=person.learner_id,
            learner_id=secrets.token_hex(8),
            learner_name=person.display_name,
            reference=f"{person.id}/{course.__name__}",
            return_url=f"{site_url}/courses/{course.__name__}",
            now=now,
        )
        enrolment.started = enrolment.started or now
    return enrolment.registration


def launch_mode(enrolment: Enrolment, *, look: bool) -> str:
    """How a course is opened: ``normal``; once it is over ``anew``, or ``review``, which leaves no
    trace, when the learner only means to look."""
    if not is_over(enrolment):
        return "normal"
    return "review" if look else "anew"


def is_over(enrolment: Enrolment) -> bool:
    """Whether the course is completed, and nothing of its package waits to be gone on with.

    A course's rule may be met half-way through the package: going on there still counts.
    """
    registration = enrolment.registration
    return enrolment.completed is not None and (registration is None or not goes_on(registration))


def action(enrolment: Enrolment | None) -> str:
    """What the course page's button says: ``Start``, ``Resume`` or ``Review``."""
    if enrolment is None:
        return "Start"
    begun = enrolment.started if enrolment.course.package is None else enrolment.registration
    if begun is None:
        return "Start"
    return "Review" if is_over(enrolment) else "Resume"


def settle(enrolment: Enrolment, now: datetime) -> bool:
    """Whether all that the course asks for is there, just now, by where the enrolment stands: its
    rule is met, and so are its quizzes."""
    if enrolment.completed or not asks(enrolment.course):
        return False
    if not package_done(enrolment) or not quizzes.are_met(enrolment):
        return False
    enrolment.completed = now
    if enrolment.registration is not None:
        enrolment.registration.completed_attempt = enrolment.registration.attempt
    return True


def is_met(enrolment: Enrolment, standing: dict, known: Sequence[quizzes.Standing]) -> bool:
    """Whether what somebody has would complete the course, had they nothing else.

    :param standing: in the package; :param known: in the quizzes
    """
    course = enrolment.course
    if not asks(course) or not all(each.met for each in known):
        return False
    return course.package is None or satisfied(rule_of(enrolment), standing)


def asks(course: Course) -> bool:
    """Whether there is anything in the course to complete it by."""
    return course.package is not None or any(
        quizzes.asked_of(lesson) != "nothing" for lesson in course.quizzes
    )


def package_done(enrolment: Enrolment) -> bool:
    """Whether the package reported what the course's rule asks of it, if there is a package."""
    if enrolment.course.package is None:
        return True
    standing = enrolment.standing
    return standing is not None and satisfied(rule_of(enrolment), standing)


def rule_of(enrolment: Enrolment) -> tuple:
    """The course's rule for somebody: of the parts that it names, those that the version which
    they are on does not have cannot be asked of them. Where it has none, the whole counts."""
    course = enrolment.course
    return rule_on(course.rule, version_of(course, enrolment))


def rule_on(rule: tuple, version: PackageVersion | None) -> tuple:
    """A rule as a version can meet it."""
    if rule[0] != "lessons" or version is None:
        return rule
    items = course_of(version).items
    left = tuple(key for key in rule[1] if key in items and items[key].launch is not None)
    return ("lessons", left) if left else ("completed",)


def waiting(enrolment: Enrolment | None) -> str:
    """What the course's next opening brings of another version: ``move``; ``restart``; ``anew``,
    of a course that is over; or nothing, empty."""
    registration = None if enrolment is None else enrolment.registration
    if enrolment is None or registration is None:
        return ""
    if is_over(enrolment):
        return "anew" if way_of(registration, "anew").version is not registration.version else ""
    how = way_of(registration).how
    return how if how in ("move", "restart") else ""


def satisfied(rule: tuple, standing: dict) -> bool:
    """Whether a standing meets a course's completion rule."""
    kind = rule[0]
    if kind == "completed":
        return standing["completion"] == "completed"
    if kind == "passed":
        return standing["success"] == "passed"
    if kind == "both":
        return standing["completion"] == "completed" and standing["success"] == "passed"
    if kind == "score":
        have = percent(standing["score"])
        return have is not None and have >= rule[1]
    return set(rule[1]) <= set(standing["done"])


NOTHING_YET: dict[str, Any] = {
    "completion": "unknown",
    "success": "unknown",
    "score": None,
    "seconds": 0,
    "done": (),
}
"""The standing of somebody whose course has reported nothing."""


@dataclass(frozen=True)
class Missing:
    """What is still missing for completion: a kind and its figures, for words in any language.

    ``kind``: ``start``, ``finish``, ``pass``, ``score``, ``lessons``, ``untold`` (a result that
    is not told yet), ``free`` (nothing is asked) or ``nothing``.
    """

    kind: str
    wanted: int = 0
    have: int | None = None
    titles: tuple[str, ...] = ()


def missing(
    course: Course, enrolment: Enrolment | None, told: Sequence[quizzes.Standing] | None = None
) -> Missing:
    """What somebody still has to do for the course to count as completed.

    :param told: where they stand in its quizzes as far as they may know it, for pages of theirs
    """
    if enrolment is not None and enrolment.completed:
        return Missing("nothing")
    if not asks(course):
        return Missing("free")
    if enrolment is None or enrolment.started is None:
        return Missing("start")
    standing = enrolment.standing or NOTHING_YET
    rule, version = rule_of(enrolment), version_of(course, enrolment)
    kind = rule[0]
    have = percent(standing["score"])
    done = set(standing["done"])
    known = quizzes.standings(course, enrolment) if told is None else told
    quizzes_left = tuple(each.lesson.quiz.title for each in known if not each.met)
    if course.quizzes and package_done(enrolment):
        kind = "lessons" if quizzes_left else "untold"
        return Missing(kind, wanted=len(quizzes_left), titles=quizzes_left)
    if kind == "score":
        return Missing("score", wanted=rule[1], have=have)
    if kind == "passed" or (kind == "both" and standing["completion"] == "completed"):
        return Missing("pass", have=have)
    wanted = set(rule[1]) if kind == "lessons" else None
    left = tuple(
        lesson.title
        for lesson in (parts(version) if wanted is None else lessons(version))
        if lesson.id not in done and (wanted is None or lesson.id in wanted)
    )
    left += quizzes_left
    return Missing("lessons" if left else "finish", wanted=len(left), titles=left)


def score_of(enrolment: Enrolment, known: Sequence[quizzes.Standing]) -> int | None:
    """Somebody's result in the course, in whole percent: what the package reported, or without one
    what the quizzes come to (:func:`lms.services.quizzes.score`).

    :param known: where they stand in its quizzes
    """
    if enrolment.course.package is None:
        return quizzes.score(known)
    return percent((enrolment.standing or NOTHING_YET)["score"])


def settings_of(course: Course) -> dict:
    """What an author may change, in the shape of the settings form."""
    return {
        "title": course.title,
        "summary": course.summary,
        "language": course.language,
        "minutes": course.minutes,
        "content_note": course.content_note,
        "enrolment": course.enrolment,
        "rule": course.rule[0],
        "percent": course.rule[1] if course.rule[0] == "score" else None,
        "lessons": set(course.rule[1]) if course.rule[0] == "lessons" else set(),
        "published": course.published,
    }


def change(course: Course, settings: dict) -> None:
    """Take over what an author decided (shape: :func:`settings_of`; of a course without a package
    there is no rule to decide on).

    :raises CourseRefused: when a rule lacks its figure or its parts
    """
    if course.package is not None:
        course.rule = _rule_from(settings, course.package.current)
    _rename(course, settings["title"])
    for name in ("summary", "language", "minutes", "content_note", "enrolment"):
        setattr(course, name, settings[name])
    course.published = bool(settings["published"])
    quizzes.open_quizzes(course)


def _rename(course: Course, title: str) -> None:
    """Its certificates are called as it is, where they were until now."""
    if title == course.title:
        return
    assert course.__parent__ is not None  # since it was made
    for award in course.__parent__.__parent__.certificates.awards.of_subject(
        subject_of(course.__name__)
    ):
        if award.title == course.title:
            awarding.change(award, {"title": title})
    course.title = title


def _rule_from(settings: dict, version: PackageVersion) -> tuple:
    kind = settings["rule"]
    if kind == "score":
        if settings["percent"] is None:
            raise CourseRefused("Say which score completes the course.")
        return ("score", settings["percent"])
    if kind == "lessons":
        chosen = tuple(each.id for each in lessons(version) if each.id in settings["lessons"])
        if not chosen:
            raise CourseRefused("Choose at least one part that completes the course.")
        return ("lessons", chosen)
    return (kind,)
