"""Tests of QTI as they are written and as they run from beginning to end."""

import json
from dataclasses import asdict

import pytest

from assessments.qti import (
    AssessmentSession,
    DocumentRefused,
    places,
    process,
    process_test,
    read_item,
    read_test,
    start,
    start_test,
    template_defaults,
)
from assessments.qti.declarations import Kind
from assessments.qti.structure import Control, TimeLimits
from assessments.qti.values import plain
from shared import SHARED, needs_shared
from tests.assessments.qti.exams import ITEM, exam, outcomes, part, ref, section
from tests.assessments.qti.writing import as_qti_3, declare, item, name, of, put, whole

TOTAL = exam(
    declare("outcome", "TOTAL", "float"),
    declare("outcome", "GRADE", "identifier"),
    part(
        "P",
        section("S1", ref("Q1"), ref("Q2")),
        '<testFeedback access="during" outcomeIdentifier="GRADE" identifier="pass"/>',
    ),
    outcomes(
        put("TOTAL", f"<sum>{of('TOTAL')}<testVariables variableIdentifier='SCORE'/></sum>"),
        "<outcomeProcessingFragment><outcomeCondition><outcomeIf>"
        + f"<gte>{of('TOTAL')}{whole(1)}</gte>"
        + put("GRADE", name("pass"))
        + "<exitTest/></outcomeIf></outcomeCondition></outcomeProcessingFragment>",
        put("GRADE", name("fail")),
    ),
    '<testFeedback access="atEnd" outcomeIdentifier="GRADE" identifier="pass" showHide="show"/>',
    '<testFeedback access="atEnd" outcomeIdentifier="GRADE" identifier="fail" showHide="show"/>',
)


@pytest.mark.parametrize("content", [TOTAL, as_qti_3(TOTAL)], ids=["QTI 2", "QTI 3"])
@pytest.mark.parametrize(
    ("answers", "total", "grade"), [("AA", 2, "pass"), ("AB", 1, "pass"), ("BB", 0, "fail")]
)
def test_outcomes_are_processed_from_their_defaults_each_time(content, answers, total, grade):
    test = read_test(content)
    session = start_test(test, 1)
    items = {"Q1": ITEM, "Q2": ITEM}
    sessions = {
        f"Q{number}.1": process(ITEM, start(ITEM, 1), {"RESPONSE": answer}).session
        for number, answer in enumerate(answers, 1)
    }

    during = process_test(test, session, items, sessions)
    stored = AssessmentSession(**json.loads(json.dumps(asdict(during.session))))
    end = process_test(test, stored, items, sessions, at_end=True)

    assert end.outcomes == during.outcomes == {"TOTAL": total, "GRADE": grade}
    assert during.feedback == (("pass",) if grade == "pass" else ())
    assert end.feedback == (grade,)
    assert not end.findings


def test_a_test_may_set_the_templates_of_an_item_from_another():
    follow_up = read_item(
        item(
            declare("template", "N", "integer")
            + declare("template", "M", "integer")
            + declare("outcome", "O", "integer")
        )
    )

    def default(target, expression):
        return f'<templateDefault templateIdentifier="{target}">{expression}</templateDefault>'

    test = read_test(
        exam(
            part(
                "P",
                section(
                    "S",
                    ref("Q1"),
                    ref(
                        "Q2",
                        default("N", of("Q1.numAttempts"))
                        + default("M", name("x"))
                        + default("M", "<unheardOf/>")
                        + default("O", whole(1))
                        + default("GHOST", whole(1)),
                    ),
                ),
            )
        )
    )
    session = start_test(test, 1)
    items = {"Q1": ITEM, "Q2": follow_up}
    sessions = {"Q1.1": process(ITEM, start(ITEM, 1), {}).session}
    place = places(test, session)[1]

    given_ = template_defaults(place, test, session, items, sessions)

    assert {key: value.data for key, value in given_.items()} == {"N": 1}
    assert start(follow_up, 1, given_).values["N"] == 1


def test_controls_are_inherited_and_overridden_and_time_limits_are_read():
    control = "<itemSessionControl {}/>".format
    test = read_test(
        exam(
            '<timeLimits maxTime="3600" allowLateSubmission="true"/>',
            part(
                "P",
                control('maxAttempts="0" showFeedback="true"'),
                section(
                    "S",
                    control('showFeedback="false" allowReview="false"'),
                    '<timeLimits minTime="5" maxTime="x"/>',
                    ref("A", control('maxAttempts="many"') + '<timeLimits maxTime="60"/>'),
                    ref("B", control('maxAttempts="3" validateResponses="true"')),
                ),
                submission="simultaneous",
            ),
            part("Q", section("T", ref("C")), mode="nonlinear"),
        )
    )
    one, two, three = test.refs()
    first, second = test.parts

    assert test.time_limits == TimeLimits(None, 3600, True)
    assert first.sections[0].time_limits == TimeLimits(5, None, False)
    assert one.time_limits == TimeLimits(None, 60, False)
    assert first.sections[0].control == Control(0, False, allow_review=False)
    assert one.control.max_attempts == 0
    assert (two.control.max_attempts, two.control.validate_responses) == (3, True)
    assert three.control == Control()
    assert (first.linear, first.simultaneous) == (True, True)
    assert (second.linear, second.simultaneous) == (False, False)
    assert (one.href, test.identifier, test.title, test.version) == ("A.xml", "T", "Test", "2.2")


