"""What leaves this house."""

from dataclasses import dataclass

from certificates.resources import Certificate


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate exists that did not exist before."""

    certificate: Certificate


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate holds no longer. ``request`` is that of whoever revoked it."""

    certificate: Certificate
    request: object
