"""Certificates for Pyramid: issued once, printed as PDF, verified by strangers, revocable.

``config.include("certificates")`` adds the pages of :class:`certificates.resources.Certificates`
wherever the host puts it in its tree. The host brings ``request.zodb``, a storage for CSRF tokens
and a security policy whose principals include ``learner:<opaque id>`` and ``role:admin``.
"""


def includeme(config):
    """Pages, settings (``certificates.*``), counts of what clients try, a printer, readers of what
    strangers send, and keys: they are made where there are none yet."""
    import atexit
    from datetime import UTC, datetime

    from certificates.keys import KeyRing
    from certificates.lookups import FILES_PER_CLIENT, Lookups, NameChecks
    from certificates.pdf.printer import Printer
    from certificates.settings import CertificatesSettings
    from certificates.verification.apart import Readers

    settings = CertificatesSettings.from_ini(config.get_settings())
    config.registry["certificates"] = settings
    config.registry["certificates.keys"] = KeyRing.open(
        settings.keys,
        issuer=settings.issuer,
        site_url=settings.site_url,
        now=datetime.now(UTC),
    )
    config.registry["certificates.lookups"] = Lookups()
    printer = config.registry["certificates.printer"] = Printer(settings.fonts)
    atexit.register(printer.close)
    config.registry["certificates.files"] = Lookups(FILES_PER_CLIENT)
    config.registry["certificates.names"] = NameChecks()
    config.registry["certificates.readers"] = Readers()
    config.include("pyramid_jinja2")
    config.add_route("certificates.did", "/.well-known/did.json")
    config.scan("certificates.views")
