"""Pictures with a badge in them are read by programs of others, and the badge holds there."""

import io
import json
import zipfile

import pytest
from openbadgeslib import baking as others
from openbadgeslib.ob3 import OB3LdpVerifier

from certificates.badges import bundle
from certificates.designs import INCLUDED
from tests.certificates.badges.making import FULL, Issuer
from tests.certificates.badges.programs import needs_verifiers, verified

TITLE = 'Zuhören & <verstehen> ]]> "الاستماع" 🙂'


def files_of(issuer: Issuer, **snapshot) -> dict[str, bytes]:
    certificate = issuer.issue(**{**FULL, "title": TITLE, **snapshot})
    keys = issuer.ring.current
    return bundle.files(certificate, INCLUDED["quiet"], (), issuer.place, keys)


def taken_out(files: dict[str, bytes]) -> dict[str, str]:
    """By the other library."""
    element, keyword = others.SVG_ELEMENT_OB3, others.ITXT_KEYWORD_OB3
    return {
        "png": others.extract_png(files["badge.png"], keyword=keyword),
        "svg": others.extract_svg(files["badge.svg"], element=element, text_fallback=True),
    }


def test_another_library_takes_the_badge_out_and_verifies_it(issuer):
    files = files_of(issuer)
    verifier = OB3LdpVerifier(issuer.ring.current.ed25519_public_pem, issuer.ring.did)
    for text in taken_out(files).values():
        assert json.loads(text) == json.loads(files["badge.json"])
        assert json.loads(text)["name"] == TITLE
        verifier.verify(text)


@needs_verifiers
def test_the_verifiers_of_npm_agree(issuer, tmp_path):
    badges = {name: json.loads(text) for name, text in taken_out(files_of(issuer)).items()}
    folder = tmp_path / "node"
    folder.mkdir()
    for found in verified(folder, issuer.published(), badges).values():
        assert found["digitalBazaar"]["verified"]
        assert found["verifierCore"]["steps"]["valid_signature"]


def test_a_token_can_be_in_the_picture_instead(issuer):
    certificate = issuer.issue(**FULL)
    token, design = issuer.token(certificate), INCLUDED["quiet"]
    files = {
        "badge.png": bundle.png(certificate, design, (), token),
        "badge.svg": bundle.svg(certificate, design, (), token),
    }
    assert taken_out(files) == {"png": token, "svg": token}


@pytest.mark.parametrize(
    ("title", "folder"),
    [
        ("Listening well", "Listening-well-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("C:\\nul\x00 \u202e", "C-nul-"),
        ("الاستماع الجيد", "الاستماع-الجيد-"),
        ("?!", ""),
        ("word " * 40, "word-" * 12),
    ],
)
def test_a_folder_is_called_after_the_title_on_any_system(issuer, title, folder):
    certificate = issuer.issue(title=title)
    assert bundle.folder_of(certificate) == folder + certificate.code[:8]


def test_a_zip_is_the_same_octets_each_time(issuer):
    certificate = issuer.issue(**FULL)
    content = [(certificate, {"badge.json": b"{}", "badge.jwt": b"a.b.c"})]
    assert bundle.zipped(content) == bundle.zipped(content)
    with zipfile.ZipFile(io.BytesIO(bundle.zipped(content))) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 2
