"""Certificates on paper: how many one warm process prints in a second of its core, not sealed and
sealed, in the three layouts and with names of several scripts."""

import pickle
from itertools import product
from pathlib import Path

from certificates.designs import INCLUDED
from certificates.keys import made
from certificates.pdf.signing import Seal
from certificates.pdf.workers import PATIENCE, Kind, Work, Worker
from papers import FOLDERS, NOW, order, seal_of

PAGES = 240
NAMES = ("Ana María Ñandú", "محمد علي", "अनीता देवी", "Ђорђе Ґонта")
CLOCK_TICKS = 100
"""A second, in what ``/proc`` counts."""


def measure(folder: Path) -> dict[str, float]:
    worker = Worker(tuple(each for each in FOLDERS if each.is_dir()))
    try:
        _print(worker, "w", len(INCLUDED) * len(NAMES), None)
        plain = _per_second(worker, "p", None)
        sealed = _per_second(worker, "s", seal_of(made("Tutela", NOW)))
    finally:
        worker.end()
    return {"pdf.per_s": plain, "pdf_sealed_per_s": sealed}


def _per_second(worker: Worker, mark: str, seal: Seal | None) -> float:
    before = _cpu(worker.pid)
    _print(worker, mark, PAGES, seal)
    return round(PAGES / (_cpu(worker.pid) - before), 1)


def _print(worker: Worker, mark: str, pages: int, seal: Seal | None) -> None:
    """Pages that differ, each by its name."""
    kinds = list(product(INCLUDED.values(), NAMES))
    for n in range(pages):
        design, name = kinds[n % len(kinds)]
        work = Work(Kind.PDF, order(f"{name} {mark}{n}", design=design), seal)
        kind, content = worker.ask(pickle.dumps(work), PATIENCE)
        assert kind == b"+", content


def _cpu(pid: int) -> float:
    """Seconds that a process has computed."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
