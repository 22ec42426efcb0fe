"""The modules of an attempt's page, tested by node's own test runner."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not installed (Debian: apt install nodejs)")
@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(HERE)) for path in HERE.rglob("*.test.mjs"))
)
def test_the_module_does_what_its_node_tests_say(name):
    run = subprocess.run(
        [NODE, "--test", "--test-reporter=tap", str(HERE / name)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
