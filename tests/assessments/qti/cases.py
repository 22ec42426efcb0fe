"""The case format of the published QTI suite: an item, responses, and the outcomes they must give.

A case has ``name``, ``responses`` and ``expect``. In our own, ``attempts`` in the place of
``responses`` is a list of them, given one after the other, and ``expect`` may have ``variables``
of all kinds. A ``seed`` stands beside the list of cases. With
``xfail`` the item asks for what an item alone cannot have, and the run must say so.
"""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assessments.qti import Result, Session, process, read_item, start

SEED = 1


def run_case(item_xml: bytes, case: dict[str, Any], seed: int | None = None) -> Result:
    """Run one case from reading on, with the session through JSON before each attempt."""
    item = read_item(item_xml)
    session = start(item, SEED if seed is None else seed)
    for responses in case.get("attempts", [case.get("responses")]):
        session = Session(**json.loads(json.dumps(asdict(session), allow_nan=False)))
        result = process(item, session, responses or {})
        session = result.session
    return result


def differences(case: dict[str, Any], result: Result) -> dict[str, Any]:
    """What is expected and not so: nothing when the case holds."""
    expected = dict(case["expect"])
    found: dict[str, tuple[Any, Any]] = {}
    for name, value in expected.pop("outcomes", {}).items():
        if name not in result.outcomes or not alike(value, result.outcomes[name]):
            found[name] = (value, result.outcomes.get(name, "no such outcome"))
    for name, value in expected.pop("variables", {}).items():
        if not alike(value, result.session.values[name]):
            found[name] = (value, result.session.values[name])
    for name, value in {
        "score": result.score,
        "maxScore": result.max_score,
        "modalFeedbackIdentifiers": list(result.modal_feedback),
        "completionStatus": result.outcomes["completionStatus"],
        "rejected": result.rejected,
    }.items():
        if name in expected and not alike(wanted := expected.pop(name), value):
            found[name] = (wanted, value)
    assert not expected, f"nobody looks at {sorted(expected)}"
    if case.get("xfail") and not result.rejected:
        found["xfail"] = ("rejected", "carried out")
    return found


def alike(wanted: Any, found: Any) -> bool:
    """Whether two plain values are the same; empty texts and lists are NULL (QTI 2.2 §2)."""
    if wanted in (None, "", []) or found in (None, "", []):
        return wanted in (None, "", []) and found in (None, "", [])
    if isinstance(wanted, bool) or isinstance(found, bool):
        return wanted is found
    if isinstance(wanted, int | float) and isinstance(found, int | float):
        return math.isclose(wanted, found, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(alike, wanted, found))
    return bool(wanted == found)


def sets(folder: Path) -> list[tuple[str, bytes, dict[str, Any], int | None]]:
    """All cases below a folder: the set and the case by name, the item, the case, the seed."""
    found = []
    for path in sorted(folder.glob("*/cases.json")):
        suite = json.loads(path.read_text("utf-8"))
        content = (path.parent / "item.xml").read_bytes()
        found += [
            (f"{path.parent.name}: {case['name']}", content, case, suite.get("seed"))
            for case in suite["cases"]
        ]
    return found
