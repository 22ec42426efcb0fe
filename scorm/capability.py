"""What a content address may do: read one package version, write one registration, for a while.

A capability is the first segment of every content address (architecture §4). It is signed, and
carries no person, no role and no secret.
"""

from dataclasses import dataclass

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

LIFETIME = 24 * 3600
"""Seconds a capability opens anything: longer than a working day, so a sign-in that ends
meanwhile loses nothing."""

RENEWAL = 3600
"""Seconds after which an acknowledgement brings a fresh one."""


class CapabilityRefused(Exception):
    """The address was made up, altered, or has ended."""


@dataclass(frozen=True)
class Capability:
    """:param version: the key of the package version; :param mode: ``normal``, ``review``;
    :param language: of the player's own words: the content origin knows nobody's choice"""

    registration: str
    session: str
    version: str
    mode: str
    language: str = "en"


class Capabilities:
    """Signs and reads capabilities with the host's secret."""

    def __init__(self, secret: str):
        self._signer = URLSafeTimedSerializer(secret, salt="scorm.capability")

    def sign(self, capability: Capability) -> str:
        """One path segment."""
        return self._signer.dumps(
            [
                capability.registration,
                capability.session,
                capability.version,
                capability.mode,
                capability.language,
            ]
        )

    def read(self, text: str) -> Capability:
        """:raises CapabilityRefused: unless it is ours, whole and in time"""
        try:
            return Capability(*self._signer.loads(text, max_age=LIFETIME))
        except SignatureExpired:
            raise CapabilityRefused("This address has ended. Open the course again to go on.")
        except BadSignature:
            raise CapabilityRefused("This address does not open anything here.")

    def renewed(self, text: str) -> str:
        """The same text while it is fresh, else a new one with the same rights."""
        capability = self.read(text)
        try:
            self._signer.loads(text, max_age=RENEWAL)
        except SignatureExpired:
            return self.sign(capability)
        return text
