"""A question of an attempt as its page shows it: made of what :mod:`assessments.attempts.shown`
allows, and of nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from assessments.attempts.asking import question_of
from assessments.attempts.shown import Shown, ShownPart, shown
from assessments.bank.translating import direction
from assessments.questions.html import EMPTY, Html
from assessments.resources import Attempt
from assessments.views.neutral import opaque
from assessments.views.rendering import Mark, render_html, render_question


@dataclass(frozen=True)
class Page:
    """One question, ready for a template.

    :param own: its number in the page's fields, from 1, texts to read included
    :param html: the question with its controls; :param right: an answer that brings the whole mark
    :param said: to this answer; :param general: to everybody; :param hint: before the next try
    :param comments: of the persons who marked the answer
    :param problem: why something that was just done with it was not done
    """

    shown: Shown
    own: int
    html: Markup
    right: Markup | None
    said: Markup
    comments: tuple[Markup, ...]
    general: Markup
    hint: Markup
    problem: str = ""


class Asked:
    """One question of an attempt at this moment, for a page."""

    def __init__(self, request, attempt: Attempt, position: int, now, allowed=None):
        """
        :param allowed: as for :func:`assessments.attempts.shown.shown`
        :raises IndexError: when there is no such question
        """
        self.shown = shown(attempt, position, now, allowed)
        self.own = position + 1
        self._request = request
        self._attempt = attempt
        self._address = f"{request.resource_url(attempt)}files/{self.own}/"
        self._secret = request.registry["assessments"].secret
        self._language, self._direction = spoken(attempt, position)

    def page(self, *, values: Mapping[str, tuple[str, ...]] | None = None, problem="") -> Page:
        """
        :param values: to show in its fields in place of those that are saved
        :param problem: a sentence about what was just done with it
        """
        found = self._found
        return Page(
            shown=found,
            own=self.own,
            html=self._question(
                "q", found.values if values is None else values, not found.writable, marks_of(found)
            ),
            right=None if found.right is None else self.version("right", found.right),
            said=self._text(found.feedback),
            comments=tuple(self._comment(each) for each in found.comments),
            general=self._text(found.general),
            hint=self._text(found.hint.html if found.hint else EMPTY),
            problem=problem,
        )

    def version(self, prefix: str, values: Mapping[str, tuple[str, ...]]) -> Markup:
        """The question with these answers in it, to be looked at only."""
        return self._question(prefix, values, True, None)

    @property
    def _found(self) -> Shown:
        assert self.shown is not None  # nobody shows what may not be seen
        return self.shown

    def _question(self, prefix: str, values, disabled: bool, marks) -> Markup:
        found = self._found
        return render_question(
            self._request,
            found.asked,
            prefix=f"{prefix}{self.own}",
            values=dict(values),
            file_url=self._file,
            number="" if found.number is None else str(found.number),
            disabled=disabled,
            marks=marks,
            lang=self._language,
            direction=self._direction,
        )

    def _text(self, html: Html) -> Markup:
        return render_html(self._request, html, self._file, lang=self._language)

    def _comment(self, html: Html) -> Markup:
        """What a person wrote, in a language that nobody stated, without pictures."""
        return render_html(self._request, html, lambda _name: "")

    def _file(self, name: str) -> str:
        return self._address + opaque(self._attempt, self.own - 1, name, self._secret)


def spoken(attempt: Attempt, position: int) -> tuple[str, str]:
    """The language of a question's texts, and its direction. What says none of its own is in the
    quiz's."""
    language = question_of(attempt, attempt.answers[position]).language or attempt.quiz.language
    return language, direction(language)


def marks_of(found: Shown) -> dict[str, Mark] | None:
    """What stands beside the controls, where something may."""
    marks: dict[str, Mark] = {}
    for control in found.asked["controls"]:
        parts = [part for part in found.parts if part.name == control["name"]]
        if parts:
            marks[control["name"]] = _mark(parts, control["control"] in ("choose", "point", "put"))
    return marks or None


def _mark(parts: list[ShownPart], by_option: bool) -> Mark:
    if not by_option:
        return Mark(parts[0].verdict, parts[0].feedback)
    each = {part.value: Mark(part.verdict, part.feedback) for part in parts if part.value}
    return Mark(options=each)
