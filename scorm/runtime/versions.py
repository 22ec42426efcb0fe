"""Which version a registration is on, and how it goes to another one.

An author's choice touches no registration. It is carried out when the learner comes back: what the
device still holds is taken in on the version it was made on, then the registration goes to the
other one, then the session begins (``docs/runtime.md``, versions).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import cast

from scorm.packages import compare as comparing
from scorm.packages.compare import Comparison, compare, same_part
from scorm.resources import (
    ActivityRecord,
    PackageVersion,
    Registration,
    ScormPackage,
    Session,
    Text,
)
from scorm.runtime.attempt import text_of
from scorm.runtime.course import Course, course_of
from scorm.runtime.state import state_of
from scorm.runtime.view import result
from scorm.sequencing import ActivityTree, Aside, Progress, State, carry, renamed

CHOICES = ("keep", "move", "restart")
"""What may become of learners who are in the middle of another version."""


@dataclass(frozen=True)
class Way:
    """Where the next session begins.

    :param how: ``stay``; ``begin``, of what was never begun; ``move``; or ``restart``, as another
        attempt
    """

    version: PackageVersion
    how: str


def way_of(registration: Registration, mode: str = "normal") -> Way:
    """Where the next session of a registration begins, as things are.

    What was never begun, and what is begun anew, is on the current version. An attempt in which the
    course was completed stays on its version; any other does as the newest change says.

    :param mode: of the launch: ``normal``, ``anew``, ``review``
    """
    package: ScormPackage = registration.package
    current = package.current
    stays = Way(registration.version, "stay")
    if registration.preview or mode == "review" or registration.version.key == current.key:
        return stays
    if mode == "anew":
        return Way(current, "restart")
    if not was_begun(registration):
        return Way(current, "begin")
    choice = package.changes[-1].choice
    if choice == "keep" or is_completed(registration):
        return stays
    return Way(current, choice)


def was_begun(registration: Registration) -> bool:
    """Whether anything was ever delivered to the learner."""
    return registration.tree.plain is not None


def is_completed(registration: Registration) -> bool:
    """Whether the host counts the course as completed in the present attempt."""
    return registration.completed_attempt == registration.attempt


def go(registration: Registration, way: Way, session: Session, now: datetime) -> None:
    """Take the registration to the version; no session runs, and of ``restart`` the attempt was
    left behind already.

    :param session: the one that is about to begin
    """
    if way.how == "begin":
        registration.version = way.version
        return
    before, after = registration.version, way.version
    passage = {
        "when": now.isoformat(),
        "from": before.key,
        "to": after.key,
        "how": way.how,
        "attempt": registration.attempt - (way.how == "restart"),
        "result": result(registration),
    }
    _mark(registration, before, session)
    state, aside = state_of(registration, None), aside_of(registration)
    old, new = course_of(before), course_of(after)
    same = same_part(old.manifest, new.manifest)
    if same is not None and not _waits(registration, aside, same[1]):
        old = _called(old, *same)
        state, aside = renamed(state, aside, *same)
        _rename_records(registration, *same)
    _carry_records(registration, old, new)
    _carry_state(registration, state, aside, old, new)
    registration.version = after
    registration.passages = (*registration.passages, passage)


def _mark(registration: Registration, version: PackageVersion, begins: Session) -> None:
    """Note with attempts and sessions which version they were begun on."""
    for session in registration.sessions.values():
        if session is not begins and session.left is None:
            session.left = version
    for record in registration.records.values():
        attempt = record.attempt if record.opened else record.attempt - 1
        if attempt > (record.begun_on[-1][0] if record.begun_on else 0):
            record.begun_on = (*record.begun_on, (attempt, version.key))
        record.change({})  # what is kept at hand of it was read by the other version's rules


def _waits(registration: Registration, aside: Aside, activity: str) -> bool:
    """Whether something is set aside under this identifier, from a version that had it."""
    return activity in aside.tracking or any(
        key.partition(" ")[2] == activity for key in registration.aside
    )


def _called(course: Course, name: str, now: str) -> Course:
    """The course with another identifier for one of its parts."""
    manifest = comparing.renamed(course.manifest, name, now)
    tree = ActivityTree.from_organization(manifest.organization, manifest.edition)
    return Course(manifest, tree)


def _rename_records(registration: Registration, name: str, now: str) -> None:
    if name in registration.records:
        registration.records[now] = registration.records.pop(name)
    for key in list(registration.aside):
        standard, _, activity = key.partition(" ")
        if activity == name:
            registration.set_aside(f"{standard} {now}", registration.take_back(key))


def _carry_records(registration: Registration, old: Course, new: Course) -> None:
    """Run-time data stay with what can be opened and speaks the same standard."""
    for activity in list(registration.records):
        if not _holds(new, old.standard, activity):
            record = registration.records.pop(activity)
            registration.set_aside(f"{old.standard} {activity}", record)
    for key in list(registration.aside):
        standard, _, activity = key.partition(" ")
        if _holds(new, standard, activity):
            registration.records[activity] = registration.take_back(key)


def _holds(course: Course, standard: str, activity: str) -> bool:
    return standard == course.standard and _holds_place(course, activity)


def _carry_state(
    registration: Registration, state: State, aside: Aside, old: Course, new: Course
) -> None:
    learner = registration.learner
    shared: dict[str, Progress] = {}
    if new.tree.shares_objectives:
        kept = learner.objectives
        shared = {key: Progress(**kept[key]) for key in new.tree.targets if key in kept}
    found, aside = carry(old.tree, new.tree, state, aside, shared)
    plain = found.to_plain()
    if new.tree.shares_objectives:
        plain.pop("objectives", None)
        for target in new.tree.targets:
            known = found.objectives.get(target)
            if known != shared.get(target):
                learner.keep_objective(target, None if known is None else known.to_plain())
    registration.tree.plain = plain
    registration.aside_tracking = Text(json.dumps(aside.to_plain()))
    _carry_stores(registration, old, new)


def _carry_stores(registration: Registration, old: Course, new: Course) -> None:
    """Where data stores live elsewhere in the new version, what the other place lacks is copied."""
    was, now = (course.manifest.organization.shared_data_global_to_system for course in (old, new))
    if was == now:
        return
    places = (registration.stores, registration.learner.stores)
    source, aim = places if now else places[::-1]
    targets = {each.target_id for item in new.items.values() for each in item.data_maps}
    for target in targets:
        if target in source and target not in aim:
            aim[target] = text_of(source[target])


@dataclass(frozen=True)
class Numbers:
    """How many learners stand where, as seen from a version that may be made current.

    :param there: they are on it already
    :param not_started: nothing was delivered to them yet
    :param in_progress: they broke off, or have the course open now
    :param suspended: they have left it to go on later
    :param completed: the host counts the course as completed
    :param displaced: of those in progress or suspended: their place does not exist there
    """

    there: int = 0
    not_started: int = 0
    in_progress: int = 0
    suspended: int = 0
    completed: int = 0
    displaced: int = 0

    @property
    def in_flight(self) -> int:
        """Whom the choice concerns."""
        return self.in_progress + self.suspended

    def __add__(self, other: "Numbers") -> "Numbers":
        return Numbers(
            **{each.name: getattr(self, each.name) + getattr(other, each.name) for each in NUMBERS}
        )


NUMBERS = fields(Numbers)


def count(registrations: Iterable[Registration], version: PackageVersion) -> Numbers:
    """Where the learners of these registrations stand; previews are nobody's."""
    return sum((_counted(each, version) for each in registrations if not each.preview), Numbers())


