"""The assessments house in a bare application, and questions as it renders them."""

import pytest
from bs4 import BeautifulSoup
from pyramid.testing import DummyRequest, testConfig

from assessments.questions.controls import Asked
from assessments.views.rendering import render_question

SETTINGS = {
    "assessments.secret": "of the tests",
    "jinja2.trim_blocks": "true",
    "jinja2.lstrip_blocks": "true",
}


@pytest.fixture(scope="module")
def request_in_the_house():
    """A request to an application that has the house."""
    request = DummyRequest()
    with testConfig(request=request, settings=SETTINGS) as config:
        config.include("assessments")
        config.commit()
        yield request


@pytest.fixture
def render(request_in_the_house):
    """Renders a question; what comes back is HTML that was read."""

    def render(asked: Asked, response=None, **more) -> BeautifulSoup:
        given = {
            "prefix": "q1",
            "values": asked.fields(response or {}),
            "file_url": lambda name: f"/files?name={name}&size=1",
            "number": "3",
        }
        html = render_question(request_in_the_house, asked.for_learner(), **(given | more))
        return BeautifulSoup(html, "html.parser")

    return render
