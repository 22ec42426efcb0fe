"""Pictures that admins send for templates: decoded, bounded, and encoded anew.

What is kept is what Pillow drew. Metadata, colour profiles, further frames and whatever was hidden
in the file are gone; what is no PNG, JPEG or WebP by its content is refused.
"""

import io

from PIL import Image, ImageOps
from translationstring import TranslationStringFactory

from certificates.refusals import Refused

_ = TranslationStringFactory("tutela")

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
SIZES = {"seal": (800, 800), "background": (2480, 2480), "signature": (1200, 600)}
"""Pixels that each kind keeps: what a page prints sharply, about 210 to the inch over all of A4."""
QUALITY = 85
PNG_START = b"\x89PNG\r\n\x1a\n"
NOT_A_PICTURE = _("This is not a PNG, JPEG or WebP picture, or it is damaged. Choose another file.")


class PictureRefused(Refused):
    """The file cannot be used; the message says why and what to do."""


def kind_of(name: str) -> str:
    """``seal``, ``background`` or ``signature`` of the name of an image in a design."""
    return name.partition("-")[0]


def cleaned(content: bytes, name: str) -> bytes:
    """The picture as PNG or JPEG, no larger than it can be printed; the same for the same file.

    :param name: what it is for: ``seal``, ``background``, ``signature-1``…
    :raises PictureRefused: for what is no picture, or too large a one
    """
    if len(content) > MOST_BYTES:
        raise PictureRefused(
            _(
                "This file is larger than ${most} MB. Choose a smaller picture.",
                mapping={"most": MOST_BYTES // 1024**2},
            )
        )
    size = SIZES[kind_of(name)]
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_many_pixels()
            drawn = _drawn(opened, size)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception:  # a damaged file leads the decoders to errors of every kind
        raise PictureRefused(NOT_A_PICTURE) from None
    return _encoded(drawn, photograph=kind_of(name) == "background")


def _too_many_pixels() -> PictureRefused:
    return PictureRefused(
        _(
            "This picture has more than ${most} million pixels. Choose a smaller one.",
            mapping={"most": MOST_PIXELS // 1_000_000},
        )
    )


def _drawn(opened: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The first frame, upright, in a picture that holds nothing else."""
    opened.draft("RGB", (2 * size[0], 2 * size[0]))  # a JPEG need not be decoded larger
    upright = ImageOps.exif_transpose(opened)
    image = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    image.thumbnail(size)
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    drawn = Image.new(image.mode, image.size)
    drawn.paste(image)
    return drawn


def _encoded(image: Image.Image, *, photograph: bool) -> bytes:
    """:param photograph: whether a JPEG serves it better than a PNG, where it hides nothing"""
    file = io.BytesIO()
    if photograph and image.mode == "RGB":
        image.save(file, "JPEG", quality=QUALITY)
    else:
        image.save(file, "PNG", optimize=True)
    return file.getvalue()


def media_type(content: bytes) -> str:
    """``image/png`` or ``image/jpeg`` of what :func:`cleaned` gave."""
    return "image/png" if content.startswith(PNG_START) else "image/jpeg"
