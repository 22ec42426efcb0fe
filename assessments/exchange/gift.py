"""Reading GIFT, Moodle's questions as plain text, as docs.moodle.org/en/GIFT_format describes it.

A mistake costs the question that it is in and no other. All scanning goes forward once: how long it
takes grows with the file and not with what is in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.categories import from_path
from assessments.exchange.decoding import decode
from assessments.exchange.entries import Entry, Taken
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
from assessments.exchange.judging import judge
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.shares import decimal, share
from assessments.exchange.work import Work
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

CATEGORY = "$CATEGORY:"
BLANK = "_____"
"""Where the missing word of a sentence was."""

ESCAPED = r"\\[~=#{}:\\n]"
ESCAPE = re.compile(ESCAPED)
FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"\s*%(?P<share>[^%\s]{1,40})%")
NOTE = re.compile(r"\[(?P<name>id|tag):(?P<value>(?:\\.|[^\[\]\\])*)\]")
TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
SIGNS = {
    signs: re.compile(f"{ESCAPED}|{signs}")
    for signs in ("[{}]", "[=~]", "[~]", "[=]", "::", "#", "####", "->")
}


@dataclass(frozen=True)
class Comment:
    """What follows ``//`` on a line of its own."""

    text: str
    line: int


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


def read(content: bytes, work: Work | None = None) -> Taken:
    """The questions of a file.

    :param work: what may be read of it; None for anything
    :raises Unreadable: when it is too large
    """
    notes = Notes(work=work)
    written = questions(decode(content, notes), notes)
    return Taken(tuple(each.entry for each in written), notes.by_line())


def questions(
    text: str, notes: Notes, first_line: int = 1, usual: str = MOODLE
) -> tuple[Written, ...]:
    """The questions of a text, with its comments; what is wrong with others is noted.

    :param first_line: the line of the file that the text starts at
    :param usual: the format of texts that name none
    """
    found = []
    for block in _blocks(text, first_line):
        notes.question(block.line)
        try:
            found.append(_Question(block, usual, notes).read())
        except Broken as broken:
            notes.broken(broken, block.line, block.name)
    return tuple(found)


@dataclass
class _Block:
    """The lines of one question and their numbers; comments are taken out of them."""

    lines: list[tuple[int, str]]
    comments: list[Comment]
    category: tuple[str, ...]
    name: str = ""

    @property
    def line(self) -> int:
        return self.lines[0][0]

    @property
    def text(self) -> str:
        return "\n".join(line for _number, line in self.lines)

    def line_at(self, position: int) -> int:
        return self.lines[self.text.count("\n", 0, position)][0]


def _blocks(text: str, first_line: int) -> Iterator[_Block]:
    """The questions' lines. A blank line ends a question, unless its answers are still to be
    closed; so does a title, and a second question that follows the answers of the first."""
    lines = [line.strip() for line in text.split("\n")]
    beyond = _next_braces(lines, over_blanks=True)
    near = _next_braces(lines, over_blanks=False)
    category: tuple[str, ...] = ()
    block = _Block([], [], category)
    last = ""
    for number, line in enumerate(lines):
        if line.startswith("//"):
            block.comments.append(Comment(line[2:].strip(), first_line + number))
            continue
        names_category = line.startswith(CATEGORY) and last != "{"
        ends = (
            names_category
            or line.startswith("::")
            or (not line and not (last == "{" and beyond[number] == "}"))
            or (last == "}" and block.lines[-1][1].endswith("}") and near[number] == "{")
        )
        if ends and block.lines:
            yield block
            block = _Block([], [], category)
            last = ""
        if names_category:
            category = block.category = from_path(line[len(CATEGORY) :])
        elif line or block.lines:
            block.lines.append((first_line + number, line))
            for sign in _signs(line, "[{}]"):
                last = sign.group()
    if block.lines:
        yield block


def _next_braces(lines: list[str], over_blanks: bool) -> list[str]:
    """For each line the brace that comes next, on it or below it; a title is as good as a brace
    that opens."""
    braces = [""] * (len(lines) + 1)
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        braces[number] = braces[number + 1] if line or over_blanks else ""
        if line.startswith((CATEGORY, "::")):
            braces[number] = "{"
        elif not line.startswith("//"):
            for sign in _signs(line, "[{}]"):
                braces[number] = sign.group()
                break
    return braces


def _signs(text: str, signs: str) -> Iterator[re.Match[str]]:
    """Where signs stand that are not escaped."""
    return (found for found in SIGNS[signs].finditer(text) if found.group()[0] != "\\")


def _cut(text: str, sign: str) -> tuple[str, str | None]:
    """What is before the first sign that is not escaped, and what is after it."""
    for found in _signs(text, sign):
        return text[: found.start()], text[found.end() :]
    return text, None


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda found: "\n" if found[0] == "\\n" else found[0][1], text)


