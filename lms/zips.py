"""PDFs of many certificates as one file: the job. They are made by the printer's processes; what is
done of a zip that is cut off is forgotten, for nothing has changed by it."""

import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from pyramid.config import Configurator
from pyramid.registry import Registry
from ZODB.blob import Blob

from certificates import batches
from certificates.fonts import MissingGlyphs
from certificates.keys import KeyRing
from certificates.orders import order_of
from certificates.pdf.order import Order
from certificates.pdf.printer import Printer
from certificates.resources import Batch
from certificates.settings import CertificatesSettings
from certificates.standing import status_of
from lms.resources import Site
from lms.services import audit
from lms.services.outbox import Desk
from lms.settings import Settings
from scorm.services import consume

KIND = "certificates-zip"
LOCALES = Path(__file__).parent / "locale"


def carry_out(desk: Desk, subject: str, settings: Settings) -> None:
    """Print a part after the other into a file beside the database, which becomes the batch's."""
    registry = registry_of(settings)
    printer, keys = Printer(registry["certificates"].fonts), registry["certificates.keys"].current
    settings.uploads.mkdir(exist_ok=True, mode=0o700)
    path = settings.uploads / f"certificates-{subject}.zip"
    try:
        with ZipFile(path, "w") as archive:
            at, more = 0, True
            while more:
                began = time.monotonic()
                orders = desk.change(partial(_orders, subject=subject, at=at, registry=registry))
                made: set[str] = set()
                refused: dict[str, str] = {}
                for order in orders:
                    try:
                        archive.writestr(f"{order.code}.pdf", printer.pdf(order, keys=keys))
                        made.add(order.code)
                    except MissingGlyphs as missing:
                        refused[order.code] = str(missing)
                more = desk.change(
                    partial(_move_on, subject=subject, at=at, made=made, refused=refused)
                )
                at += 1
                desk.pause((time.monotonic() - began) / 4)
        desk.finish(lambda site: _keep(site, subject, path))
    finally:
        path.unlink(missing_ok=True)
        printer.close()


def registry_of(settings: Settings) -> Registry:
    """What orders are made from: the house's settings, its keys, the translations."""
    ini = {
        "certificates.issuer": settings.name,
        "certificates.site_url": settings.origins.site_url,
        "certificates.keys": str(settings.keys),
        **({"certificates.fonts": settings.fonts} if settings.fonts else {}),
    }
    config = Configurator()
    config.add_translation_dirs(str(LOCALES))
    config.commit()
    house = CertificatesSettings.from_ini(ini)
    config.registry["certificates"] = house
    config.registry["certificates.keys"] = KeyRing.open(
        house.keys, issuer=house.issuer, site_url=house.site_url, now=datetime.now(UTC)
    )
    return config.registry


def _orders(site: Site, subject: str, at: int, registry: Registry) -> list[Order]:
    """A part of the batch as the printer needs it; names where their holders have them kept."""
    batch, now = site.certificates.batches.get(subject), datetime.now(UTC)
    if batch is None:
        return []
    found = map(site.certificates.get, batch.parts.get(at, ()))
    fitting = batches.CONCERNED["zip"]
    return [
        order_of(registry, each, each.kept_name or "", now=now)
        for each in found
        if each is not None and status_of(each, now) in fitting
    ]


def _move_on(site: Site, subject: str, at: int, made: set[str], refused: dict[str, str]) -> bool:
    """How far it is; whether there is more. The first part begins the batch anew."""
    batch = site.certificates.batches.get(subject)
    if batch is None:
        return False
    if at == 0:
        batch.problem, batch.seen, batch.changed = "", 0, 0
        batch.failed.clear()
    part = batch.parts.get(at, ())
    for number, code in enumerate(part, batch.seen):
        if code not in made:
            batch.failed[number] = (code, refused.get(code, "It holds no more."))
    batch.seen += len(part)
    batch.changed += len(made)
    batch.at = at + 1
    return batch.at < len(batch.parts)


def _keep(site: Site, subject: str, path: Path) -> None:
    batch: Batch | None = site.certificates.batches.get(subject)
    if batch is None:
        return
    now = datetime.now(UTC)
    batch.file = Blob()
    consume(batch.file, path)
    batches.finish(batch, now)
    audit.record(
        site.audit,
        now=now,
        actor=batch.by,
        action="certificates printed in bulk",
        subject=subject,
        details={"count": batch.changed},
    )
