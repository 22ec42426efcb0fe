"""PDFs of many certificates as one file: the job. They are made by the printer's processes, a part
after the other, each into a file beside the database; whoever takes the job over goes on after the
last one. When somebody in it is erased meanwhile, all of it is begun anew."""

import os
import shutil
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from pyramid.config import Configurator
from pyramid.registry import Registry
from ZODB.blob import Blob

from certificates import batches
from certificates.fonts import MissingGlyphs
from certificates.keys import KeyRing, Keys
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


class BegunAnew(Exception):
    """What was made is to be forgotten: somebody in it was erased."""


class Part(NamedTuple):
    """What is to be done next: the number of the part, of how many, in which run, and what the
    printer is asked for. When all are printed, ``at`` is ``whole``."""

    run: int
    at: int
    whole: int
    orders: list[Order]

    def file(self, folder: Path, at: int) -> Path:
        """Where a part lies until the zip is made of all."""
        return folder / f"{self.run}-{at}.zip"


class Printed(NamedTuple):
    """The codes of a part that were printed, and why others were not."""

    made: frozenset[str]
    refused: dict[str, str]


def carry_out(desk: Desk, subject: str, settings: Settings) -> None:
    """Print a part after the other; all of them become the batch's file. A zip that must not be
    fetched any more is taken away."""
    folder = settings.uploads / f"certificates-{subject}"
    registry = registry_of(settings)
    printer, ring = Printer(registry["certificates"].fonts), registry["certificates.keys"]
    ring.letting_go.append(printer.let_go)
    next_part = partial(_next_part, subject=subject, registry=registry)
    try:
        part = desk.change(next_part)
        while part is not None:
            began = time.monotonic()
            if not _is_ready(folder, part):
                desk.change(partial(_begin_anew, subject=subject, run=part.run))
            elif part.at < part.whole:
                printed = _print(printer, ring.current, part, folder)
                desk.part(partial(_move_on, subject=subject, part=part, printed=printed))
                desk.pause((time.monotonic() - began) / 4)
            elif _is_kept(desk, subject, folder, part):
                break
            part = desk.change(next_part)
        else:
            desk.finish(partial(_take_away, subject=subject))
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        printer.close()


def _is_ready(folder: Path, part: Part) -> bool:
    """Whether the parts before this one lie there; what another run left there is gone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    before = {part.file(folder, at) for at in range(part.at)}
    found = set(folder.iterdir())
    for path in found - before:
        path.unlink()
    return before <= found


def _print(printer: Printer, keys: Keys, part: Part, folder: Path) -> Printed:
    """The pages of a part, on disk for good."""
    made, refused = set(), {}
    with part.file(folder, part.at).open("wb") as file:
        with ZipFile(file, "w") as archive:
            for order in part.orders:
                try:
                    archive.writestr(f"{order.code}.pdf", printer.pdf(order, keys=keys))
                    made.add(order.code)
                except MissingGlyphs as missing:
                    refused[order.code] = str(missing)
        file.flush()
        os.fsync(file.fileno())
    return Printed(frozenset(made), refused)


def _is_kept(desk: Desk, subject: str, folder: Path, part: Part) -> bool:
    """Make one file of all parts, which becomes the batch's; unless it is begun anew."""
    path = folder / "certificates.zip"
    with ZipFile(path, "w") as whole:
        for at in range(part.whole):
            with ZipFile(part.file(folder, at)) as archive:
                for name in archive.namelist():
                    whole.writestr(name, archive.read(name))
            desk.change(lambda _site: None)  # a sign of life
    try:
        desk.finish(partial(_keep, subject=subject, run=part.run, path=path))
    except BegunAnew:
        return False
    return True


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


def _next_part(site: Site, subject: str, registry: Registry) -> Part | None:
    """A part of the batch as the printer needs it; names where their holders have them kept. None
    when there is nothing to be made."""
    batch, now = site.certificates.batches.get(subject), datetime.now(UTC)
    if batch is None or batch.finished is not None:
        return None
    if batch.problem:
        batch.problem = ""
    found = map(site.certificates.get, batch.parts.get(batch.at, ()))
    fitting = batches.CONCERNED["zip"]
    orders = [
        order_of(registry, each, each.kept_name or "", now=now)
        for each in found
        if each is not None and status_of(each, now) in fitting
    ]
    return Part(batch.run, batch.at, len(batch.parts), orders)


def _begin_anew(site: Site, subject: str, run: int) -> None:
    batch: Batch | None = site.certificates.batches.get(subject)
    if batch is not None and batch.run == run:
        batches.begin_anew(batch)


def _move_on(site: Site, subject: str, part: Part, printed: Printed) -> None:
    """How far it is, unless it was begun anew meanwhile."""
    batch = site.certificates.batches.get(subject)
    if batch is None or (batch.run, batch.at) != (part.run, part.at):
        return
    codes = batch.parts[part.at]
    for number, code in enumerate(codes, batch.seen):
        if code not in printed.made:
            batch.failed[number] = (code, printed.refused.get(code, "It holds no more."))
    batch.seen += len(codes)
    batch.changed += len(printed.made)
    batch.at += 1


def _keep(site: Site, subject: str, run: int, path: Path) -> None:
    """:raises BegunAnew: when the file must not be kept"""
    batch: Batch | None = site.certificates.batches.get(subject)
    if batch is None:
        return
    if batch.run != run:
        raise BegunAnew
    now = datetime.now(UTC)
    batch.file = Blob()
    consume(batch.file, path, batch)
    batches.finish(batch, now)
    audit.record(
        site.audit,
        now=now,
        actor=batch.by,
        action="certificates printed in bulk",
        subject=subject,
        details={"count": batch.changed},
    )


def _take_away(site: Site, subject: str) -> None:
    batch: Batch | None = site.certificates.batches.get(subject)
    if batch is not None and batch.withdrawn is not None:
        batches.take_away(batch)
