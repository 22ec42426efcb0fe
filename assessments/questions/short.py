"""Short answer: a word or a few, typed."""

from dataclasses import dataclass
from fractions import Fraction

from translationstring import TranslationString, TranslationStringFactory

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
    fraction_problems,
    key_problems,
)
from assessments.questions.controls import Asked, Write
from assessments.short_answers import MAX_LENGTH, WILDCARD, Comparison, shown, unescaped

_ = TranslationStringFactory("tutela")

NAME = "answer"
ANYTHING = "*"


@dataclass(frozen=True)
class TextAnswer:
    """One answer that is looked for: ``*`` in it stands for anything, ``\\*`` for a star itself.

    The first that fits counts; a lone ``*`` at the end is for every other answer.

    :param language: of the text, in a question that :func:`assessments.questions.texts.in_language`
        made; empty for that of the question
    """

    key: str
    text: str
    fraction: Fraction
    feedback: Html = EMPTY
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class ShortQuestion(Question):
    """A text, compared after Unicode's NFKC; with ``case`` large and small letters differ.

    With ``exact`` it is compared sign by sign as it was typed: questions that come from QTI say so.
    """

    kind = "short"

    answers: tuple[TextAnswer, ...]
    case: bool = False
    exact: bool = False

    def own_problems(self) -> list[TranslationString]:
        found = key_problems(answer.key for answer in self.answers)
        found += fraction_problems(answer.fraction for answer in self.answers)
        if not all(answer.text.strip() for answer in self.answers):
            found.append(_("An answer is empty. Write it, or take it out."))
        if any(len(answer.text) > MAX_LENGTH for answer in self.answers):
            found.append(
                _("An answer has more than ${most} characters.", mapping={"most": MAX_LENGTH})
            )
        if self.right_response({}) is None:
            found.append(
                _(
                    "No answer brings the whole mark. Give one answer 100 %, and let none before "
                    "it take its text."
                )
            )
        return found

    def ask(self, arrangement: Arrangement) -> Asked:
        return Asked(self.body, (Write(NAME),))

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        text = (*response.get(NAME, ()), "")[0].strip()
        if not text:
            return Marked(NONE)
        for answer in self.answers:
            language = answer.language or self.language
            comparison = Comparison(self.case, language=language, exact=self.exact)
            if comparison.matches(answer.text, text):
                part = Part(NAME, text, answer.key, answer.fraction, answer.feedback)
                return Marked(answer.fraction, (part,))
        return Marked(NONE, (Part(NAME, text, "", NONE),))

    def right_response(self, arrangement: Arrangement) -> Response | None:
        # Whoever is told a right answer is told it in the language of the question, if it is there.
        for answer in sorted(self.answers, key=lambda each: each.language != self.language):
            # A star stands for nothing, too; but between two words it takes the place of one.
            short = " ".join(unescaped(WILDCARD.sub("", answer.text)).split())
            for text in (short, shown(answer.text)):
                if self.mark_response({NAME: (text,)}, arrangement).fraction == ONE:
                    return {NAME: (text,)}
        return None

    def lowest(self) -> Fraction:
        return min((NONE, *(answer.fraction for answer in self.answers)))

    def guess(self) -> Fraction:
        others = [answer.fraction for answer in self.answers if answer.text.strip() == ANYTHING]
        return max(NONE, others[0]) if others else NONE
