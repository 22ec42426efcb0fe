"""What a ``printedVariable`` in a body says (QTI 2.2 §10.4, printedVariable)."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from assessments.qti.declarations import Declaration
from assessments.qti.scope import revived
from assessments.qti.tables import flag
from assessments.qti.values import BaseType, Cardinality, Value, written

FORMAT = re.compile(r"%([-+ #0]*)([0-9]{1,2})?(?:\.([0-9]{1,2}))?([idoxXeEfgGrR%])")
POWER = re.compile(r"[eE]([+-])0*([0-9]+)")
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def printed(
    element: etree._Element, declarations: Mapping[str, Declaration], values: Mapping[str, Any]
) -> str:
    """The text of a printedVariable; nothing for NULL and for a variable that is not there.

    :param element: the normalised element
    :param values: the plain values of a session
    """
    declaration = declarations.get(str(element.get("identifier", "")).strip())
    if declaration is None:
        return ""
    value = revived(declaration, values.get(declaration.identifier))
    delimiter = str(element.get("delimiter", ";"))
    if value.is_null:
        return ""
    if value.cardinality is Cardinality.RECORD:
        return _record(element, value, delimiter)
    members = value.members
    if value.cardinality is Cardinality.ORDERED and element.get("index") is not None:
        place = _index(str(element.get("index")), values)
        members = members[place - 1 : place] if place > 0 else ()
    return delimiter.join(_text(element, value.base_type, member) for member in members)


def _record(element: etree._Element, value: Value, delimiter: str) -> str:
    field = element.get("field")
    sign = str(element.get("mappingIndicator", "="))
    texts = {
        name: _text(element, each.base_type, each.data) if each.data is not None else ""
        for name, each in value.data.items()
    }
    if field is not None:
        return texts.get(str(field), "")
    return delimiter.join(f"{name}{sign}{text}" for name, text in texts.items())


def _index(word: str, values: Mapping[str, Any]) -> int:
    name = word.strip().removeprefix("{").removesuffix("}")
    found = int(name) if name.isdecimal() and len(name) < 9 else values.get(name)
    return found if isinstance(found, int) else 0


def _text(element: etree._Element, base_type: BaseType | None, data: Any) -> str:
    if base_type not in (BaseType.INTEGER, BaseType.FLOAT) or written(data) in ENDLESS:
        return written(data)
    base = _index(str(element.get("base", "10")), {})
    form = element.get("format")
    if form is not None and FORMAT.search(str(form)):
        text = FORMAT.sub(lambda found: _converted(found, data, base), str(form))
    elif base_type is BaseType.INTEGER and isinstance(data, int):
        text = _in_base(data, base)
    else:
        text = written(data)
    if flag(element.get("powerForm"), False):
        text = POWER.sub(_power, text)
    return text


ENDLESS = ("INF", "-INF", "NaN")


def _converted(found: re.Match[str], data: int | float, base: int) -> str:
    flags, width, precision, conversion = found.groups()
    if conversion == "%":
        return "%"
    if conversion == "i":
        pad = "0" if "0" in flags and "-" not in flags else " "
        text = _in_base(int(data), base)
        sign = "+" if "+" in flags and data >= 0 else ""
        room = int(width or 0)
        return (sign + text).ljust(room) if "-" in flags else (sign + text).rjust(room, pad)
    if conversion in "rR":
        # Significant figures are kept as such: 2.50 to three figures.
        flags, conversion = flags + "#", conversion.replace("r", "g").replace("R", "G")
    number = int(data) if conversion in "doxX" else data
    shape = f"%{flags}{width or ''}{'.' + precision if precision else ''}{conversion}"
    return shape % number


def _in_base(data: int, base: int) -> str:
    if not 2 <= base <= len(DIGITS) or base == 10:
        return str(data)
    digits = ""
    left = abs(data)
    while left or not digits:
        left, digit = divmod(left, base)
        digits = DIGITS[digit] + digits
    return ("-" if data < 0 else "") + digits


def _power(found: re.Match[str]) -> str:
    sign = "-" if found[1] == "-" else ""
    return f" × 10{(sign + found[2]).translate(SUPERSCRIPT)}"
