"""Matching: to each thing on one side belongs one of the other side."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.questions.base import (
    NONE,
    ONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
    in_order,
    key_problems,
    mean,
    shuffled,
)
from assessments.questions.choice import SILENT, Verdicts, judged
from assessments.questions.controls import Asked, Option, Pick
from assessments.questions.html import plain, says_something

_ = TranslationStringFactory("tutela")

PAIRS = "pairs"
ANSWERS = "answers"


@dataclass(frozen=True)
class Pair:
    """What is asked about, and the key of the answer that belongs to it."""

    key: str
    html: Html
    answer: str


@dataclass(frozen=True, kw_only=True)
class MatchingQuestion(Question):
    """Pairs; answers that belong to nothing are there to mislead. Each pair counts the same.

    The answers are always shown in an order of chance, the pairs too with ``shuffle``.
    """

    kind = "matching"

    pairs: tuple[Pair, ...]
    answers: tuple[Option, ...]
    shuffle: bool = True
    said: Verdicts = SILENT

    def own_problems(self) -> list[TranslationString]:
        found = key_problems(pair.key for pair in self.pairs)
        found += key_problems(answer.key for answer in self.answers)
        if len(self.pairs) < 2:
            found.append(_("A matching question needs at least two pairs."))
        if len({answer.html for answer in self.answers}) < 2:
            found.append(_("A matching question needs at least two answers to choose from."))
        halves = [pair.html for pair in self.pairs] + [answer.html for answer in self.answers]
        if not all(says_something(half) for half in halves):
            found.append(_("One half of a pair is empty. Write it, or take the pair out."))
        known = {answer.key for answer in self.answers}
        found += [
            _("No answer belongs to “${pair}”.", mapping={"pair": plain(pair.html)})
            for pair in self.pairs
            if pair.answer not in known
        ]
        return found

    def arrange(self, random: Random) -> dict[str, Any]:
        pairs = [pair.key for pair in self.pairs]
        answers = shuffled([answer.key for answer in self.answers], random)
        if self.shuffle:
            pairs = shuffled(pairs, random)
        return {"orders": {PAIRS: pairs, ANSWERS: answers}}

    def ask(self, arrangement: Arrangement) -> Asked:
        options = in_order({answer.key: answer for answer in self.answers}, arrangement, ANSWERS)
        pairs = in_order(self._by_key(), arrangement, PAIRS)
        names = self._names()
        rows = "".join(
            f'<tr><th scope="row">{pair.html}</th><td>[[{names[pair.key]}]]</td></tr>'
            for pair in pairs
        )
        return Asked(
            Html(f"{self.body}<table><tbody>{rows}</tbody></table>"),
            tuple(Pick(names[pair.key], plain(pair.html), options) for pair in pairs),
        )

    def _by_key(self) -> dict[str, Pair]:
        return {pair.key: pair for pair in self.pairs}

    def _names(self) -> dict[str, str]:
        """The control of each pair. An author's key could tell the answer: it is not used."""
        return {pair.key: f"pair-{number}" for number, pair in enumerate(self.pairs, 1)}

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        answers = {answer.key: answer for answer in self.answers}
        names = self._names()
        parts = []
        for pair in in_order(self._by_key(), arrangement, PAIRS):
            chosen = answers.get((*response.get(names[pair.key], ()), "")[0])
            if chosen is not None:
                # Answers that say the same are the same to a learner.
                right = chosen.html == answers[pair.answer].html
                fraction = ONE if right else NONE
                parts.append(Part(names[pair.key], plain(chosen.html), chosen.key, fraction))
        return judged(share(parts, len(self.pairs)), tuple(parts), self.said)

    def right_response(self, arrangement: Arrangement) -> Response:
        names = self._names()
        return {names[pair.key]: (pair.answer,) for pair in self.pairs}

    def summary(self, response: Response, arrangement: Arrangement) -> str:
        pairs = {self._names()[pair.key]: plain(pair.html) for pair in self.pairs}
        parts = self.mark_response(response, arrangement).parts
        return "; ".join(f"{pairs[part.name]} → {part.response}" for part in parts)

    def guess(self) -> Fraction:
        texts = [answer.html for answer in self.answers]
        answers = {answer.key: answer.html for answer in self.answers}
        chances = [Fraction(texts.count(answers[pair.answer]), len(texts)) for pair in self.pairs]
        return mean(chances)


def share(parts: Iterable[Part], count: int) -> Fraction:
    """What parts bring together of which each brings one of ``count`` equal shares."""
    return sum((part.fraction for part in parts), NONE) / count
