"""What the sample packages leave in the data model after a full run: recorded, and compared.

After a change that is meant to change it, record anew what a run finds, and read the difference
before it is committed::

    GOLF_RECORD=1 python -m pytest tests/browser/test_golf.py

One package draws tests by chance, for each learner others. Each test has its own record, which a
run is held against only where it met the test; recording a run leaves the others' as they are.
"""

import json
import os
from pathlib import Path

from scorm.cmi.names import in_order
from scorm.cmi.time import format_2004, parse_2004

EXPECTED = Path(__file__).parent / "browser" / "golf_expected.json"
RECORDING = os.environ.get("GOLF_RECORD") == "1"
TIME = "<time>"
"""Stands for how long the run took, which is the only thing that differs from run to run; an
activity whose content reports no time has spent ``PT0S``, always."""

DRAWN = {"SequencingRandomTest_SCORM20043rdEdition": ("test_1", "test_2", "test_3", "test_4")}
"""The parts of which chance gives a learner one for each attempt, maybe the same one twice."""
SCORE = "<of the test that was drawn last>"

Data = dict[str, dict[str, str]]
"""Activity → element → value; ``result`` stands beside the activities, for the course."""


def data_of(shown: dict) -> Data:
    """Everything that ``tutela runtime show`` says of the activities' data, and where it led.

    Beside an activity's elements stand ``title``, ``attempt`` and ``total_time``, and what earlier
    attempts left, as ``past.1.cmi.…``.
    """
    data = {activity: _elements(record) for activity, record in shown["activities"].items()}
    result = {name: str(value) for name, value in shown["result"].items()}
    return {**data, "result": result}


def _elements(record: dict) -> dict[str, str]:
    found = {name: str(record[name]) for name in ("title", "attempt", "total_time")}
    found |= record["values"]
    for number, past in record["past"].items():
        found[f"past.{number}.total_time"] = format_2004(past["total"])
        found |= {f"past.{number}.{name}": value for name, value in past["values"].items()}
    return found


def differences(package: str, found: Data) -> list[str]:
    """Where the package's data is not as recorded: a line for each element, missing ones and
    surplus ones included."""
    expected = json.loads(EXPECTED.read_text("utf-8")).get(package, {})
    found = _without_chance(package, found)
    for key in DRAWN.get(package, ()):
        if key not in found:
            expected.pop(key, None)
    return [
        f"{package}, {activity}, {name}: expected {one.get(name)!r}, got {other.get(name)!r}"
        for activity in sorted({*expected, *found})
        for one, other in [(expected.get(activity, {}), found.get(activity, {}))]
        for name in sorted({*one, *other}, key=in_order)
        if not _same(name, one.get(name), other.get(name))
    ]


def _without_chance(package: str, found: Data) -> Data:
    """The data as they would be whichever tests were drawn, and in whichever order."""
    met = {key: _once(found[key]) for key in DRAWN.get(package, ()) if key in found}
    result = dict(found["result"])
    if result["score"] in [f"{elements['cmi.score.raw']} %" for elements in met.values()]:
        result["score"] = SCORE
    return {**found, **met, "result": result}


def _once(elements: dict[str, str]) -> dict[str, str]:
    """One attempt in the place of several that left the same."""
    present = {name: value for name, value in elements.items() if not name.startswith("past.")}
    for number in range(1, int(elements["attempt"])):
        mark = f"past.{number}."
        past = {k.removeprefix(mark): v for k, v in elements.items() if k.startswith(mark)}
        if any(past.get(k) != v for k, v in present.items() if k.startswith("cmi.")):
            return elements
    return {**present, "attempt": "1"}


def _same(name: str, expected: str | None, got: str | None) -> bool:
    if expected == TIME and got is not None:
        return _is_time(name) and parse_2004(got) >= 0
    return expected == got


def _is_time(name: str) -> bool:
    return name == "time" or name.endswith("total_time")


def record(package: str, found: Data) -> None:
    """Put the package's data into the file, in the place of what is there."""
    known = json.loads(EXPECTED.read_text("utf-8")) if EXPECTED.exists() else {}
    before, found = known.get(package, {}), _without_chance(package, found)
    others = {key: before[key] for key in DRAWN.get(package, ()) if key in before}
    lasting = {
        activity: {name: _lasting(name, elements[name]) for name in sorted(elements, key=in_order)}
        for activity, elements in found.items()
    }
    known[package] = dict(sorted({**others, **lasting}.items()))
    text = json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1)
    EXPECTED.write_text(text + "\n", "utf-8")


def _lasting(name: str, value: str) -> str:
    return TIME if _is_time(name) and parse_2004(value) else value
