"""True or false."""

from dataclasses import dataclass
from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.questions.base import (
    EMPTY,
    NONE,
    ONE,
    Arrangement,
    Html,
    Marked,
    Part,
    Question,
    Response,
)
from assessments.questions.controls import Asked, Choose, Option

_ = TranslationStringFactory("tutela")

NAME = "answer"
TRUE = "true"
FALSE = "false"
WORDS = {TRUE: _("True"), FALSE: _("False")}


@dataclass(frozen=True, kw_only=True)
class TruthQuestion(Question):
    """A statement that is true or false; ``when_true`` is said to whoever says it is true."""

    kind = "truth"

    right: bool
    when_true: Html = EMPTY
    when_false: Html = EMPTY

    def ask(self, arrangement: Arrangement) -> Asked:
        options = tuple(Option(key, Html(word)) for key, word in WORDS.items())
        return Asked(self.body, (Choose(NAME, "", options),))

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        said = (*response.get(NAME, ()), "")[0]
        if said not in WORDS:
            return Marked(NONE)
        fraction = ONE if (said == TRUE) == self.right else NONE
        feedback = self.when_true if said == TRUE else self.when_false
        return Marked(fraction, (Part(NAME, WORDS[said], said, fraction, feedback),))

    def right_response(self, arrangement: Arrangement) -> Response:
        return {NAME: (TRUE if self.right else FALSE,)}

    def guess(self) -> Fraction:
        return Fraction(1, 2)
