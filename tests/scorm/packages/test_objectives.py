"""Objectives, their maps, and what refers to them."""

import pytest

from scorm.packages.manifest import Condition, Objective, ObjectiveMap
from scorm.packages.objectives import MOST_MAPS, MOST_OBJECTIVES, spelled

BOTH = frozenset({"satisfied", "measure"})
FIVE = frozenset({"raw", "minimum", "maximum", "completion", "progress_measure"})


def mapped(attributes="", space="imsss"):
    return f'<{space}:mapInfo targetObjectiveID="g" {attributes}/>'


def imsss(text):
    return f"<imsss:objectives>{text}</imsss:objectives>"


def primary(maps="", attributes='objectiveID="p"'):
    return f"<imsss:primaryObjective {attributes}>{maps}</imsss:primaryObjective>"


def objective(identifier, maps="", space="imsss"):
    return f'<{space}:objective objectiveID="{identifier}">{maps}</{space}:objective>'


def adlseq(identifier, *maps):
    text = "".join(mapped(one, "adlseq") for one in maps)
    return f"<adlseq:objectives>{objective(identifier, text, 'adlseq')}</adlseq:objectives>"


@pytest.mark.parametrize(
    ("attributes", "objective", "told"),
    [
        ("", Objective(), []),
        ('objectiveID=" P "', Objective("P"), []),
        ('satisfiedByMeasure="true"', Objective(None, True), []),
        ('satisfiedByMeasure="True"', Objective(None, True), ["value-spelling"]),
        ('satisfiedByMeasure="by half"', Objective(), ["value-invalid"]),
    ],
)
def test_the_primary_objective_is_read(sequencing, attributes, objective, told):
    found, rules = sequencing(imsss(primary(attributes=attributes)))
    assert (found.primary_objective, rules) == (objective, told)


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("0.6", 0.6, []),
        (" -1.0000 ", -1.0, []),
        ("", 1.0, []),
        ("0,6", 0.6, ["value-spelling"]),
        ("60", 1.0, ["value-invalid"]),
    ],
)
def test_the_measure_that_satisfies_is_read(sequencing, text, value, told):
    least = f"<imsss:minNormalizedMeasure>{text}</imsss:minNormalizedMeasure>"
    found, rules = sequencing(imsss(primary(least)))
    assert (found.primary_objective.min_normalized_measure, rules) == (value, told)


def test_only_the_primary_objective_may_lack_an_identifier(sequencing):
    found, told = sequencing(imsss("<imsss:objective/>" + objective("q")))
    assert (found.primary_objective, found.objectives) == (None, (Objective("q"),))
    assert told == ["objective-id"]


def test_an_identifier_without_end_names_nothing(sequencing):
    long = "x" * 4001
    found, told = sequencing(
        imsss(
            f'<imsss:primaryObjective objectiveID="{long}" satisfiedByMeasure="true"/>'
            f'<imsss:objective objectiveID="{long}"/>'
            f'<imsss:objective objectiveID="q"><imsss:mapInfo targetObjectiveID="{long}"/>'
            "</imsss:objective>"
        )
    )
    assert found.primary_objective == Objective(satisfied_by_measure=True)
    assert found.objectives == (Objective("q"),)
    assert set(told) == {"identifier-too-long", "map-target", "objective-id"}


def test_identifiers_differ_by_case(sequencing):
    found, told = sequencing(imsss(primary() + objective("P") + objective("q") + objective("Q")))
    assert [one.identifier for one in found.objectives] == ["P", "q", "Q"]
    assert told == []


def test_objectives_of_one_identifier_are_one(sequencing):
    found, told = sequencing(
        imsss(
            primary(mapped(), 'objectiveID="p" satisfiedByMeasure="true"')
            + objective("p", mapped('readSatisfiedStatus="false" readNormalizedMeasure="false"'))
            + objective("q")
            + objective("q", mapped())
        )
    )
    assert found.primary_objective == Objective(
        "p", True, maps=(ObjectiveMap("g", BOTH), ObjectiveMap("g"))
    )
    assert found.objectives == (Objective("q", maps=(ObjectiveMap("g", BOTH),)),)
    assert told == ["objective-repeated"] * 2


