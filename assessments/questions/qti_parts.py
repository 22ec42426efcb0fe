"""How each control of an item of QTI was answered.

An item marks itself as a whole. What a part of it is worth is told by its declared right response;
where none is declared, every part is worth what the whole is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.qti.declarations import Declaration
from assessments.qti.sessions import response as value_of
from assessments.qti.values import same
from assessments.questions.base import NONE, ONE, Html, Part, Response
from assessments.questions.controls import Attach, Control, Optioned, Point, Put
from assessments.questions.html import plain
from assessments.questions.qti_asking.scene import Asking

_ = TranslationStringFactory("tutela")


@dataclass(frozen=True)
class Answered:
    """One interaction that was answered.

    :param declared: its response variable; None when the item declares none
    :param right: what is known of the right response, by control
    :param whole: the fraction of the whole item, 0 to 1
    :param beside: what the item says beside the choice with an identifier
    """

    asked: Asking
    declared: Declaration | None
    response: Response
    right: Response
    whole: Fraction
    beside: Callable[[str], Html]

    def parts(self) -> Iterator[Part]:
        """In the order of the controls; a control without an answer has none."""
        for control in self.asked.controls:
            given = self.response.get(control.name, ())
            wanted = self.right.get(control.name)
            if isinstance(control, Put):
                yield from self._put(control, given, wanted)
            elif isinstance(control, Optioned | Point):
                yield from self._chosen(control, given, wanted)
            elif given and given[0]:
                yield self._written(control, given, wanted)

    def _worth(self, stands: bool, wanted: tuple[str, ...] | None) -> Fraction:
        if wanted is None:
            return self.whole
        return ONE if stands else NONE

    def _put(
        self, control: Put, given: tuple[str, ...], wanted: tuple[str, ...] | None
    ) -> Iterator[Part]:
        right = wanted or ()
        for place, value in enumerate(given, 1):
            key, _sign, own = value.rpartition(":") if ":" in value else (value, "", str(place))
            stands = f"{key}:{own}" in right or (
                own.isdecimal() and right[int(own) - 1 : int(own)] == (key,)
            )
            words = _words_of(control, key)
            if words:
                fraction = self._worth(stands, wanted)
                yield Part(control.name, f"{own}. {words}", key, fraction)

    def _chosen(
        self, control: Optioned | Point, given: tuple[str, ...], wanted: tuple[str, ...] | None
    ) -> Iterator[Part]:
        for value in given:
            words = _words_of(control, value)
            if words:
                fraction = self._worth(value in (wanted or ()), wanted)
                yield Part(control.name, words, value, fraction, self.beside(value))

    def _written(
        self, control: Control, given: tuple[str, ...], wanted: tuple[str, ...] | None
    ) -> Part:
        if isinstance(control, Attach):
            words = _("Files: ${count}", mapping={"count": len(given)})
        else:
            words = " ".join(given[0].split())
        stands = wanted is not None and self._is_same(control, given, wanted)
        # Where all is right, a part may be so by other rules than its declared answer.
        return Part(
            control.name, words, "", ONE if self.whole == ONE else self._worth(stands, wanted)
        )

    def _is_same(self, control: Control, given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        """Whether both come to one value: "3,0" and "3" do where a number is asked for."""
        assert self.declared is not None, "only what is declared has a right response"
        try:
            one, other = (
                value_of(self.declared, self.asked.value({control.name: texts}))
                for texts in (given, wanted)
            )
        except ValueError:  # what was written is no value of the declared type
            return False
        return same(one, other)


def _words_of(control: Control, key: str) -> str:
    """What an option says, in plain text; empty when there is no such one."""
    if isinstance(control, Point):
        for number, area in enumerate(control.areas, 1):
            if area.key == key:
                return area.label or str(number)
        return ""
    assert isinstance(control, Optioned)
    for number, option in enumerate(control.options, 1):
        if option.key == key:
            return plain(option.html) or str(number)
    return ""
