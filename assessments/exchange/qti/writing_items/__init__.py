"""One question as an item of QTI 2, which is then respelled for 3.0.

Keys of authors stay here: the item has identifiers of its own (``c1``, ``a2``).
"""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from lxml import etree
from lxml.builder import E
from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti import processing as p
from assessments.exchange.qti.writing_items.built import SCORE, Built, of_template
from assessments.exchange.qti.writing_items.choosing import choice, hotspot, truth
from assessments.exchange.qti.writing_items.cloze import cloze
from assessments.exchange.qti.writing_items.essay import essay
from assessments.exchange.qti.writing_items.feedback import feedback_of
from assessments.exchange.qti.writing_items.formula import formula
from assessments.exchange.qti.writing_items.matching import matching
from assessments.exchange.qti.writing_items.ordering import ordering
from assessments.exchange.qti.writing_items.output import Output
from assessments.exchange.qti.writing_items.words import gaps, labels
from assessments.exchange.qti.writing_items.writing import numerical, short
from assessments.exchange.qti.xhtml import ILLEGAL
from assessments.questions.base import Question
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.cloze import ClozeQuestion
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaQuestion
from assessments.questions.gaps import GapQuestion, LabelQuestion
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.matching import MatchingQuestion
from assessments.questions.numerical import NumericalQuestion
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.short import ShortQuestion
from assessments.questions.truth import TruthQuestion

_ = TranslationStringFactory("tutela")


def description(out: Output, question: DescriptionQuestion) -> Built:
    built = Built(scored=False)
    out.body(built, question.body)
    return built


BUILDERS: dict[type[Question], Callable[[Output, Any], Built]] = {
    DescriptionQuestion: description,
    ChoiceQuestion: choice,
    TruthQuestion: truth,
    ShortQuestion: short,
    NumericalQuestion: numerical,
    FormulaQuestion: formula,
    MatchingQuestion: matching,
    OrderingQuestion: ordering,
    ClozeQuestion: cloze,
    GapQuestion: gaps,
    LabelQuestion: labels,
    HotspotQuestion: hotspot,
    EssayQuestion: essay,
}


class ItemWriter:
    """Writes one question.

    :param version: ``2.1``, ``2.2`` or ``3.0``
    :param address: where a file of the question is, from the item, by its name
    """

    def __init__(self, version: str, identifier: str, address: Callable[[str], str]) -> None:
        self.identifier = identifier
        self.out = Output(version, address)

    def item(self, question: Question) -> tuple[etree._Element, Fraction]:
        """The item, and what SCORE is at most in it.

        :raises Broken: when QTI has no form for it
        """
        builder = BUILDERS.get(type(question))
        if builder is None:
            raise Broken(_("QTI has no form for this question."))
        built = builder(self.out, question)
        made = E.assessmentItem(
            identifier=self.identifier,
            title=ILLEGAL.sub("", question.name) or self.identifier,
            adaptive="false",
            timeDependent="false",
        )
        if re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", question.language):
            made.set("{http://www.w3.org/XML/1998/namespace}lang", question.language)
        made.extend(built.responses)
        feedback = feedback_of(self.out, question, built)
        made.extend(self._outcomes(built))
        made.extend(feedback.declared)
        made.extend(built.outcomes)
        made.extend(built.templates)
        if built.preparation:
            made.append(E.templateProcessing(*built.preparation))
        made.append(built.body)
        rules = [*built.rules, *feedback.rules]
        if built.template and not feedback.rules:
            address = p.TEMPLATES[self.out.version] + built.template
            if self.out.version == "3.0":
                address += ".xml"
            made.append(E.responseProcessing(template=address))
        elif built.template or rules:
            made.append(E.responseProcessing(*of_template(built), *rules))
        made.extend(feedback.shown)
        return made, built.most

    def _outcomes(self, built: Built) -> list[etree._Element]:
        if not built.scored:
            return []
        score = p.outcome(SCORE, "float", "0", normalMaximum=p.decimal_text(built.most))
        if built.external and self.out.version != "2.1":
            score.set("externalScored", "human")
        most = p.outcome("MAXSCORE", "float", p.decimal_text(built.most))
        return [score, most]
