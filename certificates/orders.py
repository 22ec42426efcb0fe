"""Certificates on paper: what is ordered from the printer, as they stand in the tree."""

from datetime import datetime

from pyramid.registry import Registry
from pyramid.traversal import find_interface

from certificates.badges import bundle
from certificates.designs import Design, Words, design_of
from certificates.host import address_of, place_in, translator
from certificates.pdf.order import Order
from certificates.pdf.phrases import Phrases, phrases
from certificates.resources import Certificate, Certificates
from certificates.standing import Status, status_of


def printed(registry: Registry, certificate: Certificate, name: str, *, now: datetime) -> bytes:
    """The PDF of a certificate, with its badge in it, sealed by the site.

    :param name: as :func:`certificates.pdf.names.checked_name` gives it; ``""`` for a line to
        write on
    :raises certificates.fonts.MissingGlyphs: when no font here has a character of it
    :raises certificates.pdf.workers.PrintingFailed: when it cannot be printed just now
    """
    keys = registry["certificates.keys"].current
    order = order_of(registry, certificate, name, now=now)
    return registry["certificates.printer"].pdf(order, keys=keys)


def order_of(registry: Registry, certificate: Certificate, name: str, *, now: datetime) -> Order:
    """What is to be printed for a certificate; see :func:`printed`."""
    snapshot = certificate.snapshot
    keys = registry["certificates.keys"].current
    design, images = design_of(find_interface(certificate, Certificates), snapshot)
    return Order(
        snapshot=snapshot,
        code=certificate.code,
        issued=certificate.issued,
        valid_until=certificate.valid_until,
        name=name,
        design=design,
        images={key: images[key] for key in design.images},
        words=phrases_of(registry, snapshot["language"], snapshot["kind"], design),
        url=address_of(registry, certificate),
        attachment=bundle.signed(certificate, place_in(registry, certificate), keys),
        expired=status_of(certificate, now) is Status.EXPIRED,
    )


def phrases_of(registry: Registry, language: str, kind: str, design: Design) -> Phrases:
    """The fixed words in the certificate's language, whatever the visitor's."""
    translate, own_words = translator(registry, language), design.words_in(language) != Words()
    return phrases(language, kind, translate, own_words=own_words)
