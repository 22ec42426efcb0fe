"""Every case on the server's own code: what is launched in which order, every call, every question
about the controls, and how sessions end."""

import pytest

from conformance.cases import CASES, DATA_MODEL_CALLS, DATA_MODEL_CASES, case, differences
from conformance.offline import Learner
from shared import needs_shared

pytestmark = needs_shared


@pytest.mark.parametrize("name", CASES)
def test_a_case_goes_as_adl_expects(name):
    found = case(name)
    learner = Learner(found.packages)
    learner.open(found.packages[0])
    if found.start is not None:
        learner.choose(found.start)
    wrong = []
    for launch in found.launches:
        assert learner.act == launch.activity, (launch.key, learner.view["outcome"], wrong)
        wrong += [
            (launch.key, question)
            for question in launch.questions
            if learner.sees(question) is not question.expect
        ]
        wrong += differences(launch, learner.play(launch))
        go_on(learner, launch)
    assert wrong == []
    assert learner.over


def go_on(learner: Learner, launch) -> None:
    """What the learner does after a launch; nothing when content has asked for what comes next."""
    said = launch.instruction
    if said in ("Continue", "Previous"):
        learner.press(said)
    elif said == "Exit" or said.startswith("exit"):
        learner.press("Exit")
    if launch.relaunched is not None:
        assert learner.over, launch.key
        learner.open(launch.relaunched)
    if launch.chosen is not None:
        learner.choose(launch.chosen)


def test_every_call_of_the_data_model_cases_is_made():
    made = {name: sum(len(x.steps) for x in case(name).launches) for name in CASES}
    assert len(made) == 43
    assert sum(made[name] for name in DATA_MODEL_CASES) >= DATA_MODEL_CALLS
