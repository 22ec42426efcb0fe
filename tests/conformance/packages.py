"""Packages with ADL's manifests and content of our own."""

import posixpath
import zipfile
from pathlib import Path

from lxml import etree

SCRIPT = Path(__file__).with_name("content.mjs")
CONTENT = """<!doctype html>
<meta charset="utf-8">
<title>Test content</title>
<p>Test content</p>
<script type="module">
{script}
</script>
"""
BASE = "{http://www.w3.org/XML/1998/namespace}base"


def launched(manifest: Path) -> list[str]:
    """The files that a manifest launches."""
    found = set()
    for resource in etree.parse(manifest).getroot().iter("{*}resource"):
        if href := resource.get("href"):
            bases = [each.get(BASE, "") for each in (*resource.iterancestors(), resource)]
            found.add(posixpath.join(*reversed(bases[:-1]), bases[-1], href).partition("?")[0])
    return sorted(found)


def build(package: str, manifest: Path, folder: Path) -> Path:
    """A package with our content at each address that the manifest launches."""
    path = folder / f"{package}.zip"
    content = CONTENT.format(script=SCRIPT.read_text("utf-8"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest.read_bytes())
        for name in launched(manifest):
            archive.writestr(name, content)
    return path
