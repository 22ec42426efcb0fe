"""Making quizzes in a bare Pyramid application, with no ``lms`` on the path."""

import sys

import pytest
import transaction
import ZODB
from persistent.mapping import PersistentMapping
from pyramid.authorization import ACLHelper
from pyramid.config import Configurator
from pyramid.session import SignedCookieSessionFactory
from webtest import TestApp
from ZODB.DemoStorage import DemoStorage


class EverybodyIsAnAuthor:
    def identity(self, _request):
        return "amal"

    def authenticated_userid(self, _request):
        return "amal"

    def permits(self, _request, context, permission):
        return ACLHelper().permits(context, ["role:author", "learner:amal"], permission)


class Root(PersistentMapping):
    """The top of the tree: the add-on's two resources, by the first step of their addresses."""

    __name__ = ""
    __parent__ = None


@pytest.fixture
def author(monkeypatch):
    """A browser on a site that has nothing but a bank and quizzes."""
    monkeypatch.setitem(sys.modules, "lms", None)
    from assessments.resources import Bank, Quizzes

    database = ZODB.DB(DemoStorage())
    with database.transaction() as connection:
        top = connection.root()["top"] = Root(bank=Bank(), quizzes=Quizzes())
        for each in top.values():
            each.__parent__ = top

    def root(request):
        connection = database.open(request.tm)
        request.add_finished_callback(lambda _request: connection.close())
        return connection.root()["top"]

    config = Configurator(
        settings={
            "assessments.secret": "a secret of the test",
            "jinja2.i18n.domain": "tutela",
            "jinja2.trim_blocks": "true",
            "jinja2.lstrip_blocks": "true",
            "tm.manager_hook": lambda _request: transaction.TransactionManager(),
        },
        root_factory=root,
        security_policy=EverybodyIsAnAuthor(),
        session_factory=SignedCookieSessionFactory("a secret of the test"),
    )
    config.include("pyramid_tm")
    config.include("assessments")
    yield TestApp(config.make_wsgi_app())
    database.close()


def test_an_author_makes_a_quiz_and_an_exception_where_nobody_has_a_name(author):
    form = author.get("/quizzes/add").forms[0]
    form["title"] = "Alone"
    made = form.submit().follow().request.path.rpartition("/")[0]
    form = author.get(f"{made}/exceptions").forms[0]
    form["learner"] = "l-7"

    form = form.submit().follow().forms[0]
    form["attempts"] = "2"
    form["reason"] = "was away"
    form = form.submit("do", value="look").forms[0]
    listed = form.submit("do", value="save").follow()

    assert listed.html.select_one("tbody th").get_text(strip=True) == "l-7"
    assert "Alone" in author.get("/quizzes/")
