"""The SCORM house in bare Pyramid applications, over a database of the test's own."""

import transaction
from pyramid.authorization import ACLHelper
from pyramid.config import Configurator
from pyramid.session import SignedCookieSessionFactory

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


class EverybodyIsAnAuthor:
    def identity(self, _request):
        return "amal"

    def authenticated_userid(self, _request):
        return "amal"

    def permits(self, _request, context, permission):
        return ACLHelper().permits(context, ["role:author"], permission)


def authors_app(database, translations=None, language="en"):
    """The WSGI application of the site's side; ``packages`` in the database's root is its tree.

    :param translations: a folder of catalogues; :param language: of every request
    """

    def zodb(request):
        connection = database.open(request.tm)
        request.add_finished_callback(lambda _request: connection.close())
        return connection

    config = Configurator(
        settings={
            **SETTINGS,
            "jinja2.i18n.domain": "tutela",
            "jinja2.trim_blocks": "true",
            "jinja2.lstrip_blocks": "true",
            "tm.manager_hook": lambda _request: transaction.TransactionManager(),
        },
        root_factory=lambda request: request.zodb.root()["packages"],
        security_policy=EverybodyIsAnAuthor(),
        session_factory=SignedCookieSessionFactory("a secret of the test"),
        locale_negotiator=lambda _request: language,
    )
    config.include("pyramid_tm")
    config.add_request_method(zodb, "zodb", reify=True)
    config.registry["scorm.registrations"] = lambda connection: connection.root()["registrations"]
    if translations is not None:
        config.add_translation_dirs(str(translations))
    config.include("scorm")
    return config.make_wsgi_app()
