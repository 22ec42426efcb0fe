"""An author tries a package as a learner would see it, and it counts for nobody.

A preview is a registration of its own with ``preview`` set. One person has one of each package at
a time: the next begins from the beginning and takes the earlier one away with all its data, and
those of other packages that were not used for a day.
"""

import secrets
from datetime import datetime, timedelta

from scorm.packages.words import Words, _
from scorm.resources import (
    Packages,
    PackageVersion,
    Registration,
    Registrations,
    ScormPackage,
)
from scorm.runtime.course import course_of
from scorm.runtime.launch import register

NAME = "Preview"
"""What content may read as the learner's name where the host gives none."""
KEPT = timedelta(days=1)
"""How long a preview of another package stays after it was last used."""


class PreviewRefused(ValueError):
    """There is nothing to preview like this; ``words`` say why."""

    def __init__(self, words: Words):
        super().__init__(words)
        self.words = words


def begin(
    registrations: Registrations,
    package: ScormPackage,
    person: str,
    *,
    return_url: str,
    now: datetime,
    version: str = "",
    part: str = "",
    learner_name: str = NAME,
) -> Registration:
    """A new preview of the package.

    :param person: who previews, as the host calls people
    :param return_url: where the player's way back leads: the package's page, with a slash at its
        end; ``preview-record`` stands below it
    :param version: the beginning of its hash; empty for the current one
    :param part: the item that it begins with; empty to begin as learners do
    :param learner_name: what content may read
    :raises PreviewRefused: when there is no such version, or nothing to open in the part
    """
    chosen = version_of(package, version)
    if part:
        tree = course_of(chosen).tree
        if part not in tree or not tree[part].deliverable:
            raise PreviewRefused(_("There is nothing to open in the part “${part}”.", part=part))
    forget(registrations, package, person)
    assert package.__parent__ is not None
    _forget_unused(registrations, package.__parent__, person, now)
    nobody = secrets.token_hex(8)
    registration = register(
        registrations,
        package,
        chosen,
        learner_key=nobody,
        learner_id=nobody,
        learner_name=learner_name,
        reference=f"preview/{person}",
        return_url=return_url,
        now=now,
    )
    registration.preview = True
    registration.first = part or None
    package.keep_preview(person, registration)
    return registration


def version_of(package: ScormPackage, prefix: str) -> PackageVersion:
    """The version whose hash begins like this; the current one for an empty prefix.

    :raises PreviewRefused: when there is none, or more than one
    """
    if not prefix:
        return package.current
    found = {x.sha256: x for x in package.versions if x.sha256.startswith(prefix)}
    if len(found) != 1:
        raise PreviewRefused(_("This package has no version “${version}”.", version=prefix))
    return found.popitem()[1]


def forget(registrations: Registrations, package: ScormPackage, person: str) -> None:
    """Take the person's preview of the package away with all that was kept of it, if there is
    one; a page that it is still open in is answered that its address opens nothing."""
    earlier = package.drop_preview(person)
    if earlier is not None:
        registrations.remove(earlier)


def _forget_unused(
    registrations: Registrations, packages: Packages, person: str, now: datetime
) -> None:
    for package in packages.values():
        found = package.previews.get(person)
        if found is not None and now - last_used(found) > KEPT:
            forget(registrations, package, person)


def last_used(registration: Registration) -> datetime:
    """When its content last said something, or when it was begun."""
    used = (session.last for session in registration.sessions.values())
    return max([registration.created, *used])


def labelled(packages: Packages, person: str, label: str | None) -> Registration | None:
    """The person's own preview on the content host with this label, if there is one."""
    for package in packages.values():
        found = package.previews.get(person)
        if found is not None and found.label == label:
            return found
    return None
