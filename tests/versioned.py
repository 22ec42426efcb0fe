"""A package of some parts in any version, and learners of it who do as they are told."""

import io
import zipfile
from datetime import UTC, datetime

from scorm.packages.archive import Limits
from scorm.services import add_version, import_package

NAMESPACES = {
    "2004": (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"',
        "2004 4th Edition",
        "scormType",
        '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>',
    ),
    "1.2": (
        'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
        "1.2",
        "scormtype",
        "",
    ),
}
PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>
<script>
const api = window.parent.API_1484_11;
window.begun = api ? api.Initialize("") : window.parent.API.LMSInitialize("");
</script>
"""


def package(standard: str, *parts: str, words: str = "") -> bytes:
    """A package whose parts have these identifiers.

    :param words: stand on each page, so that versions with the same parts differ
    """
    namespaces, version, kind, sequencing = NAMESPACES[standard]
    items = "".join(
        f'<item identifier="{part}" identifierref="r-{part}"><title>{part.title()}</title></item>'
        for part in parts
    )
    resources = "".join(
        f'<resource identifier="r-{part}" type="webcontent" adlcp:{kind}="sco" '
        f'href="{part}.html"><file href="{part}.html"/></resource>'
        for part in parts
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest identifier="parts" {namespaces}>'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{version}</schemaversion></metadata>"
        f'<organizations default="o"><organization identifier="o"><title>Parts</title>{items}'
        f"{sequencing}</organization></organizations><resources>{resources}</resources></manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest)
        for part in parts:
            archive.writestr(f"{part}.html", PAGE.format(title=part.title()) + words)
    return file.getvalue()


def bring(packages, data: bytes):
    """A package of its own."""
    now = datetime.now(UTC)
    return import_package(packages, io.BytesIO(data), owner="author", limits=Limits(), now=now)[0]


def add(packages, known, data: bytes):
    """Another version of a package that is there; the version."""
    version = bring(packages, data).newest
    add_version(known, version)
    return version
