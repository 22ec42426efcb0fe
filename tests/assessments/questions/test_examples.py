"""There is an example of every type, and it can be kept."""

import json

import pytest

from assessments.questions.plain import KINDS, from_plain, to_plain
from tests.assessments.examples import EXAMPLES, MORE

ALL = {**EXAMPLES, **MORE}


def test_there_is_an_example_of_every_type():
    assert {kind: type(example) for kind, example in EXAMPLES.items()} == KINDS


@pytest.mark.parametrize("name", ALL)
def test_every_example_comes_back_from_json_equal(name):
    assert from_plain(json.loads(json.dumps(to_plain(ALL[name])))) == ALL[name]
