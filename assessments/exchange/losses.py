"""What a question has that a format cannot say: sentences for every writer."""

from collections.abc import Collection, Iterator
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange.entries import Entry
from assessments.questions.base import NONE, ONE, Question
from assessments.questions.choice import SILENT, ChoiceQuestion
from assessments.questions.cloze import ClozeQuestion
from assessments.questions.short import ShortQuestion

_ = TranslationStringFactory("tutela")

PENALTY = Fraction(1, 3)
"""What a wrong try takes off when nobody says otherwise."""


def losses(entry: Entry, says: Collection[str] = ()) -> Iterator[TranslationString]:
    """A sentence for each thing that is lost.

    :param says: what the format can say of: ``mark``, ``penalty``, ``hints``, ``shuffle``,
        ``numbering``, ``said``, ``files``, ``feedback``, ``tags``, ``code``
    """
    question = entry.question
    usual: list[tuple[str, bool, TranslationString]] = [
        ("mark", question.mark == ONE, _("The question’s mark is not kept: it will be 1.")),
        (
            "penalty",
            question.penalty == PENALTY,
            _("What a wrong try takes off is not kept."),
        ),
        ("hints", not question.hints, _("The hints are not kept.")),
        ("feedback", not question.feedback, _("What everybody is told afterwards is not kept.")),
        ("files", not entry.files, _("Pictures and sounds are not kept.")),
        ("tags", not entry.tags, _("The tags are not kept.")),
        ("code", not entry.code, _("The identifier is not kept.")),
        ("category", not entry.category, _("The category is not kept.")),
        ("language", not question.language, _("The language of the texts is not kept.")),
        ("translations", not question.translations, _("The translations are not kept.")),
        (
            "shuffle",
            getattr(question, "shuffle", True),
            _("Whether the answers keep their order is not kept: they will be shuffled."),
        ),
        (
            "said",
            getattr(question, "said", SILENT) == SILENT,
            _("What is said to right, partly right and wrong answers is not kept."),
        ),
        (
            "exact",
            not _is_exact(question),
            _("That an answer counts only as it was written, sign by sign, is not kept."),
        ),
    ]
    yield from (sentence for name, as_usual, sentence in usual if name not in says and not as_usual)
    if isinstance(question, ChoiceQuestion):
        yield from _of_choice(question, says)


def _is_exact(question: Question) -> bool:
    """Whether a text that it asks for, itself or in a gap, is compared sign by sign."""
    texts = [gap.question for gap in question.gaps] if isinstance(question, ClozeQuestion) else []
    return any(isinstance(each, ShortQuestion) and each.exact for each in (question, *texts))


def _of_choice(question: ChoiceQuestion, says: Collection[str]) -> Iterator[TranslationString]:
    if "numbering" not in says and question.numbering != "abc":
        yield _("The numbering of the answers is not kept.")
    if question.whole:
        yield _("That only exactly the right answers count is not kept.")
    if question.least != NONE:
        yield _("Marks below zero are not kept.")
    if question.most:
        yield _("How many answers may be chosen is not kept.")
    if any(choice.fixed for choice in question.choices):
        yield _("That some answers keep their places is not kept.")
    if any(choice.exclusive for choice in question.choices):
        yield _("“None of the above” is written as an answer like the others.")


def cannot_say(question: Question, form: str) -> TranslationString:
    """Why a question is left out of a file."""
    return _(
        "${form} has no form for questions of this type (${kind}). "
        "Export it as QTI to keep it, or as Moodle XML if that has it.",
        mapping={"form": form, "kind": question.kind},
    )
