"""Items as they run: rules, standard templates, attempts, and what is said of bad ones."""

import json
from dataclasses import asdict

import pytest

from assessments.qti import Session, SessionClosed, process, read_item, start
from assessments.qti.values import number
from tests.assessments.qti.cases import differences, run_case
from tests.assessments.qti.writing import (
    FALSE,
    NULL,
    TRUE,
    as_qti_3,
    base,
    declare,
    item,
    marked,
    name,
    of,
    put,
    real,
    values,
    whole,
    words,
)

SCORE = declare("outcome", "SCORE", "float")
MAXSCORE = declare("outcome", "MAXSCORE", "float", inside=values("defaultValue", 3))
FEEDBACK = declare("outcome", "FEEDBACK", "identifier")
CHOICE = declare("response", "RESPONSE", "identifier", inside=values("correctResponse", "A"))


def responses(*rules):
    return f"<responseProcessing>{''.join(rules)}</responseProcessing>"


def when(condition, *then, kind="response"):
    return f"<{kind}If>{condition}{''.join(then)}</{kind}If>"


def otherwise(*then, kind="response"):
    return f"<{kind}Else>{''.join(then)}</{kind}Else>"


def choose(*branches, kind="response"):
    return f"<{kind}Condition>{''.join(branches)}</{kind}Condition>"


def template(address):
    return f'<responseProcessing template="{address}"/>'


RECORD = f'<record><fieldValue fieldIdentifier="x">{whole(1)}</fieldValue></record>'

ADDRESSES = [
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}",
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}.xml",
    "http://www.imsglobal.org/question/qti_v2p2/rptemplates/{}",
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{}.xml",
    "https://www.imsglobal.org/question/qti_v3p0/rptemplates/{}.xml",
]
MAPPED = declare(
    "response",
    "RESPONSE",
    "identifier",
    "multiple",
    '<mapping defaultValue="-1" upperBound="3"><mapEntry mapKey="A" mappedValue="2"/>'
    '<mapEntry mapKey="B" mappedValue="1.5"/></mapping>',
)
POINT = declare(
    "response",
    "RESPONSE",
    "point",
    inside='<areaMapping><areaMapEntry shape="rect" coords="0,0,9,9" mappedValue="2"/>'
    "</areaMapping>",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("declared", "which", "given", "score"),
    [
        (CHOICE, "match_correct", "A", 1),
        (CHOICE, "match_correct", "B", 0),
        (CHOICE, "match_correct", None, 0),
        (MAPPED, "map_response", ["A"], 2),
        (MAPPED, "map_response", ["A", "B"], 3),
        (MAPPED, "map_response", ["X"], -1),
        (MAPPED, "map_response", [], 0),
        (POINT, "map_response_point", "5 5", 2),
        (POINT, "map_response_point", "50 5", 0),
        (POINT, "map_response_point", None, 0),
        (CHOICE, "CC2_match", "A", 1),
        (CHOICE + MAXSCORE, "CC2_match_basic", "A", 3),
        (CHOICE, "CC2_match_basic", "A", 1),
        (CHOICE, "CC2_match_basic", "B", 0),
    ],
)
def test_a_standard_template_marks_by_any_of_its_addresses(address, declared, which, given, score):
    content = item(SCORE + declared + template(address.format(which)))

    result = marked(content, {"RESPONSE": given})

    assert result.score == score
    assert not result.findings


@pytest.mark.parametrize(
    ("declared", "which", "given", "feedback"),
    [
        (CHOICE, "CC2_match_basic", "A", "correct"),
        (CHOICE, "CC2_match_basic", "B", "incorrect"),
        (MAPPED + MAXSCORE, "CC2_map_response", ["A", "B"], "correct"),
        (MAPPED + MAXSCORE, "CC2_map_response", ["A"], "incorrect"),
        (MAPPED, "CC2_map_response", ["A"], "correct"),
        (CHOICE, "match_correct", "A", None),
    ],
)
def test_templates_of_the_common_cartridge_say_right_or_wrong(declared, which, given, feedback):
    content = item(SCORE + FEEDBACK + declared + template(ADDRESSES[0].format(which)))

    assert marked(content, {"RESPONSE": given}).outcomes["FEEDBACK"] == feedback


