"""One question of a GIFT file in the making."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.entries import Entry, QuestionFile
from assessments.exchange.formats import (
    HTML,
    MOODLE,
    NAMES,
    lost_markup,
    name_of,
    one_line,
    to_html,
    weight,
)
from assessments.exchange.gift_answers import interval, parts_of
from assessments.exchange.gift_blocks import Block, Comment
from assessments.exchange.gift_signs import cut, signs_in, unescaped
from assessments.exchange.judging import judge
from assessments.exchange.media import with_pictures
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.shares import share
from assessments.questions.base import NONE, ONE, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.controls import Option
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html, escaped
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion

_ = TranslationStringFactory("tutela")
BLANK = "_____"
"""Where the missing word of a sentence was."""
FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"\s*%(?P<share>[^%\s]{1,40})%")
NOTE = re.compile(r"\[(?P<name>id|tag):(?P<value>(?:\\.|[^\[\]\\])*)\]")
TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(frozen=True)
class Written:
    """A question with what the file says around it.

    :param title: as the file gives it, empty when it gives none
    :param comments: since the question before, also those within it
    :param answers_line: where its answers begin
    :param missing_word: whether its answers stand within the text
    :param form: the format that its text names, empty when it names none
    """

    entry: Entry
    title: str
    comments: tuple[Comment, ...]
    answers_line: int
    missing_word: bool
    form: str


class QuestionReader:
    """One question in the making."""

    def __init__(self, block: Block, usual: str, notes: Notes):
        self._block = block
        self._form = usual
        self._notes = notes
        self._away: set[str] = set()
        self._files: dict[str, QuestionFile] = {}

    def read(self) -> Written:
        """:raises Broken: when it cannot be taken"""
        block = self._block
        text = block.text
        start, end = self._braces(text)
        head, rest = text[:start].strip(), text[end:].strip()
        name, head = self._title(head)
        found = FORM.match(head)
        form = found[1] if found else ""
        self._form = NAMES[form] if form else self._form
        head = head[found.end() :] if found else head
        missing = bool(rest.strip('";. ')) or rest == "."
        if missing:
            head = f"{head.rstrip()} {BLANK}{'' if rest[0] in '.,;:!?' else ' '}{rest}"
        body = self._html(head)
        answers = text[start + 1 : end - 1] if end > start else None
        block.name = one_line(name) or name_of(body)
        question = self._judged(self._question(block.name, body, answers))
        if self._away:
            self._notes.changed(lost_markup(self._away), block.line, block.name)
        code, tags = _named(block.comments)
        entry = Entry(question, block.category, code, tags, self._files, line=block.line)
        return Written(
            entry, one_line(name), tuple(block.comments), block.line_at(start), missing, form
        )

    def _braces(self, text: str) -> tuple[int, int]:
        """Where the answers begin and end, braces included; the end of the text for none."""
        signs = list(signs_in(text, "[{}]"))
        if not signs:
            return len(text), len(text)
        opening, *others = signs
        if opening.group() == "}":
            raise self._broken(
                _("There is a } without a { before it. Write \\} for the sign itself."),
                opening.start(),
            )
        if not others:
            raise self._broken(
                _("The braces of this question are not closed. Put } after its answers."),
                opening.start(),
            )
        closing, *more = others
        if closing.group() == "{" or more:
            raise self._broken(
                _("There are braces within braces. Write \\{ and \\} for the signs themselves."),
                (more or [closing])[0].start(),
            )
        return opening.start(), closing.end()

    def _broken(self, message: TranslationString, position: int) -> Broken:
        self._block.name = one_line(self._title(self._block.text)[0])
        return Broken(message, self._block.line_at(position))

    def _title(self, head: str) -> tuple[str, str]:
        if not head.startswith("::"):
            return "", head
        name, rest = cut(head[2:], "::")
        return ("", head) if rest is None else (unescaped(name), rest.strip())

    def _judged(self, question: Question) -> Question:
        question, changed = judge(question)
        if changed is not None:
            self._notes.changed(changed, self._block.line, question.name)
        return question

    def _html(self, text: str | None, form: str = "") -> Html:
        text = text or ""
        if found := FORM.match(text):
            form = NAMES[found[1]]
            text = text[found.end() :]
        form = form or self._form
        if form in (HTML, MOODLE):
            # A line that is wrapped in the file goes on; "\n" is where the author ends one.
            text = text.replace("\n", " ")
        self._notes.text(self._block.line, weight(text, form))
        text = with_pictures(unescaped(text), self._files, self._refuse)
        html, away = to_html(text, form)
        self._away |= away
        return html

    def _refuse(self, words: TranslationString) -> None:
        self._notes.left_out(words, self._block.line, self._block.name)

    def _question(self, name: str, body: Html, answers: str | None) -> Question:
        if answers is None:
            return DescriptionQuestion(name=name, body=body)
        answers, general = cut(answers, "####")
        answers = answers.strip()
        feedback = self._html(general)
        if not answers:
            return EssayQuestion(name=name, body=body, feedback=feedback)
        if answers.startswith("#"):
            found = tuple(self._numbers(answers[1:]))
            return NumericalQuestion(name=name, body=body, feedback=feedback, answers=found)
        if any(signs_in(answers, "[~]")):
            return self._choice(name, body, feedback, answers)
        if answers.startswith("=") and any(signs_in(answers, "->")):
            return self._matching(name, body, feedback, answers)
        word, said = cut(answers, "#")
        if word.strip().upper() in TRUTH:
            return self._truth(name, body, feedback, TRUTH[word.strip().upper()], said)
        texts = tuple(self._texts(answers))
        return ShortQuestion(name=name, body=body, feedback=feedback, answers=texts)

    def _truth(
        self, name: str, body: Html, feedback: Html, right: bool, said: str | None
    ) -> TruthQuestion:
        """GIFT gives the feedback to a wrong answer first, then that to the right one."""
        wrong_said, right_said = cut(said or "", "#")
        told = {not right: self._html(wrong_said), right: self._html(right_said)}
        return TruthQuestion(
            name=name,
            body=body,
            feedback=feedback,
            right=right,
            when_true=told[True],
            when_false=told[False],
        )

    def _choice(self, name: str, body: Html, feedback: Html, answers: str) -> ChoiceQuestion:
        parts = parts_of(answers, "[=~]")
        choices = []
        for number, (mark, text) in enumerate(parts, 1):
            fraction, text = self._weight(text, ONE if mark == "=" else NONE)
            text, said = cut(text, "#")
            html = self._html(text)
            if not html:
                raise Broken(_("One answer is empty. Write its text, or take it out."))
            choices.append(Choice(str(number), html, fraction, self._html(said)))
        return ChoiceQuestion(
            name=name,
            body=body,
            feedback=feedback,
            choices=tuple(choices),
            many=all(mark == "~" for mark, _text in parts),
        )

    def _matching(self, name: str, body: Html, feedback: Html, answers: str) -> MatchingQuestion:
        rows: list[tuple[Html, str]] = []
        for _mark, text in parts_of(answers, "[=]"):
            left, right = cut(text, "->")
            if right is None or not right.strip():
                raise Broken(
                    _("A pair is not complete. Write each as =left -> right, with both of them.")
                )
            answer = unescaped(right.replace("\n", " "))
            rows.append((self._html(left), one_line(answer)))
        keys = {
            answer: str(number)
            for number, answer in enumerate(dict.fromkeys(answer for _left, answer in rows), 1)
        }
        lefts = [(left, answer) for left, answer in rows if left]
        return MatchingQuestion(
            name=name,
            body=body,
            feedback=feedback,
            pairs=tuple(
                Pair(str(number), left, keys[answer])
                for number, (left, answer) in enumerate(lefts, 1)
            ),
            answers=tuple(Option(key, escaped(answer)) for answer, key in keys.items()),
        )

    def _texts(self, answers: str) -> Iterator[TextAnswer]:
        for number, (_mark, text) in enumerate(parts_of(answers, "[=]", bare=True), 1):
            fraction, text = self._weight(text, ONE)
            text, said = cut(text, "#")
            wanted = " ".join(unescaped(text).split())
            if not wanted:
                raise Broken(_("One answer is empty. Write its text, or take it out."))
            yield TextAnswer(str(number), wanted, fraction, self._html(said))

    def _numbers(self, answers: str) -> Iterator[NumberAnswer]:
        answers, otherwise = cut(answers, "[~]")
        number = 0
        for number, (_mark, text) in enumerate(parts_of(answers, "[=]", bare=True), 1):
            fraction, text = self._weight(text, ONE)
            text, said = cut(text, "#")
            value, error = interval(text.strip())
            yield NumberAnswer(str(number), value, fraction, error=error, feedback=self._html(said))
        if otherwise is not None:
            said = cut(otherwise, "#")[1]
            yield NumberAnswer(str(number + 1), None, NONE, feedback=self._html(said))

    def _weight(self, text: str, usual: Fraction) -> tuple[Fraction, str]:
        found = WEIGHT.match(text)
        if found is None:
            return usual, text
        fraction = share(found["share"], hundred=True)
        if fraction is None:
            return usual, text
        if abs(fraction) > 1:
            raise Broken(
                _(
                    "An answer cannot bring ${share} %. Give it 100 % at most.",
                    mapping={"share": found["share"]},
                )
            )
        return fraction, text[found.end() :]


def _named(comments: list[Comment]) -> tuple[str, tuple[str, ...]]:
    """The identifier and the tags that comments give a question."""
    code = ""
    tags: dict[str, None] = {}
    for comment in comments:
        for found in NOTE.finditer(comment.text):
            value = one_line(re.sub(r"\\(.)", r"\1", found["value"]))
            if found["name"] == "id":
                code = value
            elif value:
                tags[value] = None
    return code, tuple(tags)
