"""Templates as files: a zip with the design as JSON and its pictures, to be used on another site.

What comes in is read by the names that a template can have and by nothing else: no path is ever
made of a name in the zip, and no more is unpacked than a template can hold.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping

import cattrs
from translationstring import TranslationStringFactory

from certificates import pictures
from certificates.designs import MOST_SIGNATORIES, Design, checked
from certificates.refusals import Refused

_ = TranslationStringFactory("tutela")

FORMAT = "tutela-certificate-template"
FORMAT_VERSION = 1
DESIGN = "template.json"
NAMES = ("seal", "background", *(f"signature-{n}" for n in range(1, MOST_SIGNATORIES + 1)))
ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
MOST_BYTES = 15 * 1024 * 1024
MOST_DESIGN_BYTES = 256 * 1024
MOST_ENTRIES = 20
ENTRY = b"PK\x01\x02"
"""How each entry of a zip's directory begins: counted before anything makes objects of them."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same template is the same file, whenever it is asked for."""
NO_TEMPLATE = _("This file is no template of a certificate, or it is damaged. Choose another file.")


class TemplateFileRefused(Refused):
    """The file cannot be taken in; the message says why."""


def written(name: str, design: Design, images: Mapping[str, bytes]) -> bytes:
    """The zip of a template."""
    told = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "name": name,
        "design": design.to_plain(),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        text = json.dumps(told, ensure_ascii=False, indent=1)
        made.writestr(_entry(DESIGN), text.encode())
        for image, content in sorted(images.items()):
            ending = ENDINGS[pictures.media_type(content)]
            made.writestr(_entry(f"images/{image}.{ending}"), content)
    return file.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def read(content: bytes) -> tuple[str, Design, dict[str, bytes]]:
    """Name, design and pictures of a zip; the pictures are cleaned as those that are sent.

    :raises TemplateFileRefused: for what is no template, or too large a one
    :raises certificates.designs.DesignRefused: for a design that cannot be printed
    :raises certificates.pictures.PictureRefused: for a picture that cannot be used
    """
    if len(content) > MOST_BYTES:
        most = {"most": MOST_BYTES // 1024**2}
        raise TemplateFileRefused(_("The file is larger than ${most} MB.", mapping=most))
    if content.count(ENTRY) > MOST_ENTRIES:
        raise TemplateFileRefused(NO_TEMPLATE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            name, design = _design(opened)
            if not _in_their_places(design):
                raise TemplateFileRefused(NO_TEMPLATE)
            images = {
                image: pictures.cleaned(found, image)
                for image in sorted(design.images & set(NAMES))
                if (found := _image(opened, image)) is not None
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        # The last two for methods that Python lacks, and for entries with a passphrase.
        raise TemplateFileRefused(NO_TEMPLATE) from None
    return name, checked(design, images), images


def _in_their_places(design: Design) -> bool:
    """Whether each image has the name of the place that it is for."""
    signatures = [one.image for one in design.signatories]
    places = [f"signature-{n}" for n in range(1, len(signatures) + 1)]
    return all(
        image in (None, place)
        for image, place in zip(
            (design.seal, design.background, *signatures),
            ("seal", "background", *places),
            strict=True,
        )
    )


def _design(opened: zipfile.ZipFile) -> tuple[str, Design]:
    if DESIGN not in opened.namelist():
        raise TemplateFileRefused(NO_TEMPLATE)
    text = _bounded(opened, DESIGN, MOST_DESIGN_BYTES)
    try:
        told = json.loads(text)
        known = (told["format"], told["version"]) == (FORMAT, FORMAT_VERSION)
        name, plain = str(told["name"]), dict(told["design"])
        design = cattrs.structure(plain, Design)
    except (KeyError, TypeError, ValueError, RecursionError, cattrs.BaseValidationError):
        raise TemplateFileRefused(NO_TEMPLATE) from None
    if not known:
        raise TemplateFileRefused(NO_TEMPLATE)
    return name, design


def _image(opened: zipfile.ZipFile, name: str) -> bytes | None:
    there = set(opened.namelist())
    for ending in ENDINGS.values():
        if (entry := f"images/{name}.{ending}") in there:
            return _bounded(opened, entry, pictures.MOST_BYTES)
    return None


def _bounded(opened: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of an entry. What its header says of its size is not believed."""
    with opened.open(name) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        words = _("“${name}” in the file is too large for a template.", mapping={"name": name})
        raise TemplateFileRefused(words)
    return content