def test_a_template_in_an_item_without_response_is_about_all_its_responses():
    two = "".join(
        declare("response", which, "identifier", inside=values("correctResponse", which.lower()))
        for which in ("R1", "R2")
    )
    content = item(SCORE + two + template(ADDRESSES[2].format("match_correct")))

    assert marked(content, {"R1": "r1", "R2": "r2"}).score == 1
    assert marked(content, {"R1": "r1", "R2": "r1"}).score == 0


def test_a_template_beside_other_responses_is_about_response_alone():
    hint = declare("response", "HINT", "boolean")
    content = item(SCORE + CHOICE + hint + template(ADDRESSES[2].format("match_correct")))

    assert marked(content, {"RESPONSE": "A"}).score == 1


def test_a_template_may_be_found_by_where_it_lies():
    program = (
        '<responseProcessing template="urn:ours" templateLocation="rptemplates/match_correct.xml"/>'
    )

    assert marked(item(SCORE + CHOICE + program), {"RESPONSE": "A"}).score == 1


def test_a_template_may_be_included_among_other_rules():
    include = (
        '<include xmlns="http://www.w3.org/2001/XInclude" href="rptemplates/match_correct.xml"/>'
    )
    for program in (include, f"<responseProcessingFragment>{include}</responseProcessingFragment>"):
        content = item(SCORE + MAXSCORE + CHOICE + responses(put("MAXSCORE", real(9)), program))

        result = marked(content, {"RESPONSE": "A"})

        assert (result.score, result.max_score, result.findings) == (1, 9, ())


@pytest.mark.parametrize("declared", [CHOICE, ""])
def test_a_template_that_nobody_knows_is_said_when_the_item_is_read(declared):
    address = "urn:ours" if declared else ADDRESSES[0].format("match_correct")

    read = read_item(item(SCORE + declared + template(address)))

    assert read.response_rules == ()
    assert read.findings[0].rejected


def test_an_item_without_processing_gives_its_defaults():
    result = marked(item(SCORE + MAXSCORE + CHOICE), {"RESPONSE": "A"})

    assert (result.score, result.max_score) == (0, 3)


def test_the_greatest_score_may_be_the_normal_maximum():
    bounded = SCORE.replace("<outcome", "<outcome", 1).replace(
        'identifier="SCORE"', 'identifier="SCORE" normalMaximum="5"'
    )

    assert marked(item(bounded)).max_score == 5
    assert marked(item(SCORE)).max_score is None
    assert marked(item("")).max_score is None


CASES = [
    (
        "the first branch that holds is followed and no other",
        responses(
            choose(
                when(FALSE, put("SCORE", real(1))),
                "<responseElseIf>" + TRUE + put("SCORE", real(2)) + "</responseElseIf>",
                "<responseElseIf>" + TRUE + put("SCORE", real(3)) + "</responseElseIf>",
                otherwise(put("SCORE", real(4))),
            )
        ),
        2,
    ),
    (
        "a condition that is null is not true",
        responses(choose(when(NULL, put("SCORE", real(1))), otherwise(put("SCORE", real(4))))),
        4,
    ),
    (
        "without a branch that holds nothing happens",
        responses(put("SCORE", real(5)), choose(when(NULL, put("SCORE", real(1))))),
        5,
    ),
    (
        "exit inside a condition in a fragment leaves everything",
        responses(
            put("SCORE", real(1)),
            "<responseProcessingFragment>"
            + choose(when(TRUE, "<exitResponse/>"))
            + "</responseProcessingFragment>",
            put("SCORE", real(9)),
        ),
        1,
    ),
    (
        "a whole number set into a float is a float",
        responses(put("SCORE", whole(2))),
        2,
    ),
    (
        "one member of a container is a single value",
        responses(put("SCORE", "<multiple>" + real(2) + "</multiple>")),
        2,
    ),
    (
        "a text that is a number may be set",
        responses(put("SCORE", words("2.5"))),
        2.5,
    ),
    (
        "the correct response can be set while processing",
        CHOICE
        + responses(
            '<setCorrectResponse identifier="RESPONSE">' + name("B") + "</setCorrectResponse>",
            put("RESPONSE", name("B"), "Response"),
            choose(
                when(
                    f'<match>{of("RESPONSE")}<correct identifier="RESPONSE"/></match>',
                    put("SCORE", real(7)),
                )
            ),
        ),
        7,
    ),
    (
        "a default can be set and taken",
        responses(
            '<setDefaultValue identifier="SCORE">' + real(6) + "</setDefaultValue>",
            '<setDefaultValue identifier="SCORE"/>',
        ),
        6,
    ),
]


