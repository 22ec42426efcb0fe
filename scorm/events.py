"""What leaves this house: the host subscribes, inside the same transaction."""

from dataclasses import dataclass

from scorm.resources import Registration


@dataclass(frozen=True)
class RegistrationChanged:
    """Run-time data of a registration were stored.

    ``request`` is that of the content origin: it has ``zodb`` and ``tm``, and no person.
    """

    registration: Registration
    request: object
