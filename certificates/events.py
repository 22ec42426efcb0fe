"""What leaves this house, and what it can be told, by ``registry.notify``, inside the transaction
that causes it."""

from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True)
class Attended:
    """Somebody was in a session, and it is over. Whoever holds sessions says so; being told twice
    changes nothing. Happens within the transaction of ``connection``.

    :param subject: ``webinar/<id>``, under which its awards are found
    :param title: of the session; :param language: that it was in (BCP 47)
    :param share: percent of it, rounded down; :param minutes: that they were there
    :param started: the session itself; :param ended: likewise
    """

    learner_id: str
    subject: str
    title: str
    share: int
    minutes: int
    started: datetime
    ended: datetime
    language: str
    registry: Any
    connection: Any
