"""Tests of QTI for tests, written short."""

from assessments.qti import places, read_item, read_test, start_test
from tests.assessments.qti.writing import V22, declare, item, values


def ref(identifier, inside="", **attributes):
    given_ = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (
        f'<assessmentItemRef identifier="{identifier}" href="{identifier}.xml"{given_}>'
        f"{inside}</assessmentItemRef>"
    )


def section(identifier, *inside, **attributes):
    given_ = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (
        f'<assessmentSection identifier="{identifier}" title="{identifier}" visible="true"'
        f"{given_}>{''.join(inside)}</assessmentSection>".replace(
            'visible="true" visible', "visible", 1
        )
    )


def part(identifier, *inside, mode="linear", submission="individual"):
    return (
        f'<testPart identifier="{identifier}" navigationMode="{mode}"'
        f' submissionMode="{submission}">{"".join(inside)}</testPart>'
    )


def exam(*inside):
    return (
        f'<assessmentTest xmlns="{V22}" identifier="T" title="Test">{"".join(inside)}'
        "</assessmentTest>"
    ).encode()


def outcomes(*rules):
    return f"<outcomeProcessing>{''.join(rules)}</outcomeProcessing>"


def sequence(content, seed=1):
    test = read_test(content)
    return [place.ref.identifier for place in places(test, start_test(test, seed))]


ITEM = read_item(
    item(
        declare("response", "RESPONSE", "identifier", inside=values("correctResponse", "A"))
        + '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"'
        ' normalMaximum="1" normalMinimum="-1"/>'
        + declare("outcome", "GRADE", "identifier")
        + declare("outcome", "LIST", "float", "multiple")
        + '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/'
        'match_correct"/>'
    )
)
