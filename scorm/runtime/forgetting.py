"""A learner goes, and what content kept of them goes with them."""

from collections.abc import Iterable

from scorm.resources import Packages, Registration, Registrations
from scorm.runtime import preview


def forget(
    registrations: Registrations,
    packages: Packages,
    own: Iterable[Registration],
    *,
    learner_key: str,
    person: str,
) -> int:
    """Take a person's registrations out with all run-time data, what they shared, and previews; a
    page that is still open is answered that its address opens nothing. How many there were.

    :param own: the registrations of the learner
    :param learner_key: as it was given when they were made
    :param person: as the host calls who previews
    """
    count = 0
    for registration in own:
        registrations.remove(registration)
        count += 1
    registrations.forget_learner(learner_key)
    for package in packages.values():
        preview.forget(registrations, package, person)
    return count
