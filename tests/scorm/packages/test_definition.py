"""An item's sequencing definition, over the collection it refers to."""

import pytest

from scorm.packages.manifest import (
    ControlMode,
    DeliveryControls,
    Objective,
    RollupFlags,
    Sequencing,
)

ITEM = '<item identifier="i" identifierref="r"><title>One</title>{}</item>'


@pytest.fixture
def sequencing(read):
    """Reads the sequencing of a course's one item; it and the rules that fired."""

    def of(text, collection=""):
        after = f"<imsss:sequencingCollection>{collection}</imsss:sequencingCollection>"
        report, manifest = read(ITEM.format(text), edition="4th", after=after)
        rules = [finding.rule for finding in report.findings]
        return manifest.organization.items[0].sequencing, rules

    return of


def test_an_item_without_definition_has_the_defaults(sequencing):
    assert sequencing("") == (Sequencing(), [])
    assert sequencing("<imsss:sequencing/>") == (Sequencing(), [])


def test_everything_is_read(sequencing):
    found, rules = sequencing(
        "<imsss:sequencing>"
        '<imsss:controlMode choice="false" choiceExit="false" flow="true" forwardOnly="true"'
        ' useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="false"/>'
        '<imsss:limitConditions attemptLimit="3" attemptAbsoluteDurationLimit="PT1H"/>'
        '<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false"'
        ' objectiveMeasureWeight="0.25"/>'
        '<imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>-0.5</imsss:minNormalizedMeasure></imsss:primaryObjective>"
        '<imsss:objective objectiveID="q"/><imsss:objective/></imsss:objectives>'
        '<imsss:deliveryControls tracked="false" completionSetByContent="true"'
        ' objectiveSetByContent="true"/>'
        "</imsss:sequencing>"
    )
    assert rules == []
    assert found == Sequencing(
        control=ControlMode(False, False, True, True, False, False),
        primary_objective=Objective("p", True, -0.5),
        objectives=(Objective("q"), Objective()),
        rollup=RollupFlags(False, False, 0.25),
        delivery=DeliveryControls(False, True, True),
        attempt_limit=3,
        attempt_absolute_duration_limit="PT1H",
    )


SHARED = (
    '<imsss:sequencing ID="s"><imsss:controlMode flow="true" choice="false"/>'
    '<imsss:limitConditions attemptLimit="2"/></imsss:sequencing>'
)


def test_the_collection_gives_what_the_item_does_not_say(sequencing):
    found, _ = sequencing('<imsss:sequencing IDRef="s"/>', SHARED)
    assert found.control == ControlMode(flow=True, choice=False)
    assert found.attempt_limit == 2


def test_an_element_of_the_items_own_wins_whole(sequencing):
    found, _ = sequencing(
        '<imsss:sequencing IDRef="s"><imsss:controlMode forwardOnly="true"/></imsss:sequencing>',
        SHARED,
    )
    assert found.control == ControlMode(forward_only=True)
    assert found.attempt_limit == 2


def test_a_reference_to_nothing_is_told(sequencing):
    assert sequencing('<imsss:sequencing IDRef="x"/>', SHARED) == (
        Sequencing(),
        ["sequencing-missing"],
    )


@pytest.mark.parametrize(
    "text",
    [
        '<imsss:limitConditions attemptLimit="many"/>',
        '<imsss:limitConditions attemptLimit="-1"/>',
        f'<imsss:limitConditions attemptLimit="{"9" * 5000}"/>',
        '<imsss:rollupRules objectiveMeasureWeight="2"/>',
        '<imsss:rollupRules objectiveMeasureWeight="inf"/>',
        '<imsss:rollupRules objectiveMeasureWeight="half"/>',
    ],
)
def test_a_value_that_is_none_is_told_and_the_default_taken(sequencing, text):
    found, rules = sequencing(f"<imsss:sequencing>{text}</imsss:sequencing>")
    assert (found, rules) == (Sequencing(), ["value-invalid"])


def test_an_empty_value_is_none(sequencing):
    text = '<imsss:limitConditions attemptLimit=""/><imsss:rollupRules objectiveMeasureWeight=""/>'
    found, rules = sequencing(f"<imsss:sequencing>{text}</imsss:sequencing>")
    assert (found, rules) == (Sequencing(), [])
