"""The value of a formula for given values of its variables, by walking its tree.

Comparisons give 1 or 0, and anything but 0 counts as true. ``&&``, ``||`` and a condition look
only at what they need. Results and comparisons keep :data:`RESULT_DIGITS` of the digits reckoned
with, so that a third times three is one.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Overflow, localcontext

from translationstring import TranslationStringFactory

from assessments.formulas.errors import FormulaFailed
from assessments.formulas.functions import (
    CONTEXT,
    FALSE,
    FUNCTIONS,
    TRUE,
    power,
    quotient,
    whole_remainder,
)
from assessments.formulas.tree import Binary, Call, Conditional, Node, Number, Unary, Variable

_ = TranslationStringFactory("tutela")

RESULT_DIGITS = 28
RESULT = Context(prec=RESULT_DIGITS, Emax=CONTEXT.Emax, Emin=CONTEXT.Emin)

ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": quotient,
    "%": whole_remainder,
    "**": power,
}
COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(tree: Node, values: Mapping[str, Decimal]) -> Decimal:
    """The value of a formula, without zeros at the end of its decimals; never infinite.

    :param values: of the variables, by name
    :raises FormulaFailed: where it has none, or one of 10^308 or more, or a variable has no value
    """
    with localcontext(CONTEXT):
        result = _kept(_value(tree, values)).normalize(RESULT)
        # 100 and not 1E+2, and 0 without a sign.
        return result + 0 if result.adjusted() < RESULT_DIGITS else result


def _kept(value: Decimal) -> Decimal:
    return RESULT.plus(value)


def _value(node: Node, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case Number(value):
            return +value
        case Variable(name, position):
            if name not in values:
                raise FormulaFailed(
                    _("There is no variable ${name}.", mapping={"name": f"{{{name}}}"}), position
                )
            return _computed(name, operator.pos, (values[name],), position)
        case Unary("-", operand):
            return -_value(operand, values)
        case Unary(_sign, operand):
            return FALSE if _value(operand, values) else TRUE
        case Binary("&&", left, right):
            return TRUE if _value(left, values) and _value(right, values) else FALSE
        case Binary("||", left, right):
            return TRUE if _value(left, values) or _value(right, values) else FALSE
        case Binary(sign, left, right) if sign in COMPARISONS:
            both = _kept(_value(left, values)), _kept(_value(right, values))
            return TRUE if COMPARISONS[sign](*both) else FALSE
        case Binary(sign, left, right, position):
            return _computed(
                sign, ARITHMETIC[sign], (_value(left, values), _value(right, values)), position
            )
        case Conditional(condition, then, otherwise):
            return _value(then if _value(condition, values) else otherwise, values)
        case Call(name, arguments, position):
            given = tuple(_value(argument, values) for argument in arguments)
            return _computed(name, FUNCTIONS[name].compute, given, position)
    raise AssertionError("a node is of one of these classes")


def _computed(
    name: str, compute: Callable[..., Decimal], given: tuple[Decimal, ...], position: int
) -> Decimal:
    try:
        result = compute(*given)
    except ZeroDivisionError:
        raise FormulaFailed(_("The formula divides by zero here."), position)
    except (Overflow, OverflowError):
        raise _too_large(name, position)
    except (ArithmeticError, ValueError):
        raise FormulaFailed(
            _(
                "${name} has no value for ${values}.",
                mapping={"name": name, "values": ", ".join(format(_kept(v), "g") for v in given)},
            ),
            position,
        )
    if not result.is_finite():
        raise _too_large(name, position)
    return result


def _too_large(name: str, position: int) -> FormulaFailed:
    return FormulaFailed(_("The result of ${name} is too large.", mapping={"name": name}), position)