@pytest.mark.parametrize(
    ("program", "score"), [pytest.param(*rest, id=case) for case, *rest in CASES]
)
@pytest.mark.parametrize("spelling", [bytes, as_qti_3], ids=["QTI 2", "QTI 3"])
def test_rules_are_followed(program, score, spelling):
    case = {"name": "own", "responses": {}, "expect": {"score": score, "rejected": False}}

    result = run_case(spelling(item(SCORE + program)), case)

    assert differences(case, result) == {}


@pytest.mark.parametrize(
    ("declared", "expression", "wanted"),
    [
        (declare("outcome", "O", "integer"), real("0.5"), 0.5),
        (declare("outcome", "O", "integer"), real(4), 4),
        (declare("outcome", "O", "integer"), real("1e300"), 1e300),
        (declare("outcome", "O", "float", "multiple"), whole(4), [4.0]),
        (declare("outcome", "O", "identifier"), words(" a "), "a"),
        (declare("outcome", "O", "string"), whole(4), "4"),
        (declare("outcome", "O", "string"), words(""), ""),
        (declare("outcome", "O", "integer"), words(""), None),
        (declare("outcome", "O", "pair"), base("directedPair", "A B"), "A B"),
        (declare("outcome", "O", "boolean", inside=values("defaultValue", "true")), NULL, None),
        (declare("outcome", "O", "duration"), whole(4), 4.0),
        (
            '<outcomeDeclaration identifier="O" cardinality="record"/>',
            RECORD,
            {"x": 1},
        ),
    ],
)
def test_a_value_is_fitted_to_the_variable_and_kept_between_attempts(declared, expression, wanted):
    read = read_item(item(declared + responses(put("O", expression))))

    result = process(read, start(read, 1), {})
    again = process(read, result.session, {})

    assert result.outcomes["O"] == wanted
    assert type(result.outcomes["O"]) is type(wanted)
    assert again.outcomes == result.outcomes
    assert not result.findings


@pytest.mark.parametrize(
    "program",
    [
        responses(put("GHOST", TRUE)),
        responses(put("SCORE", TRUE)),
        responses(put("SCORE", words("many"))),
        responses(put("SCORE", "<multiple>" + real(1) + real(2) + "</multiple>")),
        responses(put("SCORE", RECORD)),
        responses(put("SCORE", "")),
        responses(put("SCORE", "<unheardOf/>")),
        responses("<unheardOfRule/>"),
        responses("<templateConstraint/>"),
        responses("<responseCondition>" + when("", "") + "</responseCondition>"),
        responses(choose(when("<unheardOf/>", put("SCORE", real(1))))),
        responses('<lookupOutcomeValue identifier="SCORE"/>'),
        responses(put("SCORE", "<numberCorrect/>")),
        responses('<include href="more.xml"/>'),
    ],
)
def test_a_rule_that_cannot_be_carried_out_has_no_effect_and_is_reported(program):
    start_with = SCORE.replace(">", ">" + values("defaultValue", 5), 1)

    result = marked(item(start_with + program))

    assert result.score == 5
    assert result.rejected


def test_a_rule_after_a_rejected_one_is_followed():
    result = marked(item(SCORE + responses(put("GHOST", TRUE), put("SCORE", real(2)))))

    assert result.score == 2
    assert result.rejected


def test_names_that_no_engine_knows_are_said_with_their_lines_when_the_item_is_read():
    program = "\n" + responses(choose(when("<maybe/>", "\n<doWell/>")), put("SCORE", real(1)))

    findings = read_item(item(SCORE + program)).findings

    assert [finding.line for finding in findings] == [2, 3]
    assert "maybe" in findings[0].message.interpolate()


def test_a_response_of_another_type_counts_as_none_and_that_is_said():
    content = item(
        SCORE
        + declare("response", "R", "integer")
        + responses(choose(when(f"<isNull>{of('R')}</isNull>", put("SCORE", real(1)))))
    )

    result = marked(content, {"R": "many", "GHOST": 1, "numAttempts": 99, "SCORE": 99})

    assert result.score == 1
    assert result.session.attempts == 1
    assert len(result.findings) == 4
    assert not result.rejected


def test_a_text_for_a_record_is_taken_apart():
    content = item(
        SCORE
        + '<responseDeclaration identifier="R" cardinality="record"/>'
        + responses(put("SCORE", f'<fieldValue fieldIdentifier="nsf">{of("R")}</fieldValue>'))
    )

    assert marked(content, {"R": "3.140"}).score == 4


