"""An item's sequencing definition, over the collection it refers to."""

import json
import zipfile
from dataclasses import asdict
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from scorm.packages import definition, room
from scorm.packages.addresses import split_address
from scorm.packages.document import NOT_XML, ManifestRefused, parse
from scorm.packages.findings import SEVERITIES
from scorm.packages.manifest import (
    ChildSelection,
    Condition,
    ControlMode,
    DeliveryControls,
    Edition,
    Manifest,
    Objective,
    ObjectiveMap,
    RollupFlags,
    RollupRule,
    Sequencing,
    SequencingRule,
)
from scorm.packages.reading import Reader
from shared import SHARED, needs_shared

REAL = sorted(
    [*(SHARED / "scorm" / "cts").glob("*.xml"), *(SHARED / "scorm" / "golf").glob("*.zip")]
)
"""The manifests of ADL's test suite, and whole packages."""


def test_an_item_without_definition_has_the_defaults(read, sequencing):
    assert sequencing("") == (Sequencing(), [])
    _, manifest = read('<item identifier="i" identifierref="r"/>', edition="4th")
    assert manifest.organization.items[0].sequencing == Sequencing()


def test_everything_is_read(sequencing):
    found, rules = sequencing(
        '<imsss:controlMode choice="false" choiceExit="false" flow="true" forwardOnly="true"'
        ' useCurrentAttemptObjectiveInfo="false" useCurrentAttemptProgressInfo="false"/>'
        "<imsss:sequencingRules>"
        '<imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">'
        '<imsss:ruleCondition condition="objectiveMeasureGreaterThan" referencedObjective="q"'
        ' measureThreshold="-0.5" operator="not"/></imsss:ruleConditions>'
        '<imsss:ruleAction action="skip"/></imsss:preConditionRule>'
        "</imsss:sequencingRules>"
        '<imsss:limitConditions attemptLimit="3" attemptAbsoluteDurationLimit="PT1H"/>'
        '<imsss:rollupRules rollupObjectiveSatisfied="false" rollupProgressCompletion="false"'
        ' objectiveMeasureWeight="0.25">'
        '<imsss:rollupRule childActivitySet="atLeastCount" minimumCount="2">'
        '<imsss:rollupConditions conditionCombination="all">'
        '<imsss:rollupCondition condition="completed" operator="not"/></imsss:rollupConditions>'
        '<imsss:rollupAction action="incomplete"/></imsss:rollupRule></imsss:rollupRules>'
        '<imsss:objectives><imsss:primaryObjective objectiveID="p" satisfiedByMeasure="true">'
        "<imsss:minNormalizedMeasure>-0.5</imsss:minNormalizedMeasure></imsss:primaryObjective>"
        '<imsss:objective objectiveID="q"><imsss:mapInfo targetObjectiveID="g"/></imsss:objective>'
        "</imsss:objectives>"
        '<imsss:randomizationControls randomizationTiming="once" selectCount="2"'
        ' reorderChildren="true" selectionTiming="onEachNewAttempt"/>'
        '<imsss:deliveryControls tracked="false" completionSetByContent="true"'
        ' objectiveSetByContent="true"/>'
        '<adlseq:constrainedChoiceConsiderations constrainChoice="true" preventActivation="true"/>'
        '<adlseq:rollupConsiderations requiredForSatisfied="ifAttempted"'
        ' requiredForNotSatisfied="ifNotSkipped" requiredForCompleted="ifNotSuspended"'
        ' requiredForIncomplete="ifAttempted" measureSatisfactionIfActive="false"/>'
    )
    assert rules == []
    assert found == Sequencing(
        control=ControlMode(False, False, True, True, False, False, True, True),
        precondition_rules=(
            SequencingRule(
                "skip", (Condition("objectiveMeasureGreaterThan", "q", -0.5, True),), any=True
            ),
        ),
        rollup_rules=(
            RollupRule(
                "incomplete", (Condition("completed", negated=True),), False, "atLeastCount", 2
            ),
        ),
        primary_objective=Objective("p", True, -0.5),
        objectives=(
            Objective("q", maps=(ObjectiveMap("g", frozenset({"satisfied", "measure"})),)),
        ),
        rollup=RollupFlags(
            *(False, False, 0.25),
            *("ifAttempted", "ifNotSkipped", "ifNotSuspended", "ifAttempted"),
            False,
        ),
        selection=ChildSelection("onEachNewAttempt", 2, "once", True),
        delivery=DeliveryControls(False, True, True),
        attempt_limit=3,
        attempt_absolute_duration_limit="PT1H",
    )


