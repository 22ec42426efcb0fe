"""The printer of a site: PDFs and previews, made apart, kept for a while in memory alone.

Nothing is written to disk, for a page holds a name.
"""

import hashlib
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Protocol

from certificates.pdf.order import Order
from certificates.pdf.signing import Seal
from certificates.pdf.workers import Kind, Work, Workers

ROOM = 32 * 1024**2
"""Bytes of pages that are kept."""


class SealKeys(Protocol):
    """The part of the site's keys (:class:`certificates.keys.Keys`) that seals pages."""

    @property
    def document_pem(self) -> bytes: ...

    @property
    def certificate_pem(self) -> bytes: ...


class Printer:
    """Prints orders. Any thread may ask; processes begin when they are first needed.

    :param folders: where further fonts are
    :param room: bytes of pages that are kept
    """

    def __init__(
        self, folders: tuple[Path, ...], *, room: int = ROOM, workers: Workers | None = None
    ):
        self._workers = workers or Workers(folders)
        self._room = room
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def pdf(self, order: Order, *, keys: SealKeys | None) -> bytes:
        """The PDF, sealed with the keys; without keys the same order gives the same bytes.

        :raises certificates.fonts.MissingGlyphs: when no font has a character of the order
        :raises certificates.pdf.workers.PrintingFailed: when it cannot be printed just now
        """
        seal = None if keys is None else Seal(keys.document_pem, keys.certificate_pem)
        return self._made(Work(Kind.PDF, order, seal))

    def preview(self, order: Order) -> bytes:
        """The page as PNG.

        :raises certificates.fonts.MissingGlyphs: when no font has a character of the order
        :raises certificates.pdf.workers.PrintingFailed: when it cannot be printed just now
        """
        return self._made(Work(Kind.PREVIEW, order))

    def let_go(self) -> None:
        """Keep no key any longer: the processes that sealed with one end."""
        self._workers.renew()

    def close(self) -> None:
        """End the processes and forget the pages."""
        self._workers.close()
        with self._lock:
            self._kept.clear()

    def _made(self, work: Work) -> bytes:
        sealed = hashlib.sha256(work.seal.certificate_pem).hexdigest() if work.seal else ""
        key = f"{work.kind} {work.order.digest()} {sealed}"
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        content = self._workers.do(work)
        with self._lock:
            self._kept[key] = content
            self._kept.move_to_end(key)
            while sum(map(len, self._kept.values())) > self._room:
                self._kept.popitem(last=False)
        return content
