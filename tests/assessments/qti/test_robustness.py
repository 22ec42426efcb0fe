"""Whatever a document or a browser says, a run ends soon and with a result."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessments.qti import process, process_test, read_item, read_test, start, start_test
from assessments.qti.documents import Node
from assessments.qti.expressions import EXPRESSIONS, evaluate
from assessments.qti.refusals import RuleRejected
from assessments.qti.rules import RULES, run, run_template
from assessments.qti.values import BaseType, plain
from tests.assessments.qti.exams import exam, outcomes, part, ref, section
from tests.assessments.qti.writing import declare, item, name, of, put, scope, values, whole

NUMBER = some.sampled_from(["0", "1", "-1", "2.5", "1e300", "INF", "N", "x", ""])
ATTRIBUTES = some.fixed_dictionaries(
    {
        "baseType": some.sampled_from([*BaseType, "hue"]),
        "identifier": some.sampled_from(["N", "LIST", "RECORD", "POINTS", "GHOST"]),
        "fieldIdentifier": some.sampled_from(["x", "y"]),
        "name": some.sampled_from(["sin", "atan2", "floor", "asec", "popSD", "mean", "pi", "odd"]),
        "shape": some.sampled_from(["rect", "circle", "poly", "default", "star"]),
        "coords": some.sampled_from(["0,0,9,9", "1,2,3", "", "x", "0,0,9,0,0,9"]),
        "toleranceMode": some.sampled_from(["exact", "absolute", "relative"]),
        "tolerance": NUMBER,
        "pattern": some.sampled_from(["a*", "(", "{N}", "[a-z]{2,}"]),
        "roundingMode": some.sampled_from(["decimalPlaces", "significantFigures"]),
        **dict.fromkeys(["n", "min", "max", "step", "figures", "numberRepeats"], NUMBER),
    }
)
TEXT = some.sampled_from(["", "1", "2.5", "true", "A B", "1 2", "PT1M", "9" * 18, "-INF", "NaN"])
LEAVES = some.builds(
    Node,
    some.sampled_from(["baseValue", "variable", "null", "correct", "mathConstant"]),
    ATTRIBUTES,
    some.just(()),
    TEXT,
    some.just(1),
)
PROGRAMS = some.recursive(
    LEAVES,
    lambda inner: some.builds(
        Node,
        some.sampled_from(sorted(EXPRESSIONS)),
        ATTRIBUTES,
        some.lists(inner, max_size=3).map(tuple),
        TEXT,
        some.just(1),
    ),
    max_leaves=12,
)
DECLARED = (
    declare("template", "N", "integer")
    + declare("response", "LIST", "float", "multiple")
    + declare("response", "POINTS", "point", "ordered")
    + '<responseDeclaration identifier="RECORD" cardinality="record"/>'
)


@settings(max_examples=200)
@given(PROGRAMS)
def test_any_expression_gives_a_value_or_is_rejected(program):
    among = scope(
        DECLARED, {"N": 2, "LIST": [1, 2], "POINTS": ["1 2"], "RECORD": {"x": 1, "y": "A"}}
    )
    try:
        found = evaluate(program, among)
    except RuleRejected:
        return
    json.dumps(plain(found), allow_nan=False)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["x", "value", "baseType"]), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ["BOOLEAN", "INTEGERS", "FLOAT", "TEXT", "PAIRS", "POINT", "TIME", "RECORD", "GHOST"]
ASKED = read_item(
    item(
        declare("response", "BOOLEAN", "boolean")
        + declare("response", "INTEGERS", "integer", "multiple")
        + declare("response", "FLOAT", "float")
        + declare("response", "TEXT", "string")
        + declare("response", "PAIRS", "pair", "ordered")
        + declare("response", "POINT", "point")
        + declare("response", "TIME", "duration")
        + '<responseDeclaration identifier="RECORD" cardinality="record"/>'
        + declare("outcome", "SCORE", "float")
        + "<responseProcessing>"
        + put("SCORE", f"<containerSize>{of('INTEGERS')}</containerSize>")
        + "</responseProcessing>"
    )
)


@given(some.dictionaries(some.sampled_from(NAMES), JSON))
def test_any_json_is_a_response_or_none(responses):
    result = process(ASKED, start(ASKED, 1), responses)
    again = process(ASKED, result.session, responses)

    assert again.outcomes == result.outcomes


@given(
    some.lists(
        some.builds(
            Node,
            some.sampled_from(sorted(RULES)),
            some.fixed_dictionaries({"identifier": some.sampled_from(["N", "LIST", "GHOST"])}),
            some.lists(PROGRAMS, max_size=2).map(tuple),
            some.just(""),
            some.just(1),
        ),
        max_size=4,
    )
)
def test_any_program_runs_to_its_end(rules):
    run(rules, scope(DECLARED))
    run_template(rules, scope(DECLARED))


def test_a_list_that_doubles_with_every_rule_stays_within_bounds():
    double = put("LIST", f"<multiple>{of('LIST')}{of('LIST')}</multiple>")
    read = read_item(
        item(
            declare("outcome", "LIST", "integer", "multiple", values("defaultValue", 1))
            + f"<responseProcessing>{double * 60}</responseProcessing>"
        )
    )

    result = process(read, start(read, 1), {})

    assert len(result.outcomes["LIST"]) == 1024
    assert result.rejected


def test_a_number_that_grows_with_every_rule_becomes_null():
    square = put("N", f"<product>{of('N')}{of('N')}</product>")
    read = read_item(
        item(
            declare("outcome", "N", "integer", inside=values("defaultValue", 10))
            + f"<responseProcessing>{square * 60}</responseProcessing>"
        )
    )

    assert process(read, start(read, 1), {}).outcomes["N"] is None


def test_a_response_with_very_many_members_is_none():
    responses = {"INTEGERS": list(range(5000))}

    result = process(ASKED, start(ASKED, 1), responses)

    assert result.score == 0
    assert len(result.findings) == 1


def test_the_deepest_program_that_is_read_can_be_run():
    depth = 90
    expression = "<not>" * depth + "<isNull><null/></isNull>" + "</not>" * depth
    read = read_item(
        item(
            declare("outcome", "O", "boolean")
            + f"<responseProcessing>{put('O', expression)}</responseProcessing>"
        )
    )

    assert process(read, start(read, 1), {}).outcomes["O"] is True


def test_a_record_is_no_member_and_has_none():
    record = f'<record><fieldValue fieldIdentifier="x">{whole(1)}</fieldValue></record>'
    for expression in (
        f"<member>{record}<multiple>{name('A')}</multiple></member>",
        f"<delete>{record}<multiple>{name('A')}</multiple></delete>",
        f"<random>{record}</random>",
    ):
        read = read_item(
            item(
                declare("outcome", "O", "string", inside=values("defaultValue", "set"))
                + f"<responseProcessing>{put('O', expression)}</responseProcessing>"
            )
        )

        assert process(read, start(read, 1), {}).outcomes["O"] is None


LONG = f'<containerSize><repeat numberRepeats="2000">{whole(1)}</repeat></containerSize>'
HARD = '<patternMatch pattern="((.?){40}){20}">' + of("TEXT") + "</patternMatch>"
COUNT = declare("outcome", "COUNT", "integer") + declare("outcome", "LAST", "integer")
BOOK = declare("outcome", "BOOK", "string", inside=values("defaultValue", "word " * 10_000))
TEXT_OF_MANY = declare(
    "outcome",
    "TEXT",
    "string",
    inside=values("defaultValue", "".join(map(chr, range(0x4E00, 0x5200)))),
)


@pytest.mark.parametrize(
    "expensive",
    [
        put("COUNT", LONG) * 300,
        f"<responseCondition><responseIf><gt>{LONG * 2}</gt></responseIf></responseCondition>"
        * 300,
        put("COUNT", HARD) * 300,
        put("COUNT", f"<stringMatch>{of('BOOK') * 2}</stringMatch>") * 1000,
    ],
    ids=["lists", "conditions", "patterns", "texts"],
)
def test_a_run_that_takes_too_long_is_stopped_and_that_is_said(expensive):
    read = read_item(
        item(
            COUNT
            + BOOK
            + TEXT_OF_MANY
            + f"<responseProcessing>{expensive}{put('LAST', whole(1))}</responseProcessing>"
        )
    )

    result = process(read, start(read, 1), {})

    assert result.outcomes["LAST"] == 0
    assert result.rejected
    assert "too long" in result.findings[-1].message.interpolate()


def test_template_processing_that_takes_too_long_is_stopped():
    read = read_item(
        item(
            declare("template", "LAST", "integer")
            + declare("template", "COUNT", "integer")
            + f"<templateProcessing>{put('COUNT', LONG, 'Template') * 300}"
            + f"{put('LAST', whole(1), 'Template')}</templateProcessing>"
        )
    )

    assert start(read, 1).values["LAST"] is None


def test_outcome_processing_of_a_large_test_is_stopped_too():
    children = [ref(f"Q{number}") for number in range(1500)]
    test = read_test(
        exam(
            declare("outcome", "COUNT", "integer"),
            part("P", section("S", *children)),
            outcomes(put("COUNT", "<numberSelected/>"), put("COUNT", "<numberCorrect/>") * 50),
        )
    )

    result = process_test(test, start_test(test, 1), {}, {})

    assert "too long" in result.findings[-1].message.interpolate()
