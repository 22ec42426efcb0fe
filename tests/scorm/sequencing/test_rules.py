"""Rules and limits in three-valued logic (UP.1, UP.2, UP.5; SN 3.4)."""

from scorm.sequencing import State
from scorm.sequencing.rules import rules_check
from tests.scorm.sequencing.trees import leaf, objective, reads, rule, tree


def test_an_activity_may_be_called_as_what_the_sequencer_looks_for():
    found = tree(
        leaf("skip", primary=objective("b", reads("g")), rules=[rule("disabled", "satisfied")]),
        leaf("b", rules=[rule("skip", "objectiveMeasureLessThan 0.5")]),
    )
    state = State()
    assert rules_check(state, found["skip"], "disabled") is None
    assert rules_check(state, found["b"], "skip") is None