def _counted(registration: Registration, version: PackageVersion) -> Numbers:
    if not was_begun(registration):
        return Numbers(not_started=1)
    if is_completed(registration):
        return Numbers(completed=1)
    if registration.version.key == version.key:
        return Numbers(there=1)
    plain = cast(dict, registration.tree.plain)
    before, after = course_of(registration.version), course_of(version)
    place = plain["suspended"] or plain["current"]
    displaced = place in before.items and not (
        _holds_place(after, place) or same_part(before.manifest, after.manifest)
    )
    if plain["suspended"] is not None and plain["current"] is None:
        return Numbers(suspended=1, displaced=displaced)
    return Numbers(in_progress=1, displaced=displaced)


def _holds_place(course: Course, place: str) -> bool:
    return place in course.items and course.items[place].launch is not None


def differences(before: PackageVersion, after: PackageVersion) -> Comparison:
    """What one version has otherwise than another."""
    return compare(
        course_of(before).manifest,
        course_of(after).manifest,
        json.loads(str(before.index)),
        json.loads(str(after.index)),
    )


def learners_on(package: ScormPackage) -> dict[str, int]:
    """How many have begun each of a package's versions, by its key."""
    found = dict.fromkeys((version.key for version in package.versions), 0)
    for registration in package.registrations.values():
        if was_begun(registration) and not registration.preview:
            found[registration.version.key] += 1
    return found


def aside_of(registration: Registration) -> Aside:
    """What of the tree's state has no place in the present version."""
    kept = registration.aside_tracking
    return Aside() if kept is None else Aside.from_plain(json.loads(str(kept)))


def begun_on(registration: Registration, record: ActivityRecord, attempt: int) -> str:
    """The key of the version that an attempt on an activity was begun on."""
    found = (key for last, key in record.begun_on if attempt <= last)
    return next(found, registration.version.key)
