"""The form of one type of question, and how the form and the question become each other.

Most fields of a form are fields of the question. Where people think otherwise than the question is
kept (a pair is two things side by side, a word goes into a gap), a type says here how to turn one
into the other. Keys are never shown: what stays keeps its key, so that older answers still fit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

from translationstring import TranslationString

from assessments.bank.fields import Field, Part, Values
from assessments.bank.layouts.numbers import units_of
from assessments.bank.layouts.rows import made_of, plain_rows
from assessments.bank.layouts.shared import ASKED, FEEDBACK, HINTS, LANGUAGE, MARK, NAME, PENALTY
from assessments.questions.base import Hint, Question
from assessments.questions.choice import Verdicts
from assessments.questions.controls import Picture
from assessments.questions.html import EMPTY
from assessments.questions.plain import KINDS

WHOLES: dict[str, Callable[[Values], Any]] = {
    "said": partial(made_of, Verdicts),
    "units": units_of,
    "picture": partial(made_of, Picture),
}
"""What makes the value of a group that several types have."""


@dataclass(frozen=True)
class Layout:
    """The form of one type.

    :param label: what the type is called; :param good: what it is good for
    :param parts: those that only this type has, after name and text
    :param rows: what makes one member of each list of its own from the values of a row
    :param opened: what a question holds as the form's values, where it is not its own fields
    :param closed: the inverse, given the question as it was
    :param answered: whether there is an answer: then there are marks, hints and feedback
    """

    kind: str
    label: TranslationString
    good: TranslationString
    parts: tuple[Part, ...]
    rows: Mapping[str, Callable[[Values], Any]] = field(default_factory=dict)
    opened: Callable[[Any], Values] | None = None
    closed: Callable[[Values, Any], Values] | None = None
    body: Field | None = ASKED
    answered: bool = True

    def form(self) -> tuple[Part, ...]:
        """All parts, in the order in which they are filled in."""
        first: tuple[Part, ...] = (NAME,) if self.body is None else (NAME, self.body)
        if not self.answered:
            return (*first, *self.parts, LANGUAGE)
        # What a person marks is never tried again.
        tried = (PENALTY, HINTS) if KINDS[self.kind].automatic else ()
        return (*first, *self.parts, FEEDBACK, MARK, *tried, LANGUAGE)

    def values(self, question: Question) -> Values:
        """What the form holds for a question."""
        found = {
            each.name: plain_rows(getattr(question, each.name))
            for each in fields(question)
            if each.name != "translations"
        }
        return found if self.opened is None else {**found, **self.opened(question)}

    def question(self, values: Values, before: Question | None) -> Question:
        """The question of a form's values.

        :param before: as it was: what the form does not hold stays
        :raises Wrong: when two parts do not fit each other
        """
        kind = KINDS[self.kind]
        known = {each.name for each in fields(kind)}
        made = {name: value for name, value in values.items() if name in known}
        made |= {name: make(values[name]) for name, make in WHOLES.items() if name in values}
        if "hints" in values:
            made["hints"] = tuple(made_of(Hint, row) for row in values["hints"])
        for name, make in self.rows.items():
            made[name] = tuple(map(make, values[name]))
        if self.closed is not None:
            made |= self.closed(values, before)
        if before is not None:
            return replace(before, **made)
        return kind(**{"body": EMPTY, **made})