ALL_PARTS = (
    "<imsss:controlMode/><imsss:sequencingRules/><imsss:limitConditions/><imsss:rollupRules/>"
    "<imsss:objectives/><imsss:randomizationControls/><imsss:deliveryControls/>"
    "<adlseq:constrainedChoiceConsiderations/><adlseq:rollupConsiderations/><adlseq:objectives/>"
    "<imsss:auxiliaryResources/><other/>"
)


def test_elements_that_say_nothing_mean_the_defaults(sequencing):
    assert sequencing(ALL_PARTS) == (Sequencing(), [])


def test_an_organization_has_sequencing_too(read):
    _, manifest = read(
        '<item identifier="i" identifierref="r"/>'
        '<imsss:sequencing><imsss:controlMode flow="true"/></imsss:sequencing>',
        edition="3rd",
    )
    assert manifest.organization.sequencing.control.flow


SHARED_PARTS = (
    '<imsss:sequencing ID="s"><imsss:controlMode flow="true" choice="false"/>'
    '<imsss:limitConditions attemptLimit="2"/>'
    '<adlseq:constrainedChoiceConsiderations constrainChoice="true"/>'
    '<adlseq:objectives><adlseq:objective objectiveID="p"><adlseq:mapInfo'
    ' targetObjectiveID="g"/></adlseq:objective></adlseq:objectives></imsss:sequencing>'
)


def test_the_collection_gives_what_the_item_does_not_say(sequencing):
    own = '<imsss:objectives><imsss:primaryObjective objectiveID="p"/></imsss:objectives>'
    found, rules = sequencing(own, more='IDRef=" s "', collection=SHARED_PARTS)
    assert rules == []
    assert found.control == ControlMode(flow=True, choice=False, constrain_choice=True)
    assert found.attempt_limit == 2
    assert [one.target for one in found.primary_objective.maps] == ["g"]


def test_an_element_of_the_items_own_wins_whole(sequencing):
    found, rules = sequencing(
        '<imsss:controlMode forwardOnly="true"/>'
        '<adlseq:constrainedChoiceConsiderations preventActivation="true"/><adlseq:objectives/>',
        more='IDRef="s"',
        collection=SHARED_PARTS,
    )
    assert rules == []
    assert found == Sequencing(
        control=ControlMode(forward_only=True, prevent_activation=True), attempt_limit=2
    )


def test_a_reference_to_nothing_is_told(sequencing):
    for collection in (SHARED_PARTS, '<imsss:sequencing ID=""/>'):
        assert sequencing("", more='IDRef="x"', collection=collection) == (
            Sequencing(),
            ["sequencing-missing"],
        )


def test_of_two_shared_sequencings_of_one_name_the_first_is_taken(sequencing):
    other = '<imsss:sequencing ID="s"><imsss:controlMode flow="false"/></imsss:sequencing>'
    own = "<adlseq:objectives/>"
    found, rules = sequencing(own, more='IDRef="s"', collection=SHARED_PARTS + other)
    assert found.control.flow
    assert rules == ["sequencing-repeated"]


FLOWS = '<imsss:controlMode flow="true"/>'
PRIMARY = '<imsss:primaryObjective objectiveID="p"/>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FLOWS + '<imsss:controlMode flow="false"/>', Sequencing(control=ControlMode(flow=True))),
        (
            f"{FLOWS}</imsss:sequencing><imsss:sequencing IDRef='none'>",
            Sequencing(control=ControlMode(flow=True)),
        ),
        (
            f"<imsss:objectives>{PRIMARY}<imsss:primaryObjective/></imsss:objectives>",
            Sequencing(primary_objective=Objective("p")),
        ),
    ],
)
def test_of_elements_that_are_there_twice_the_first_counts(sequencing, text, expected):
    assert sequencing(text) == (expected, ["sequencing-repeated"])


