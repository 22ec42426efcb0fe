"""What older databases need before this code serves them. Each function may run twice."""

import json
from collections.abc import Callable

from BTrees.OOBTree import OOBTree

from scorm.packages.document import NAME, ManifestRefused, parse
from scorm.packages.reading import Reader
from scorm.packages.serving import Zip, respond
from scorm.resources import (
    ActivityRecord,
    Packages,
    PackageVersion,
    Registration,
    Registrations,
    Session,
    Text,
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


def index_registrations(registrations: Registrations, packages: Packages) -> None:
    """Packages know the registrations on them."""
    for package in packages.values():
        if not hasattr(package, "registrations"):
            package.registrations = WideTree()
    for registration in registrations.values():
        registration.package.registrations[registration.id] = registration


def read_manifests_again(packages: Packages) -> None:
    """Packages that were taken in before all of sequencing was read get it from their manifests,
    which lie unchanged in their zips. What was found when they came in stays as it was told."""
    for version in packages.versions.values():
        _read_manifest_again(version)


def _read_manifest_again(version: PackageVersion) -> None:
    index = json.loads(str(version.index))
    # Not as a stranger's zip is read: it was checked when it came in, and has been packed anew.
    with version.blob.open("r") as file:
        pieces = respond(index[NAME], NAME, gzip=False).body(Zip(file.name))
    try:
        root, _ = parse(b"".join(pieces))
        manifest = Reader(root, index).manifest()
    except ManifestRefused:
        return  # as nobody would take it in today; who is in it goes on as before
    if manifest is not None:
        version.manifest = Text(json.dumps(manifest.to_plain()))
