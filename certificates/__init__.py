"""Certificates for Pyramid: issued once, printed as PDF, verified by strangers, revocable.

``config.include("certificates")`` adds the pages of :class:`certificates.resources.Certificates`
wherever the host puts it in its tree. The host brings ``request.zodb``, a storage for CSRF tokens
and a security policy whose principals include ``learner:<opaque id>`` and ``role:admin``. In the
registry it may say ``certificates.learner`` (the opaque id of who asks, or None),
``certificates.called`` (how admins see whose a certificate is: ``called(request, id)``),
``certificates.award_called`` (how lists name an award) and ``certificates.holders_of`` (ids of
everybody of a centre: ``holders_of(request, centre)``). What takes long is asked of it by an event
(:class:`certificates.events.WorkAsked`).
"""


def includeme(config):
    """Pages, settings (``certificates.*``), the count of codes that clients try, a printer, and
    keys: they are made where there are none yet."""
    import atexit
    from datetime import UTC, datetime

    from certificates.keys import KeyRing
    from certificates.lookups import Lookups
    from certificates.pdf.printer import Printer
    from certificates.settings import CertificatesSettings

    settings = CertificatesSettings.from_ini(config.get_settings())
    config.registry["certificates"] = settings
    config.registry["certificates.keys"] = KeyRing.open(
        settings.keys,
        issuer=settings.issuer,
        site_url=settings.site_url,
        now=datetime.now(UTC),
    )
    config.registry["certificates.lookups"] = Lookups()
    config.registry.setdefault("certificates.learner", lambda _request: None)
    printer = config.registry["certificates.printer"] = Printer(settings.fonts)
    atexit.register(printer.close)
    config.add_route("certificates.did", "/.well-known/did.json")
    config.registry.setdefault("certificates.called", lambda _request, learner_id: learner_id)
    config.registry.setdefault("certificates.holders_of", lambda _request, _centre: frozenset())
    config.registry.setdefault(
        "certificates.award_called", lambda _request, award: award.title or award.subject
    )
    config.include("pyramid_jinja2")
    config.add_static_view("static-certificates", "certificates:static", cache_max_age=3600)
    config.scan("certificates.views")
