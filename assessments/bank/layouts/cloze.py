"""The form of a text whose gaps are small questions."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from translationstring import TranslationStringFactory

from assessments.bank import writing
from assessments.bank.fields import Field, Rows, Values
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.numbers import number_answer, number_row
from assessments.bank.layouts.rows import made_of, plain_rows
from assessments.bank.layouts.shared import ANSWER_FEEDBACK, SHARE
from assessments.questions.base import Question
from assessments.questions.choice import Choice
from assessments.questions.cloze import ClozeGap
from assessments.questions.html import EMPTY
from assessments.questions.plain import KINDS
from assessments.questions.short import TextAnswer

_ = TranslationStringFactory("tutela")
CLOZE_KINDS = (
    ("choice", _("a choice")),
    ("short", _("a word to type")),
    ("numerical", _("a number to type")),
)


def _opened(question) -> Values:
    return {"gaps": [_gap_row(gap) for gap in question.gaps]}


def _gap_row(gap: ClozeGap) -> Values:
    inner: Any = gap.question
    match inner.kind:
        case "choice":
            answers = [
                {**plain_rows(each), "text": writing.to_text(each.html), "error": Decimal(0)}
                for each in inner.choices
            ]
        case "short":
            answers = [{**plain_rows(each), "error": Decimal(0)} for each in inner.answers]
        case _:
            answers = [{**row, "text": row["value"]} for row in map(number_row, inner.answers)]
    return {
        "name": gap.name,
        "kind": inner.kind,
        "weight": gap.weight,
        "show": gap.show,
        "case": getattr(inner, "case", False),
        "answers": answers,
        "question": inner,
    }


def _gap(row: Values) -> ClozeGap:
    before: Any = row.get("question")
    if row["kind"] == "choice":
        inner: Values = {"choices": tuple(map(_gap_choice, row["answers"]))}
    elif row["kind"] == "short":
        inner = {
            "answers": tuple(made_of(TextAnswer, each) for each in row["answers"]),
            "case": row["case"],
        }
    else:
        rows = [{**each, "value": each["text"]} for each in row["answers"]]
        inner = {"answers": tuple(map(number_answer, rows))}
    question: Question = (
        replace(before, **inner)
        if before is not None and before.kind == row["kind"]
        else KINDS[row["kind"]](name=row["name"], body=EMPTY, **inner)
    )
    return ClozeGap(row["name"], question, row["weight"], row["show"])


def _gap_choice(row: Values) -> Choice:
    html = row.get("html", EMPTY)
    return made_of(Choice, {**row, "html": writing.changed(row["text"], html)})


CLOZE = Layout(
    "cloze",
    _("Text with gaps, each of its own kind"),
    _("Several small questions in one text: choose, type a word, type a number."),
    (
        Rows(
            "gaps",
            _("Gaps"),
            _("Gap"),
            (
                Field("name", _("Name of the gap"), hint=_("As in the text: a for [[a]]."), size=8),
                Field("kind", _("What the gap is"), "choose", options=CLOZE_KINDS),
                Field(
                    "weight",
                    _("Weight"),
                    "fraction",
                    _("2 counts twice as much as 1."),
                    empty=Fraction(1),
                    size=6,
                ),
                Field(
                    "show",
                    _("A choice is shown as"),
                    "choose",
                    options=(
                        ("list", _("a list that opens")),
                        ("column", _("a column of buttons")),
                        ("row", _("a row of buttons")),
                    ),
                ),
                Field("case", _("Large and small letters are different"), "tick"),
                Rows(
                    "answers",
                    _("Answers of this gap"),
                    _("Answer"),
                    (
                        Field("text", _("Answer")),
                        SHARE,
                        Field("error", _("Accepted error of a number"), "decimal", size=10),
                        replace(ANSWER_FEEDBACK, size=1),
                    ),
                    spare=2,
                ),
            ),
            spare=1,
        ),
    ),
    rows={"gaps": _gap},
    opened=_opened,
    body=Field(
        "body",
        _("Text"),
        "html",
        _("Write [[a]] where the gap a is. Names are small letters and digits."),
        needed=True,
        size=8,
    ),
)
