"""The assessments house in a bare Pyramid application, with no ``lms`` on the path."""

import sys

from pyramid.config import Configurator


def test_a_bare_application_can_include_the_house(monkeypatch):
    monkeypatch.setitem(sys.modules, "lms", None)
    config = Configurator(settings={"assessments.secret": "of the test"})

    config.include("assessments")

    config.commit()
