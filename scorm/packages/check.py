"""Checking a package, and preparing it to be kept: one report, one manifest, one canonical zip."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from scorm.packages.addresses import Places
from scorm.packages.archive import Archive, Limits
from scorm.packages.canonical import Canonical
from scorm.packages.checks.kinds import executables
from scorm.packages.checks.watch import FileWatch
from scorm.packages.directory import ArchiveRefused
from scorm.packages.document import NAME, ManifestRefused, parse
from scorm.packages.findings import Finding, PackageRefused, Report, summed_up
from scorm.packages.grammar import checked
from scorm.packages.manifest import Item, Manifest
from scorm.packages.reading import Reader
from scorm.packages.words import _, ngettext

OTHER_KINDS = {
    "tincan.xml": _("This is an xAPI (Tin Can) package, not a SCORM package."),
    "cmi5.xml": _("This is a cmi5 package, not a SCORM package."),
    "h5p.json": _("This is an H5P package, not a SCORM package."),
    "moodle_backup.xml": _("This is a Moodle backup, not a SCORM package."),
}
TRIED = 2000
LONGEST_TRIED = 300
"""Listed files that are looked for in each encoding, and characters of the address of one."""
MOST_GUESSED = 4_000_000
"""Characters of all names together for which an encoding is guessed: 50 000 names of 80."""

ENCODINGS = ("windows-1252", "cp850", "cp866", "windows-1251", "windows-1256", "gbk", "shift_jis")
"""In which tools write file names without saying so, the commonest first."""

Progress = Callable[[int, int], None]
"""Is told the bytes read so far and the bytes in all, unpacked, after each piece of a file."""

EXPORT = _("In your authoring tool choose “SCORM 1.2” or “SCORM 2004” as the export format.")


@dataclass(frozen=True)
class Prepared:
    """A package that can be imported: ``index``, ``sha256`` and ``size`` are those of its
    canonical zip (see :class:`~scorm.packages.canonical.Canonical`)."""

    report: Report
    manifest: Manifest
    sha256: str
    index: dict[str, list[int]]
    size: int


def check(
    path: Path, limits: Limits, progress: Progress | None = None
) -> tuple[Report, Manifest | None]:
    """Report on a package file and keep nothing; no manifest when it is refused."""
    with path.open("rb") as source:
        try:
            report, manifest = _examine(source, limits, None, progress)
        except PackageRefused as refused:
            return refused.report, None
    return report, manifest


def prepare(
    source: BinaryIO, destination: BinaryIO, limits: Limits, progress: Progress | None = None
) -> Prepared:
    """Check a package and write its canonical zip to ``destination``.

    :param source: an open, seekable file; :param destination: is written and sought in
    :raises PackageRefused: with the report; what ``destination`` holds is then of no use
    """
    canonical = Canonical(destination)
    report, manifest = _examine(source, limits, canonical, progress)
    sha256, size = canonical.finish()
    return Prepared(report, manifest, sha256, canonical.index, size)


def _examine(
    source: BinaryIO, limits: Limits, canonical: Canonical | None, progress: Progress | None
) -> tuple[Report, Manifest]:
    findings: list[Finding] = []
    manifest: Manifest | None = None
    reader: Reader | None = None
    packed = source.seek(0, 2)
    try:
        archive = Archive(source, limits)
        findings += archive.findings
        names = _rooted(archive, findings)
        root, mended = parse(archive.read(names[NAME], limits.manifest))
        findings += mended
        reader = Reader(root, names)
        if archive.guessed:
            names = _respelt(archive, names, reader)
            reader = Reader(root, names)
        try:
            manifest = reader.manifest()
        finally:
            findings += reader.findings
        findings += reader.missing_files()
        findings += checked(root, reader.edition, reader.findings).findings
        sizes = {name: archive.members[member].size for name, member in names.items()}
        if manifest is None:
            findings += executables(sizes)
        else:
            watch = FileWatch(sizes, reader.resources.values(), manifest)
            _read_all(archive, names, watch, canonical, progress)
            findings += watch.findings(packed)
    except (ArchiveRefused, ManifestRefused) as refused:
        findings.append(refused.finding)
        manifest = None
    report = Report(
        accepted=manifest is not None,
        standard=None if reader is None else str(reader.edition),
        title=None if reader is None else reader.title,
        size=packed,
        findings=summed_up(findings),
        items=0 if manifest is None else _openable(manifest.organization.items),
    )
    if manifest is None:
        raise PackageRefused(report)
    return report, manifest


def _openable(items: tuple[Item, ...]) -> int:
    return sum((item.launch is not None) + _openable(item.children) for item in items)


def _rooted(archive: Archive, findings: list[Finding]) -> dict[str, str]:
    """Name in the package → name in the zip, with the manifest at the package's root.

    :raises ArchiveRefused: when there is no manifest
    """
    found = [name for name in archive.members if name.rpartition("/")[2].lower() == NAME]
    if not found:
        raise _no_manifest(archive)
    found.sort(key=lambda name: (name.count("/"), not name.endswith(NAME), name))
    chosen = found[0]
    folder, _slash, written = chosen.rpartition("/")
    prefix = f"{folder}/" if folder else ""
    names = {name[len(prefix) :]: name for name in archive.members if name.startswith(prefix)}
    if folder:
        words = _(
            "The package lies in a folder of the zip (${folder}); it was taken from there.",
            folder=folder,
        )
        findings.append(Finding("mended", "manifest-folder", words, "", chosen))
        _note_outside(archive, names, found, folder, findings)
    if written != NAME:
        words = _(
            "The manifest is called ${written}; it must be ${name}.", written=written, name=NAME
        )
        findings.append(Finding("mended", "manifest-case", words, "", chosen))
        names[NAME] = names.pop(written)
    return names


def _note_outside(
    archive: Archive,
    names: dict[str, str],
    manifests: list[str],
    folder: str,
    findings: list[Finding],
) -> None:
    """Say what of the zip is not taken, when the package is one folder of it."""
    if outside := len(archive.members) - len(names):
        words = _("Files outside ${folder} were left out: ${n}.", folder=folder, n=outside)
        findings.append(Finding("note", "files-outside", words))
    level = manifests[0].count("/")
    if others := [name for name in manifests[1:] if name.count("/") == level]:
        findings.append(
            Finding(
                "warning",
                "packages-several",
                ngettext(
                    "The zip holds ${n} package; only the one in ${folder} was taken.",
                    "The zip holds ${n} packages; only the one in ${folder} was taken.",
                    len(others) + 1,
                    folder=folder,
                ),
                _("Send each package as a zip of its own."),
                others[0],
            )
        )


def _no_manifest(archive: Archive) -> ArchiveRefused:
    """Why there is no manifest, as far as the files tell."""
    words = _("The zip has no imsmanifest.xml, so it is not a SCORM package.")
    remedy = EXPORT
    for name in archive.members:
        if other := OTHER_KINDS.get(name.rpartition("/")[2].lower()):
            words = other
            break
        if name.lower().endswith(".zip"):
            words = _("The zip has no imsmanifest.xml, but another zip in it: ${name}.", name=name)
            remedy = _(
                "If ${name} is the package, unpack it from this zip and send it alone.", name=name
            )
    return ArchiveRefused("manifest-missing", words, remedy)


def _respelt(archive: Archive, names: dict[str, str], reader: Reader) -> dict[str, str]:
    """``names`` in the encoding in which the manifest finds most of its files; as they are when
    no guess is better."""
    listed = list(
        islice(
            (
                (resource.base, href)
                for resource in reader.resources.values()
                for href in (resource.href, *(file for file, _line in resource.files))
                if href and len(resource.base + href) <= LONGEST_TRIED
            ),
            TRIED,
        )
    )
    best, most = names, _hits(names, listed)
    if most == len(listed) or sum(map(len, names)) > MOST_GUESSED:
        return names
    depth = names[NAME].count("/")
    for encoding in ENCODINGS:
        spelling = archive.respelt(encoding)
        guess = {
            "/".join(spelling[member].split("/")[depth:]) if member in spelling else name: member
            for name, member in names.items()
        }
        if len(guess) < len(names) or NAME not in guess or "" in guess:
            continue
        if (hits := _hits(guess, listed)) > most:
            best, most = guess, hits
    return best


def _hits(names: dict[str, str], listed: list[tuple[str, str]]) -> int:
    places = Places(names)
    return sum(places.find(base, href) is not None for base, href in listed)


def _read_all(
    archive: Archive,
    names: dict[str, str],
    watch: FileWatch,
    canonical: Canonical | None,
    progress: Progress | None,
) -> None:
    """Inflate every file once: its checksum is verified, its content is checked, and the canonical
    zip is written on the way."""
    told = _told(archive, names, progress)
    for name in sorted(names):
        member = names[name]
        pieces = (
            archive.pieces(member) if canonical is None else canonical.take(archive, member, name)
        )
        for _piece in watch.through(name, told(pieces)):
            pass


def _told(
    archive: Archive, names: dict[str, str], progress: Progress | None
) -> Callable[[Iterator[bytes]], Iterator[bytes]]:
    """Passes the pieces of the files on and tells of each that it is read."""
    whole, done = sum(archive.members[member].size for member in names.values()), 0

    def told(pieces: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for piece in pieces:
            yield piece
            done += len(piece)
            if progress is not None:
                progress(done, whole)

    return told
