"""Every call that ADL's test content makes, put to the page's API in node.

A learner without a browser has walked through the cases: each launch begins here with the values,
stores and valid requests that its page was given there.
"""

import pytest

from conformance.answers import differences
from conformance.cases import case, names
from conformance.offline import Learner
from conformance.walk import walk
from shared import needs_shared

pytestmark = needs_shared


@pytest.fixture(scope="module")
def answered(ask_page):
    """What each call of each launch was answered by the page, and without it; by case."""
    learners = {name: Learner(case(name).packages) for name in names()}
    for name, learner in learners.items():
        walk(case(name), learner)
    asked = [
        given | {"calls": [step.call for step in launch.steps]}
        for name, learner in learners.items()
        for given, launch in zip(learner.given, case(name).launches, strict=True)
    ]
    answers = iter(ask_page(asked))
    return {
        name: [(next(answers)["given"], without) for without in learner.answers]
        for name, learner in learners.items()
    }


@pytest.mark.parametrize("name", names())
def test_the_page_answers_every_call_as_adl_expects_and_as_the_server_does(answered, name):
    wrong = []
    for launch, (page, server) in zip(case(name).launches, answered[name], strict=True):
        wrong += differences(launch, page)
        wrong += [
            (launch.key, step.call, here, there)
            for step, here, there in zip(launch.steps, page, server, strict=True)
            if here != there and step.call[0] != "GetDiagnostic"
        ]
    assert wrong == []