def test_there_are_only_so_many_objectives_and_maps(sequencing):
    many = "".join(objective(f"q{n}") for n in range(MOST_OBJECTIVES + 1))
    found, told = sequencing(imsss(primary() + many))
    assert (len(found.objectives), told) == (MOST_OBJECTIVES, ["sequencing-too-many"])
    quiet = mapped('readSatisfiedStatus="false" readNormalizedMeasure="false"')
    found, told = sequencing(imsss(primary(quiet * (MOST_MAPS + 1))))
    assert (len(found.primary_objective.maps), told) == (MOST_MAPS, ["sequencing-too-many"])


@pytest.mark.parametrize(
    ("attributes", "reads", "writes", "told"),
    [
        ("", BOTH, set(), []),
        ('readSatisfiedStatus="false"', {"measure"}, set(), []),
        ('readNormalizedMeasure="0"', {"satisfied"}, set(), []),
        ('writeSatisfiedStatus="true"', BOTH, {"satisfied"}, []),
        ('writeNormalizedMeasure="1"', BOTH, {"measure"}, []),
        ('writenormalizedmeasure="True"', BOTH, {"measure"}, ["value-spelling"]),
        ('readSatisfiedStatus="maybe"', BOTH, set(), ["value-invalid"]),
    ],
)
def test_a_map_is_read(sequencing, attributes, reads, writes, told):
    found, rules = sequencing(imsss(primary(mapped(attributes))))
    assert found.primary_objective.maps == (ObjectiveMap("g", frozenset(reads), frozenset(writes)),)
    assert rules == told


@pytest.mark.parametrize("target", ["", 'targetObjectiveID=" "'])
def test_a_map_to_nothing_is_left_out(sequencing, target):
    found, told = sequencing(imsss(primary(f"<imsss:mapInfo {target}/>")))
    assert (found.primary_objective.maps, told) == ((), ["map-target"])


def test_a_value_is_read_from_the_first_global_objective(sequencing):
    found, told = sequencing(
        imsss(
            primary(
                mapped('readNormalizedMeasure="false"')
                + '<imsss:mapInfo targetObjectiveID="h" writeSatisfiedStatus="true"/>'
            )
        )
    )
    assert found.primary_objective.maps == (
        ObjectiveMap("g", frozenset({"satisfied"})),
        ObjectiveMap("h", frozenset({"measure"}), frozenset({"satisfied"})),
    )
    assert told == ["map-read-twice"]


VALUES = {
    "raw": "RawScore",
    "minimum": "MinScore",
    "maximum": "MaxScore",
    "completion": "CompletionStatus",
    "progress_measure": "ProgressMeasure",
}


@pytest.mark.parametrize(
    ("attributes", "reads", "writes"),
    [
        ("", FIVE, set()),
        *((f'read{name}="false"', FIVE - {value}, set()) for value, name in VALUES.items()),
        *((f'write{name}="true"', FIVE, {value}) for value, name in VALUES.items()),
        ('readSatisfiedStatus="false" writeNormalizedMeasure="true"', FIVE, set()),
    ],
)
def test_the_4th_edition_maps_five_more_values(sequencing, attributes, reads, writes):
    more = ObjectiveMap("g", frozenset(reads), frozenset(writes))
    objectives = imsss(primary(mapped()) + objective("q"))
    found, told = sequencing(objectives + adlseq("p", attributes))
    assert found.primary_objective.maps == (ObjectiveMap("g", BOTH), more)
    assert (found.objectives, told) == ((Objective("q"),), [])
    found, told = sequencing(adlseq("q", attributes) + objectives)
    assert found.primary_objective.maps == (ObjectiveMap("g", BOTH),)
    assert (found.objectives, told) == ((Objective("q", maps=(more,)),), [])


def test_each_of_the_five_is_read_from_one_global_objective(sequencing):
    found, told = sequencing(imsss(primary()) + adlseq("p", 'readRawScore="0"', 'readMinScore="0"'))
    reads = [one.reads for one in found.primary_objective.maps]
    assert (reads, told) == ([FIVE - {"raw"}, {"raw"}], ["map-read-twice"])


@pytest.mark.parametrize("edition", ["2nd", "3rd"])
def test_earlier_editions_do_not_know_these_maps(read, edition):
    report, manifest = read(
        '<item identifier="i" identifierref="r"><imsss:sequencing>'
        f"{imsss(primary())}{adlseq('p', '')}</imsss:sequencing></item>",
        edition=edition,
    )
    assert manifest.organization.items[0].sequencing.primary_objective == Objective("p")
    assert [(one.severity, one.rule) for one in report.findings] == [("note", "objectives-edition")]


