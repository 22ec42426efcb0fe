"""The response processing that the standard names by address: match_correct and its kin.

The addresses of QTI 2.1, 2.2 and 3.0 differ; the last part of each is the name.
"""

from collections.abc import Callable, Sequence

from assessments.qti.documents import Node, document, node


def _set(outcome: str, expression: str) -> str:
    return f'<setOutcomeValue identifier="{outcome}">{expression}</setOutcomeValue>'


def _choose(condition: str, then: str, otherwise: str) -> str:
    return (
        f"<responseCondition><responseIf>{condition}{then}</responseIf>"
        f"<responseElse>{otherwise}</responseElse></responseCondition>"
    )


def _variable(name: str) -> str:
    return f'<variable identifier="{name}"/>'


def _mark(number: int) -> str:
    return f'<baseValue baseType="float">{number}</baseValue>'


NOTHING = _set("SCORE", _mark(0))


def _all_correct(responses: Sequence[str]) -> str:
    matches = (
        f'<match>{_variable(name)}<correct identifier="{name}"/></match>' for name in responses
    )
    return f"<and>{''.join(matches)}</and>"


def _feedback(outcomes: Sequence[str], answer: str) -> str:
    value = f'<baseValue baseType="identifier">{answer}</baseValue>'
    return "".join(_set(name, value) for name in ("FEEDBACKBASIC", "FEEDBACK") if name in outcomes)


def _most(outcomes: Sequence[str]) -> str:
    return _variable("MAXSCORE") if "MAXSCORE" in outcomes else _mark(1)


def _match(responses: Sequence[str], _outcomes: Sequence[str]) -> str:
    return _choose(_all_correct(responses), _set("SCORE", _mark(1)), NOTHING)


def _match_basic(responses: Sequence[str], outcomes: Sequence[str]) -> str:
    return _choose(
        _all_correct(responses),
        _set("SCORE", _most(outcomes)) + _feedback(outcomes, "correct"),
        NOTHING + _feedback(outcomes, "incorrect"),
    )


def _mapped(function: str, responses: Sequence[str]) -> str:
    added = (
        _choose(
            f"<not><isNull>{_variable(name)}</isNull></not>",
            _set("SCORE", f'<sum>{_variable("SCORE")}<{function} identifier="{name}"/></sum>'),
            "",
        )
        for name in responses
    )
    return NOTHING + "".join(added)


def _map(responses: Sequence[str], _outcomes: Sequence[str]) -> str:
    return _mapped("mapResponse", responses)


def _map_point(responses: Sequence[str], _outcomes: Sequence[str]) -> str:
    return _mapped("mapResponsePoint", responses)


def _map_and_judge(responses: Sequence[str], outcomes: Sequence[str]) -> str:
    return _mapped("mapResponse", responses) + _choose(
        f"<gte>{_variable('SCORE')}{_most(outcomes)}</gte>",
        _feedback(outcomes, "correct"),
        _feedback(outcomes, "incorrect"),
    )


TEMPLATES: dict[str, Callable[[Sequence[str], Sequence[str]], str]] = {
    "match_correct": _match,
    "map_response": _map,
    "map_response_point": _map_point,
    "CC2_match": _match,
    "CC2_match_basic": _match_basic,
    "CC2_map_response": _map_and_judge,
}


def rules(
    address: str, responses: Sequence[str], outcomes: Sequence[str]
) -> tuple[Node, ...] | None:
    """The rules of a template; None when the standard has no such one.

    They are about RESPONSE alone. In an item that declares none of this name they are about all:
    every one must be correct, and what they are worth is added up.

    :param responses: the names of the item's response variables
    :param outcomes: the names of its outcome variables; feedback is set where it is declared
    """
    name = address.strip().rstrip("/").rpartition("/")[2].removesuffix(".xml")
    if name not in TEMPLATES or not responses:
        return None
    meant = ("RESPONSE",) if "RESPONSE" in responses else responses
    program = f"<responseProcessing>{TEMPLATES[name](meant, outcomes)}</responseProcessing>"
    return node(document(program.encode()).root).children
