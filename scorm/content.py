"""The content origin: the player, package files and commits, and nothing of the site.

``config.include("scorm.content")`` in an application of its own, or in a bare one that has no
other views. No cookie is read or set here, and nobody is signed in (architecture §4).

The host puts two things into the registry beforehand: ``scorm.writer``, the process's
:class:`~scorm.runtime.writer.Writer`, through which everything is written, and
``scorm.registrations``, which finds the :class:`~scorm.resources.Registrations` of a connection.
"""

import transaction
from pyramid.events import NewResponse

from scorm.capability import Capabilities
from scorm.settings import ScormSettings
from scorm.views.policy import hold


def includeme(config):
    settings = ScormSettings.from_ini(config.get_settings())
    config.registry["scorm"] = settings
    config.registry["scorm.capabilities"] = Capabilities(settings.secret)
    config.include("pyramid_jinja2")
    config.add_subscriber(hold, NewResponse)
    config.add_route("scorm.commit", "/{capability}/commit", request_method="POST")
    config.add_route("scorm.home", "/")
    config.add_route("scorm.worker", "/keep.js")
    config.add_route("scorm.static", "/static/player/{version}/{name}")
    config.add_route("scorm.play", "/{capability}/play")
    config.add_route("scorm.keep", "/{capability}/keep", request_method="GET")
    config.add_route("scorm.start", "/{capability}/start", request_method="POST")
    config.add_route("scorm.report", "/{capability}/report", request_method="POST")
    config.add_route("scorm.member", "/{capability}/{version}/{path:.*}")
    config.scan("scorm.views.content")
    config.scan("scorm.views.keep")
    config.scan("scorm.views.members")
    config.scan("scorm.views.refusals")


def reading(request):
    """A connection for what the request reads, closed with it; nothing is written through it.

    No property of the request: Pyramid would make a class for each, commits included.
    """
    manager = transaction.TransactionManager(explicit=True)
    manager.begin()
    opened = request.registry["scorm.writer"].database.open(manager)

    def close(_request):
        manager.abort()
        opened.close()

    request.add_finished_callback(close)
    return opened
