"""Questions within a text, as Moodle writes them: ``{2:MULTICHOICE:=right#Yes~wrong#No}``."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.judging import judge
from assessments.exchange.notes import Broken
from assessments.exchange.numbers import absolute
from assessments.exchange.shares import decimal, percent, plain_decimal, share
from assessments.questions.base import NONE, ONE, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeGap
from assessments.questions.html import EMPTY, Html, plain
from assessments.questions.numerical import NO_UNITS, NumberAnswer, NumericalQuestion
from assessments.questions.short import ShortQuestion, TextAnswer

_ = TranslationStringFactory("tutela")


@dataclass(frozen=True)
class _Kind:
    """What a name of Moodle's stands for."""

    kind: str
    show: str = "list"
    many: bool = False
    shuffle: bool = False
    case: bool = False


LIST, COLUMN, ROW = "list", "column", "row"
NAMES: dict[str, _Kind] = {
    "SHORTANSWER": _Kind("short"),
    "SHORTANSWER_C": _Kind("short", case=True),
    "NUMERICAL": _Kind("numerical"),
    "MULTICHOICE": _Kind("choice"),
    "MULTICHOICE_S": _Kind("choice", shuffle=True),
    "MULTICHOICE_V": _Kind("choice", COLUMN),
    "MULTICHOICE_VS": _Kind("choice", COLUMN, shuffle=True),
    "MULTICHOICE_H": _Kind("choice", ROW),
    "MULTICHOICE_HS": _Kind("choice", ROW, shuffle=True),
    "MULTIRESPONSE": _Kind("choice", COLUMN, many=True),
    "MULTIRESPONSE_S": _Kind("choice", COLUMN, many=True, shuffle=True),
    "MULTIRESPONSE_H": _Kind("choice", ROW, many=True),
    "MULTIRESPONSE_HS": _Kind("choice", ROW, many=True, shuffle=True),
}
SHORT_NAMES = {
    "SA": "SHORTANSWER",
    "MW": "SHORTANSWER",
    "SAC": "SHORTANSWER_C",
    "MWC": "SHORTANSWER_C",
    "NM": "NUMERICAL",
    "MC": "MULTICHOICE",
    "MCS": "MULTICHOICE_S",
    "MCV": "MULTICHOICE_V",
    "MCVS": "MULTICHOICE_VS",
    "MCH": "MULTICHOICE_H",
    "MCHS": "MULTICHOICE_HS",
    "MR": "MULTIRESPONSE",
    "MRS": "MULTIRESPONSE_S",
    "MRH": "MULTIRESPONSE_H",
    "MRHS": "MULTIRESPONSE_HS",
}

START = re.compile(r"\{\s*(?P<weight>[0-9]{0,6})\s*:\s*(?P<name>[A-Za-z]+(?:_[A-Za-z]+)?)\s*:")
SIGN = re.compile(r"\\.|&(?:amp;)?#|[}~#]", re.DOTALL)
"""What is escaped, how a character's number begins in HTML, and what means something."""
WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:[.,][0-9]{0,10})?)%")
ESCAPE = re.compile(r"\\([\\{}~#/\"=:%])")
SPECIAL = re.compile(r"[\\{}~#]")
BEFORE_SIGN = re.compile(r"&(?:amp;)?\Z")
"""What would make the sign after it a part of a character's number."""


def read(text: str, to_html: Callable[[str], Html]) -> tuple[str, tuple[ClozeGap, ...]]:
    """A text with ``[[name]]`` for each gap, and the gaps.

    :param text: HTML as Moodle has it
    :param to_html: makes a text within a gap harmless
    :raises Broken: for a gap that cannot be read, named by its number
    """
    pieces: list[str] = []
    gaps: list[ClozeGap] = []
    # What looks like a place of ours is none: a break that nobody sees keeps it apart.
    text = text.replace("[[", "[<wbr>[")
    place = 0
    while found := START.search(text, place):
        pieces.append(text[place : found.start()])
        name = str(len(gaps) + 1)
        try:
            gap, place = _gap(name, found, text, to_html)
        except Broken as broken:
            where = _("Gap ${number} of the text is broken.", mapping={"number": name})
            raise Broken(where, more=broken.messages)
        gaps.append(gap)
        pieces.append(f"[[{name}]]")
    pieces.append(text[place:])
    if not gaps:
        raise Broken(_("There is no gap in the text. Write one as {1:SHORTANSWER:=right}."))
    return "".join(pieces), tuple(gaps)


def _gap(
    name: str, start: re.Match[str], text: str, to_html: Callable[[str], Html]
) -> tuple[ClozeGap, int]:
    said = start["name"].upper()
    kind = NAMES.get(SHORT_NAMES.get(said, said))
    if kind is None:
        raise Broken(
            _("There is no type of gap that is named “${name}”.", mapping={"name": said[:30]})
        )
    answers, end = _answers(text, start.end())
    question = _question(kind, answers, to_html)
    if isinstance(question, ChoiceQuestion) and question.many:
        question = _shared(question)
    question, _changed = judge(question)
    weight = Fraction(start["weight"] or 1)
    if not weight:
        raise Broken(_("Its weight is 0. Give it 1 at least."))
    return ClozeGap(name, question, weight, kind.show), end


