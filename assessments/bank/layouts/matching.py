"""The form of matching: pairs side by side, of which the question keeps each answer once."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import made_of, new_key, plain_rows
from assessments.bank.layouts.shared import SAID, SHUFFLE
from assessments.questions.controls import Option
from assessments.questions.html import EMPTY, Html
from assessments.questions.matching import Pair

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    answers = {answer.key: answer.html for answer in question.answers}
    asked = {pair.answer for pair in question.pairs}
    return {
        "pairs": [
            {**plain_rows(pair), "right": answers.get(pair.answer, EMPTY)}
            for pair in question.pairs
        ],
        "others": [plain_rows(each) for each in question.answers if each.key not in asked],
    }


def _closed(values: Values, before) -> Values:
    """Answers that say the same are one answer; one that was there keeps its key and its place."""
    known = {} if before is None else {each.html: each.key for each in before.answers}
    renamed: dict[str, Html] = {}
    for row in values["pairs"]:
        if row.get("answer") and row["right"] not in known:
            renamed.setdefault(row["answer"], row["right"])
    known |= {html: key for key, html in renamed.items()}
    answers: dict[str, Option] = {}
    pairs = []
    for row in values["pairs"]:
        key = known.setdefault(row["right"], new_key())
        answers.setdefault(key, Option(key, row["right"]))
        pairs.append(made_of(Pair, {**row, "answer": key}))
    for row in values["others"]:
        key = row.get("key") or known.get(row["html"]) or new_key()
        answers.setdefault(key, Option(key, row["html"]))
    order = [] if before is None else [each.key for each in before.answers]
    places = {key: place for place, key in enumerate(order)}
    kept = sorted(answers, key=lambda key: places.get(key, len(places)))
    return {
        "pairs": tuple(pairs),
        "answers": tuple(answers[key] for key in kept),
    }


MATCHING = Layout(
    "matching",
    _("Matching"),
    _("To each thing belongs another: terms and meanings, people and tasks."),
    (
        Rows(
            "pairs",
            _("Pairs"),
            _("Pair"),
            (
                Field("html", _("What is asked about"), "html", size=2),
                Field("right", _("What belongs to it"), "html", size=2),
            ),
            _("The same answer may belong to several."),
        ),
        Rows(
            "others",
            _("Answers that belong to nothing"),
            _("Answer"),
            (Field("html", _("Answer"), "html", size=2),),
            spare=2,
        ),
        SHUFFLE,
        SAID,
    ),
    opened=_opened,
    closed=_closed,
)
