"""The matrix of a quiz's form: what learners see, and when."""

from translationstring import TranslationStringFactory

from assessments.quizzes.plan import See, When

_ = TranslationStringFactory("tutela")
WHENS = {
    When.DURING: _("While answering, after a question is checked"),
    When.SOON: _("In the first two minutes after handing in"),
    When.LATER: _("Later, while the quiz is open"),
    When.CLOSED: _("After the quiz has closed"),
}
SEES = {
    See.RESPONSES: _("Their own answers"),
    See.VERDICTS: _("What was right and what was not"),
    See.MARKS: _("Marks and the result"),
    See.FEEDBACK: _("Feedback to their own answers"),
    See.GENERAL: _("The explanation for everybody"),
    See.ANSWERS: _("The right answers"),
    See.OVERALL: _("The words for their result"),
}


def cell(when: When, see: See) -> str:
    """The field of the matrix that says whether something is seen at a moment."""
    return f"see-{when}-{see}"


def applies(when: When, see: See) -> bool:
    """Whether a cell of the matrix means anything: there is no result while an attempt is open."""
    return (when, see) != (When.DURING, See.OVERALL)
