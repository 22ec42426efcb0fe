"""The smallest package that speaks to the API: one page, which finds it and begins."""

import zipfile
from pathlib import Path

MANIFEST_12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="smallest" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Smallest</title>
<item identifier="i" identifierref="r"><title>One</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="page.html">
<file href="page.html"/></resource></resources></manifest>"""
MANIFEST_2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="smallest" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Smallest</title>
<item identifier="i" identifierref="r"><title>One</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="page.html">
<file href="page.html"/></resource></resources></manifest>"""
PAGE = """<!doctype html><meta charset="utf-8"><title>One</title>
<h1>One</h1>
<script>
const new_api = window.parent.API_1484_11, old_api = window.parent.API;
const get = (name) => new_api ? new_api.GetValue(name) : old_api.LMSGetValue(name);
const set = (name, value) =>
  new_api ? new_api.SetValue(name, value) : old_api.LMSSetValue(name, value);
const commit = () => new_api ? new_api.Commit("") : old_api.LMSCommit("");
window.begun = new_api ? new_api.Initialize("") : old_api.LMSInitialize("");
</script>
"""
LOCATION = {"1.2": "cmi.core.lesson_location", "2004": "cmi.location"}
"""The bookmark's name in each standard."""


def write(path: Path, standard: str) -> Path:
    """The package as a zip file; ``standard`` is ``1.2`` or ``2004``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", MANIFEST_12 if standard == "1.2" else MANIFEST_2004)
        archive.writestr("page.html", PAGE)
    return path
