"""An item of QTI in the making."""

from dataclasses import dataclass, field
from fractions import Fraction

from lxml import etree
from lxml.builder import E

from assessments.exchange.qti import processing as p
from assessments.questions.base import ONE, Html

RESPONSE, SCORE, FEEDBACK, VERDICT = "RESPONSE", "SCORE", "FEEDBACK", "VERDICT"


@dataclass
class Built:
    """An item in the making.

    :param most: what SCORE is at most; :param template: the standard way that marks it, if one does
    :param rules: otherwise, how
    """

    most: Fraction = ONE
    responses: list[etree._Element] = field(default_factory=list)
    outcomes: list[etree._Element] = field(default_factory=list)
    templates: list[etree._Element] = field(default_factory=list)
    preparation: list[etree._Element] = field(default_factory=list)
    body: etree._Element = field(default_factory=lambda: E.itemBody())
    template: str = ""
    rules: list[etree._Element] = field(default_factory=list)
    told: dict[str, Html] = field(default_factory=dict)
    echo: str = ""
    scored: bool = True
    external: bool = False


def of_template(built: Built) -> list[etree._Element]:
    """The rules of a standard template, where more is to follow them."""
    if built.template == "map_response":
        return [p.put(SCORE, p.mapped(RESPONSE))]
    if built.template == "match_correct":
        return [p.when([(p.match(RESPONSE), [p.put(SCORE, p.points(built.most))])])]
    return []


def own_rules(built: Built) -> None:
    """Rules in the place of a standard template: they come first, the others judge after them."""
    built.rules = [*of_template(built), *built.rules]
    built.template = ""
