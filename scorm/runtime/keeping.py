"""What a learner's device needs to go on with a course without a line (``docs/runtime.md``)."""

from collections.abc import Mapping

from scorm.capability import Capability
from scorm.cmi import DataModel
from scorm.packages.archive import DEFLATED
from scorm.packages.archive import size as in_words
from scorm.packages.mediatypes import content_encoding
from scorm.packages.serving import GZIP_FRAME
from scorm.packages.words import Words, _
from scorm.resources import ActivityRecord, Registration, Session
from scorm.runtime.attempt import stores_of
from scorm.runtime.course import Course, course_of
from scorm.runtime.files import Files
from scorm.runtime.launchdata import first_values, missing_values, served_with
from scorm.runtime.state import state_of
from scorm.runtime.view import lasting, look, of_item, shared_store
from scorm.sequencing import Activity, ActivityTree

WORDS = {
    "keep_what": _(
        "The files of this course are stored in this browser, so that you can go on without a "
        "connection. Anybody who uses this device can find them. You can remove them here at any "
        "time."
    ),
    "keep_moves": _(
        "You can go from part to part, and finish, without a connection. What you do is sent when "
        "there is one."
    ),
    "keep_waits": _(
        "Without a connection you can go on in the part that is open. To go to another part you "
        "need a connection."
    ),
    "keep_away": _(
        "To come back without a connection, open this address in this browser: {address}"
    ),
    "keep_yes": _("Keep"),
    "keep_no": _("Cancel"),
    "keeping": _("Storing… {percent} %"),
    "kept_here": _("Kept on this device"),
    "keep_remove": _("Remove"),
    "keep_failed": _(
        "Not everything could be stored: there was no connection, or no room. What is there "
        "already is not loaded again."
    ),
    "keep_unsent": _(
        "Some of your answers are not sent yet. They stay on this device until they are. Remove "
        "the files of the course?"
    ),
    "keep_end": _(
        "What you did is kept on this device. Open the course again when you have a connection: "
        "then it is sent."
    ),
}
"""What the player says of it; with ``{name}`` where it puts in a value itself."""


def offer(size: int) -> Words:
    """What the button says. :param size: bytes of all files"""
    return _("Keep on this device (${size})", size=in_words(size))


def may_keep(registration: Registration, capability: Capability, *, isolated: bool) -> bool:
    """Whether the learner may keep the course on the device: it is theirs alone, the registration
    has a storage of its own, and what is opened counts. A package that may call other hosts is not
    all there without a line; kept files have a policy that knows of none.

    :param isolated: whether each registration has a host of its own
    """
    return (
        isolated
        and not capability.shared
        and capability.mode != "review"
        and not registration.preview
        and not registration.package.allowed_hosts
    )


def roams(course: Course) -> bool:
    """Whether every part can be chosen at any time, so that a page knows without the server what
    comes next: no rule, limit, draw, prerequisite or constraint decides, no control is hidden, and
    no part begins with what another has written into a global objective."""
    tree = course.tree
    return all(_is_free(tree, tree[key]) for key in tree.order) and not any(
        item.hide_lms_ui for item in course.items.values()
    )


def _is_free(tree: ActivityTree, activity: Activity) -> bool:
    sequencing, control = activity.sequencing, activity.control
    open_below = not activity.available or (
        (control.choice or tree.single)
        and control.flow
        and control.choice_exit
        and not (control.forward_only or control.constrain_choice or control.prevent_activation)
    )
    ruled = activity.rules or activity.prerequisites is not None or activity.varies
    limited = (
        sequencing.attempt_limit is not None
        or sequencing.attempt_absolute_duration_limit is not None
    )
    reads = any(link.reads for objective in activity.all_objectives for link in objective.maps)
    leaves = activity.control.choice_exit
    return bool(open_below and leaves and not ruled and not limited and not reads)


def size_of(index: Mapping[str, list[int]], name: str) -> int:
    """Bytes of a file as it travels, without headers."""
    _, packed, size, method, _ = index[name]
    if method == DEFLATED and content_encoding(name) is None:
        return packed + GZIP_FRAME
    return size


def size_in_all(files: Files) -> int:
    """Bytes of all files of a package version as they travel."""
    return sum(size_of(files.members.index, name) for name in files.members.index)


def shelf(registration: Registration, session: Session, capability: str) -> dict:
    """What a page needs to deliver every part of a course that roams.

    ``acknowledged``: up to which entry of the session it is true; ``over``: how the session has
    ended, if it has; ``current``: the part before the learner; ``targets``: by activity, what
    choosing it delivers; ``stores``: what the shared data stores hold; ``parts`` in their order,
    each like a delivery, with ``fresh``, the data of a new attempt, and ``data``, those of the
    present one, None where there is none to go on with; ``resumes``: whether it was suspended.
    """
    course = course_of(registration.version)
    state = state_of(registration, session)
    return {
        "acknowledged": session.acknowledged,
        "over": None if session.outcome is None else session.outcome[0],
        "current": state.current if state.current in course.items else None,
        "active": bool(state.current and state[state.current].active),
        "targets": _targets(course.tree),
        "stores": {
            store.target: store.value
            for activity in course.tree.deliverables()
            for store in stores_of(course, registration, activity.id)
        },
        "view": look(registration, session),
        "parts": [
            _part(course, registration, session, activity.id, capability)
            for activity in course.tree.deliverables()
        ],
    }


def _targets(tree: ActivityTree) -> dict[str, str]:
    """By activity: itself, or the first part below it."""
    parts = tree.deliverables()
    found: dict[str, str] = {}
    for part in parts:
        for above in tree.path(part.id):
            found.setdefault(above.id, part.id)
    return found


def _part(
    course: Course, registration: Registration, session: Session, activity: str, capability: str
) -> dict:
    item, tracking = course.items[activity], state_of(registration, session)[activity]
    record = registration.record(activity, keep=False)
    tracked = course.tree[activity].tracked
    if course.standard == "2004":
        resumes = tracking.suspended or (record.suspended and not tracked)
        goes_on = record.attempt > 0 and (resumes or tracking.active)
    else:
        resumes = record.suspended
        goes_on = record.attempt > 0 and record.opened
    first = first_values(course, activity)
    present = {**record.values(), **missing_values(course, activity, record)}
    return {
        **of_item(course, registration, item, capability),
        "stores": [shared_store(each) for each in stores_of(course, registration, activity)],
        "fresh": _data(course, registration, activity, ActivityRecord(), first),
        "data": _data(course, registration, activity, record, present) if goes_on else None,
        "resumes": resumes,
        "assumes": _assumed(course.tree[activity]),
        "terminated": record.terminated,
        "begun": record.initialized,
    }


def _assumed(activity: Activity) -> dict[str, bool]:
    """What counts as reached when content ends without a word about it (SN UP.4)."""
    delivery = activity.sequencing.delivery
    return {
        "completed": not delivery.completion_set_by_content,
        "passed": not (delivery.objective_set_by_content or activity.primary.satisfied_by_measure),
    }


def _data(
    course: Course,
    registration: Registration,
    activity: str,
    record: ActivityRecord,
    values: dict[str, str],
) -> dict[str, str]:
    given = served_with(course, registration, activity, record, "normal")
    edition = str(course.manifest.edition)
    return lasting(DataModel(course.standard, {**values, **given}, edition=edition).values())
