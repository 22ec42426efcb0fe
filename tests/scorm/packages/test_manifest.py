"""The manifest as JSON and back."""

import json

from scorm.packages.manifest import (
    CompletionThreshold,
    ControlMode,
    DataMap,
    Edition,
    Item,
    Manifest,
    Objective,
    Organization,
    Sequencing,
)


def test_every_value_survives_json():
    sequencing = Sequencing(
        ControlMode(choice=False),
        Objective("p", True, 0.5),
        (Objective("q"),),
        attempt_limit=2,
        attempt_absolute_duration_limit="PT1H",
    )
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
    other = Organization("x", "Other", objectives_global_to_system=False)
    manifest = Manifest("m", Edition.FOURTH, "Title", (other, organization), "o")
    again = Manifest.from_plain(json.loads(json.dumps(manifest.to_plain())))
    assert again == manifest
    assert again.organization is again.organizations[1]
    assert again.edition.is_2004


def test_only_one_edition_is_not_of_2004():
    assert [edition for edition in Edition if not edition.is_2004] == [Edition.SCORM_12]
