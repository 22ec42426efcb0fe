"""The form of a text into which words are put."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.shared import SAID, SHUFFLE
from assessments.bank.layouts.words import WORD_FIELDS, word_rows, words_and_places
from assessments.questions.gaps import Gap

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    return {"words": word_rows(question, question.gaps)}


def _closed(values: Values, _before) -> Values:
    words, right = words_and_places(values)
    body = values["body"]
    names = sorted(right, key=lambda name: (body.find(f"[[{name}]]"), name))
    return {
        "words": words,
        "gaps": tuple(Gap(name, right[name].key, right[name].group) for name in names),
    }


GAPS = Layout(
    "gaps",
    _("Words into a text"),
    _("A text whose missing words are chosen from a list, or dragged into it."),
    (
        Rows("words", _("Words"), _("Word"), WORD_FIELDS),
        Field("dragged", _("Words may also be dragged into the text"), "tick"),
        SHUFFLE,
        SAID,
    ),
    opened=_opened,
    closed=_closed,
    body=Field(
        "body",
        _("Text"),
        "html",
        _("Write [[1]] where the place 1 is."),
        needed=True,
        size=6,
    ),
)
