"""The seal of the issuer: a PAdES signature (ETSI EN 319 142-1, B-B) that certifies the page and
permits no change (ISO 32000-1, 12.8.2.2).

The field is not to be seen, but it is in the structure tree like everything that PDF/UA knows of
(ISO 14289-1, 7.18), and has no size, so that PDF/A-3 asks for no appearance of it (ISO 19005-3,
6.3.3).
"""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Seal"


@dataclass(frozen=True)
class Seal:
    """What is sealed with: a private key and its X.509 certificate, the issuers' after it; both
    PEM."""

    key_pem: bytes
    certificate_pem: bytes


class _Writer(IncrementalPdfFileWriter):
    """PDF/A-3 is PDF 1.7, which a signature on an elliptic curve is no reason to leave."""

    def ensure_output_version(self, version):
        pass

    def register_extension(self, ext):
        if ext.base_version == "/1.7":
            super().register_extension(ext)

    def _update_meta(self):
        """The page's metadata stay as they are: pyHanko would write them anew, in a form of RDF in
        which PDF/A's readers find neither the claim nor the extension schemas."""


def signed(content: bytes, seal: Seal, *, label: str) -> bytes:
    """A PDF of :func:`certificates.pdf.printing.render`, certified at this moment.

    :param label: what the field is called to people who do not see the page
    """
    # Typst ends its file without an end of line, which must stand before what is added
    # (ISO 19005-3, 6.1.9).
    writer = _Writer(io.BytesIO(content.rstrip() + b"\n"))
    append_signature_field(writer, SigFieldSpec(FIELD))
    _tag(writer, label)
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            # A bought certificate may allow one of the two only.
            signer_key_usage=set(),
        ),
        signer=_signer(seal),
    )
    output = io.BytesIO()
    without_loop(signer.sign_pdf, writer, existing_fields_only=True, output=output)
    return output.getvalue()


def without_loop(call: Callable[..., Any], *values, **named) -> Any:
    """Call something in a thread of its own: pyHanko begins an event loop, which it cannot where
    one runs already."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(call, *values, **named).result()


@lru_cache(maxsize=4)
def _signer(seal: Seal) -> SimpleSigner:
    certificate, *issuers = load_certs_from_pemder_data(seal.certificate_pem)
    return SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(seal.key_pem, None),
        cert_registry=SimpleCertificateStore.from_certs(issuers),
    )


def _tag(writer: IncrementalPdfFileWriter, label: str) -> None:
    """Put the field's annotation into the structure tree, as a form element of the document."""
    _name, _value, field = next(enumerate_sig_fields(writer))
    annotation = field.get_object()
    page = writer.find_page_for_modification(0)[0]
    tree = writer.root["/StructTreeRoot"]
    document = tree["/K"].raw_get(0)
    key = tree["/ParentTreeNextKey"]
    element = writer.add_object(
        DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/StructElem"),
                pdf_name("/S"): pdf_name("/Form"),
                pdf_name("/P"): document,
                pdf_name("/Pg"): page,
                pdf_name("/Alt"): TextStringObject(label),
                pdf_name("/K"): ArrayObject(
                    [
                        DictionaryObject(
                            {
                                pdf_name("/Type"): pdf_name("/OBJR"),
                                pdf_name("/Obj"): field,
                                pdf_name("/Pg"): page,
                            }
                        )
                    ]
                ),
            }
        )
    )
    annotation[pdf_name("/TU")] = TextStringObject(label)
    annotation[pdf_name("/StructParent")] = NumberObject(key)
    document.get_object()["/K"].append(element)
    tree["/ParentTree"]["/Nums"].extend([NumberObject(key), element])
    tree[pdf_name("/ParentTreeNextKey")] = NumberObject(key + 1)
    for changed in (document.get_object()["/K"], tree["/ParentTree"]["/Nums"], tree, annotation):
        writer.update_container(changed)
