"""Every call that ADL's test content makes, put to the model in Python and to the API in node.

What only a sequencer can answer is left to the sequencer's own tests; ``tests/browser`` makes the
same calls in Chromium.
"""

import pytest

from conformance_calls import (
    CASES,
    DATA_MODEL_CALLS,
    DATA_MODEL_CASES,
    WITH_STATES,
    differences,
    replay,
)
from shared import needs_shared

pytestmark = needs_shared


@pytest.mark.parametrize("case", [case for case in CASES if case != WITH_STATES])
def test_the_model_answers_as_adl_expects(case):
    assert replay(case).wrong == []


@pytest.mark.parametrize("case", CASES)
def test_the_api_of_the_page_answers_as_adl_expects(case, ask_page):
    launches = replay(case).launches
    answers = ask_page([launch.question() for launch in launches])
    wrong = [
        difference
        for launch, answer in zip(launches, answers, strict=True)
        for difference in differences(launch.played, answer["given"])
    ]
    assert wrong == []


def test_every_call_of_the_data_model_cases_is_compared():
    taken = [len(launch.played) for case in DATA_MODEL_CASES for launch in replay(case).launches]
    assert sum(taken) == DATA_MODEL_CALLS


def test_few_calls_of_the_sequencing_cases_are_left_to_the_sequencer():
    taken = sum(len(launch.played) for case in CASES for launch in replay(case).launches)
    assert taken >= 9000
