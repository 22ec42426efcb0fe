"""An assessmentItem as it runs: what it declares, how it is processed, what its body asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from lxml import etree

from assessments.qti import declarations, documents, rules, standard
from assessments.qti.declarations import Declaration, Kind
from assessments.qti.documents import Node
from assessments.qti.interactions import Interaction, interactions
from assessments.qti.refusals import DocumentRefused, Finding, _

PROGRAMS = frozenset(
    (*declarations.KINDS, "templateProcessing", "responseProcessing", "outcomeProcessing")
)


@dataclass(frozen=True, eq=False)
class Item:
    """A question of QTI.

    :param version: "2.0", "2.1", "2.2", "3.0" or "" when the document does not say
    :param declarations: all variables by name, the built-in ones too
    :param body: the itemBody in the names of QTI 2, without a namespace; read it, never change it
    :param modal_feedback: the modalFeedback elements, in order
    :param root: the whole document, normalised
    :param findings: what could not be read, with lines
    """

    identifier: str
    title: str
    language: str
    version: str
    adaptive: bool
    time_dependent: bool
    declarations: Mapping[str, Declaration]
    template_rules: tuple[Node, ...]
    response_rules: tuple[Node, ...]
    outcome_rules: tuple[Node, ...]
    body: etree._Element | None
    interactions: tuple[Interaction, ...]
    modal_feedback: tuple[etree._Element, ...]
    root: etree._Element
    findings: tuple[Finding, ...]

    def declared(self, kind: Kind) -> dict[str, Declaration]:
        """The variables of one kind that the document declares, without the built-in ones."""
        return {
            name: declaration
            for name, declaration in self.declarations.items()
            if declaration.kind is kind and name not in BUILT_IN
        }


BUILT_IN = frozenset(declarations.built_in())


def read_item(content: bytes) -> Item:
    """Read an assessmentItem of QTI 2.0, 2.1, 2.2 or 3.0.

    :raises DocumentRefused: not readable, or not an item
    """
    document = documents.document(content)
    root = document.root
    if root.tag != "assessmentItem":
        raise DocumentRefused(
            _("The file has no question of QTI. Choose a file with an assessmentItem."),
            root.sourceline if isinstance(root.sourceline, int) else None,
        )
    nodes = tuple(documents.node(child) for child in root if child.tag in PROGRAMS)
    # QTI 2.2 says that a map entry does not mind the case; before it, the text said that it does.
    declared, findings = declarations.declarations(nodes, document.version not in ("2.2", "3.0"))
    response_rules = _response_rules(nodes, declared, findings)
    template_rules, outcome_rules = (
        _children(nodes, name) for name in ("templateProcessing", "outcomeProcessing")
    )
    for program in (template_rules, response_rules, outcome_rules):
        findings.extend(rules.unknown(program))
    body = root.find("itemBody")
    found = tuple(interactions(body))
    findings.extend(_undeclared(found, declared))
    return Item(
        identifier=str(root.get("identifier", "")),
        title=str(root.get("title", "")),
        language=str(root.get("{http://www.w3.org/XML/1998/namespace}lang", "")),
        version=document.version,
        adaptive=_flag(root, "adaptive"),
        time_dependent=_flag(root, "timeDependent"),
        declarations=MappingProxyType(declarations.with_built_in(declared)),
        template_rules=template_rules,
        response_rules=response_rules,
        outcome_rules=outcome_rules,
        body=body,
        interactions=found,
        modal_feedback=tuple(root.findall("modalFeedback")),
        root=root,
        findings=tuple(findings),
    )


def _flag(root: etree._Element, name: str) -> bool:
    return str(root.get(name, "")).strip() in ("true", "1")


def _children(nodes: tuple[Node, ...], name: str) -> tuple[Node, ...]:
    return next((node.children for node in nodes if node.name == name), ())


def _response_rules(
    nodes: tuple[Node, ...], declared: Mapping[str, Declaration], findings: list[Finding]
) -> tuple[Node, ...]:
    program = next((node for node in nodes if node.name == "responseProcessing"), None)
    if program is None:
        return ()
    responses = [name for name, each in declared.items() if each.kind is Kind.RESPONSE]
    outcomes = [name for name, each in declared.items() if each.kind is Kind.OUTCOME]

    def template(address: str) -> tuple[Node, ...] | None:
        return standard.rules(address, responses, outcomes)

    if program.children:
        return tuple(_included(program.children, template))
    addresses = [
        program.attributes[name]
        for name in ("template", "templateLocation")
        if program.attributes.get(name)
    ]
    for address in addresses:
        found = template(address)
        if found is not None:
            return found
    if addresses:
        message = _(
            "The response processing ${address} is not known. Nothing is marked by it.",
            mapping={"address": addresses[0][:200]},
        )
        findings.append(Finding(message, program.line, rejected=True))
    return ()


def _included(
    nodes: tuple[Node, ...], template: Callable[[str], tuple[Node, ...] | None]
) -> Iterator[Node]:
    """The rules with those of a standard template in the place of an XInclude of it."""
    for node in nodes:
        found = template(node.attributes.get("href", "")) if node.name == "include" else None
        if found is not None:
            yield from found
        elif node.name in rules.FRAGMENTS:
            yield replace(node, children=tuple(_included(node.children, template)))
        else:
            yield node


def _undeclared(
    found: tuple[Interaction, ...], declared: Mapping[str, Declaration]
) -> list[Finding]:
    return [
        Finding(
            _(
                "An interaction has no declared response: ${name}.",
                mapping={"name": interaction.response},
            ),
            interaction.element.sourceline
            if isinstance(interaction.element.sourceline, int)
            else None,
        )
        for interaction in found
        if interaction.response not in declared
    ]
