"""An item of QTI while it is looked at: what it asks, what it says, and how it is marked."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from lxml import etree

from assessments.exchange.formats import HTML, to_html
from assessments.exchange.qti.scoring import Scoring, scoring, worths
from assessments.qti import Item
from assessments.qti.interactions import Interaction
from assessments.qti.values import BaseType
from assessments.questions.base import EMPTY, NONE, ONE, Html
from assessments.questions.qti_asking.scene import Asking
from assessments.questions.qti_body import Body

FEEDBACK = frozenset({"feedbackBlock", "feedbackInline"})


class NotPlain(Exception):
    """No type of our own says all of the item."""


class Source:
    """An item while it is looked at.

    :param name: of the question; :param mark: what it brings
    """

    def __init__(self, item: Item, name: str, mark: Fraction, most: Fraction) -> None:
        self.item = item
        self.most = most
        self.common: dict[str, Any] = {"name": name, "mark": mark, "language": item.language}
        found = scoring(item)
        if found is None:
            raise NotPlain
        self.scoring: Scoring = found
        self.away: set[str] = set()
        self._inner = Body(item, {})

    def inner(self, element: etree._Element | None) -> Html:
        """The content of an element, made harmless."""
        return EMPTY if element is None else self.harmless(self._inner.inner(element))

    def harmless(self, text: str) -> Html:
        html, away = to_html(text, HTML)
        self.away |= away
        return html

    def body(self, places: Mapping[etree._Element, str]) -> Html:
        """The text of the item, with something in the place of each interaction."""
        prompts = {
            each.element: Asking("", self._prompt(each) + places.get(each.element, ""))
            for each in self.item.interactions
        }
        element = self.item.body
        assert element is not None
        return self.harmless(Body(self.item, {}, prompts.get).inner(element))

    def _prompt(self, interaction: Interaction) -> str:
        prompt = interaction.element.find("prompt")
        return "" if prompt is None else f"<div>{self._inner.inner(prompt)}</div>"

    def one(self) -> Interaction:
        """The only interaction."""
        if len(self.item.interactions) != 1:
            raise NotPlain
        return self.item.interactions[0]

    def correct(self, interaction: Interaction) -> list[str]:
        """What the item declares as correct, as texts."""
        value = self.item.declarations[interaction.response].correct
        return [" ".join(each) if isinstance(each, tuple) else str(each) for each in value.members]

    def shares(self, interaction: Interaction) -> Mapping[str, Fraction]:
        """What each key brings of the mark, by mapping."""
        mapping = self.item.declarations[interaction.response].mapping
        if mapping is None:
            raise NotPlain
        found = worths(self.item, interaction.response)
        if mapping.base_type is BaseType.PAIR:
            found = {
                **{" ".join(reversed(key.split())): each for key, each in found.items()},
                **found,
            }
        return {key: worth / self.most for key, worth in found.items()}

    def default(self, interaction: Interaction) -> Fraction:
        """What a response brings that is not named: a mapping that marks nothing brings nothing."""
        mapping = self.item.declarations[interaction.response].mapping
        if mapping is None or self.scoring.how != "map":
            return NONE
        return Fraction(str(mapping.default)) / self.most

    def is_match(self) -> bool:
        """Whether all is right or all is wrong."""
        return self.scoring.how == "match" and min(ONE, self.scoring.worth / self.most) == ONE

    def said(self, key: str) -> Html:
        """What the item says to one answer, where its feedback goes by answers."""
        found = [
            self._inner.inner(each)
            for each in (*self.item.modal_feedback, *self._in_body())
            if each.get("identifier") == key
        ]
        return self.harmless(" ".join(found)) if found else EMPTY

    def _in_body(self) -> list[etree._Element]:
        return [] if self.item.body is None else list(self.item.body.iter(*FEEDBACK))
