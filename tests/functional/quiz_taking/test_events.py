"""The host is told what happened, once."""

import pytest

from assessments.events import AttemptStarted, ResultChanged
from quizzes import Taker
from tests.assessments.examples import TRUTH


@pytest.fixture
def told(site):
    """The events of the house, as they come."""
    events = []
    for kind in (AttemptStarted, ResultChanged):
        site.app.site.registry.registerHandler(events.append, (kind,))
    yield events
    for kind in (AttemptStarted, ResultChanged):
        site.app.site.registry.unregisterHandler(events.append, (kind,))


def test_the_host_is_told_once_of_a_start_and_once_of_a_result(taker, told):
    learner = taker((TRUTH,))
    learner.start()
    learner.start()
    learner.hand_in()
    learner.browser.get(f"{learner.path}review")
    assert [type(each) for each in told] == [AttemptStarted, ResultChanged]


def test_the_host_is_told_of_a_result_that_the_clock_brought(taker, told):
    learner = taker((TRUTH,), seconds=600)
    learner.start()
    learner.pass_time(minutes=11)
    learner.quiz()
    learner.quiz()
    assert [type(each) for each in told] == [AttemptStarted, ResultChanged]


def test_an_authors_own_look_changes_no_result(site, taker, told):
    taker((TRUTH,))
    author = Taker(site, "author")
    form = next(form for form in author.quiz().forms.values() if "preview" in form.fields)
    author.path = form.submit().follow().request.path
    author.look()
    author.hand_in()
    assert ResultChanged not in [type(each) for each in told]
