"""What a course's script does in itself, tested by node, and how it is made to be joined."""

import re
from pathlib import Path

import pytest

import lms.authoring
from nodes import needs_node, node_tests, run_node_test

TESTS = Path(__file__).parent / "js"
CONTENT = Path(lms.authoring.__file__).parent / "content"
NAME = re.compile(r"^(?:export )?(?:async )?(?:const|let|class|function) (\w+)", re.MULTILINE)
IMPORT = re.compile(r'import \{ \w+(, \w+)* \} from "\./\w+\.js";')


@needs_node
@pytest.mark.parametrize("name", node_tests(TESTS))
def test_the_module_does_what_its_node_tests_say(name):
    run_node_test(TESTS / name)


def test_no_two_modules_use_the_same_name():
    names = [
        name for path in CONTENT.glob("*.js") for name in NAME.findall(path.read_text("utf-8"))
    ]
    assert sorted(names) == sorted(set(names))


def test_every_import_is_one_line_of_names_from_beside():
    for path in CONTENT.glob("*.js"):
        for line in path.read_text("utf-8").splitlines():
            assert "import" not in line.split() or IMPORT.fullmatch(line), f"{path.name}: {line}"


def test_what_is_kept_in_12_has_a_bound_that_the_packages_check_sees():
    assert '"1.2": 4096' in (CONTENT / "memory.js").read_text("utf-8")
