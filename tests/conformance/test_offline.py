"""Every case on the server's own code: what is launched in which order, every call, every question
about the controls, and how sessions end."""

import pytest

from conformance.cases import DATA_MODEL_CALLS, DATA_MODEL_CASES, case, names
from conformance.offline import Learner
from conformance.walk import walk
from shared import needs_shared

pytestmark = needs_shared


@pytest.mark.parametrize("name", names())
def test_a_case_goes_as_adl_expects(name):
    found = case(name)
    walked = walk(found, Learner(found.packages))
    assert walked.wrong == []
    assert walked.launches == len(found.launches)


def test_every_call_of_the_data_model_cases_is_made():
    made = {name: sum(len(x.steps) for x in case(name).launches) for name in names()}
    assert len(made) == 43
    assert sum(made[name] for name in DATA_MODEL_CASES) == DATA_MODEL_CALLS
