"""What leaves this house, by ``registry.notify``, inside the transaction that causes it."""

from dataclasses import dataclass
from typing import Any

from certificates.resources import Batch, Certificate


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate holds no longer. ``request`` is that of whoever revoked it."""

    certificate: Certificate
    request: Any


@dataclass(frozen=True)
class WorkAsked:
    """A batch waits to be worked through in the background (:mod:`certificates.batches`)."""

    batch: Batch
    request: Any


@dataclass(frozen=True)
class ListExported:
    """A list of certificates leaves the site: how many rows, and what for."""

    rows: int
    purpose: str
    request: Any
