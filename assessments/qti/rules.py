"""Rules of response, outcome and template processing: one grammar with three prefixes.

QTI 2.2 §13 (responseRule), §14 (outcomeRule) and §12 (templateRule).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assessments.qti.declarations import Declaration, Kind
from assessments.qti.documents import Node
from assessments.qti.expressions import EXPRESSIONS, holds
from assessments.qti.expressions.registry import operand, single_number
from assessments.qti.refusals import Finding, RuleRejected, RunStopped, _
from assessments.qti.scope import Scope, fitted
from assessments.qti.values import NULL, Cardinality, Value, from_plain

MOST_ROUNDS = 100
"""How often a templateConstraint may begin anew (QTI 2.2, templateConstraint)."""

CONDITIONS = ("responseCondition", "outcomeCondition", "templateCondition")
BRANCHES = tuple(
    prefix + branch
    for prefix in ("response", "outcome", "template")
    for branch in ("If", "ElseIf", "Else")
)
SETTERS = ("setOutcomeValue", "setResponseValue", "setTemplateValue")
FRAGMENTS = ("responseProcessingFragment", "outcomeProcessingFragment")
EXITS = ("exitResponse", "exitTest", "exitTemplate")
OTHERS = ("lookupOutcomeValue", "setCorrectResponse", "setDefaultValue", "templateConstraint")
RULES = frozenset((*CONDITIONS, *SETTERS, *FRAGMENTS, *EXITS, *OTHERS))

PARTS = frozenset(
    (
        *BRANCHES,
        "matchTable",
        "interpolationTable",
        "matchTableEntry",
        "interpolationTableEntry",
    )
)


class _Exit(Exception):
    pass


def run(rules: Sequence[Node], scope: Scope) -> None:
    """Follow the rules in order. One that cannot be carried out is reported and has no effect.

    A run that takes too long is reported and ends where it is.
    """
    with _ending(scope):
        _follow(rules, scope)


def run_template(rules: Sequence[Node], scope: Scope) -> None:
    """Follow the rules of template processing, which a constraint may begin anew.

    After ``MOST_ROUNDS`` the template variables have their defaults, and the rules after the
    constraint are followed.
    """
    place = rounds = 0
    with _ending(scope):
        while place < len(rules):
            rule = rules[place]
            place += 1
            if rule.name != "templateConstraint":
                _follow((rule,), scope)
            elif not _holds(rule, scope):
                rounds += 1
                scope.reset(Kind.TEMPLATE)
                place = place if rounds >= MOST_ROUNDS else 0


@contextmanager
def _ending(scope: Scope) -> Iterator[None]:
    try:
        yield
    except _Exit:
        return
    except RunStopped as stopped:
        scope.findings.append(stopped.finding)


def unknown(rules: Sequence[Node]) -> Iterator[Finding]:
    """What a program asks for that no engine of QTI does, with its lines."""
    for node in rules:
        if node.name not in RULES | PARTS and node.name not in EXPRESSIONS:
            message = _(
                "${name} is no rule of QTI. It will have no effect.", mapping={"name": node.name}
            )
            yield Finding(message, node.line, rejected=True)
        else:
            yield from unknown(node.children)


def _follow(rules: Sequence[Node], scope: Scope) -> None:
    for rule in rules:
        try:
            _carry_out(rule, scope)
        except RunStopped:
            raise
        except RuleRejected as rejected:
            scope.findings.append(rejected.finding)


def _carry_out(rule: Node, scope: Scope) -> None:
    if rule.name in CONDITIONS:
        _condition(rule, scope)
    elif rule.name in FRAGMENTS:
        _follow(rule.children, scope)
    elif rule.name in EXITS:
        raise _Exit
    elif rule.name in SETTERS:
        _set(rule, scope, operand(rule, scope))
    elif rule.name == "lookupOutcomeValue":
        _set(rule, scope, _looked_up(rule, scope))
    elif rule.name == "setCorrectResponse":
        _keep(rule, scope, scope.corrects)
    elif rule.name == "setDefaultValue":
        _default(rule, scope)
    else:
        raise RuleRejected(_("${name} is no rule of QTI.", mapping={"name": rule.name}), rule.line)


def _condition(rule: Node, scope: Scope) -> None:
    for branch in rule.children:
        if branch.name.endswith("Else"):
            return _follow(branch.children, scope)
        if _holds(branch, scope):
            return _follow(branch.children[1:], scope)
    return None


def _holds(node: Node, scope: Scope) -> bool:
    # A condition that cannot be evaluated is not true, and the next branch has its turn.
    try:
        return holds(node, scope)
    except RunStopped:
        raise
    except RuleRejected as rejected:
        scope.findings.append(rejected.finding)
        return False


def _declared(rule: Node, scope: Scope) -> Declaration:
    identifier = rule.attributes.get("identifier", "").strip()
    found = scope.declarations.get(identifier)
    if found is None:
        raise RuleRejected(
            _("There is no variable ${name} to set.", mapping={"name": identifier}), rule.line
        )
    return found


def _set(rule: Node, scope: Scope, value: Value) -> None:
    declaration = _declared(rule, scope)
    scope.values[declaration.identifier] = _fitted(rule, declaration, value)


def _keep(rule: Node, scope: Scope, kept: dict[str, Value]) -> None:
    declaration = _declared(rule, scope)
    kept[declaration.identifier] = _fitted(rule, declaration, operand(rule, scope))


def _default(rule: Node, scope: Scope) -> None:
    """Set the default of a variable; without a value in it, give the variable its default."""
    if rule.children:
        return _keep(rule, scope, scope.defaults)
    declaration = _declared(rule, scope)
    scope.values[declaration.identifier] = scope.default(declaration)
    return None


def _fitted(rule: Node, declaration: Declaration, value: Value) -> Value:
    found = fitted(value, declaration)
    if found is None:
        raise RuleRejected(
            _(
                "The variable ${name} cannot take a value of another type.",
                mapping={"name": declaration.identifier},
            ),
            rule.line,
        )
    return found


def _looked_up(rule: Node, scope: Scope) -> Value:
    declaration = _declared(rule, scope)
    if declaration.table is None or declaration.base_type is None:
        raise RuleRejected(
            _("The variable ${name} has no table.", mapping={"name": declaration.identifier}),
            rule.line,
        )
    target = declaration.table.target(single_number(operand(rule, scope)))
    if target is None:
        return NULL
    try:
        return from_plain(Cardinality.SINGLE, declaration.base_type, target)
    except ValueError:
        raise RuleRejected(_("A target of a table is not of its type."), rule.line)