def test_elements_in_any_case_and_namespace_are_read(sequencing):
    found, rules = sequencing(
        '<ControlMode xmlns="urn:x" FLOW="true"/><imsss:ConstrainedChoiceConsiderations'
        ' constrainchoice="1"/><deliverycontrols xmlns="" imsss:Tracked="false"/>'
    )
    assert rules == []
    assert found == Sequencing(
        control=ControlMode(flow=True, constrain_choice=True),
        delivery=DeliveryControls(tracked=False),
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
        '<imsss:controlMode flow="sometimes"/>',
        '<imsss:randomizationControls selectCount="1.5"/>',
        '<imsss:randomizationControls selectionTiming="daily"/>',
        '<imsss:randomizationControls randomizationTiming="daily"/>',
        '<adlseq:rollupConsiderations requiredForCompleted="perhaps"/>',
        '<adlseq:rollupConsiderations measureSatisfactionIfActive="perhaps"/>',
    ],
)
def test_a_value_that_is_none_is_told_and_the_default_taken(sequencing, text):
    assert sequencing(text) == (Sequencing(), ["value-invalid"])


def test_an_empty_value_is_none(sequencing):
    text = (
        '<imsss:limitConditions attemptLimit="" attemptAbsoluteDurationLimit=""/>'
        '<imsss:rollupRules objectiveMeasureWeight=""/><imsss:controlMode choice=" "/>'
        '<imsss:randomizationControls selectionTiming=""/>'
    )
    assert sequencing(text) == (Sequencing(), [])


RULES = (
    "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
    '<imsss:ruleCondition condition="always"/><imsss:ruleCondition condition="{}"/>'
    '</imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
    "</imsss:sequencingRules>"
)


def test_what_many_items_share_is_read_and_told_once(read):
    item = '<item identifier="{0}" identifierref="r"><imsss:sequencing IDRef="s"/></item>'
    report, manifest = read(
        item.format("a") + item.format("b"),
        edition="4th",
        after='<imsss:sequencingCollection><imsss:sequencing ID="s">'
        + RULES.format("never")
        + "</imsss:sequencing></imsss:sequencingCollection>",
    )
    one, other = (item.sequencing for item in manifest.organization.items)
    assert one == other == Sequencing()
    assert [finding.rule for finding in report.findings] == ["rule-condition"]


SHARING = (
    '<manifest xmlns:imsss="imsss"><organizations><organization>{}</organization>'
    '</organizations><imsss:sequencingCollection><imsss:sequencing ID="s">'
    + RULES.format("completed")
    + '<imsss:objectives><imsss:primaryObjective objectiveID="{}"><imsss:mapInfo'
    ' targetObjectiveID="g"/></imsss:primaryObjective></imsss:objectives>'
    "</imsss:sequencing></imsss:sequencingCollection></manifest>"
)
SHARER = '<item identifierref="r"><imsss:sequencing IDRef="s"/></item>'


@pytest.mark.parametrize(("identifier", "most"), [("p", 4), ("p" * 800, 3), ("é" * 200, 2)])
def test_what_a_collection_says_takes_its_room_for_every_item(monkeypatch, identifier, most):
    monkeypatch.setattr(room, "MOST_TEXT", 8000)
    fits, more = (SHARING.format(SHARER * number, identifier) for number in (most, most + 1))
    assert Reader(parse(fits.encode())[0], []).manifest() is None
    with pytest.raises(ManifestRefused, match="more than 8 000 characters") as refused:
        Reader(parse(more.encode())[0], []).manifest()
    assert refused.value.finding.rule == "manifest-too-large"


@pytest.mark.parametrize("identifier", ["p", "p" * 3000, "é" * 900])
def test_the_room_is_about_what_a_definition_takes(sequencing, identifier):
    condition = f'<imsss:ruleCondition condition="completed" referencedObjective="{identifier}"/>'
    found, _ = sequencing(
        "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
        + condition * 50
        + '</imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
        "</imsss:sequencingRules><imsss:objectives>"
        f'<imsss:objective objectiveID="{identifier}">'
        + '<imsss:mapInfo targetObjectiveID="g" writeSatisfiedStatus="true"/>' * 50
        + "</imsss:objective></imsss:objectives>"
    )
    taken = len(json.dumps(asdict(found), default=sorted))
    assert 0.75 * taken < room.written_out(found) < 1.5 * taken


def test_rules_that_would_be_gone_through_without_end_at_each_step_are_refused(read):
    rule = (
        '<imsss:rollupRule childActivitySet="any"><imsss:rollupConditions>'
        + '<imsss:rollupCondition condition="attempted"/>' * 100
        + '</imsss:rollupConditions><imsss:rollupAction action="satisfied"/></imsss:rollupRule>'
    )
    item = '<item identifierref="r"><title>x</title></item>'
    own = (
        f"<imsss:sequencing><imsss:rollupRules>{rule * 100}</imsss:rollupRules></imsss:sequencing>"
    )
    assert read(item * 20 + own, edition="4th")[1] is not None
    report, manifest = read(item * 200 + own, edition="4th")
    assert manifest is None
    assert "course-too-laborious" in [finding.rule for finding in report.findings]


