"""Packages of a few files, and what is found in them."""

import pytest

from scorm.packages.archive import Limits
from scorm.packages.check import check
from tests.scorm.packages.pages import GOOD_PAGE


@pytest.fixture
def found(package, manifest):
    """Checks a package whose manifest lists all of its files unless ``listed`` says which; what was
    found, by rule.

    :param launch: the file that the one part opens, with its parameters
    """

    def find(
        files=(), *, launch="index.html", edition="1.2", type="sco", listed=None, parameters=""
    ):
        content = {"index.html": GOOD_PAGE, **dict(files)}
        lines = "".join(
            f'<file href="{name}"/>' for name in (content if listed is None else listed)
        )
        item = f'<item identifier="i" identifierref="r" parameters="{parameters}">'
        kind = "scormtype" if edition == "1.2" else "scormType"
        text = manifest(
            f"{item}<title>One</title></item>",
            f'<resource identifier="r" type="webcontent" adlcp:{kind}="{type}" '
            f'href="{launch}">{lines}</resource>',
            edition=edition,
        )
        report, _manifest = check(
            package({"imsmanifest.xml": text, **content}, bare=True), Limits()
        )
        assert report.accepted
        return {finding.rule: finding for finding in report.findings}

    return find
