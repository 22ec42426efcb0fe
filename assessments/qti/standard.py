"""The response processing that the standard names by address: match_correct and its kin.

The addresses of QTI 2.1, 2.2 and 3.0 differ; the last part of each is the name.
"""

from collections.abc import Collection

from assessments.qti.documents import Node, document, node

SET_SCORE = '<setOutcomeValue identifier="SCORE">{}</setOutcomeValue>'
SET_FEEDBACK = (
    '<setOutcomeValue identifier="{feedback}">'
    '<baseValue baseType="identifier">{answer}</baseValue></setOutcomeValue>'
)
CORRECT = '<match><variable identifier="{response}"/><correct identifier="{response}"/></match>'
EMPTY = '<isNull><variable identifier="{response}"/></isNull>'
NOTHING = SET_SCORE.format('<baseValue baseType="float">0</baseValue>')
ONE = SET_SCORE.format('<baseValue baseType="float">1</baseValue>')
ALL = SET_SCORE.format("{most}")
MAPPED = SET_SCORE.format('<{map} identifier="{{response}}"/>')
RIGHT = SET_FEEDBACK.replace("{answer}", "correct")
WRONG = SET_FEEDBACK.replace("{answer}", "incorrect")


def _choose(condition: str, then: str, otherwise: str) -> str:
    return (
        f"<responseCondition><responseIf>{condition}{then}</responseIf>"
        f"<responseElse>{otherwise}</responseElse></responseCondition>"
    )


MATCH = _choose(CORRECT, ONE, NOTHING)
MAP = _choose(EMPTY, NOTHING, MAPPED.format(map="mapResponse"))
MAP_POINT = _choose(EMPTY, NOTHING, MAPPED.format(map="mapResponsePoint"))
JUDGE = _choose('<gte><variable identifier="SCORE"/>{most}</gte>', RIGHT, WRONG)

TEMPLATES = {
    "match_correct": MATCH,
    "map_response": MAP,
    "map_response_point": MAP_POINT,
    "CC2_match": MATCH,
    "CC2_match_basic": _choose(CORRECT, ALL + RIGHT, NOTHING + WRONG),
    "CC2_map_response": MAP + JUDGE,
}


def template_name(address: str) -> str:
    """The name in an address of a template, without ``.xml``."""
    return address.strip().rstrip("/").rpartition("/")[2].removesuffix(".xml")


def rules(
    address: str, responses: Collection[str], outcomes: Collection[str]
) -> tuple[Node, ...] | None:
    """The rules of a template; None when the standard has no such one.

    They are about RESPONSE. An item with one response of another name means that one.

    :param responses: the names of the item's response variables
    :param outcomes: the names of its outcome variables; feedback is set where it is declared
    """
    template = TEMPLATES.get(template_name(address))
    if template is None:
        return None
    response = "RESPONSE"
    if response not in responses and len(responses) == 1:
        (response,) = responses
    feedback = next((name for name in ("FEEDBACKBASIC", "FEEDBACK") if name in outcomes), None)
    most = (
        '<variable identifier="MAXSCORE"/>'
        if "MAXSCORE" in outcomes
        else '<baseValue baseType="float">1</baseValue>'
    )
    if feedback is None:
        template = template.replace(JUDGE, "").replace(RIGHT, "").replace(WRONG, "")
    source = template.format(response=response, feedback=feedback, most=most)
    return node(
        document(f"<responseProcessing>{source}</responseProcessing>".encode()).root
    ).children
