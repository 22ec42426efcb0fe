"""Certificates on paper, for tests: orders, keys to seal with, images, and poppler's eyes."""

import io
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw

from certificates.designs import Design, Signatory
from certificates.pdf.order import Order
from certificates.pdf.phrases import phrases
from certificates.pdf.signing import Seal

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOTO = Path("/usr/share/fonts/truetype/noto")
CJK = Path("/usr/share/fonts/opentype/noto")
FOLDERS = (NOTO, CJK)
CODE = "00041061050r3gg28a1c60t3gf"
URL = f"https://learn.example.org/certificates/{CODE}"
SNAPSHOT = {
    "kind": "achievement",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
    "minutes": 90,
    "score": 85,
}
ARABIC = {
    "Certificate of achievement": "شهادة إتمام",
    "Certificate of participation": "شهادة مشاركة",
    "This is to certify that": "نشهد بأن",
    "has completed {title}": "قد أتم بنجاح {title}",
    "has taken part in {title}": "قد شارك في {title}",
    "Issued": "تاريخ الإصدار",
    "Length": "المدة",
    "CPD hours": "ساعات التطوير المهني",
    "Score": "النتيجة",
    "Valid until": "صالحة حتى",
    "Was valid until": "كانت صالحة حتى",
    "Certificate code": "رمز الشهادة",
    "Check this certificate at": "تحقق من هذه الشهادة على",
    "QR code with the address of this certificate’s page": "رمز الاستجابة السريعة لعنوان الشهادة",
    "Signature of {name}": "توقيع {name}",
    "Seal": "ختم",
}


def order(name: str = "Ana María Ñandú", *, design: Design | None = None, **changed) -> Order:
    """An order in English or Arabic; what an :class:`Order` does not have goes into its
    snapshot."""
    fields = {key: changed.pop(key) for key in list(changed) if key in Order.__dataclass_fields__}
    snapshot = SNAPSHOT | changed
    design = design or Design()
    translate = (lambda said: ARABIC[said]) if snapshot["language"] == "ar" else str
    made = Order(
        snapshot=snapshot,
        code=CODE,
        issued=NOW,
        valid_until=None,
        name=name,
        design=design,
        images={key: IMAGES[key] for key in design.images},
        words=phrases(snapshot["language"], snapshot["kind"], translate),
        url=URL,
    )
    return replace(made, **fields)


def _png(size: tuple[int, int], draw) -> bytes:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    draw(ImageDraw.Draw(image))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


IMAGES = {
    "seal": _png((400, 400), lambda on: on.ellipse((8, 8, 392, 392), outline="#966e1e", width=14)),
    "background": _png((700, 500), lambda on: on.rectangle((20, 20, 680, 480), fill="#5a8ca0")),
    "signature-1": _png(
        (300, 120), lambda on: on.line((10, 90, 90, 20, 160, 100, 290, 30), "navy")
    ),
}
RICH = Design(
    seal="seal",
    background="background",
    background_strength=10,
    signatories=(
        Signatory("Dr Ada Ruiz", "Head of training", "signature-1"),
        Signatory("Émile Okafor", "Chair"),
    ),
)
"""Everything that a design can have."""


def seal_of(keys) -> Seal:
    return Seal(keys.document_pem, keys.certificate_pem)


def poppler(tool: str, content: bytes, *options: str) -> str:
    command = [tool, *options, "-"] + (["-"] if tool == "pdftotext" else [])
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def text_of(content: bytes) -> str:
    """The text in reading order, without the marks that poppler adds around turned text."""
    return re.sub("[\u202a-\u202e]", "", poppler("pdftotext", content))


def picture_of(content: bytes, dpi: int = 72) -> bytes:
    """The page as poppler draws it, PPM."""
    command = ["pdftoppm", "-r", str(dpi), "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout


def pages_of(content: bytes) -> int:
    return int(re.search(r"Pages:\s+(\d+)", poppler("pdfinfo", content))[1])