def every_sequencing(manifest):
    def below(items):
        for item in items:
            yield item.sequencing
            yield from below(item.children)

    for organization in manifest.organizations:
        yield organization.sequencing
        yield from below(organization.items)


def conditions(sequencing):
    rules = (
        *(sequencing.precondition_rules, sequencing.exit_rules),
        *(sequencing.postcondition_rules, sequencing.rollup_rules),
    )
    return [condition for kind in rules for rule in kind for condition in rule.conditions]


def objectives(sequencing):
    primary = sequencing.primary_objective
    return [*([] if primary is None else [primary]), *sequencing.objectives]


def maps(sequencing):
    return [found for objective in objectives(sequencing) for found in objective.maps]


HERE = "descendant-or-self::"
COUNTED = {
    f"{HERE}imsss:preConditionRule": lambda one: len(one.precondition_rules),
    f"{HERE}imsss:exitConditionRule": lambda one: len(one.exit_rules),
    f"{HERE}imsss:postConditionRule": lambda one: len(one.postcondition_rules),
    f"{HERE}imsss:rollupRule": lambda one: len(one.rollup_rules),
    f"{HERE}imsss:ruleCondition | {HERE}imsss:rollupCondition": lambda one: len(conditions(one)),
    f"{HERE}*/@operator[.='not']": lambda one: sum(found.negated for found in conditions(one)),
    f"{HERE}*/@referencedObjective": lambda one: sum(
        found.objective is not None for found in conditions(one)
    ),
    f"{HERE}imsss:primaryObjective | {HERE}imsss:objective": lambda one: len(objectives(one)),
    f"{HERE}imsss:mapInfo | {HERE}adlseq:mapInfo": lambda one: len(maps(one)),
    f"{HERE}imsss:mapInfo[not(normalize-space(@readSatisfiedStatus)='false')]": lambda one: sum(
        "satisfied" in found.reads for found in maps(one)
    ),
    f"{HERE}adlseq:mapInfo[not(@readCompletionStatus='false')]": lambda one: sum(
        "completion" in found.reads for found in maps(one)
    ),
    f"{HERE}*/@*[starts-with(name(), 'write')][.='true']": lambda one: sum(
        len(found.writes) for found in maps(one)
    ),
    f"{HERE}imsss:controlMode[@flow='true']": lambda one: int(one.control.flow),
    f"{HERE}imsss:controlMode[@choice='false']": lambda one: int(not one.control.choice),
    f"{HERE}imsss:deliveryControls[@tracked='false']": lambda one: int(not one.delivery.tracked),
    f"{HERE}imsss:limitConditions[@attemptLimit]": lambda one: int(one.attempt_limit is not None),
    f"{HERE}adlseq:rollupConsiderations[@requiredForCompleted='ifAttempted']": lambda one: int(
        one.rollup.required_for_completed == "ifAttempted"
    ),
}
"""What elements there are by XPath, and what of them was read."""

SPACES = {
    "imsss": "http://www.imsglobal.org/xsd/imsss",
    "adlseq": "http://www.adlnet.org/xsd/adlseq_v1p3",
}


def written(root):
    """How often each of ``COUNTED`` is written, in an item itself or in the collection for it."""
    shared = {
        found.get("ID"): found for found in root.iterfind(".//*/imsss:sequencing[@ID]", SPACES)
    }
    counts = dict.fromkeys(COUNTED, 0)
    for own in root.iterfind(".//imsss:sequencing", SPACES):
        if own.get("ID"):
            continue
        said = {part.tag for part in own}
        more = [part for part in shared.get(own.get("IDRef"), ()) if part.tag not in said]
        for part in [*own, *more]:
            for xpath in COUNTED:
                counts[xpath] += len(part.xpath(xpath, namespaces=SPACES))
    return counts


def content_of(path):
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return package.read("imsmanifest.xml")


