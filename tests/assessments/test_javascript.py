"""The modules of an attempt's page, tested by node's own test runner."""

from pathlib import Path

import pytest

from nodes import needs_node, node_tests, run_node_test

HERE = Path(__file__).parent


@needs_node
@pytest.mark.parametrize("name", node_tests(HERE))
def test_the_module_does_what_its_node_tests_say(name):
    run_node_test(HERE / name)