def test_an_attempt_is_counted_and_its_time_known():
    content = item(
        declare("outcome", "TIME", "duration")
        + declare("outcome", "TRIES", "integer")
        + responses(put("TIME", of("duration")), put("TRIES", of("numAttempts")))
    )
    read = read_item(content)

    first = process(read, start(read, 1), {}, duration=12)
    second = process(read, first.session, {}, duration=30.5)

    assert first.outcomes == {"TIME": 12.0, "TRIES": 1, "completionStatus": "unknown"}
    assert second.outcomes == {"TIME": 30.5, "TRIES": 2, "completionStatus": "unknown"}


ADD_ONE = put("SCORE", f"<sum>{of('SCORE')}{real(1)}</sum>")


@pytest.mark.parametrize(("adaptive", "score"), [("true", 3), ("false", 1)])
def test_only_an_adaptive_item_keeps_its_outcomes_from_one_attempt_to_the_next(adaptive, score):
    case = {
        "attempts": [{}, {}, {}],
        "expect": {"score": score, "completionStatus": "unknown"},
    }
    content = item(SCORE + responses(ADD_ONE), f'adaptive="{adaptive}"')

    assert differences(case, run_case(content, case)) == {}


def test_an_adaptive_item_that_is_completed_takes_no_more_answers():
    content = item(
        CHOICE
        + responses(
            choose(
                when(
                    f'<match>{of("RESPONSE")}<correct identifier="RESPONSE"/></match>',
                    put("completionStatus", name("completed")),
                ),
                otherwise(put("completionStatus", name("incomplete"))),
            )
        ),
        'adaptive="true"',
    )
    read = read_item(content)

    first = process(read, start(read, 1), {"RESPONSE": "B"})
    second = process(read, first.session, {"RESPONSE": "A"})

    assert first.outcomes["completionStatus"] == "incomplete"
    assert second.outcomes["completionStatus"] == "completed"
    with pytest.raises(SessionClosed):
        process(read, second.session, {"RESPONSE": "A"})


def test_a_response_not_given_keeps_its_value_and_none_takes_it_back():
    content = item(
        declare("response", "R", "identifier", inside=values("defaultValue", "D"))
        + declare("outcome", "O", "identifier")
        + responses(put("O", of("R")))
    )
    read = read_item(content)
    session = start(read, 1)
    seen = []
    for given in ({}, {"R": "A"}, {}, {"R": None}):
        result = process(read, session, given)
        session = result.session
        seen.append(result.outcomes["O"])

    assert seen == ["D", "A", "A", None]


HINT = """<itemBody><endAttemptInteraction responseIdentifier="HINT" title="Hint" {}/></itemBody>"""


@pytest.mark.parametrize(("counts", "tries"), [("", 2), ('countAttempt="false"', 1)])
def test_a_hint_is_asked_for_by_one_attempt_and_may_not_count(counts, tries):
    content = item(
        declare("response", "HINT", "boolean")
        + declare("outcome", "SHOWN", "boolean")
        + HINT.format(counts)
        + responses(put("SHOWN", of("HINT"))),
        'adaptive="true"',
    )
    read = read_item(content)

    first = process(read, start(read, 1), {"HINT": True})
    second = process(read, first.session, {})

    assert (first.outcomes["SHOWN"], second.outcomes["SHOWN"]) == (True, False)
    assert second.session.attempts == tries


def test_a_session_is_plain_data_and_goes_on_after_json():
    content = item(
        SCORE
        + declare("outcome", "DRAWN", "integer", "ordered")
        + responses(
            put("DRAWN", f'<ordered>{of("DRAWN")}<randomInteger min="1" max="1000"/></ordered>')
        ),
        'adaptive="true"',
    )
    read = read_item(content)
    through_json = straight = start(read, 5)
    for _ in range(4):
        straight = process(read, straight, {}).session
        through_json = process(read, through_json, {}).session
        through_json = Session(**json.loads(json.dumps(asdict(through_json))))

    assert straight == through_json
    assert len(set(straight.values["DRAWN"])) == 4


def test_a_custom_operator_of_the_site_takes_part():
    content = item(
        SCORE
        + declare("response", "R", "string")
        + responses(put("SCORE", f'<customOperator class="ours.length">{of("R")}</customOperator>'))
    )

    def length(_node, parts):
        return number(len(parts[0].data))

    assert marked(content, {"R": "four"}, operators={"ours.length": length}).score == 4
