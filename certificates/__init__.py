"""Certificates for Pyramid: issued once, printed as PDF, verified by strangers, revocable.

``config.include("certificates")`` adds the pages of :class:`certificates.resources.Certificates`
wherever the host puts it in its tree. The host brings ``request.zodb``, a storage for CSRF tokens
and a security policy whose principals include ``learner:<opaque id>`` and ``role:admin``. What
takes long is asked of it by an event (:class:`certificates.events.WorkAsked`). In the registry,
before the house is included, it may say:

- ``certificates.learner``: the opaque id of who asks, or None: ``learner(request)``
- ``certificates.ahead``: what who asks can still earn, as titles, addresses and lists of what is
  missing: ``ahead(request)``
- ``certificates.called``: how admins see whose a certificate is: ``called(request, learner_id)``
- ``certificates.award_called``: how lists name an award: ``award_called(request, award)``
- ``certificates.holders_of``: ids of whom an admin means: ``holders_of(request, typed)``
- ``certificates.languages``: codes and names of the languages that templates are made for
"""


def includeme(config):
    """Pages, settings (``certificates.*``), counts of what clients try, a printer, readers of what
    strangers send, and keys: they are made where there are none yet."""
    import atexit
    from datetime import UTC, datetime

    from certificates.badges import signing
    from certificates.keys import KeyRing
    from certificates.lookups import FILES_PER_CLIENT, Lookups, NameChecks
    from certificates.pdf.printer import Printer
    from certificates.settings import CertificatesSettings
    from certificates.status import lists
    from certificates.verification.apart import Readers

    registry = config.registry
    settings = registry["certificates"] = CertificatesSettings.from_ini(config.get_settings())
    ring = registry["certificates.keys"] = KeyRing.open(
        settings.keys,
        issuer=settings.issuer,
        site_url=settings.site_url,
        now=datetime.now(UTC),
    )
    registry["certificates.lookups"] = Lookups()
    registry["certificates.files"] = Lookups(FILES_PER_CLIENT)
    registry["certificates.names"] = NameChecks()
    registry["certificates.readers"] = Readers()
    printer = registry["certificates.printer"] = Printer(settings.fonts)
    atexit.register(printer.close)
    for name, default in (
        ("learner", lambda _request: None),
        ("ahead", lambda _request: []),
        ("called", lambda _request, learner_id: learner_id),
        ("award_called", lambda _request, award: award.title or award.subject),
        ("holders_of", lambda _request, _typed: frozenset()),
        ("languages", {"en": "English"}),
    ):
        registry.setdefault(f"certificates.{name}", default)
    ring.letting_go += [printer.let_go, signing.let_go, lists.let_go]
    config.include("pyramid_jinja2")
    config.add_route("certificates.did", "/.well-known/did.json")
    config.add_static_view("static-certificates", "certificates:static", cache_max_age=3600)
    config.scan("certificates.views")
