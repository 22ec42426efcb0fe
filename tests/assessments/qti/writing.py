"""Documents of QTI for tests, written short."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from assessments.qti import Result, process, read_item, start
from assessments.qti.chance import Chance
from assessments.qti.declarations import built_in, declarations
from assessments.qti.documents import document, node
from assessments.qti.expressions import evaluate
from assessments.qti.scope import Scope
from assessments.qti.values import from_plain, plain

V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V22 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
V3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def item(inside: str, attributes: str = "", namespace: str = V22) -> bytes:
    """An assessmentItem around declarations, a body and programs."""
    return (
        f'<assessmentItem xmlns="{namespace}" identifier="ITEM" title="Question" {attributes}>'
        f"{inside}</assessmentItem>"
    ).encode()


def declare(kind: str, name: str, base: str, cardinality: str = "single", inside: str = "") -> str:
    """A declaration: kind is response, outcome or template."""
    return (
        f'<{kind}Declaration identifier="{name}" baseType="{base}" cardinality="{cardinality}">'
        f"{inside}</{kind}Declaration>"
    )


def values(name: str, *texts: object) -> str:
    """``defaultValue`` or ``correctResponse`` with its values."""
    return f"<{name}>{''.join(f'<value>{text}</value>' for text in texts)}</{name}>"


def base(base_type: str, text: object) -> str:
    """A ``baseValue``."""
    return f'<baseValue baseType="{base_type}">{text}</baseValue>'


def whole(text: object) -> str:
    """An integer ``baseValue``."""
    return base("integer", text)


def real(text: object) -> str:
    """A float ``baseValue``."""
    return base("float", text)


def words(text: object) -> str:
    """A string ``baseValue``."""
    return base("string", text)


def name(text: object) -> str:
    """An identifier ``baseValue``."""
    return base("identifier", text)


TRUE, FALSE, NULL = base("boolean", "true"), base("boolean", "false"), "<null/>"


def put(variable: str, expression: str, kind: str = "Outcome") -> str:
    """A rule that sets a variable."""
    return f'<set{kind}Value identifier="{variable}">{expression}</set{kind}Value>'


def of(variable: str) -> str:
    """The value of a variable."""
    return f'<variable identifier="{variable}"/>'


def scope(declared: str = "", given: Mapping[str, Any] | None = None, seed: int = 1) -> Scope:
    """Variables with values, to evaluate expressions among."""
    nodes = node(document(f"<all>{declared}</all>".encode()).root).children
    known, findings = declarations(nodes, True)
    assert not findings
    found = {
        key: from_plain(known[key].cardinality, known[key].base_type, raw)
        for key, raw in (given or {}).items()
    }
    return Scope({**built_in(), **known}, found, Chance(seed))


def said(expression: str, among: Scope | None = None) -> Any:
    """The plain value of an expression."""
    return plain(evaluate(node(document(expression.encode()).root), among or scope()))


def marked(
    content: bytes, responses: Mapping[str, Any] | None = None, seed: int = 1, **options: Any
) -> Result:
    """The result of the first attempt."""
    read = read_item(content)
    return process(read, start(read, seed), responses or {}, **options)


def as_qti_3(content: bytes) -> bytes:
    """The same document of QTI 2 in the spelling of QTI 3."""
    root = etree.fromstring(content)
    own = f"{{{etree.QName(root).namespace}}}"
    result = _respelled(root, own)
    return etree.tostring(result)


HTML = frozenset(("p", "div", "object", "span", "img"))


def _respelled(element: etree._Element, own: str) -> etree._Element:
    local = etree.QName(element).localname
    html = local in HTML
    made = etree.Element(f"{{{V3}}}{local if html else 'qti-' + _kebab(local)}", nsmap={None: V3})
    for key, value in element.attrib.items():
        if not str(key).startswith("{"):
            made.set(str(key) if html else _kebab(str(key)), value)
    made.text, made.tail = element.text, element.tail
    made.extend(_respelled(child, own) for child in element if isinstance(child.tag, str))
    return made


def _kebab(camel: str) -> str:
    for whole_word in ("LT", "GTE", "SD"):
        if camel.endswith(whole_word):
            camel = camel.removesuffix(whole_word) + whole_word.capitalize()
    return "".join("-" + letter.lower() if letter.isupper() else letter for letter in camel)