class _Question:
    """One question in the making."""

    def __init__(self, block: _Block, usual: str, notes: Notes):
        self._block = block
        self._form = usual
        self._notes = notes
        self._away: set[str] = set()

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
        entry = Entry(question, block.category, code, tags, line=block.line)
        return Written(
            entry, one_line(name), tuple(block.comments), block.line_at(start), missing, form
        )

    def _braces(self, text: str) -> tuple[int, int]:
        """Where the answers begin and end, braces included; the end of the text for none."""
        signs = list(_signs(text, "[{}]"))
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
        name, rest = _cut(head[2:], "::")
        return ("", head) if rest is None else (_unescaped(name), rest.strip())

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
        html, away = to_html(_unescaped(text), form)
        self._away |= away
        return html

    def _question(self, name: str, body: Html, answers: str | None) -> Question:
        if answers is None:
            return DescriptionQuestion(name=name, body=body)
        answers, general = _cut(answers, "####")
        answers = answers.strip()
        feedback = self._html(general)
        if not answers:
            return EssayQuestion(name=name, body=body, feedback=feedback)
        if answers.startswith("#"):
            found = tuple(self._numbers(answers[1:]))
            return NumericalQuestion(name=name, body=body, feedback=feedback, answers=found)
        if any(_signs(answers, "[~]")):
            return self._choice(name, body, feedback, answers)
        if answers.startswith("=") and any(_signs(answers, "->")):
            return self._matching(name, body, feedback, answers)
        word, said = _cut(answers, "#")
        if word.strip().upper() in TRUTH:
            return self._truth(name, body, feedback, TRUTH[word.strip().upper()], said)
        texts = tuple(self._texts(answers))
        return ShortQuestion(name=name, body=body, feedback=feedback, answers=texts)

    def _truth(
        self, name: str, body: Html, feedback: Html, right: bool, said: str | None
    ) -> TruthQuestion:
        """GIFT gives the feedback to a wrong answer first, then that to the right one."""
        wrong_said, right_said = _cut(said or "", "#")
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
        parts = _parts(answers, "[=~]")
        choices = []
        for number, (mark, text) in enumerate(parts, 1):
            fraction, text = self._weight(text, ONE if mark == "=" else NONE)
            text, said = _cut(text, "#")
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
        for _mark, text in _parts(answers, "[=]"):
            left, right = _cut(text, "->")
            if right is None or not right.strip():
                raise Broken(
                    _("A pair is not complete. Write each as =left -> right, with both of them.")
                )
            answer = _unescaped(right.replace("\n", " "))
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
        for number, (_mark, text) in enumerate(_parts(answers, "[=]", bare=True), 1):
            fraction, text = self._weight(text, ONE)
            text, said = _cut(text, "#")
            wanted = " ".join(_unescaped(text).split())
            if not wanted:
                raise Broken(_("One answer is empty. Write its text, or take it out."))
            yield TextAnswer(str(number), wanted, fraction, self._html(said))

    def _numbers(self, answers: str) -> Iterator[NumberAnswer]:
        answers, otherwise = _cut(answers, "[~]")
        number = 0
        for number, (_mark, text) in enumerate(_parts(answers, "[=]", bare=True), 1):
            fraction, text = self._weight(text, ONE)
            text, said = _cut(text, "#")
            value, error = _interval(text.strip())
            yield NumberAnswer(str(number), value, fraction, error=error, feedback=self._html(said))
        if otherwise is not None:
            said = _cut(otherwise, "#")[1]
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


def _parts(answers: str, marks: str, bare: bool = False) -> list[tuple[str, str]]:
    """Each answer with the sign before it.

    :param bare: whether the first may stand without a sign
    :raises Broken: when something stands before the first sign
    """
    signs = list(_signs(answers, marks))
    ends = [sign.start() for sign in signs[1:]] + [len(answers)]
    parts = [
        (sign.group(), answers[sign.end() : end]) for sign, end in zip(signs, ends, strict=False)
    ]
    before = answers[: signs[0].start()] if signs else answers
    if not before.strip():
        return parts
    if bare:
        return [("=", before), *parts]
    raise Broken(
        _(
            "Something stands before the first answer. Start every answer with = when it is right "
            "or ~ when it is wrong, and write \\= \\~ \\# for those signs themselves."
        )
    )


def _interval(text: str) -> tuple[Decimal | None, Decimal]:
    """A number and how far an answer may be from it: ``3``, ``3:0.1``, ``2.9..3.1`` or ``*``.

    :raises Broken: when it is none
    """
    if text == "*":
        return None, Decimal(0)
    if ".." in text:
        low, high = (decimal(each) for each in text.split("..", 1))
        if low is not None and high is not None and low <= high:
            # Halves of sums of numbers of 30 digits, exactly.
            middle = (Fraction(low) + Fraction(high)) / 2
            return _exact(middle), _exact(Fraction(high) - middle)
    else:
        value, colon, tolerance = text.partition(":")
        found, error = decimal(value), decimal(tolerance if colon else "0")
        if found is not None and error is not None and error >= 0:
            return found, error
    raise Broken(
        _(
            "“${text}” is not a number that is read here. Write 3, 3:0.1 (a number and how far "
            "off an answer may be) or 2.9..3.1, with a point and not a comma.",
            mapping={"text": text[:40]},
        )
    )


def _exact(number: Fraction) -> Decimal:
    """A fraction whose denominator is made of twos and fives, as the decimal that it is."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    return Decimal((number * 10**places).numerator).scaleb(-places)


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
