"""The form by which an answer is marked: what it holds, and what was typed into it."""

from collections.abc import Mapping
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank.shares import write_number
from assessments.bank.writing import to_html, to_text
from assessments.marking.marks import Entry, Given
from assessments.marking.points import read_points
from assessments.questions.base import Question
from assessments.questions.essay import Criterion, EssayQuestion
from assessments.questions.html import Html

_ = TranslationStringFactory("tutela")

LONGEST = 20_000
"""Characters of a comment or a note."""
LONGEST_REASON = 500
Texts = Mapping[str, str]
Errors = dict[str, TranslationString]


def rubric_of(question: Question) -> tuple[Criterion, ...]:
    """The rubric by which it is marked; empty when it is by a mark."""
    return question.rubric if isinstance(question, EssayQuestion) else ()


def criterion_field(criterion: Criterion) -> str:
    """The name of the field of a criterion."""
    return f"rubric-{criterion.key}"


def opened(entry: Entry | None, most: Fraction) -> dict[str, str]:
    """The texts of the form with an entry to be corrected in it; empty without."""
    if entry is None:
        return {}
    return {
        "points": write_number(Fraction(entry["fraction"]) * most),
        "comment": to_text(Html(entry["comment"])),
        "note": entry["note"],
        **{f"rubric-{key}": level for key, level in entry["rubric"].items()},
    }


def read(texts: Texts, question: Question, most: Fraction) -> tuple[Given | None, Errors]:
    """What was typed.

    :param most: the mark that the answer can bring
    :returns: what is given, None with errors by field
    """
    errors: Errors = {}
    comment, note = texts.get("comment", ""), texts.get("note", "").strip()
    for name, text in (("comment", comment), ("note", note)):
        if len(text) > LONGEST:
            errors[name] = _(
                "This is longer than ${most} characters. Shorten it.", mapping={"most": LONGEST}
            )
    rubric = rubric_of(question)
    levels: dict[str, str] = {}
    if rubric:
        assert isinstance(question, EssayQuestion)
        levels = {each.key: texts.get(criterion_field(each), "") for each in rubric}
        fraction = question.by_rubric(levels)
        for each in rubric:
            if levels[each.key] not in {level.key for level in each.levels}:
                errors[criterion_field(each)] = _("Choose a level.")
    else:
        fraction = read_points(texts.get("points", ""), most)
        if fraction is None:
            errors["points"] = _(
                "Write a number from 0 to ${most}, as 1.5 or 2/3.",
                mapping={"most": write_number(most)},
            )
    if errors or fraction is None:
        return None, errors
    return Given(fraction, to_html(comment), note, levels), {}


def read_reason(texts: Texts) -> tuple[str, Errors]:
    """Why something that counts is changed."""
    reason = " ".join(texts.get("reason", "").split())
    if not reason:
        return "", {"reason": _("Say why. Who looks at this later will want to know.")}
    if len(reason) > LONGEST_REASON:
        return "", {
            "reason": _(
                "This is longer than ${most} characters. Shorten it.",
                mapping={"most": LONGEST_REASON},
            )
        }
    return reason, {}
