"""node, which tests JavaScript modules with its own test runner."""

import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")

needs_node = pytest.mark.skipif(
    NODE is None, reason="node is not installed (Debian: apt install nodejs)"
)


def node_tests(folder: Path) -> list[str]:
    """The names of all test modules in and below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.test.mjs"))


def run_node_test(file: Path) -> None:
    """Run one test module; what node said of a failure fails the test."""
    run = subprocess.run(
        [NODE, "--test", "--test-reporter=tap", str(file)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
