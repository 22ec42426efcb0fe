"""What each answer in the form of a quiz does to the learner, in words."""

from collections.abc import Mapping
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.quizzes.plan import (
    Behaviour,
    Counted,
    Overdue,
)

_ = TranslationStringFactory("tutela")
BEHAVIOURS = {
    Behaviour.DEFERRED: (
        _("Answers are marked at the end"),
        _("Learners answer everything, hand in, and then see how they did."),
    ),
    Behaviour.IMMEDIATE: (
        _("Each question can be checked at once"),
        _(
            "Learners check a question when they have answered it, and read why. After that they "
            "cannot change it."
        ),
    ),
    Behaviour.INTERACTIVE: (
        _("Each question can be tried several times"),
        _(
            "After a wrong try learners get a hint and try again. Each wrong try takes off what "
            "the question says."
        ),
    ),
    Behaviour.MANUAL: (
        _("A person marks every question"),
        _("Learners hand in and wait until somebody has read their answers."),
    ),
}
OVERDUES = {
    Overdue.SUBMIT: (
        _("It is handed in as it is"),
        _("What was saved until then counts. Learners need not do anything."),
    ),
    Overdue.GRACE: (
        _("It can still be handed in for a while"),
        _(
            "Answers cannot be changed any more. Who does not hand in within that time has no "
            "result for this attempt."
        ),
    ),
    Overdue.ABANDON: (
        _("It counts only when it was handed in in time"),
        _("Who forgets to hand in has no result for this attempt."),
    ),
}
COUNTS = {
    Counted.HIGHEST: (_("The best"), _("Trying again can only help.")),
    Counted.AVERAGE: (_("The average"), _("Every attempt counts the same.")),
    Counted.FIRST: (_("The first"), _("Later attempts are for practice.")),
    Counted.LAST: (_("The last"), _("A later attempt can also make the result worse.")),
}


def options_of(told: Mapping[Any, tuple[TranslationString, TranslationString]]):
    return tuple((key.value, label) for key, (label, _sentence) in told.items())


def sentences_of(told: Mapping[Any, tuple[TranslationString, TranslationString]]):
    return {key.value: sentence for key, (_label, sentence) in told.items()}
