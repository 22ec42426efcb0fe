"""The session of a test: its sequence, its outcomes, and where it goes on (QTI 2.2 §4, §14).

Plain data, like the sessions of items: store ``asdict(session)``, ``AssessmentSession(**stored)``
goes on. The sessions of the items are kept by the caller, by the key of their place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.qti import rules
from assessments.qti.chance import Chance
from assessments.qti.declarations import Kind
from assessments.qti.expressions.registry import operand
from assessments.qti.feedback import is_shown
from assessments.qti.items import Item
from assessments.qti.refusals import Finding, RuleRejected
from assessments.qti.scope import CustomOperator, Scope, fitted, revived
from assessments.qti.sequence import Place, arrange, go_on
from assessments.qti.sessions import Plain, Session
from assessments.qti.structure import AssessmentTest
from assessments.qti.totals import ItemTotals
from assessments.qti.values import Value, plain


@dataclass(frozen=True, slots=True)
class AssessmentSession:
    """The state of a test for one candidate.

    :param seed: the sequence of items is drawn from it anew each time, and is always the same
    :param chance: where the sequence of chance of outcome processing stands
    :param outcomes: of the test, plain
    """

    seed: int
    chance: int
    outcomes: Plain


@dataclass(frozen=True, slots=True)
class AssessmentResult:
    """What outcome processing came to.

    :param session: the state after it
    :param outcomes: of the test, plain
    :param feedback: the identifiers of the testFeedback to show now, in order
    :param findings: what had no effect and why
    """

    session: AssessmentSession
    outcomes: Plain
    feedback: tuple[str, ...]
    findings: tuple[Finding, ...]


def start_test(test: AssessmentTest, seed: int) -> AssessmentSession:
    """Begin a test.

    :param seed: the same seed gives the same items in the same order
    """
    chance = Chance(seed)
    arrange(test, chance)
    scope = Scope(test.declarations, {}, chance)
    for kind in (Kind.CONTEXT, Kind.OUTCOME):
        scope.reset(kind)
    return AssessmentSession(seed, chance.state, _plain(scope))


def places(test: AssessmentTest, session: AssessmentSession) -> tuple[Place, ...]:
    """The items that were selected for this candidate, in their order."""
    return arrange(test, Chance(session.seed))


def process_test(
    test: AssessmentTest,
    session: AssessmentSession,
    items: Mapping[str, Item],
    sessions: Mapping[str, Session],
    *,
    at_end: bool = False,
    operators: Mapping[str, CustomOperator] | None = None,
) -> AssessmentResult:
    """Process the outcomes of a test, from their defaults.

    :param items: by the identifier of the assessmentItemRef
    :param sessions: of the items, by the key of the place
    :param at_end: True when the test is over: feedback for its end is shown, else that for during
    """
    scope = scope_of(test, session, items, sessions, operators)
    scope.reset(Kind.OUTCOME)
    rules.run(test.outcome_rules, scope)
    outcomes = _plain(scope)
    access = "atEnd" if at_end else "during"
    return AssessmentResult(
        AssessmentSession(session.seed, scope.chance.state, outcomes),
        outcomes,
        tuple(
            str(element.get("identifier", ""))
            for element in test.feedback
            if element.get("access", "during") == access and is_shown(element, outcomes)
        ),
        tuple(scope.findings),
    )


def scope_of(
    test: AssessmentTest,
    session: AssessmentSession,
    items: Mapping[str, Item],
    sessions: Mapping[str, Session],
    operators: Mapping[str, CustomOperator] | None = None,
) -> Scope:
    """The variables of a stored test session and of its items."""
    values = {
        name: revived(test.declarations[name], raw)
        for name, raw in session.outcomes.items()
        if name in test.declarations
    }
    return Scope(
        test.declarations,
        values,
        Chance(session.chance),
        operators=operators or {},
        items=ItemTotals(places(test, session), items, sessions),
    )


def next_place(
    test: AssessmentTest,
    session: AssessmentSession,
    current: int | None,
    items: Mapping[str, Item],
    sessions: Mapping[str, Session],
) -> int | None:
    """Where the test goes on, by branch rules and pre-conditions; None at its end.

    :param current: the index in ``places`` of the item that was left; None to begin
    """
    scope = scope_of(test, session, items, sessions)
    return go_on(places(test, session), current, scope)


def template_defaults(
    place: Place,
    test: AssessmentTest,
    session: AssessmentSession,
    items: Mapping[str, Item],
    sessions: Mapping[str, Session],
) -> dict[str, Value]:
    """What the test says the template variables of an item begin with: for ``start``."""
    item = items[place.ref.identifier]
    scope = scope_of(test, session, items, sessions)
    found = {}
    for node in place.ref.template_defaults:
        name = node.attributes.get("templateIdentifier", "")
        declaration = item.declarations.get(name)
        if declaration is None or declaration.kind is not Kind.TEMPLATE:
            continue
        try:
            value = fitted(operand(node, scope), declaration)
        except RuleRejected:
            continue
        if value is not None:
            found[name] = value
    return found


def _plain(scope: Scope) -> Plain:
    return {
        name: plain(scope.value(declaration)) for name, declaration in scope.declarations.items()
    }
