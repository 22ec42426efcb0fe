"""What would be valid now (RTE 4.2, ``adl.nav.request_valid``), and when that stays so."""

import pytest

from scorm.sequencing import ActivityReport, looks_alike, record, validity
from tests.scorm.sequencing.trees import after, item, leaf, rule, threshold, tree


@pytest.mark.parametrize(
    ("cluster", "said"),
    [
        ({"passing": 0.4, "rules": [rule("disabled", "satisfied")]}, {"measure": 0.9}),
        (
            {"threshold": threshold(0.4), "rules": [rule("disabled", "completed")]},
            {"progress_measure": 0.9},
        ),
    ],
)
def test_a_measure_by_which_a_cluster_will_be_judged_makes_a_difference(cluster, said):
    found = tree(item("c", leaf("a"), leaf("b"), **cluster, flow=True), leaf("d"))
    before = after(found, "{target=a}choice")
    reported = record(found, before, "a", ActivityReport(**said))
    assert validity(found, before).choice["b"]
    assert not validity(found, reported).choice["b"]
    assert not looks_alike(found, before, reported)
