"""Items that are our free text or our files."""

from assessments.exchange.qti.native.source import NotPlain, Source
from assessments.qti.values import Cardinality
from assessments.questions.base import Question
from assessments.questions.essay import EssayQuestion
from assessments.questions.qti_asking.elements import whole_number


def essay(source: Source) -> Question:
    interaction = source.one()
    declared = source.item.declarations[interaction.response]
    if source.scoring.how != "none" or declared.cardinality is not Cardinality.SINGLE:
        raise NotPlain
    if interaction.element.get("stringIdentifier") or interaction.element.get("patternMask"):
        raise NotPlain
    rows = whole_number(interaction.element, "expectedLines", 0) or 12
    return EssayQuestion(**source.common, body=source.body({}), rows=rows)


def upload(source: Source) -> Question:
    interaction = source.one()
    kind = str(interaction.element.get("type", "")).split()
    many = source.item.declarations[interaction.response].cardinality is not Cardinality.SINGLE
    if source.scoring.how != "none" or many:
        raise NotPlain
    return EssayQuestion(
        **source.common,
        body=source.body({}),
        text="none",
        files=1,
        least_files=1,
        types=tuple(kind),
    )
