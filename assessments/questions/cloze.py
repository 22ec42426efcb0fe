"""Cloze: a text with gaps, each a small question of its own (Moodle's "embedded answers")."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    NONE,
    ONE,
    Arrangement,
    Marked,
    Question,
    Response,
)
from assessments.questions.controls import Asked, Choose, Control, Pick
from assessments.questions.places import place_problems

_ = TranslationStringFactory("tutela")

KINDS = frozenset({"choice", "short", "numerical"})
SHOWS = frozenset({"list", "column", "row"})


@dataclass(frozen=True)
class ClozeGap:
    """One gap: ``[[name]]`` in the text.

    :param question: a choice, short or numerical question without text of its own
    :param weight: its share among the gaps
    :param show: a choice as a list that opens (``list``), or ``radio`` in a ``column`` or ``row``
    """

    name: str
    question: Question
    weight: Fraction = ONE
    show: str = "list"


@dataclass(frozen=True, kw_only=True)
class ClozeQuestion(Question):
    """A text with gaps.

    A gap whose answer has negative credit takes off from what the others bring, but all together
    never bring less than nothing.
    """

    kind = "cloze"

    gaps: tuple[ClozeGap, ...]

    def own_problems(self) -> list[TranslationString]:
        found = place_problems(self.body, [gap.name for gap in self.gaps], self.translations)
        if not self.gaps:
            found.append(_("The text has no gap."))
        elif not any(gap.weight for gap in self.gaps):
            found.append(_("No gap has a weight. Give at least one a weight above 0."))
        for gap in self.gaps:
            if problems := _gap_problems(gap):
                found.append(
                    _("What follows is wrong with the gap ${name}.", mapping={"name": gap.name})
                )
                found += problems
        return found

    def arrange(self, random: Random) -> dict[str, Any]:
        return {"gaps": {gap.name: gap.question.arrange(random) for gap in self.gaps}}

    def ask(self, arrangement: Arrangement) -> Asked:
        controls = []
        for gap in self.gaps:
            (control,) = gap.question.ask(self._of_gap(gap, arrangement)).controls
            controls.append(_shown(control, gap))
        return Asked(self.body, tuple(controls), authored=True)

    def _each(
        self, response: Response, arrangement: Arrangement
    ) -> Iterator[tuple[ClozeGap, Response, Arrangement]]:
        """Each gap with the part of a response and of an arrangement that is its own question's."""
        for gap in self.gaps:
            # A gap's question says no language: its texts are in that of the whole.
            gap = replace(gap, question=replace(gap.question, language=self.language))
            own = self._of_gap(gap, arrangement)
            (control,) = gap.question.ask(own).controls
            values = response.get(gap.name, ())
            yield gap, {control.name: values} if values else {}, own

    def _of_gap(self, gap: ClozeGap, arrangement: Arrangement) -> Arrangement:
        own = arrangement.get("gaps", {}).get(gap.name, {})
        return {**own, "language": arrangement.get("language") or self.language}

    def is_complete(self, response: Response, arrangement: Arrangement) -> bool:
        return all(
            gap.question.is_complete(answer, own)
            for gap, answer, own in self._each(response, arrangement)
        )

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        parts = []
        brought = NONE
        for gap, answer, own in self._each(response, arrangement):
            marked = gap.question.mark_response(answer, own)
            brought += gap.weight * (marked.fraction or NONE)
            parts += [replace(part, name=gap.name) for part in marked.parts]
        whole = sum((gap.weight for gap in self.gaps), NONE)
        return Marked(max(NONE, brought / whole), tuple(parts))

    def right_response(self, arrangement: Arrangement) -> Response | None:
        found = {}
        for gap, _answer, own in self._each({}, arrangement):
            right = gap.question.right_response(own)
            if right is None:
                return None
            (found[gap.name],) = right.values()
        return found

    def remarks(self, response: Response, arrangement: Arrangement) -> list[TranslationString]:
        return [
            remark
            for gap, answer, own in self._each(response, arrangement)
            for remark in gap.question.remarks(answer, own)
        ]

    def kept(self, response: Response, arrangement: Arrangement) -> Response:
        found = {}
        for gap, answer, own in self._each(response, arrangement):
            for values in gap.question.kept(answer, own).values():
                found[gap.name] = values
        return found

    def summary(self, response: Response, arrangement: Arrangement) -> str:
        said = {
            gap.name: gap.question.summary(answer, own)
            for gap, answer, own in self._each(response, arrangement)
        }
        return "; ".join(f"[{name}] {words}" for name, words in said.items() if words)

    def guess(self) -> Fraction | None:
        weights = NONE
        brought = NONE
        for gap in self.gaps:
            guess = gap.question.guess()
            if guess is None:
                return None
            weights += gap.weight
            brought += gap.weight * guess
        return brought / weights


def _shown(control: Control, gap: ClozeGap) -> Control:
    """The control of a gap's question in its place in the text."""
    if not isinstance(control, Choose):
        return replace(control, name=gap.name)
    if gap.show == "list" and not control.many:
        return Pick(gap.name, options=control.options)
    return replace(control, name=gap.name, numbering="none", across=gap.show == "row")


def _gap_problems(gap: ClozeGap) -> list[TranslationString]:
    if gap.question.kind not in KINDS:
        return [_("Only a choice, a short answer or a number can be asked in a gap.")]
    found = gap.question.own_problems()
    if gap.weight < 0:
        found.append(_("The weight of a gap cannot be below 0."))
    if gap.show not in SHOWS:
        found.append(_("“${show}” is no way to show answers.", mapping={"show": gap.show}))
    return found
