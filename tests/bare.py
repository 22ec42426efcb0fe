"""The content origin in a bare Pyramid application, over a database of the test's own."""

from pyramid.config import Configurator

SETTINGS = {
    "scorm.secret": "a secret of the test, long enough",
    "scorm.content_url": "http://*.content.test",
    "scorm.return_url": "http://site.test/back",
    "scorm.sign_in_url": "http://site.test/sign-in",
    "tm.manager_hook": "pyramid_tm.explicit_manager",
}


def content_app(database):
    """The WSGI application; ``registrations`` in the database's root is where it looks."""
    config = Configurator(settings=SETTINGS)
    config.include("pyramid_tm")

    def opened(request):
        found = database.open(request.tm)
        request.add_finished_callback(lambda request: found.close())
        return found

    config.add_request_method(opened, "zodb", reify=True)
    config.registry["scorm.registrations"] = lambda request: request.zodb.root()["registrations"]
    config.include("scorm.content")
    return config.make_wsgi_app()
