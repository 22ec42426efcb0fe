"""Items that are our places in a picture."""

from dataclasses import replace

from assessments.exchange.qti.native.source import NotPlain, Source
from assessments.qti.values import Cardinality
from assessments.questions.base import NONE, ONE, Question
from assessments.questions.hotspot import HotArea, HotspotQuestion
from assessments.questions.qti_asking.elements import identifier
from assessments.questions.qti_asking.pictures import area_of, picture_of


def hotspot(source: Source) -> Question:
    interaction = source.one()
    picture = picture_of(interaction)
    many = source.item.declarations[interaction.response].cardinality is not Cardinality.SINGLE
    if picture is None or not source.is_match() or many:
        raise NotPlain
    correct = source.correct(interaction)
    elements = interaction.element.findall("hotspotChoice")
    if any(each.get("shape") not in ("rect", "circle", "poly") for each in elements):
        raise NotPlain
    areas = tuple(
        HotArea(area_of(each, picture), ONE if identifier(each) in correct else NONE)
        for each in elements
    )
    named = tuple(
        replace(hot, area=replace(hot.area, label=hot.area.label or str(number)))
        for number, hot in enumerate(areas, 1)
    )
    return HotspotQuestion(**source.common, body=source.body({}), picture=picture, areas=named)
