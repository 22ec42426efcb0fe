"""Writing GIFT: the inverse of :mod:`assessments.exchange.gift`."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import singledispatchmethod

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.categories import to_path
from assessments.exchange.entries import Entry, Remark
from assessments.exchange.formats import as_plain
from assessments.exchange.judging import judge
from assessments.exchange.losses import cannot_say, losses
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.numbers import absolute
from assessments.exchange.shares import percent, plain_decimal, share
from assessments.questions.base import ONE, Question
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from assessments.questions.matching import MatchingQuestion
from assessments.questions.numerical import NO_UNITS, NumericalQuestion
from assessments.questions.short import ShortQuestion
from assessments.questions.truth import TruthQuestion

_ = TranslationStringFactory("tutela")

SIGNS = re.compile(r"[\\~=#{}:]")
BRACKETS = re.compile(r"[\[\]\\]")
BEHIND = r"\\\g<0>"
SAYS = frozenset({"feedback", "tags", "code", "category"})


def write(entries: Iterable[Entry]) -> tuple[bytes, tuple[Remark, ...]]:
    """The questions as a file, and what it cannot say about them."""
    notes = Notes()
    blocks: list[str] = []
    category: tuple[str, ...] = ()
    for entry, block in notes.writable(entries, lambda entry: _Writer(entry, notes).block()):
        if entry.category != category:
            category = entry.category
            blocks.append(f"$CATEGORY: {_line(to_path(category))}")
        blocks.append(block)
    return "".join(f"{block}\n\n" for block in blocks).encode(), notes.by_line()


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return SIGNS.sub(lambda sign: "\\" + sign[0], text).replace("\n", "\\n")


def _html(html: Html) -> str:
    """A text with its format, so that it is read as it is written; nothing for nothing."""
    # Within HTML every > can be said in another way; "->" would part a pair.
    return f"[html]{_escaped(html.replace('->', '-&gt;'))}" if html else ""


class _Writer:
    """One question."""

    def __init__(self, entry: Entry, notes: Notes):
        self._entry = entry
        self._notes = notes

    def block(self) -> str:
        """:raises Broken: when GIFT has no form for it"""
        question = self._entry.question
        judge(question)
        answers = self._answers(question)
        for sentence in losses(self._entry, SAYS):
            self._changed(sentence)
        head = f"::{_escaped(_line(question.name))}::{_html(question.body)}"
        return "\n".join([*self._comment(), head + answers])

    def _comment(self) -> Iterator[str]:
        named = [("id", self._entry.code)] if self._entry.code else []
        named += [("tag", tag) for tag in self._entry.tags]
        if named:
            notes = (f"[{name}:{BRACKETS.sub(BEHIND, _line(value))}]" for name, value in named)
            yield f"// {' '.join(notes)}"

    def _changed(self, message: TranslationString) -> None:
        self._notes.changed(message, question=self._entry.question.name)

    def _feedback(self, html: Html) -> str:
        return f"#{_html(html)}" if html else ""

    def _closed(self, answers: Iterable[str]) -> str:
        """The answers between their braces, each on a line, and what everybody is told."""
        general = self._entry.question.feedback
        lines = [*answers, *([f"####{_html(general)}"] if general else [])]
        return "".join(["{\n", *(f"\t{line}\n" for line in lines), "}"])

    def _percent(self, fraction) -> str:
        text = percent(fraction)
        if share(text, hundred=True) != fraction:
            self._changed(_("The share of an answer had to be rounded."))
        return f"%{text}%"

    def _plain(self, html: Html) -> str:
        text, whole = as_plain(html)
        if not whole:
            self._changed(_("The right halves of pairs lose their mark-up."))
        return _escaped(text)

    @singledispatchmethod
    def _answers(self, question: Question) -> str:
        raise Broken(cannot_say(question, "GIFT"))

    @_answers.register
    def _description(self, question: DescriptionQuestion) -> str:
        if question.feedback:
            self._changed(_("What everybody is told after a text without a question is not kept."))
        return ""

    @_answers.register
    def _essay(self, question: EssayQuestion) -> str:
        usual = EssayQuestion(name=question.name, body=question.body)
        if any(
            getattr(question, name) != getattr(usual, name)
            for name in ("text", "least_words", "most_words", "template", "files", "for_markers")
        ):
            self._changed(_("Limits, files and the template of the essay are not kept."))
        if question.rubric:
            self._changed(_("The rubric is not kept."))
        return self._closed([])

    @_answers.register
    def _truth(self, question: TruthQuestion) -> str:
        right, wrong = question.when_true, question.when_false
        if not question.right:
            right, wrong = wrong, right
        said = f"#{_html(wrong)}#{_html(right) or '[html]'}" if right or wrong else ""
        if said.startswith("##"):
            said = f"#[html]{said[1:]}"
        return self._closed([f"{'TRUE' if question.right else 'FALSE'}{said}"])

    @_answers.register
    def _choice(self, question: ChoiceQuestion) -> str:
        lines = []
        started = False
        for choice in question.choices:
            if choice.fraction == ONE and not question.many and not started:
                started = True
                mark = "="
            else:
                mark = f"~{self._percent(choice.fraction)}" if choice.fraction else "~"
            lines.append(f"{mark}{_html(choice.html)}{self._feedback(choice.feedback)}")
        return self._closed(lines)

    @_answers.register
    def _matching(self, question: MatchingQuestion) -> str:
        right = {option.key: self._plain(option.html) for option in question.answers}
        lines = [f"={_html(pair.html)} -> {right[pair.answer]}" for pair in question.pairs]
        used = {pair.answer for pair in question.pairs}
        lines += [f"= -> {text}" for key, text in right.items() if key not in used]
        return self._closed(lines)

    @_answers.register
    def _short(self, question: ShortQuestion) -> str:
        if question.case:
            self._changed(_("That large and small letters differ is not kept."))
        return self._closed(
            f"={self._percent(answer.fraction)}{_escaped(_line(answer.text))}"
            f"{self._feedback(answer.feedback)}"
            for answer in question.answers
        )

    @_answers.register
    def _numerical(self, question: NumericalQuestion) -> str:
        if question.units != NO_UNITS:
            self._changed(_("The units are not kept."))
        lines = []
        for answer in question.answers:
            error, same = absolute(answer)
            if not same:
                self._changed(_("How exact a number must be is kept only nearly."))
            lines.append(
                f"={self._percent(answer.fraction)}{_number(answer.value, error)}"
                f"{self._feedback(answer.feedback)}"
            )
        return self._closed(["#", *lines])


def _number(value: Decimal | None, error: Decimal) -> str:
    if value is None:
        return "*"
    return f"{plain_decimal(value)}:{plain_decimal(error)}"
