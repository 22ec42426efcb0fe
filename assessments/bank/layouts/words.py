"""What the forms share of questions in which words are put at places."""

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Part, Values, Wrong
from assessments.bank.layouts.rows import made_of, plain_rows
from assessments.questions.gaps import Word
from assessments.questions.html import EMPTY, escaped

_ = TranslationStringFactory("tutela")
WORD_FIELDS: tuple[Part, ...] = (
    Field("html", _("Word"), "html", size=1),
    Field(
        "places",
        _("Where it belongs"),
        hint=_("The names of its places, with a space between them. Empty when it misleads."),
        size=12,
    ),
    Field(
        "group",
        _("Group"),
        hint=_("A place offers the words of one group."),
        empty="1",
        size=6,
    ),
    Field("unlimited", _("May be used more than once"), "tick", empty=True),
)


def word_rows(question, places) -> list[Values]:
    return [
        {
            **plain_rows(word),
            "places": " ".join(place.name for place in places if place.right == word.key),
        }
        for word in question.words
    ]


def words_and_places(values: Values) -> tuple[tuple[Word, ...], dict[str, Word]]:
    """The words, and by the name of each place the word that belongs there.

    :raises Wrong: when two belong to the same place
    """
    words, right = [], {}
    for row in values["words"]:
        html = row["html"] or (escaped(row["file"]) if row.get("file") else EMPTY)
        word = made_of(Word, {**row, "html": html, "group": row["group"] or "1"})
        words.append(word)
        for name in row["places"].replace(",", " ").replace("[", " ").replace("]", " ").split():
            if name in right:
                raise Wrong(_("Two words belong to the place “${name}”.", {"name": name}))
            right[name] = word
    return tuple(words), right
