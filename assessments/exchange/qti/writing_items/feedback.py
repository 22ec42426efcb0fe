"""What an item says: to single answers, to how good an answer is, and to everybody."""

from dataclasses import dataclass, field

from lxml import etree
from lxml.builder import E

from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import FEEDBACK, SCORE, VERDICT, Built
from assessments.exchange.qti.writing_items.output import Output
from assessments.questions.base import NONE, Html, Question
from assessments.questions.choice import SILENT, Verdicts


@dataclass
class Feedback:
    declared: list[etree._Element] = field(default_factory=list)
    rules: list[etree._Element] = field(default_factory=list)
    shown: list[etree._Element] = field(default_factory=list)


def feedback_of(out: Output, question: Question, built: Built) -> Feedback:
    """Modal feedback: to single answers, to how good an answer is, and to everybody."""
    made = Feedback()
    said: Verdicts = getattr(question, "said", SILENT)
    if built.told:
        made.declared.append(p.outcome(FEEDBACK, "identifier", cardinality="multiple"))
        if built.echo:
            echoed = p.variable(built.echo)
            made.rules.append(p.put(FEEDBACK, E.multiple(echoed)))
        for key, html in built.told.items():
            made.shown.append(_modal(out, FEEDBACK, key, html))
    verdicts = {"right": said.right, "partly": said.partly, "wrong": said.wrong}
    if any(verdicts.values()) or question.feedback:
        made.declared.append(p.outcome(VERDICT, "identifier", cardinality="multiple"))
        everybody = [p.base("identifier", "everybody")] if question.feedback else []

        def verdict(name: str) -> list[etree._Element]:
            also = [p.base("identifier", "everybody")] if everybody else []
            return [p.put(VERDICT, E.multiple(p.base("identifier", name), *also))]

        made.rules.append(
            p.when(
                [
                    (p.at_least(p.variable(SCORE), built.most), verdict("right")),
                    (E.gt(p.variable(SCORE), p.points(NONE)), verdict("partly")),
                ],
                verdict("wrong"),
            )
        )
        for name, html in (*verdicts.items(), ("everybody", question.feedback)):
            if html:
                made.shown.append(_modal(out, VERDICT, name, html))
    return made


def _modal(out: Output, variable: str, key: str, html: Html) -> etree._Element:
    made = E.modalFeedback(outcomeIdentifier=variable, identifier=key, showHide="show")
    return out.html.into(made, html)
