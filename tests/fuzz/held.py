"""What must hold of any bytes whatever that are sent as a package."""

import gzip
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from tempfile import NamedTemporaryFile

from scorm.packages.addresses import split_address
from scorm.packages.archive import DEFLATED, Archive, Limits
from scorm.packages.check import Prepared, prepare
from scorm.packages.findings import SEVERITIES, PackageRefused, Report
from scorm.packages.manifest import Item, Manifest
from scorm.packages.members import Members
from scorm.packages.serving import Zip, respond

PAGES = ("index.html", "page.html", "shared/launchpage.html")
"""Files that lie beside a manifest which is tried alone."""


def hold(content: bytes) -> Report:
    """Have a package prepared: it is refused in plain words, or what is kept of it is whole.

    Anything else that is raised is a fault.
    """
    kept = io.BytesIO()
    try:
        prepared = prepare(io.BytesIO(content), kept, Limits())
    except PackageRefused as refused:
        _explained(refused.report)
        assert not refused.report.accepted
        errors = [found for found in refused.report.findings if found.severity == "error"]
        assert errors
        assert all(found.message and found.remedy for found in errors)
        return refused.report
    _explained(prepared.report)
    assert prepared.report.accepted
    _kept_whole(content, kept.getvalue(), prepared)
    _comes_back(prepared.manifest)
    _can_be_opened(prepared)
    return prepared.report


def with_manifest(manifest: bytes) -> bytes:
    """A package with this manifest and a few pages."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("imsmanifest.xml", manifest)
        for name in PAGES:
            archive.writestr(name, b"<p>A page")
    return made.getvalue()


def _explained(report: Report) -> None:
    """Every finding is one of ours, and the report can be kept and read again."""
    assert all(found.severity in SEVERITIES and found.message for found in report.findings)
    stored = json.loads(json.dumps(report.to_stored()))
    assert Report.from_stored(stored).to_stored() == report.to_stored()


def _kept_whole(content: bytes, kept: bytes, prepared: Prepared) -> None:
    """The canonical zip is a zip to others too, holds what was sent, and can be served from."""
    assert len(kept) == prepared.size
    archive = Archive(io.BytesIO(content), Limits())
    sent = Counter(
        hashlib.sha256(b"".join(archive.pieces(name))).digest() for name in archive.members
    )
    with NamedTemporaryFile() as file, zipfile.ZipFile(io.BytesIO(kept)) as canonical:
        file.write(kept)
        file.flush()
        source = Zip(file.name)
        assert sorted(canonical.namelist()) == sorted(prepared.index)
        for name in prepared.index:
            whole = canonical.read(name)
            sent[hashlib.sha256(whole).digest()] -= 1
            for takes_gzip in (False, True):
                assert _served(source, prepared.index[name], name, takes_gzip) == whole
    assert min(sent.values()) >= 0


def _served(source: Zip, member: list[int], name: str, takes_gzip: bool) -> bytes:
    """What a browser makes of the answer."""
    answer = respond(member, name, gzip=takes_gzip)
    body = b"".join(answer.body(source))
    assert int(answer.headers["Content-Length"]) == len(body)
    return gzip.decompress(body) if takes_gzip and member[3] == DEFLATED else body


def _comes_back(manifest: Manifest) -> None:
    """The manifest as it is kept says the same."""
    assert Manifest.from_plain(json.loads(json.dumps(manifest.to_plain()))) == manifest


def _can_be_opened(prepared: Prepared) -> None:
    """What the report counts as openable leads to files that are there."""
    opened = [item for item in _items(prepared.manifest.organization.items) if item.launch]
    assert len(opened) == prepared.report.items > 0
    for item in opened:
        path, _rest = split_address(item.launch or "")
        assert Members(prepared.index).find(path) is not None


def _items(items: tuple[Item, ...]) -> list[Item]:
    return [found for item in items for found in (item, *_items(item.children))]


TARGETS: dict[str, Callable[[bytes], Report]] = {
    "zip": hold,
    "manifest": lambda content: hold(with_manifest(content)),
}
"""What is made of the bytes of each target."""