def test_a_section_of_its_own_document_is_put_in_its_place():
    source = {
        "s.xml": section("S", ref("A"), '<assessmentSectionRef href="s.xml"/>').encode(),
        "t.xml": b"<assessmentItem/>",
    }
    content = exam(
        part(
            "P",
            '<assessmentSectionRef identifier="S" href="s.xml"/>'
            '<assessmentSectionRef identifier="T" href="t.xml"/>'
            '<assessmentSectionRef identifier="U" href="u.xml"/>',
        )
    )

    test = read_test(content, source.get)

    assert [each.identifier for each in test.refs()] == ["A"]
    assert [finding.message.mapping["href"] for finding in test.findings] == [
        "s.xml",
        "t.xml",
        "u.xml",
    ]


@pytest.mark.parametrize(
    ("fan", "levels", "message"),
    [
        (10, 9, "The file is larger than 4 MB. Make it smaller."),
        (1, 500, "The file has more than 100 levels of elements."),
    ],
)
def test_sections_that_name_each_other_without_end_are_refused(fan, levels, message):
    def source(href):
        following = int(href) + 1
        refs = "".join(
            f'<assessmentSectionRef identifier="R{n}" href="{following}"/>' for n in range(fan)
        )
        words = f"<!--{'x' * 20_000 if fan > 1 else ''}-->"
        return section("S", words + refs).encode() if following < levels else None

    content = exam(part("P", '<assessmentSectionRef identifier="S" href="0"/>'))
    with pytest.raises(DocumentRefused) as refused:
        read_test(content, source)
    assert refused.value.message == message


def test_a_weight_that_cannot_be_read_counts_nothing():
    test = read_test(
        exam(part("P", section("S", ref("A", '<weight identifier="W" value="much"/>'))))
    )

    assert next(test.refs()).weights["W"] == 0


PACKAGE = SHARED / "quizzes" / "qti-packages" / "test_qti_2.1"


@needs_shared
def test_the_official_test_of_the_entry_profile_adds_up():
    (path,) = PACKAGE.glob("Tests/*/*.xml")
    test = read_test(path.read_bytes())
    items = {
        each.identifier: read_item((path.parent / each.href).resolve().read_bytes())
        for each in test.refs()
    }
    session = start_test(test, 1)
    sessions = {}
    for place in places(test, session):
        taken = items[place.ref.identifier]
        right = {
            name: plain(declaration.correct)
            for name, declaration in taken.declared(Kind.RESPONSE).items()
            if not declaration.correct.is_null
        }
        sessions[place.key] = process(taken, start(taken, 1), right).session

    result = process_test(test, session, items, sessions)

    assert test.findings == ()
    assert [finding for each in items.values() for finding in each.findings] == []
    assert result.findings == ()
    totals = {name: total for name, total in result.outcomes.items() if name.startswith("TOTAL")}
    assert totals == {
        "TOTAL_SCORE": 6,
        # One item has a score without a normalMaximum, and one is enough.
        "TOTAL_MAXSCORE": None,
        "TOTAL_MINSCORE": 0,
        "TOTAL_NUMBERCORRECT": 4,
        "TOTAL_NUMBERINCORRECT": 0,
        "TOTAL_NUMBERPRESENTED": 5,
        "TOTAL_NUMBERRESPONDED": 4,
        "TOTAL_NUMBERSELECTED": 5,
    }
    for key, total in totals.items():
        section_name = key.replace("TOTAL", "SECTION")
        assert section_name not in result.outcomes or result.outcomes[section_name] == total


def test_what_the_context_declares_is_known_to_the_rules_of_a_test():
    test = read_test(
        exam(
            '<contextDeclaration identifier="SITE" cardinality="single" baseType="string">'
            "<defaultValue><value>here</value></defaultValue></contextDeclaration>",
            declare("outcome", "O", "string"),
            outcomes(put("O", of("SITE"))),
        )
    )

    assert process_test(test, start_test(test, 1), {}, {}).outcomes["O"] == "here"
