"""Checking a package, and preparing it to be kept: one report, one manifest, one canonical zip."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from scorm.packages import reading
from scorm.packages.archive import Archive, ArchiveRefused, Canonical, Limits
from scorm.packages.findings import Finding, PackageRefused, Report
from scorm.packages.manifest import Manifest

LISTED = 20
"""Findings of one kind that are listed singly; the rest are counted."""

EXECUTABLE = frozenset("exe bat cmd com msi scr jar swf dll sh ps1 vbs".split())
TEXT = frozenset("html htm xhtml js mjs css svg".split())

LOADED = re.compile(
    rb"""(?ix)
    (?: \bsrc \s*=\s* ["']? | <link\b [^>]*? \bhref \s*=\s* ["']? | url\( \s* ["']? |
        @import \s+ ["'] | \b(?:fetch|import|importScripts)\( \s* ["'] )
    (?P<address> (?:https?:)? // (?P<host> [a-z0-9.-]+ ) )
    """
)
TAIL = 300
"""Bytes of one piece looked at again with the next, so that no address falls between."""


@dataclass(frozen=True)
class Prepared:
    """A package that can be imported: ``index`` is that of its canonical zip."""

    report: Report
    manifest: Manifest
    sha256: str
    index: dict[str, list[int]]
    size: int


def check(path: Path, limits: Limits) -> tuple[Report, Manifest | None]:
    """Report on a package file and keep nothing; no manifest when it is refused."""
    with path.open("rb") as source:
        try:
            report, manifest = _examine(source, limits, None)
        except PackageRefused as refused:
            return refused.report, None
    return report, manifest


def prepare(source: BinaryIO, destination: BinaryIO, limits: Limits) -> Prepared:
    """Check a package and write its canonical zip to ``destination``.

    :raises PackageRefused: with the report
    """
    canonical = Canonical(destination)
    report, manifest = _examine(source, limits, canonical)
    sha256, size = canonical.finish()
    return Prepared(report, manifest, sha256, canonical.index, size)


def _examine(
    source: BinaryIO, limits: Limits, canonical: Canonical | None
) -> tuple[Report, Manifest]:
    findings: list[Finding] = []
    manifest: Manifest | None = None
    reader: reading.Reader | None = None
    packed = 0
    try:
        with Archive(source, limits) as archive:
            packed = archive.packed
            findings += archive.findings
            names = _rooted(archive, findings)
            content = archive.read(names[reading.NAME], limits.manifest)
            root, mended = reading.parse(content)
            findings += mended
            reader = reading.Reader(root, frozenset(names))
            try:
                manifest = reader.manifest()
            finally:
                findings += reader.findings
            findings += _missing_files(root, names)
            findings += _strange_files(names)
            findings += _read_all(archive, names, canonical)
    except (ArchiveRefused, reading.ManifestRefused) as refused:
        findings.append(refused.finding)
        standard = str(reader.edition) if reader else None
        raise PackageRefused(Report(False, standard, None, packed, tuple(_ordered(findings))))
    report = Report(
        True, str(manifest.edition), manifest.title, packed, tuple(_ordered(findings))
    )
    return report, manifest


def _ordered(findings: list[Finding]) -> list[Finding]:
    rank = {"error": 0, "warning": 1, "mended": 2, "note": 3}
    return sorted(findings, key=lambda finding: rank[finding.severity])


def _rooted(archive: Archive, findings: list[Finding]) -> dict[str, str]:
    """Name in the package → name in the zip, with the manifest at the package's root.

    :raises ArchiveRefused: when there is no manifest
    """
    found = [
        name
        for name in archive.members
        if name.rpartition("/")[2].lower() == reading.NAME
    ]
    found.sort(key=lambda name: (name.count("/"), name))
    if not found:
        raise ArchiveRefused(
            "manifest-missing",
            "The zip has no imsmanifest.xml, so it is not a SCORM package.",
            "In your authoring tool choose “SCORM 1.2” or “SCORM 2004” as the export format.",
        )
    folder, _, written = found[0].rpartition("/")
    if folder:
        findings.append(
            Finding(
                "mended",
                "manifest-folder",
                f"The package lies in a folder of the zip ({folder}); it was taken from there.",
                "",
                found[0],
            )
        )
    if written != reading.NAME:
        findings.append(
            Finding(
                "mended",
                "manifest-case",
                f"The manifest is called {written}; it must be {reading.NAME}.",
                "",
                found[0],
            )
        )
    prefix = f"{folder}/" if folder else ""
    names = {name[len(prefix) :]: name for name in archive.members if name.startswith(prefix)}
    if written != reading.NAME:
        names[reading.NAME] = names.pop(written)
    return names


def _missing_files(root, names: dict[str, str]) -> list[Finding]:
    """Files that the manifest lists and the zip lacks."""
    folded = {name.casefold() for name in names}
    missing = [
        Finding(
            "warning",
            "file-missing",
            f"The manifest lists {path}, which is not in the zip.",
            "Add the file, or take it out of the manifest.",
            reading.NAME,
            line,
        )
        for path, line in reading.referenced(root)
        if path.casefold() not in folded
    ]
    return _listed(missing, "files are listed and missing")


def _strange_files(names: dict[str, str]) -> list[Finding]:
    found = [
        Finding(
            "warning",
            "file-executable",
            f"{name} is a program; browsers do not run it.",
            "Leave it out of the package.",
            name,
        )
        for name in sorted(names)
        if name.rpartition(".")[2].lower() in EXECUTABLE
    ]
    return _listed(found, "programs are in the package")


def _listed(findings: list[Finding], words: str) -> list[Finding]:
    if len(findings) <= LISTED:
        return findings
    more = len(findings) - LISTED
    first = findings[0]
    rest = Finding(first.severity, first.rule, f"{more} more {words}.", first.remedy, first.file)
    return [*findings[:LISTED], rest]


def _read_all(
    archive: Archive, names: dict[str, str], canonical: Canonical | None
) -> list[Finding]:
    """Inflate every file once: its checksum is verified, foreign hosts are noted, and the
    canonical zip is written on the way."""
    hosts: dict[str, Finding] = {}
    for name in sorted(names):
        pieces = archive.pieces(names[name])
        if name.rpartition(".")[2].lower() in TEXT:
            pieces = _watch(pieces, name, hosts)
        if canonical is None:
            for _piece in pieces:
                pass
        else:
            large = archive.members[names[name]].info.file_size > 2**31
            canonical.add(name, pieces, large)
    return list(hosts.values())


def _watch(pieces: Iterator[bytes], name: str, hosts: dict[str, Finding]) -> Iterator[bytes]:
    """Pass the pieces on, noting each foreign host that the file would call."""
    tail, line = b"", 1
    for piece in pieces:
        window = tail + piece
        for match in LOADED.finditer(window):
            host = match["host"].decode().lower().strip(".")
            if host and host not in hosts:
                hosts[host] = Finding(
                    "warning",
                    "foreign-host",
                    f"The package calls {host}. It is not called from here, so that part of the "
                    "course may not work.",
                    "Put the file into the package, or ask an admin to allow this host.",
                    name,
                    line + window[: match.start()].count(b"\n"),
                )
        kept = window[-TAIL:]
        line += window[: len(window) - len(kept)].count(b"\n")
        tail = kept
        yield piece
