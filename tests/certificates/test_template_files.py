"""Templates as files: they come back as they went, and hostile zips stay outside."""

import io
import json
import zipfile

import pytest

import images
from certificates import pictures, template_files
from certificates.designs import Design, DesignRefused, Signatory, Words
from certificates.pictures import PictureRefused
from certificates.template_files import TemplateFileRefused, read, written

PICTURES = {
    "seal": pictures.cleaned(images.png(), "seal"),
    "background": pictures.cleaned(images.jpeg(), "background"),
    "signature-1": pictures.cleaned(images.png((60, 20)), "signature-1"),
}
DESIGN = Design(
    layout="band",
    seal="seal",
    background="background",
    signatories=(Signatory("Ana", "Director", "signature-1"), Signatory("Bo")),
    words={"fr": Words(heading="Attestation"), "ar": Words(statement="أتمّ {title}")},
)


def packed(entries: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return file.getvalue()


def told(design=None, **more) -> bytes:
    plain = {
        "format": "tutela-certificate-template",
        "version": 1,
        "name": "Ours",
        "design": Design().to_plain() if design is None else design,
        **more,
    }
    return json.dumps(plain).encode()


def test_a_template_comes_back_as_it_went():
    name, design, found = read(written("Ours", DESIGN, PICTURES))
    assert (name, design) == ("Ours", DESIGN)
    assert found["seal"] == PICTURES["seal"]
    assert set(found) == set(PICTURES)


def test_the_same_template_is_the_same_file():
    assert written("Ours", DESIGN, PICTURES) == written("Ours", DESIGN, PICTURES)


def test_paths_in_a_zip_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    hostile = {"../../evil.png": b"x", "/etc/evil": b"x", "images/../seal.png": b"x"}
    _name, _design, found = read(packed({"template.json": told(), **hostile}))
    assert found == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no zip",
        written("Ours", DESIGN, PICTURES)[:-40],
        packed({}),
        packed({"template.json": b"{"}),
        packed({"template.json": b"[" * 100_000}),
        packed({"template.json": b"[]"}),
        packed({"template.json": b"\xff"}),
        packed({"template.json": told(format="another")}),
        packed({"template.json": told(version=2)}),
        packed({"template.json": told(design="quiet")}),
        packed({"template.json": told({"signatories": 7})}),
        packed({"template.json": told({"seal": "background"})}),
        packed({"template.json": told({"seal": "../../secret"})}),
        packed({"template.json": told(), **{str(n): b"" for n in range(30)}}),
    ],
    ids=[
        "empty",
        "no zip",
        "cut short",
        "nothing in it",
        "no json",
        "deep json",
        "a list",
        "no text",
        "another format",
        "a later version",
        "no design",
        "strange signatories",
        "an image in another place",
        "an image elsewhere",
        "many entries",
    ],
)
def test_what_is_no_template_is_refused(content):
    with pytest.raises(TemplateFileRefused, match="no template of a certificate"):
        read(content)


def test_a_damaged_entry_is_refused():
    content = bytearray(packed({"template.json": told()}))
    content[60] ^= 0xFF
    with pytest.raises(TemplateFileRefused, match="damaged"):
        read(bytes(content))


def test_an_entry_with_a_passphrase_is_refused():
    content = bytearray(packed({"template.json": told()}))
    content[6] |= 1
    content[content.index(template_files.ENTRY) + 8] |= 1
    with pytest.raises(TemplateFileRefused):
        read(bytes(content))


@pytest.mark.parametrize(
    "entries",
    [
        {"template.json": bytes(50_000_000)},
        {"template.json": told({"seal": "seal"}), "images/seal.png": bytes(50_000_000)},
    ],
    ids=["design", "image"],
)
def test_a_zip_bomb_is_not_unpacked(entries):
    with pytest.raises(TemplateFileRefused, match="too large for a template"):
        read(packed(entries))


def test_a_file_that_is_too_large_is_not_opened():
    with pytest.raises(TemplateFileRefused, match="larger than 15 MB"):
        read(bytes(template_files.MOST_BYTES + 1))


def test_a_picture_in_a_zip_is_cleaned_like_one_that_is_sent():
    sent = {"template.json": told({"seal": "seal"}), "images/seal.png": images.polyglot()}
    assert images.SECRET not in read(packed(sent))[2]["seal"]
    sent["images/seal.png"] = images.SVG
    with pytest.raises(PictureRefused):
        read(packed(sent))


def test_a_design_that_cannot_be_printed_is_refused():
    with pytest.raises(DesignRefused, match="An image of this design is missing"):
        read(packed({"template.json": told({"seal": "seal"})}))
