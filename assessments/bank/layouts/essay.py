"""The form of what a person reads and marks."""

from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Rows, Values
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.rows import made_of
from assessments.questions.essay import Criterion, Level

_ = TranslationStringFactory("tutela")


def _opened(question) -> Values:
    return {"types": " ".join(question.types)}


def _closed(values: Values, _before) -> Values:
    return {"types": tuple(values["types"].replace(",", " ").split())}


def _criterion(row: Values) -> Criterion:
    return made_of(
        Criterion, {**row, "levels": tuple(made_of(Level, each) for each in row["levels"])}
    )


ESSAY = Layout(
    "essay",
    _("Free text or files"),
    _("What a person reads and marks: thoughts, a letter, a case. A rubric makes marking even."),
    (
        Field(
            "text",
            _("A text"),
            "choose",
            options=(
                ("required", _("must be written")),
                ("optional", _("may be written")),
                ("none", _("is not asked for")),
            ),
        ),
        Field("rows", _("Lines that the field shows"), "whole", empty=12, size=6),
        Field("least_words", _("Words at least"), "whole", _("0 for no limit."), size=6),
        Field("most_words", _("Words at most"), "whole", _("0 for no limit."), size=6),
        Field("template", _("What the field holds at first"), "text", size=3),
        Field("files", _("Files that may be handed in"), "whole", size=6),
        Field("least_files", _("Files that must be handed in"), "whole", size=6),
        Field(
            "types",
            _("Types of files that are taken"),
            hint=_("Media types such as application/pdf, with spaces; empty for all."),
        ),
        Field("size", _("Bytes of one file at most"), "whole", empty=20_000_000, size=12),
        Field("for_markers", _("For those who mark it"), "html", size=4),
        Rows(
            "rubric",
            _("Rubric"),
            _("Criterion"),
            (
                Field("html", _("What is looked at"), "html", size=1),
                Rows(
                    "levels",
                    _("How well it can be met"),
                    _("Level"),
                    (
                        Field("html", _("Level"), "html", size=1),
                        Field("points", _("Points"), "fraction", empty=Fraction(0), size=6),
                    ),
                    spare=2,
                ),
            ),
            spare=1,
        ),
    ),
    rows={"rubric": _criterion},
    opened=_opened,
    closed=_closed,
)
