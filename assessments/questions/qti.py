"""An item of QTI that is none of our own types: its own response processing marks it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

from lxml import etree
from translationstring import TranslationString, TranslationStringFactory

from assessments import numbers
from assessments.qti import (
    DocumentRefused,
    Item,
    Result,
    Session,
    SessionClosed,
    process,
    read_item,
    start,
)
from assessments.qti.values import plain as plain_value
from assessments.questions import qti_scores as scores
from assessments.questions import sizes
from assessments.questions.base import (
    EMPTY,
    NONE,
    ONE,
    Arrangement,
    Html,
    Marked,
    Question,
    Response,
    shuffled,
)
from assessments.questions.controls import Asked, Choose, Control, Optioned, Point, Put
from assessments.questions.html import safe
from assessments.questions.qti_asking import STRANGE, UNSEEN, asking
from assessments.questions.qti_asking.elements import identifier, is_fixed, offered, orders_of
from assessments.questions.qti_asking.scene import Asking, Scene
from assessments.questions.qti_body import Body
from assessments.questions.qti_ending import ENDING, ending
from assessments.questions.qti_parts import Answered

_ = TranslationStringFactory("tutela")

SEEDS = 2**32
MOST_TRIES = 50
"""Of an item that adapts; after so many it is over, whatever it says."""
LONGEST_TRIES = 100_000
"""Characters of all responses that such an item is carried on with."""
FEEDBACK = ("feedbackBlock", "feedbackInline")
BY_PEOPLE = frozenset({"uploadInteraction", "drawingInteraction"})


@lru_cache(maxsize=128)
def item_of(xml: str) -> Item:
    """The item as it runs; kept, because a page asks for it several times.

    :raises assessments.qti.DocumentRefused: when it is none
    """
    return read_item(xml.encode())


State = tuple[Session, Mapping[str, Any]]
"""A session, and the values that decide what is shown."""


@lru_cache(maxsize=512)
def _carried(xml: str, language: str, arrangement: str) -> State:
    """Where the tries of an arrangement, as JSON, left an item; kept, because every look at it
    asks for it, and the next try goes on from it."""
    question = QtiQuestion(name="", body=EMPTY, xml=xml, language=language)
    given = json.loads(arrangement)
    *earlier, last = given["tries"]
    return question.tried(last, {**given, "tries": earlier})


@dataclass(frozen=True, kw_only=True)
class QtiQuestion(Question):
    """An item.

    An arrangement is ``{"seed": …, "session": …, "orders": {…}}``: the session as it began. An
    adaptive item goes on from try to try: ``"tries"``, where it is there, holds the earlier
    responses in their order, and the item is carried to where they left it before it is asked or
    marked. Nothing else needs to be kept, for the same responses always lead to the same state.
    What was tried last is the response itself, as in every question.

    The fraction is SCORE by MAXSCORE, or by what stands in its place (:meth:`most`).

    :param xml: the assessmentItem as it came, files named as the question's files
    """

    kind = "qti"

    xml: str

    @property
    def item(self) -> Item:
        return item_of(self.xml)

    @property
    def automatic(self) -> bool:  # type: ignore[override]
        """Not when a person must mark it: it says so, hands in files, or has no processing."""
        score = self.item.declarations.get("SCORE")
        if score is not None and score.external not in ("", "none"):
            return False
        if any(each.kind in BY_PEOPLE for each in self.item.interactions):
            return False
        return bool(self.item.response_rules or self.item.outcome_rules)

    @property
    def answerable(self) -> bool:  # type: ignore[override]
        return any(each.kind not in UNSEEN for each in self.item.interactions)

    @property
    def adaptive(self) -> bool:  # type: ignore[override]
        return self.answerable and self.item.adaptive

    def problems(self) -> list[TranslationString]:
        if len(self.xml) <= sizes.LONGEST:
            try:
                item_of(self.xml)
            except DocumentRefused as refused:
                return [refused.message]
        return super().problems()

    def own_problems(self) -> list[TranslationString]:
        item = self.item
        found = [
            _("The question needs a program of its author’s. Programs of others are not run here.")
            for each in item.interactions[:1]
            if any(other.kind in STRANGE for other in item.interactions)
        ]
        for most, count in (
            (sizes.MOST_VALUES, sum(len(each.choices()) for each in item.interactions)),
            (sizes.MOST**2, sum(map(offered, item.interactions))),
        ):
            if count > most:
                found.append(
                    _(
                        "A list has more than ${most} members. Make several questions of this one.",
                        mapping={"most": most},
                    )
                )
        return found

    def arrange(self, random: Random) -> dict[str, Any]:
        seed = random.randrange(SEEDS)
        orders = {}
        for number, interaction in enumerate(self.item.interactions, 1):
            for name, choices, shuffle in orders_of(interaction, f"i{number}"):
                keys = [identifier(each) for each in choices]
                fixed = frozenset(identifier(each) for each in choices if is_fixed(each))
                orders[name] = shuffled(keys, random, fixed) if shuffle else keys
        return {"seed": seed, "session": asdict(start(self.item, seed)), "orders": orders}

    # The state of the item

    def _begun(self, arrangement: Arrangement) -> Session:
        stored = arrangement.get("session")
        return Session(**stored) if stored else start(self.item, arrangement.get("seed", 0))

    def _before(self, arrangement: Arrangement) -> State:
        """The state in which the learner finds the item."""
        if self.item.adaptive and arrangement.get("tries"):
            return _carried(self.xml, self.language, json.dumps(arrangement, sort_keys=True))
        session = self._begun(arrangement)
        return session, session.values

    def tried(self, response: Response, arrangement: Arrangement) -> State:
        """The state in which a response leaves the item."""
        session, values = self._before(arrangement)
        result = self._processed(session, values, response, arrangement)
        if result is None:
            return session, values
        return result.session, {**result.session.values, **result.outcomes}

    def _processed(
        self,
        session: Session,
        values: Mapping[str, Any],
        response: Response,
        arrangement: Arrangement,
    ) -> Result | None:
        """What a response comes to; None when the item takes no more."""
        given: dict[str, Any] = {}
        for asked in self._askings(arrangement, values):
            if asked.controls and asked.variable in self.item.declarations:
                given[asked.variable] = asked.value(response)
                given |= asked.more(response)
        try:
            return process(self.item, session, given)
        except SessionClosed:
            return None

    def _askings(self, arrangement: Arrangement, values: Mapping[str, Any]) -> list[Asking]:
        """How each interaction is asked, in the order of the body. What is hidden from the learner
        has no controls, and its variable keeps the value that it has."""
        made: dict[etree._Element, Asking] = {}
        body = Body(self.item, values, made.get)
        orders = arrangement.get("orders", {})
        form = numbers.format_of(arrangement.get("language") or self.language)
        free = True
        for number, interaction in enumerate(self.item.interactions, 1):
            scene = Scene(
                body.inner,
                lambda name, keys: orders.get(name, keys),
                body.shown,
                self.item.declarations.get,
                form,
                free,
            )
            # Gaps within the interaction's own text ask for the names of its controls.
            made[interaction.element] = _Names(interaction, f"i{number}")
            if not body.reaches(interaction.element):
                found = Asking(interaction.response)
            elif interaction.kind == ENDING and self.item.adaptive:
                found = ending(interaction, f"i{number}")
            else:
                found = asking(interaction, f"i{number}", scene)
            free = free and found.picture is None
            made[interaction.element] = found
        return list(made.values())

    # Asking

    def ask(self, arrangement: Arrangement) -> Asked:
        _session, values = self._before(arrangement)
        askings = self._askings(arrangement, values)
        by_element = dict(
            zip((each.element for each in self.item.interactions), askings, strict=True)
        )
        body = Body(self.item, values, by_element.get)
        element = self.item.body
        text = EMPTY if element is None else Html(safe(body.inner(element)).strip())
        picture = next((each.picture for each in askings if each.picture is not None), None)
        return Asked(text, tuple(each for asked in askings for each in asked.controls), picture)

    def _asked(self, arrangement: Arrangement) -> list[Asking]:
        return self._askings(arrangement, self._before(arrangement)[1])

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        if self.adaptive:
            # What it makes of a part that is left open, or of a hint asked for, is its own matter.
            return bool(response)
        askings = [each for each in self._asked(arrangement) if each.controls]
        return all(each.value(response) is not None for each in askings)

    def go_on(
        self, response: Response, arrangement: Arrangement
    ) -> tuple[dict[str, Any], Response] | None:
        if not self.adaptive:
            return None
        tries = [*arrangement.get("tries", ()), response]
        following = {**arrangement, "tries": tries}
        length = sum(len(text) for each in tries for texts in each.values() for text in texts)
        if len(tries) >= MOST_TRIES or length > LONGEST_TRIES:
            return None
        if self._before(following)[0].values["completionStatus"] == "completed":
            return None
        asked = self.ask(following)
        wishes = {
            f"i{number}"
            for number, each in enumerate(self.item.interactions, 1)
            if each.kind == ENDING
        }
        kept = asked.read(asked.fields(response))
        return following, {name: kept[name] for name in kept if name not in wishes}

    def between(self, arrangement: Arrangement) -> Html:
        if not (self.adaptive and arrangement.get("tries")):
            return EMPTY
        body = Body(self.item, self._before(arrangement)[1])
        return _said([body.inner(each) for each in self.item.modal_feedback if body.shown(each)])

    # Marking

    def most(self, outcomes: Mapping[str, Any]) -> Fraction:
        return scores.most(self.item, outcomes)

    def fixed_most(self) -> Any:
        return scores.fixed_most(self.item)

    def lowest(self) -> Fraction:
        return scores.lowest(self.item)

    def guess(self) -> Fraction | None:
        return None

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        before = self._before(arrangement)[1]
        after = self.tried(response, arrangement)[1]
        share = (scores.exact(after.get("SCORE")) or NONE) / self.most(after)
        whole = min(ONE, max(NONE, share))
        right = self._right(arrangement)
        parts = tuple(
            part
            for asked in self._askings(arrangement, before)
            for part in Answered(
                asked,
                self.item.declarations.get(asked.variable),
                response,
                right,
                whole,
                lambda key: self._beside(key, after),
            ).parts()
        )
        if not self.automatic:
            return Marked(None if parts else NONE, parts)
        fraction = min(ONE, max(self.lowest(), share))
        return Marked(fraction, parts, self._feedback(before, after))

    def _feedback(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Html:
        """What the item says to the response: modal feedback, and what appears in its text."""
        earlier, later = Body(self.item, before), Body(self.item, after)
        elements = [
            each
            for each in (self.item.body.iter(*FEEDBACK) if self.item.body is not None else ())
            if next(each.iterancestors("simpleChoice"), None) is None and not earlier.shown(each)
        ]
        elements += self.item.modal_feedback
        return _said([later.inner(each) for each in elements if later.shown(each)])

    def _beside(self, key: str, after: Mapping[str, Any]) -> Html:
        """What the item says beside a choice, in the choice itself."""
        body = Body(self.item, after)
        said = [
            body.inner(each)
            for choice in (
                self.item.body.iter("simpleChoice") if self.item.body is not None else ()
            )
            if identifier(choice) == key
            for each in choice.iter(*FEEDBACK)
            if body.shown(each)
        ]
        return Html(safe(" ".join(said)).strip())

    # The right answer

    def _right(self, arrangement: Arrangement) -> Response:
        """What is known of the right response: of each interaction that declares one."""
        session, values = self._before(arrangement)
        found: dict[str, tuple[str, ...]] = {}
        for asked in self._askings(arrangement, values):
            declared = self.item.declarations.get(asked.variable)
            if declared is not None:
                correct = session.corrects.get(asked.variable, plain_value(declared.correct))
                found |= asked.answer(correct)
        return found

    def right_response(self, arrangement: Arrangement) -> Response | None:
        right = self._right(arrangement)
        if not right or not self.automatic:
            return None
        return right if self.mark_response(right, arrangement).fraction == ONE else None

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        form = numbers.format_of(arrangement.get("language") or self.language)
        found = []
        for control in self.ask(arrangement).controls:
            text = (*response.get(control.name, ()), "")[0]
            if text and getattr(control, "numeric", False):
                try:
                    numbers.read(text, form)
                except numbers.NumberRefused as refused:
                    found.append(refused.message)
            most = getattr(control, "most", 0)
            if isinstance(control, Choose | Point) and control.many:
                chosen = len(response.get(control.name, ()))
                if 0 < most < chosen:
                    found.append(
                        _(
                            "You have chosen ${chosen} answers, but at most ${most} can be chosen.",
                            mapping={"chosen": chosen, "most": most},
                        )
                    )
        return found

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        marked = self.mark_response(response, arrangement)
        if marked.fraction == ONE or not self.automatic:
            return response
        good = {(part.name, part.answer) for part in marked.parts if part.fraction > 0}
        found = {}
        for control in self.ask(arrangement).controls:
            values = tuple(response.get(control.name, ()))
            if isinstance(control, Put):
                values = control.read(
                    control.fields(
                        tuple(
                            f"{part.answer}:{part.response.partition('.')[0]}"
                            for part in marked.parts
                            if part.name == control.name and part.fraction > 0
                        )
                    )
                )
            elif isinstance(control, Optioned | Point):
                values = tuple(value for value in values if (control.name, value) in good)
            elif (control.name, "") not in good:
                values = ()
            if values:
                found[control.name] = values
        return found


class _Names(Asking):
    """The names of an interaction's controls while it is still being made."""

    def __init__(self, interaction: Any, name: str) -> None:
        gaps = list(interaction.element.iter("gap"))
        super().__init__("", controls=[Control(f"{name}-{n}") for n in range(1, len(gaps) + 1)])


def _said(texts: list[str]) -> Html:
    return Html(safe("".join(f"<div>{text}</div>" for text in texts)))