@pytest.mark.parametrize(
    ("objectives", "maps", "told"),
    [
        ("", adlseq("p", ""), ["objective-missing"]),
        (imsss(primary()), adlseq("P", ""), ["objective-missing"]),
        (imsss(primary(attributes="")), adlseq("p", ""), ["objective-missing"]),
        (imsss(primary()), adlseq("", ""), ["objective-id"]),
    ],
)
def test_maps_of_no_objective_are_told_and_left_out(sequencing, objectives, maps, told):
    assert sequencing(objectives + maps) == (sequencing(objectives)[0], told)


@pytest.mark.parametrize(
    "more",
    [
        adlseq("p", ""),
        adlseq("p", "").replace("adlseq:", "ADLSEQ:"),
        '<objectives><objective objectiveID="p"><mapInfo targetObjectiveID="g"'
        ' READRAWSCORE="true"/></objective></objectives>',
    ],
)
def test_the_two_kinds_of_objectives_are_told_apart_in_odd_namespaces(sequencing, more):
    for both in (imsss(primary()) + more, more + imsss(primary())):
        found, _ = sequencing(both)
        assert found.primary_objective == Objective("p", maps=(ObjectiveMap("g", FIVE),))


@pytest.mark.parametrize("space", ["adlseq", "other"])
def test_objectives_in_a_wrong_namespace_are_read(sequencing, space):
    text = imsss(primary(mapped())).replace("imsss:", f"{space}:")
    found, _ = sequencing(text)
    assert found.primary_objective == Objective("p", maps=(ObjectiveMap("g", BOTH),))
    found, _ = sequencing('<objectives><objective objectiveID="q"/></objectives>')
    assert found.objectives == (Objective("q"),)


def asking(*identifiers):
    conditions = "".join(
        f'<imsss:ruleCondition condition="satisfied" referencedObjective="{identifier}"/>'
        for identifier in identifiers
    )
    return (
        "<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>"
        f'{conditions}</imsss:ruleConditions><imsss:ruleAction action="skip"/>'
        "</imsss:preConditionRule></imsss:sequencingRules>"
    )


def test_a_rule_may_ask_about_any_objective_of_its_item(sequencing):
    objectives = imsss(primary() + objective("q"))
    found, told = sequencing(asking("p", " q ") + objectives)
    conditions = (Condition("satisfied", "p"), Condition("satisfied", "q"))
    assert (found.precondition_rules[0].conditions, told) == (conditions, [])


@pytest.mark.parametrize(
    ("written", "asked"),
    [("obj%201", "  %20obj%20 %201%20  "), ("ob%20j%201", "ob%20%20%20j%20%201"), ("a  b", "a b")],
)
def test_blanks_in_identifiers_are_compared_as_the_test_suite_has_it(sequencing, written, asked):
    found, told = sequencing(asking(asked) + imsss(objective(written)))
    assert [one.identifier for one in found.objectives] == [written]
    assert found.precondition_rules[0].conditions == (Condition("satisfied", written),)
    assert told == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("a", " a ", True), ("a%20", "a", True), ("a%2520b", "a b", False), ("A", "a", False)],
)
def test_how_identifiers_are_compared(one, other, same):
    assert (spelled(one) == spelled(other)) is same


def test_a_rule_that_asks_about_no_objective_of_its_item_is_told(read):
    report, manifest = read(
        '<item identifier="i" identifierref="r"><imsss:sequencing>'
        f"{asking('p', 'a', 'b', 'c', 'd')}{imsss(primary())}</imsss:sequencing></item>",
        edition="2nd",
    )
    rules = manifest.organization.items[0].sequencing.precondition_rules
    assert [one.objective for one in rules[0].conditions] == ["p", "a", "b", "c", "d"]
    (finding,) = report.findings
    assert (finding.severity, finding.rule) == ("warning", "objective-missing")
    assert finding.message.startswith("Rules ask about the objectives “a”, “b”, “c” and 1 more, ")


def test_one_missing_objective_is_named(read):
    report, _ = read(
        f'<item identifier="i" identifierref="r"><imsss:sequencing>{asking("a")}'
        "</imsss:sequencing></item>",
        edition="3rd",
    )
    assert report.findings[0].message.startswith("Rules ask about the objective “a”, which ")
