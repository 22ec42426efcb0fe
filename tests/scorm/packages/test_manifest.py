"""The manifest as JSON and back."""

import json

from scorm.packages.manifest import (
    ChildSelection,
    CompletionThreshold,
    Condition,
    ControlMode,
    DataMap,
    DeliveryControls,
    Edition,
    Item,
    Manifest,
    Objective,
    ObjectiveMap,
    Organization,
    RollupFlags,
    RollupRule,
    Sequencing,
    SequencingRule,
)

SEQUENCING = Sequencing(
    control=ControlMode(choice=False, constrain_choice=True),
    precondition_rules=(SequencingRule("skip", (Condition("always"),)),),
    exit_rules=(SequencingRule("exit", (Condition("satisfied", negated=True),), any=True),),
    postcondition_rules=(
        SequencingRule("retry", (Condition("objectiveMeasureLessThan", "q", -0.25),)),
    ),
    rollup_rules=(
        RollupRule("completed", (Condition("attempted"),), False, "atLeastCount", 2),
        RollupRule("incomplete", child_set="atLeastPercent", minimum_percent=0.5),
    ),
    primary_objective=Objective("p", True, 0.5),
    objectives=(
        Objective(
            "q",
            maps=(
                ObjectiveMap("g", frozenset({"satisfied", "measure"}), frozenset({"satisfied"})),
                ObjectiveMap("h", writes=frozenset({"raw", "completion", "maximum"})),
            ),
        ),
    ),
    rollup=RollupFlags(measure_weight=0.25, required_for_completed="ifAttempted"),
    selection=ChildSelection("once", 3, "onEachNewAttempt", True),
    delivery=DeliveryControls(tracked=False),
    attempt_limit=2,
    attempt_absolute_duration_limit="PT1H",
)


def a_manifest(sequencing):
    leaf = Item(
        "leaf",
        "Leaf",
        launch="a.html?x#y",
        sco=True,
        data_from_lms="",
        completion_threshold=CompletionThreshold(True, 0.8),
        hide_lms_ui=frozenset({"exit", "continue"}),
        data_maps=(DataMap("store", write=False),),
        sequencing=sequencing,
    )
    organization = Organization("o", "Title", (Item("i", "Cluster", children=(leaf,)),))
    other = Organization("x", "Other", objectives_global_to_system=False, sequencing=sequencing)
    return Manifest("m", Edition.FOURTH, "Title", (other, organization), "o")


def leaf_of(plain):
    return plain["organizations"][1]["items"][0]["children"][0]


def test_every_value_survives_json():
    manifest = a_manifest(SEQUENCING)
    again = Manifest.from_plain(json.loads(json.dumps(manifest.to_plain())))
    assert again == manifest
    assert again.organization is again.organizations[1]
    assert again.edition.is_2004


def test_one_manifest_is_always_the_same_json():
    plain = leaf_of(a_manifest(SEQUENCING).to_plain())
    maps = plain["sequencing"]["objectives"][0]["maps"]
    assert plain["hide_lms_ui"] == ["continue", "exit"]
    assert [found["reads"] for found in maps] == [["measure", "satisfied"], []]
    assert [found["writes"] for found in maps] == [["satisfied"], ["completion", "maximum", "raw"]]


def test_a_manifest_stored_before_rules_were_read_has_none():
    old = Sequencing(ControlMode(flow=True), primary_objective=Objective("p", True, 0.5))
    plain = a_manifest(old).to_plain()
    sequencing = leaf_of(plain)["sequencing"]
    for later in ("precondition_rules", "exit_rules", "postcondition_rules", "rollup_rules"):
        del sequencing[later]
    del sequencing["selection"], sequencing["primary_objective"]["maps"]
    del sequencing["control"]["constrain_choice"], sequencing["control"]["prevent_activation"]
    sequencing["rollup"] = {"measure_weight": 1.0}
    assert Manifest.from_plain(plain) == a_manifest(old)


def test_only_one_edition_is_not_of_2004():
    assert [edition for edition in Edition if not edition.is_2004] == [Edition.SCORM_12]
