"""Certificates for Pyramid: issued once, printed as PDF, verified by strangers, revocable.

``config.include("certificates")`` adds the pages of :class:`certificates.resources.Certificates`
wherever the host puts it in its tree. The host brings ``request.zodb``, a storage for CSRF tokens
and a security policy whose principals include ``learner:<opaque id>`` and ``role:admin``. In the
registry it may say ``certificates.learner`` (the opaque id of who asks, or None),
``certificates.ahead`` (what who asks can still earn: ``ahead(request)`` gives titles, addresses and
lists of what is missing),
``certificates.called`` (how admins see whose a certificate is: ``called(request, id)``),
``certificates.award_called`` (how lists name an award) and ``certificates.holders_of`` (ids of
whom an admin means: ``holders_of(request, typed)``), and ``certificates.languages`` (codes and
names of the languages that templates are made for). What takes long is asked of it by an event
(:class:`certificates.events.WorkAsked`).
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
    config.registry.setdefault("certificates.languages", {"en": "English"})
    config.registry.setdefault("certificates.learner", lambda _request: None)
    config.registry.setdefault("certificates.ahead", lambda _request: [])
    printer = config.registry["certificates.printer"] = Printer(settings.fonts)
    atexit.register(printer.close)
    config.registry["certificates.files"] = Lookups(FILES_PER_CLIENT)
    config.registry["certificates.names"] = NameChecks()
    config.registry["certificates.readers"] = Readers()
    config.add_route("certificates.did", "/.well-known/did.json")
    config.registry.setdefault("certificates.called", lambda _request, learner_id: learner_id)
    config.registry.setdefault("certificates.holders_of", lambda _request, _typed: frozenset())
    config.registry.setdefault(
        "certificates.award_called", lambda _request, award: award.title or award.subject
    )
    config.include("pyramid_jinja2")
    config.add_static_view("static-certificates", "certificates:static", cache_max_age=3600)
    config.scan("certificates.views")