def _shared(question: ChoiceQuestion) -> ChoiceQuestion:
    """Each right answer of several brings its share: Moodle marks them in proportion."""
    together = sum((each.fraction for each in question.choices if each.fraction > 0), NONE)
    if together in (NONE, ONE):
        return question
    choices = tuple(
        Choice(
            each.key,
            each.html,
            each.fraction / together if each.fraction > 0 else each.fraction,
            each.feedback,
        )
        for each in question.choices
    )
    return ChoiceQuestion(name="", body=EMPTY, choices=choices, many=True, shuffle=question.shuffle)


@dataclass
class _Answer:
    fraction: Fraction
    text: str
    feedback: str


def _answers(text: str, place: int) -> tuple[list[_Answer], int]:
    """The answers of a gap and where it ends.

    :param place: after its type
    """
    answers: list[_Answer] = []
    begin, feedback = place, -1
    for sign in SIGN.finditer(text, place):
        if sign[0] == "#" and feedback < 0:
            feedback = sign.start()
        elif sign[0] in ("~", "}"):
            end = sign.start()
            cut = end if feedback < 0 else feedback
            answers.append(_answer(text[begin:cut], text[cut + 1 : end]))
            begin, feedback = sign.end(), -1
            if sign[0] == "}":
                return answers, begin
    raise Broken(_("It is not closed. Put } after its answers."))


def _answer(text: str, feedback: str) -> _Answer:
    text = text.strip()
    fraction = NONE
    if text.startswith("="):
        fraction, text = ONE, text[1:]
    elif found := WEIGHT.match(text):
        said = share(found[1].replace(",", "."), hundred=True)
        if said is None or abs(said) > 1:
            raise Broken(_("An answer cannot bring ${share} %.", mapping={"share": found[1]}))
        fraction, text = said, text[found.end() :]
    return _Answer(fraction, _unescaped(text), _unescaped(feedback))


def _unescaped(text: str) -> str:
    return ESCAPE.sub(r"\1", text).strip()


def _question(kind: _Kind, answers: list[_Answer], to_html: Callable[[str], Html]) -> Question:
    if kind.kind == "numerical":
        return NumericalQuestion(name="", body=EMPTY, answers=tuple(_numbers(answers, to_html)))
    if any(not answer.text for answer in answers):
        raise Broken(_("One answer is empty. Write its text, or take it out."))
    if kind.kind == "short":
        return ShortQuestion(
            name="",
            body=EMPTY,
            answers=tuple(
                TextAnswer(
                    str(number), plain(to_html(each.text)), each.fraction, to_html(each.feedback)
                )
                for number, each in enumerate(answers, 1)
            ),
            case=kind.case,
        )
    return ChoiceQuestion(
        name="",
        body=EMPTY,
        choices=tuple(
            Choice(str(number), to_html(each.text), each.fraction, to_html(each.feedback))
            for number, each in enumerate(answers, 1)
        ),
        many=kind.many,
        shuffle=kind.shuffle,
    )


def _numbers(answers: list[_Answer], to_html: Callable[[str], Html]) -> Iterator[NumberAnswer]:
    for number, answer in enumerate(answers, 1):
        text, colon, tolerance = plain(to_html(answer.text)).partition(":")
        value = None if text.strip() == "*" else decimal(text)
        error = decimal(tolerance) if colon else Decimal(0)
        if (value is None and text.strip() != "*") or error is None or error < 0:
            raise Broken(
                _("“${text}” is not a number.", mapping={"text": plain(to_html(answer.text))[:40]})
            )
        yield NumberAnswer(
            str(number), value, answer.fraction, error=error, feedback=to_html(answer.feedback)
        )


def write(gap: ClozeGap, changed: Callable[[TranslationString], None]) -> str:
    """A gap as it stands in a text of Moodle's.

    :param changed: told what cannot be said
    """
    question = gap.question
    if isinstance(question, ShortQuestion):
        kind = _Kind("short", case=question.case)
        answers = [
            _written(each.fraction, html.escape(each.text, quote=False), each.feedback, changed)
            for each in question.answers
        ]
    elif isinstance(question, NumericalQuestion):
        kind = _Kind("numerical")
        if question.units != NO_UNITS:
            changed(_("The units of gaps are not kept."))
        answers = [_number(each, changed) for each in question.answers]
    else:
        assert isinstance(question, ChoiceQuestion)  # nothing else can be asked in a gap
        show = COLUMN if question.many and gap.show == LIST else gap.show
        kind = _Kind("choice", show, question.many, question.shuffle)
        answers = [
            _written(each.fraction, each.html, each.feedback, changed) for each in question.choices
        ]
    name = next(name for name, each in NAMES.items() if each == kind)
    return f"{{{gap.weight}:{name}:{'~'.join(answers)}}}"


def _number(answer: NumberAnswer, changed: Callable[[TranslationString], None]) -> str:
    error, same = absolute(answer)
    if not same:
        changed(_("How exact a number must be is kept only nearly."))
    text = "*"
    if answer.value is not None:
        text = f"{plain_decimal(answer.value)}:{plain_decimal(error)}"
    return _written(answer.fraction, text, answer.feedback, changed)


def _written(
    fraction: Fraction, text: str, feedback: Html, changed: Callable[[TranslationString], None]
) -> str:
    mark = "="
    if fraction != ONE:
        mark = f"%{percent(fraction)}%"
        if share(percent(fraction), hundred=True) != fraction:
            changed(_("The share of an answer had to be rounded."))
    said = f"#{_coded(feedback)}" if feedback else ""
    return f"{mark}{BEFORE_SIGN.sub('&#38;', _coded(text))}{said}"


def _coded(text: str) -> str:
    """HTML in which signs that mean something here are written by their numbers."""
    return SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", text)
