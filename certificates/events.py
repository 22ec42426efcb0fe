"""What leaves this house, by ``registry.notify``, inside the transaction that causes it."""

from dataclasses import dataclass
from typing import Any

from certificates.resources import Certificate


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate holds no longer. ``request`` is that of whoever revoked it."""

    certificate: Certificate
    request: Any
