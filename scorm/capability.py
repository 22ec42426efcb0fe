"""What a content address may do: read one package version, write one registration, for a while.

A capability is the first segment of every content address (architecture §4). It is signed, and
carries no person, no role and no secret.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeTimedSerializer

from scorm.runtime.writer import Declined

LIFETIME = timedelta(hours=24)
"""How long a capability opens anything after it was signed, and after its session was last used:
longer than a working day, so a sign-in that ends meanwhile loses nothing."""


class CapabilityRefused(Declined):
    """The address was made up, altered, or opens nothing here."""


class CapabilityEnded(CapabilityRefused):
    """It has not been used for long; whoever it belongs to can sign in and go on with it."""

    def __init__(self, label: str, session: str):
        self.label = label
        self.session = session
        super().__init__("This page has rested for long. Sign in again to go on.")


@dataclass(frozen=True)
class Capability:
    """:param version: the key of the package version that the page was opened for; which one a
        session is on is decided when it begins
    :param mode: ``normal``, ``anew``, ``review``
    :param language: of the player's own words: the content origin knows nobody's choice
    :param shared: whether others use the device too, so that nothing is to stay on it
    :param signed: when it was made out"""

    registration: str
    session: str
    version: str
    mode: str
    language: str = "en"
    shared: bool = False
    signed: datetime | None = None

    def is_open(self, now: datetime, last: datetime | None) -> bool:
        """:param last: when its session was last used, if it has begun"""
        newest = max(filter(None, (self.signed, last)))
        return now - newest <= LIFETIME


class Capabilities:
    """Signs and reads capabilities with the host's secret."""

    def __init__(self, secret: str):
        self._signer = URLSafeTimedSerializer(secret, salt="scorm.capability")
        self.read = lru_cache(4096)(self._read)

    def sign(self, capability: Capability) -> str:
        """One path segment."""
        return self._signer.dumps(
            [
                capability.registration,
                capability.session,
                capability.version,
                capability.mode,
                capability.language,
                capability.shared,
            ]
        )

    def _read(self, text: str) -> Capability:
        """:raises CapabilityRefused: unless it is ours and whole"""
        try:
            (registration, session, version, mode, language, *said), signed = self._signer.loads(
                text, return_timestamp=True
            )
            shared = said != [False]  # those made out before it was asked say nothing
            return Capability(
                registration, session, version, mode, language, shared, signed.astimezone(UTC)
            )
        except BadSignature:
            raise CapabilityRefused("This address does not open anything here.")
