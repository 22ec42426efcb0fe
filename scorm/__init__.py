"""SCORM 1.2 and 2004 for Pyramid: packages, run-time data, sequencing and the player.

``config.include("scorm")`` gives authors' pages on the site; ``config.include("scorm.content")``
gives the player and package files on the content origin. The host brings ``request.zodb`` and a
security policy to the former, a writer to the latter, the place of
:class:`scorm.resources.Packages` in its tree, and to both ``scorm.registrations`` in the registry,
which finds the :class:`scorm.resources.Registrations` of a connection. ``scorm.learner_name`` in
the registry says by which name content would know the person of a request as a learner,
``scorm.called`` how pages name a person: ``called(request, person)``; the id without. What takes
long is asked of the host by events (:class:`scorm.events.ImportAsked`).
"""


def includeme(config):
    """The site's side: pages about packages."""
    from scorm.runtime.preview import NAME
    from scorm.settings import ScormSettings

    config.registry["scorm"] = ScormSettings.from_ini(config.get_settings())
    config.registry.setdefault("scorm.called", lambda _request, person: person)
    config.registry.setdefault("scorm.learner_name", lambda _request: NAME)
    config.registry.setdefault("scorm.shared_computer", lambda _request: False)
    config.include("pyramid_jinja2")
    config.add_static_view("static-scorm", "scorm:static", cache_max_age=3600)
    config.scan("scorm.views.packages")
    config.scan("scorm.views.versions")
    config.scan("scorm.views.uploads")
    config.scan("scorm.views.reports")
