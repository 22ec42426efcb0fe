"""ADL's own data-model calls, one launch at a time, against the Python model and its twin."""

import json
import shutil
import subprocess
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from scorm.cmi import DataModel
from scorm.cmi.formats import PREFIX
from scorm.cmi.time import parse_2004
from shared import SHARED, needs_shared

CTS = SHARED / "scorm" / "cts"
ROOT = Path(__file__).resolve().parents[3]
NODE = shutil.which("node")
FREE = "Returned a valid value or error code"

LAUNCH = {"cmi.learner_id": "learner", "cmi.learner_name": "A learner"}


def calls(launch: dict) -> list[dict]:
    """The Get and Set calls of a launch. ``adl`` rests on sequencing."""
    return [
        step
        for step in launch["steps"]
        if step["op"] in ("doGetValue", "doSetValue")
        and not step["element"].startswith("adl.")
    ]


def first_launch(case: str, key: str) -> list[dict]:
    data = json.loads((CTS / f"{case}.json").read_text("utf-8"))
    return calls(next(launch for launch in data["launches"] if launch["key"] == key))


def given_by_manifest(steps: list[dict]) -> dict[str, str]:
    """What the manifest gives, read off the first expectation of each read-only element."""
    found = dict(LAUNCH)
    for step in steps:
        name = step["element"]
        if (
            step["op"] == "doGetValue"
            and step["error"] == "0"
            and name
            in (
                "cmi.launch_data",
                "cmi.completion_threshold",
                "cmi.scaled_passing_score",
                "cmi.max_time_allowed",
                "cmi.time_limit_action",
            )
        ):
            found.setdefault(name, step["expect"])
    return found


def same(expected: str, value: str) -> bool:
    """ADL's typed comparison: sets of names, reals to six decimals, durations by length."""
    if expected == value or expected == FREE or "<<" in expected:
        return True
    if set(expected.split(",")) == set(value.split(",")):
        return True
    try:
        return abs(Decimal(expected) - Decimal(value)) < Decimal("0.000001")
    except InvalidOperation:
        pass
    try:
        return parse_2004(expected) == parse_2004(value)
    except ValueError:
        return _default_prefixes_dropped(expected) == _default_prefixes_dropped(value)


def _default_prefixes_dropped(text: str) -> tuple[list[str], str]:
    """The leading delimiters in any order, without those that say the default, and the text."""
    prefixes = []
    while match := PREFIX.match(text):
        prefixes.append(match[0])
        text = text[match.end() :]
    defaults = {"{lang=en}", "{case_matters=false}", "{order_matters=true}"}
    return sorted(set(prefixes) - defaults), text


LAUNCHES = [("DMI", "Act1V1"), ("DMI", "Act2V1"), ("DMI", "Act3V1"), ("DMI", "Act4V1")]


@needs_shared
@pytest.mark.parametrize(("case", "key"), LAUNCHES)
def test_the_model_answers_as_adl_expects(case, key):
    steps = first_launch(case, key)
    model = DataModel("2004", given_by_manifest(steps))
    wrong = []
    for step in steps:
        if step["expect"] == FREE:
            continue
        if step["op"] == "doGetValue":
            value, error = model.get(step["element"])
            good = str(error) == step["error"] and (error or same(step["expect"], value))
        else:
            value, error = "", model.set(step["element"], step.get("value", ""))
            good = str(error) == step["error"]
        if not good:
            wrong.append((step, value[:80], error))
    assert wrong == []


@needs_shared
@pytest.mark.skipif(NODE is None, reason="Debian's nodejs is not installed")
@pytest.mark.parametrize(("case", "key"), LAUNCHES)
def test_the_page_answers_every_call_as_the_server_does(case, key, tmp_path):
    steps = first_launch(case, key)
    values = given_by_manifest(steps)
    plain = [
        [step["op"] == "doSetValue", step["element"], step.get("value", "")] for step in steps
    ]
    assert answers_of_page("2004", values, plain, tmp_path) == answers_of_server(
        "2004", values, plain
    )


NAMES = ["cmi", "cmi.", "", "settings", "constructor", "__proto__", "cmi.__proto__.x", "cmi.x.y"]
VALUES = ["", "0", "1", "-1", "1.5", "101", "abc", "a b", "true", "passed", "completed", "suspend"]
VALUES += ["PT1H", "PT", "00:00:10", "0000:00:10.5", "2026-11-24T10:00:00", "2025-02-30", "{lang=en}x"]
VALUES += ["{lang=}", "a[,]b", "a[.]b", "1[:]2", "é" * 300, "urn:a:b", "urn:", "choice", "numeric"]


@pytest.mark.skipif(NODE is None, reason="Debian's nodejs is not installed")
@pytest.mark.parametrize("standard", ["1.2", "2004"])
def test_page_and_server_agree_on_every_element_and_value(standard, tmp_path):
    from scorm.cmi.tables import table

    names = list(NAMES)
    for pattern in table(standard).elements:
        names += [pattern, pattern.replace(".n", ".0"), pattern.replace(".n", ".1", 1)]
        names += [f"{pattern.replace('.n', '.0')}._children", f"{pattern.replace('.n', '.0')}._count"]
    plain = []
    for kind in ("choice", "numeric", "performance", "fill-in", "true-false"):
        plain += [[True, "cmi.interactions.0.id", "q"], [True, "cmi.interactions.0.type", kind]]
        for name in names:
            for value in VALUES:
                plain += [[True, name, value], [False, name, ""]]
    values = {"cmi.completion_threshold": "0.5"} if standard == "2004" else {}
    page = answers_of_page(standard, values, plain, tmp_path)
    server = answers_of_server(standard, values, plain)
    differing = [
        (call, one, other)
        for call, one, other in zip(plain, page, server, strict=True)
        if one != other
    ]
    assert len(plain) > 10_000
    assert differing == []


def answers_of_server(standard, values, plain) -> list:
    model = DataModel(standard, values)
    return [
        model.set(name, value) if setting else list(model.get(name))
        for setting, name, value in plain
    ]


def answers_of_page(standard, values, plain, tmp_path) -> list:
    name = "elements_12.json" if standard == "1.2" else "elements_2004.json"
    question = tmp_path / "question.json"
    question.write_text(
        json.dumps(
            {
                "table": json.loads((ROOT / "scorm/cmi" / name).read_text("utf-8")),
                "languages": json.loads((ROOT / "scorm/cmi/languages.json").read_text("utf-8")),
                "values": values,
                "calls": plain,
            }
        ),
        "utf-8",
    )
    done = subprocess.run(
        [NODE, "--no-warnings", str(Path(__file__).with_name("answers.mjs")), str(question)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
