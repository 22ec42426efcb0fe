"""Every rule that a report may name is in the documents, and every documented rule exists."""

import ast
import re
from pathlib import Path

import pytest

from scorm.packages.findings import SEVERITIES

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted((ROOT / "scorm" / "packages").rglob("*.py"))
DOCUMENTS = [ROOT / "docs" / name for name in ("packages.md", "manifest.md")]
ROW = re.compile(r"^\| `([a-z0-9-]+)` \|(.*)\|$", re.M)
FIRST_ARGUMENT = {"ArchiveRefused": "error", "ManifestRefused": "error", "_warn": "warning"}
"""What is called with a rule first, and the severity of what it tells."""


def rules_in(module: Path) -> set[tuple[str, str]]:
    """Each rule that a module names, with a severity that it has there."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Rule":
                    found.add((key.value, value.args[0].value))
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            first = node.args[0] if node.args else None
            if name in FIRST_ARGUMENT and isinstance(first, ast.Constant):
                found.add((first.value, FIRST_ARGUMENT[name]))
            for before, argument in zip(node.args, node.args[1:], strict=False):
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found |= {(argument.value, severity) for severity in severities(before)}
    return found


def severities(node: ast.AST) -> set[str]:
    values = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
    return values & {*SEVERITIES} if isinstance(node, (ast.Constant, ast.IfExp)) else set()


@pytest.fixture(scope="module")
def documented() -> dict[str, str]:
    """Each rule in the documents, and the rest of its row."""
    return {
        rule: rest
        for document in DOCUMENTS
        if document.exists()
        for rule, rest in ROW.findall(document.read_text("utf-8"))
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_rule_is_documented(module, documented):
    assert {rule for rule, _severity in rules_in(module)} <= documented.keys()


def test_rules_are_found_in_code_at_all():
    assert len(set().union(*map(rules_in, MODULES))) > 100


def test_every_documented_rule_exists(documented):
    code = "\n".join(module.read_text("utf-8") for module in MODULES)
    assert [rule for rule in documented if f'"{rule}"' not in code] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_each_rule_has_its_severity_in_the_documents(module):
    rows = dict(ROW.findall(DOCUMENTS[0].read_text("utf-8")))
    for rule, severity in rules_in(module):
        if rule in rows:
            assert severity in rows[rule].split("|")[0].strip().split(", "), rule
