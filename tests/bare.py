"""The content origin in a bare Pyramid application, over a database of the test's own."""

from pyramid.config import Configurator

from scorm.runtime.writer import Writer

SETTINGS = {
    "scorm.secret": "a secret of the test, long enough",
    "scorm.content_url": "http://*.content.test",
    "scorm.return_url": "http://site.test/back",
    "scorm.renew_url": "http://site.test/renew",
    "scorm.uploads": "/nowhere",
}


def content_app(database):
    """The WSGI application; ``registrations`` in the database's root is where it looks."""
    config = Configurator(settings=SETTINGS)
    config.registry["scorm.writer"] = Writer(database)
    config.registry["scorm.registrations"] = lambda connection: connection.root()["registrations"]
    config.include("scorm.content")
    return config.make_wsgi_app()