@needs_shared
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name.partition(".")[0])
def test_all_that_real_packages_say_is_read(path):
    content = content_of(path)
    root, _ = parse(content)
    addresses = [found.base + found.href for found in Reader(root, []).resources.values()]
    reader = Reader(root, [unquote(split_address(address)[0]) for address in addresses])
    manifest = reader.manifest()
    assert [found.message for found in reader.findings] == []
    read = {
        xpath: sum(of(found) for found in every_sequencing(manifest))
        for xpath, of in COUNTED.items()
    }
    assert read == written(etree.fromstring(content))
    assert Manifest.from_plain(json.loads(json.dumps(manifest.to_plain()))) == manifest


@needs_shared
def test_nothing_that_is_counted_is_missing_from_the_real_packages():
    counts = [written(etree.fromstring(content_of(path))) for path in REAL]
    assert [xpath for xpath in COUNTED if not any(count[xpath] for count in counts)] == []


RULES_HOLD = ("ruleConditions", "ruleAction")
HOLDS = {
    "sequencing": (
        *("sequencingRules", "rollupRules", "objectives", "controlMode", "limitConditions"),
        *("randomizationControls", "deliveryControls", "rollupConsiderations"),
        "constrainedChoiceConsiderations",
    ),
    "sequencingRules": ("preConditionRule", "exitConditionRule", "postConditionRule"),
    **dict.fromkeys(("preConditionRule", "exitConditionRule", "postConditionRule"), RULES_HOLD),
    "ruleConditions": ("ruleCondition",),
    "rollupRules": ("rollupRule",),
    "rollupRule": ("rollupConditions", "rollupAction"),
    "rollupConditions": ("rollupCondition",),
    "objectives": ("primaryObjective", "objective"),
    **dict.fromkeys(("primaryObjective", "objective"), ("minNormalizedMeasure", "mapInfo")),
}
ATTRIBUTES = (
    *("ID", "IDRef", "action", "condition", "operator", "measureThreshold", "selectCount"),
    *("referencedObjective", "conditionCombination", "childActivitySet", "minimumCount"),
    *("minimumPercent", "objectiveID", "targetObjectiveID", "satisfiedByMeasure", "readRawScore"),
    *("readSatisfiedStatus", "writeSatisfiedStatus", "attemptLimit", "selectionTiming"),
    *("requiredForSatisfied", "objectiveMeasureWeight", "flow", "tracked"),
)
WORDS = (
    *("true", "True", "0", "maybe", "", " ", "skip", "RETRY", "exit", "satisfied", "completed"),
    *("objectiveMeasureLessThan", "not", "any", "none", "atLeastCount", "atLeastPercent", "nan"),
    *("0.5", "0,5", "50%", "-1", "1e400", "9" * 400, "always", "once", "a", "a%20", "%", "\u0665"),
)
SPACE = st.sampled_from(["", "{http://www.imsglobal.org/xsd/imsss}", "{urn:adlseq}", "{x}"])


@st.composite
def elements(draw, name="sequencing"):
    element = etree.Element(draw(SPACE) + name)
    values = st.sampled_from(WORDS) | st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF))
    attributes = draw(st.dictionaries(st.sampled_from(ATTRIBUTES), values, max_size=3))
    for key, value in attributes.items():
        element.set(key, NOT_XML.sub("", value))
    element.text = draw(st.sampled_from(WORDS))
    inner = draw(st.lists(st.sampled_from(HOLDS[name]), max_size=3)) if name in HOLDS else ()
    element.extend([draw(elements(name)) for name in inner])
    return element


@given(elements(), elements(), st.sampled_from(Edition))
def test_whatever_is_written_can_be_read(own, shared, edition):
    told = []
    item, collection = etree.Element("item"), etree.Element("sequencingCollection")
    own.set("IDRef", "a")
    shared.set("ID", "a")
    item.append(own)
    collection.append(shared)
    reader = definition.Definitions(
        collection, edition, lambda *finding: told.append(finding), room.Room()
    )
    found = reader.of(item)
    assert reader.of(item) == found
    assert {severity for severity, *_ in told} <= set(SEVERITIES[1:])
    for rule in (*found.precondition_rules, *found.exit_rules, *found.postcondition_rules):
        assert all(-1 <= condition.threshold <= 1 for condition in rule.conditions)
    objectives = [found.primary_objective or Objective(), *found.objectives]
    assert all(one.identifier for one in objectives[1:])
    assert len({one.identifier for one in objectives}) == len(objectives)
    for objective in objectives:
        reads = [value for one in objective.maps for value in one.reads]
        assert len(reads) == len(set(reads))
        assert edition is Edition.FOURTH or not set(reads) - {"satisfied", "measure"}
