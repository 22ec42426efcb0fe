"""Packages of QTI for tests, made in memory."""

import io
import zipfile
from pathlib import Path

from assessments.exchange.qti.native_copy import ENDING

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/>
<resources>{}</resources></manifest>"""


def package(files, resources=None, prefix=""):
    """A zip of files by name; the manifest names all documents when it is not given others."""
    named = [name for name in files if name.endswith(".xml")] if resources is None else resources
    rows = "".join(
        f'<resource identifier="r{n}" type="imsqti_item_xmlv2p2" href="{name}">'
        f'<file href="{name}"/></resource>'
        for n, name in enumerate(named)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(f"{prefix}imsmanifest.xml", MANIFEST.format(rows))
        for name, content in files.items():
            out.writestr(prefix + name, content)
    return made.getvalue()


def zipped(folder: Path):
    """A folder as the package that it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                out.write(path, str(path.relative_to(folder)))
    return made.getvalue()


def without_copies(content):
    """The package as another program writes it again: without the copies of ours."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            if not name.endswith(ENDING):
                new.writestr(name, old.read(name))
    return made.getvalue()
