"""What older databases need before this code serves them. Each function may run twice."""

from collections.abc import Callable

from BTrees.OOBTree import OOBTree

from scorm.resources import (
    ActivityRecord,
    Registration,
    Registrations,
    Session,
    TreeState,
    WideTree,
)


def rewrite_records(
    registrations: Registrations, learner_key: Callable[[Registration], str]
) -> None:
    """Registrations get their learner and their tree's state in an object of its own; records
    tell elements from collections; sessions keep their time as a number.

    :param learner_key: what tells the registration's learner from others
    """
    if not hasattr(registrations, "_learners"):
        registrations._learners = WideTree()
    for registration in registrations.values():
        _rewrite_registration(registrations, registration, learner_key)
        for record in registration.records.values():
            _rewrite_record(record)
        for session in registration.sessions.values():
            _rewrite_session(session)


def _rewrite_registration(registrations, registration, learner_key) -> None:
    if hasattr(registration, "tree"):
        return
    registration.learner = registrations.learner(learner_key(registration))
    registration.tree = TreeState()
    plain = registration.__dict__.pop("state", None)
    if plain is not None:
        registration.tree.plain = plain


def _rewrite_record(record: ActivityRecord) -> None:
    record._p_activate()
    values = record.__dict__.pop("_values", None)
    if values is None:
        return
    record._elements = {}
    record._journal = OOBTree()
    record.change({name: str(value) for name, value in values.items()})


def _rewrite_session(session: Session) -> None:
    session._p_activate()
    last = session.__dict__.pop("last", None)
    if last is None:
        return
    session.last = last
    session.held = sum(map(len, session.waiting.values()))
    session.kept_late = sum(map(len, session.late.values()))
