"""Pictures as people send them, and as attackers do."""

import io
import struct
import zlib

from PIL import Image, PngImagePlugin

SECRET = b"where the picture was taken"


def png(size=(40, 20), colour=(12, 90, 94, 255), **more) -> bytes:
    return _encoded(Image.new("RGBA", size, colour), "PNG", **more)


def jpeg(size=(40, 20), **more) -> bytes:
    return _encoded(Image.new("RGB", size, (12, 90, 94)), "JPEG", **more)


def webp(size=(40, 20)) -> bytes:
    return _encoded(Image.new("RGB", size, (12, 90, 94)), "WEBP", lossless=True)


def gif() -> bytes:
    return _encoded(Image.new("P", (40, 20)), "GIF")


def png_with_a_secret() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SECRET.decode())
    return png(pnginfo=told)


def jpeg_with_a_secret(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = orientation
    return jpeg(exif=exif)


def polyglot() -> bytes:
    """A picture behind which a zip and a script stand."""
    return png() + b"PK\x03\x04<script>alert(1)</script>" + SECRET


def bomb(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it has so many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(bytes(1000)))
        + _chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    """A PNG whose comment unpacks to 200 MB."""
    packed = zlib.compressobj(9)
    text = b"".join(packed.compress(bytes(1_000_000)) for _ in range(200)) + packed.flush()
    at = png().index(b"IDAT") - 4
    return png()[:at] + _chunk(b"zTXt", b"Comment\0\0" + text) + png()[at:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def _encoded(image: Image.Image, form: str, **more) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n"
