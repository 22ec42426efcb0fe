"""Certificates for Pyramid: issued once, printed as PDF, verified by strangers, revocable.

``config.include("certificates")`` adds the pages of :class:`certificates.resources.Certificates`
wherever the host puts it in its tree. The host brings ``request.zodb``, a storage for CSRF tokens
and a security policy whose principals include ``learner:<opaque id>`` and ``role:admin``. In the
registry it may say ``certificates.called`` (how admins see whose a certificate is:
``called(request, id)``), ``certificates.award_called`` (how lists name an award) and
``certificates.holders_of`` (ids of everybody of a centre: ``holders_of(request, centre)``). What
takes long is asked of it by an event (:class:`certificates.events.WorkAsked`).
"""


def includeme(config):
    """Pages, settings (``certificates.*``) and the count of codes that clients try."""
    from certificates.lookups import Lookups
    from certificates.settings import CertificatesSettings

    config.registry["certificates"] = CertificatesSettings.from_ini(config.get_settings())
    config.registry["certificates.lookups"] = Lookups()
    config.registry.setdefault("certificates.called", lambda _request, learner_id: learner_id)
    config.registry.setdefault("certificates.holders_of", lambda _request, _centre: frozenset())
    config.registry.setdefault(
        "certificates.award_called", lambda _request, award: award.title or award.subject
    )
    config.include("pyramid_jinja2")
    config.add_static_view("static-certificates", "certificates:static", cache_max_age=3600)
    config.scan("certificates.views")
