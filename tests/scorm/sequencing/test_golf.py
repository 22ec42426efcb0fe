"""The sample packages, walked from start to end."""

import pytest

from scorm.packages.archive import Limits
from scorm.packages.check import check
from scorm.sequencing import (
    ActivityReport,
    ActivityTree,
    State,
    contents,
    record,
    step,
    summary,
    validity,
)
from scorm.sequencing.selection import available_children
from shared import SHARED, needs_shared

pytestmark = needs_shared

GOLF = sorted((SHARED / "scorm" / "golf").glob("*.zip"))
CHOSEN = ("ContentPackagingOneFilePerSCO_SCORM2004", "RuntimeMinimumCalls_SCORM2004")
"""Packages with the default control modes, which do not flow: the learner chooses every part."""

PASSED = ActivityReport(completion=True, satisfied=True, measure=1.0)


@pytest.fixture(params=GOLF, ids=lambda path: path.stem, scope="module")
def package(request):
    _, manifest = check(request.param, Limits())
    tree = ActivityTree.from_organization(manifest.organization, manifest.edition)
    return request.param.stem, tree


def parts(tree: ActivityTree) -> list[str]:
    """What a learner who passes everything meets, in order. One sample draws one of four tests:
    passed, it leads out of the course."""
    drawn = step(tree, State(), "start").state
    left_out = {key for cluster in tree.varying for key in available_children(drawn, cluster)[1:]}
    return [activity.id for activity in tree.deliverables() if activity.id not in left_out]


def walked(package, report: ActivityReport):
    """What is delivered, and the state at the end, when every part reports the same."""
    name, tree = package
    keys = parts(tree)
    ways = ["continue"] * (len(keys) - 1)
    outcome = step(tree, State(), "start")
    if name.startswith(CHOSEN):
        assert outcome.words == "Choose a part from the contents."
        outcome = step(tree, outcome.state, f"{{target={keys[0]}}}choice")
        ways = [f"{{target={key}}}choice" for key in keys[1:]]
    seen = [outcome.delivery]
    for way in ways:
        state = record(tree, outcome.state, outcome.delivery, report)
        outcome = step(tree, state, way)
        seen.append(outcome.delivery)
    state = record(tree, outcome.state, outcome.delivery, report)
    outcome = step(tree, state, "exitAll" if name.startswith(CHOSEN) else "continue")
    assert outcome.session == "ended"
    return seen, outcome.state


def test_every_part_of_a_sample_package_is_met_in_order(package):
    seen, _ = walked(package, PASSED)
    assert seen == parts(package[1])


def test_a_sample_package_whose_parts_are_all_passed_is_completed_and_passed(package):
    _, state = walked(package, PASSED)
    found = summary(package[1], state)
    assert (found.completion, found.success) == ("completed", "passed")


def test_the_contents_of_a_sample_package_mark_the_current_part(package):
    _, tree = package
    first = tree.deliverables()[0].id
    outcome = step(tree, State(), "start")
    if outcome.delivery is None:
        outcome = step(tree, outcome.state, f"{{target={first}}}choice")

    def current(entries):
        for entry in entries:
            if entry["current"]:
                yield entry["id"]
            yield from current(entry["children"])

    entries = contents(tree, outcome.state, validity(tree, outcome.state))
    assert list(current(entries)) == ([] if tree.single else [first])
