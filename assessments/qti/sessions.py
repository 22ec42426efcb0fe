"""The session of an item: begun with a seed, carried on with each attempt (QTI 2.2 §6).

A session is plain data. Store ``asdict(session)`` as JSON, and ``Session(**stored)`` goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.qti import rules
from assessments.qti.chance import Chance
from assessments.qti.declarations import Declaration, Kind
from assessments.qti.feedback import shown
from assessments.qti.items import BUILT_IN, Item
from assessments.qti.numerals import numeral
from assessments.qti.refusals import Finding, SessionClosed, _
from assessments.qti.scope import CustomOperator, Scope, revived
from assessments.qti.values import (
    BaseType,
    Cardinality,
    Value,
    bare,
    from_plain,
    plain,
    single,
)

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Session:
    """The state of an item for one candidate, plain data throughout.

    :param chance: where the sequence of chance stands
    :param values: of all variables, as ``values.plain`` writes them
    :param defaults: those that template processing set
    :param corrects: those that template processing set
    """

    chance: int
    values: Plain
    defaults: Plain = field(default_factory=dict)
    corrects: Plain = field(default_factory=dict)

    @property
    def attempts(self) -> int:
        """How often the candidate has answered."""
        found = self.values["numAttempts"]
        assert isinstance(found, int)
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to.

    :param session: the state after it
    :param outcomes: all outcome variables as JSON; completionStatus among them
    :param score: SCORE, 0 when it has no value
    :param max_score: MAXSCORE, or the normalMaximum of SCORE, or None
    :param modal_feedback: the identifiers of the modalFeedback to show, in order
    :param findings: what had no effect and why
    """

    session: Session
    outcomes: Plain
    score: float
    max_score: float | None
    modal_feedback: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def rejected(self) -> bool:
        """True when a rule of the item had no effect: the marking is then not to be trusted."""
        return any(finding.rejected for finding in self.findings)


def start(
    item: Item,
    seed: int,
    template_defaults: Mapping[str, Value] | None = None,
    operators: Mapping[str, CustomOperator] | None = None,
    findings: list[Finding] | None = None,
) -> Session:
    """Begin a session: template processing, then defaults.

    :param seed: the same seed gives the same variant
    :param template_defaults: from a test's templateDefault elements
    :param findings: takes what had no effect and why, for a preview
    """
    scope = Scope(item.declarations, {}, Chance(seed), operators=operators or {})
    scope.reset(Kind.CONTEXT)
    for name, value in (template_defaults or {}).items():
        if name in item.declarations:
            scope.defaults[name] = value
    scope.reset(Kind.TEMPLATE)
    rules.run_template(item.template_rules, scope)
    scope.reset(Kind.OUTCOME)
    scope.reset(Kind.RESPONSE)
    if findings is not None:
        findings.extend(scope.findings)
    return _session(scope)


def process(
    item: Item,
    session: Session,
    responses: Mapping[str, Any],
    *,
    duration: float | None = None,
    operators: Mapping[str, CustomOperator] | None = None,
) -> Result:
    """Take the responses of one attempt and process them.

    A response that is not given keeps the value it has: its default, or what an earlier attempt
    gave. A response taken back is given as None or ``[]``.

    :param responses: by identifier: texts as in a document, or JSON; containers as lists
    :param duration: seconds spent in this session so far
    :raises SessionClosed: an adaptive item that has said it is completed
    """
    scope = scope_of(item, session, operators)
    if item.adaptive and session.values["completionStatus"] == "completed":
        raise SessionClosed
    if not item.adaptive:
        scope.reset(Kind.OUTCOME, keep=("completionStatus",))
    _answer(item, scope, responses)
    if _counts(item, scope):
        scope.values["numAttempts"] = single(BaseType.INTEGER, session.attempts + 1)
    if duration is not None:
        scope.values["duration"] = single(BaseType.DURATION, float(duration))
    if session.values["completionStatus"] == "not_attempted":
        scope.values["completionStatus"] = single(BaseType.IDENTIFIER, "unknown")
    rules.run(item.response_rules, scope)
    rules.run(item.outcome_rules, scope)
    return _result(item, scope)


def scope_of(
    item: Item, session: Session, operators: Mapping[str, CustomOperator] | None = None
) -> Scope:
    """The variables of a stored session, ready to be looked at or processed."""

    def values(stored: Plain) -> dict[str, Value]:
        return {
            name: revived(item.declarations[name], raw)
            for name, raw in stored.items()
            if name in item.declarations
        }

    return Scope(
        item.declarations,
        values(session.values),
        Chance(session.chance),
        values(session.defaults),
        values(session.corrects),
        operators or {},
    )


def _session(scope: Scope) -> Session:
    return Session(
        scope.chance.state,
        _plain(scope.values),
        _plain(scope.defaults),
        _plain(scope.corrects),
    )


def _plain(values: Mapping[str, Value]) -> Plain:
    return {name: plain(value) for name, value in values.items()}


def _answer(item: Item, scope: Scope, responses: Mapping[str, Any]) -> None:
    for interaction in item.interactions:
        if interaction.kind == "endAttemptInteraction" and interaction.response in scope.values:
            scope.values[interaction.response] = single(BaseType.BOOLEAN, False)
    for name, raw in responses.items():
        declaration = item.declarations.get(name)
        if declaration is None or declaration.kind is not Kind.RESPONSE or name in BUILT_IN:
            message = _("There is no response ${name}. It is left out.", mapping={"name": name})
            scope.findings.append(Finding(message))
            continue
        try:
            scope.values[name] = response(declaration, raw)
        except ValueError:
            message = _(
                "The response ${name} is not of its type. It counts as no answer.",
                mapping={"name": name},
            )
            scope.findings.append(Finding(message))
            scope.values[name] = declaration.null


def response(declaration: Declaration, raw: Any) -> Value:
    """The value of a response variable from what a form or JSON gives.

    A text for a record is taken apart as a number (QTI 2.2, stringInteraction).

    :raises ValueError: not of the declared type
    """
    if declaration.cardinality is Cardinality.RECORD and isinstance(raw, str):
        return numeral(raw)
    return from_plain(declaration.cardinality, declaration.base_type, raw)


def _counts(item: Item, scope: Scope) -> bool:
    return not any(
        interaction.kind == "endAttemptInteraction"
        and not interaction.counts_attempt
        and interaction.response in scope.values
        and scope.values[interaction.response].data is True
        for interaction in item.interactions
    )


def _result(item: Item, scope: Scope) -> Result:
    outcomes = {
        name: bare(scope.value(declaration))
        for name, declaration in item.declarations.items()
        if declaration.kind is Kind.OUTCOME
    }
    return Result(
        session=_session(scope),
        outcomes=outcomes,
        score=_number(outcomes.get("SCORE")) or 0.0,
        max_score=_max_score(item, outcomes),
        modal_feedback=tuple(shown(list(item.modal_feedback), outcomes)),
        findings=tuple(scope.findings),
    )


def _max_score(item: Item, outcomes: Plain) -> float | None:
    found = _number(outcomes.get("MAXSCORE"))
    if found is None and "SCORE" in item.declarations:
        return item.declarations["SCORE"].maximum
    return found


def _number(raw: Any) -> float | None:
    return float(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else None
