"""An author tries a package as a learner would see it, and it counts for nobody.

A preview is a registration of its own with ``preview`` set. One person has one of each package at
a time: the next begins from the beginning and takes the earlier one away with all its data.
"""

import secrets
from datetime import datetime

from scorm.resources import Packages, Registration, Registrations, ScormPackage
from scorm.runtime.launch import register

NAME = "Preview"
"""What content may read as the learner's name."""


def begin(
    registrations: Registrations,
    package: ScormPackage,
    person: str,
    *,
    return_url: str,
    now: datetime,
) -> Registration:
    """A new preview of the package's newest version.

    :param person: who previews, as the host calls people
    :param return_url: where the player's way back leads: the package's page, with a slash at its
        end; ``preview-record`` stands below it
    """
    earlier = package.previews.get(person)
    if earlier is not None:
        registrations.remove(earlier)
    nobody = secrets.token_hex(8)
    registration = register(
        registrations,
        package,
        package.newest,
        learner_key=nobody,
        learner_id=nobody,
        learner_name=NAME,
        reference=f"preview/{person}",
        return_url=return_url,
        now=now,
    )
    registration.preview = True
    package.keep_preview(person, registration)
    return registration


def labelled(packages: Packages, person: str, label: str | None) -> Registration | None:
    """The person's own preview on the content host with this label, if there is one."""
    for package in packages.values():
        found = package.previews.get(person)
        if found is not None and found.label == label:
            return found
    return None
