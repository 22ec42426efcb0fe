"""What the tables of expressions are written with, and what an expression must say."""

from tests.assessments.qti.writing import base, declare, name, said, scope, values, whole


def box(kind, *parts):
    return f"<{kind}>{''.join(parts)}</{kind}>"


def op(element, *parts, **attributes):
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{element}{given}>{''.join(parts)}</{element}>"


def point(x, y):
    return base("point", f"{x} {y}")


AB = box("ordered", name("A"), name("B"))


ABC = box("multiple", name("A"), name("B"), name("C"))


NUMBERS = box("multiple", whole(1), whole(2), whole(3), whole(4))


VARIABLES = (
    declare("template", "N", "integer", inside=values("defaultValue", 2))
    + declare("template", "WORD", "string")
    + declare("response", "LIST", "float", "multiple", values("correctResponse", 1, 2))
)


def among():
    return scope(VARIABLES, {"N": 2, "WORD": "c.w", "LIST": [1, 3]})


def assert_said(expression, wanted):
    found = said(expression, among())

    assert found == wanted
    assert type(found) is type(wanted) or isinstance(wanted, int | float)
