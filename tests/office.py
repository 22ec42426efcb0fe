"""Certificates of a site of the tests in every form that can be verified."""

import io
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils import embed
from pyhanko.pdf_utils.generic import ArrayObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates import issuing
from certificates.badges import baking, signing
from certificates.badges.credential import Place, credential_of
from certificates.keys import KeyRing
from certificates.pdf.signing import without_loop
from certificates.resources import Certificate, Certificates

SITE = "https://learn.example.org"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SNAPSHOT = {
    "kind": "achievement",
    "subject": "course",
    "title": "Listening well",
    "language": "en",
    "issuer": "Tutela",
    "minutes": 90,
    "hours": "1.5",
    "score": 85,
}
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


class _Signer(PdfSigner):
    """Signs what must not be signed any more, too."""

    def _enforce_certification_constraints(self, reader):
        pass


class Office:
    """An issuer with keys and certificates."""

    def __init__(
        self, folder: Path, site_url: str = SITE, certificates: Certificates | None = None
    ):
        self.ring = KeyRing.open(folder, issuer="Tutela", site_url=site_url, now=NOW)
        self.certificates = Certificates() if certificates is None else certificates
        self.place = Place(self.ring.did, site_url, f"{site_url}/certificates")

    def issue(self, number: int = 1, **more) -> Certificate:
        return issuing.issue(
            self.certificates,
            learner_id=f"learner-{number}",
            award="course/listening",
            snapshot=SNAPSHOT,
            now=NOW,
            random=lambda n: number.to_bytes(n, "big"),
            **more,
        )

    def json(self, certificate: Certificate) -> str:
        credential = credential_of(certificate, self.place)
        return json.dumps(signing.embedded(credential, self.ring.current))

    def jwt(self, certificate: Certificate) -> str:
        return signing.token(credential_of(certificate, self.place), self.ring.current)

    def png(self, certificate: Certificate) -> bytes:
        return baking.baked_png(picture(), self.json(certificate))

    def svg(self, certificate: Certificate) -> bytes:
        return baking.baked_svg(DRAWING, self.json(certificate))

    def pdf(self, certificate: Certificate) -> bytes:
        return self.signed(page(self.json(certificate)))

    def signed(self, content: bytes, field: str = "Seal", *, certify: bool = True) -> bytes:
        """A PDF with the signature of this office."""
        keys, output = self.ring.current, io.BytesIO()
        signer = _Signer(
            PdfSignatureMetadata(
                field_name=field,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                certify=certify,
                docmdp_permissions=MDPPerm.NO_CHANGES,
            ),
            signer=SimpleSigner(
                signing_cert=next(iter(load_certs_from_pemder_data(keys.certificate_pem))),
                signing_key=load_private_key_from_pemder_data(keys.document_pem, None),
                cert_registry=SimpleCertificateStore(),
            ),
        )
        without_loop(signer.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(content)), output=output)
        return output.getvalue()

    def forms(self, certificate: Certificate) -> dict[str, bytes]:
        """The certificate in all forms, by their names."""
        return {
            "pdf": self.pdf(certificate),
            "png": self.png(certificate),
            "svg": self.svg(certificate),
            "json": self.json(certificate).encode(),
            "jwt": self.jwt(certificate).encode(),
        }


def page(attachment: str | None, words: bytes = b"A certificate") -> bytes:
    """A PDF of one page, with a badge as its attachment, without a signature."""
    writer = PdfFileWriter(stream_xrefs=False)
    drawn = StreamObject(stream_data=b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % words)
    box = ArrayObject(map(NumberObject, (0, 0, 595, 842)))
    writer.insert_page(PageObject(contents=writer.add_object(drawn), media_box=box))
    if attachment is not None:
        file = embed.EmbeddedFileObject.from_file_data(writer, data=attachment.encode())
        spec = embed.FileSpec("credential.json", "credential.json", embedded_data=file)
        embed.embed_file(writer, spec)
        writer.root[pdf_name("/AF")] = ArrayObject([writer.add_object(spec.as_pdf_object())])
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def picture() -> bytes:
    """A PNG of one point."""
    output = io.BytesIO()
    Image.new("L", (1, 1)).save(output, "PNG")
    return output.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG picture (PNG §5.3)."""
    check = zlib.crc32(kind + data)
    return len(data).to_bytes(4, "big") + kind + data + check.to_bytes(4, "big")
