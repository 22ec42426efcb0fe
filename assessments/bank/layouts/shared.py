"""The parts of forms that several types of question have."""

from fractions import Fraction

from translationstring import TranslationStringFactory

from assessments.bank.fields import Field, Group, Rows

_ = TranslationStringFactory("tutela")
NAME = Field(
    "name",
    _("Name"),
    hint=_("A few words for authors. Learners do not see it."),
    needed=True,
)
ASKED = Field("body", _("Question"), "html", _("What is asked."), needed=True, size=6)
FEEDBACK = Field(
    "feedback",
    _("Explanation for everybody"),
    "html",
    _("What everybody is told afterwards, whatever they answered."),
    size=3,
)
MARK = Field(
    "mark",
    _("Mark"),
    "fraction",
    _("What the question brings, where a quiz does not say otherwise."),
    empty=Fraction(1),
    size=8,
)
PENALTY = Field(
    "penalty",
    _("Taken off for each wrong try, in percent"),
    "share",
    _("Only in quizzes that let learners try again."),
    empty=Fraction(1, 3),
    size=10,
)
LANGUAGE = Field(
    "language",
    _("Language of the texts"),
    hint=_("Its short code, such as en or ar, so that it is read out and laid out right."),
    size=8,
)
HINTS = Rows(
    "hints",
    _("Hints"),
    _("Hint"),
    (
        Field("html", _("Text of the hint"), "html", size=2),
        Field("clear_wrong", _("Take wrong parts out of the answer"), "tick"),
        Field("tell_right", _("Say how many parts are right"), "tick"),
    ),
    _("In quizzes that let learners try again: the first is shown after the first wrong try."),
    spare=1,
)
SAID = Group(
    "said",
    _("What is said to a right, a partly right and a wrong answer"),
    (
        Field("right", _("To a right answer"), "html", size=2),
        Field("partly", _("To a partly right answer"), "html", size=2),
        Field("wrong", _("To a wrong answer"), "html", size=2),
    ),
)
SHUFFLE = Field("shuffle", _("Show in an order of chance"), "tick", empty=True)
SHARE = Field("fraction", _("Share of the mark, in percent"), "share", size=10)
ANSWER_FEEDBACK = Field("feedback", _("What is said to it"), "html", size=2)
MANY = Field(
    "many",
    _("Several may be chosen"),
    "tick",
    _("Give wrong answers less than 0 %, or who chooses everything gets the whole mark."),
)
LEAST = Field(
    "least",
    _("The least that the question can bring, in percent"),
    "share",
    _("0, or down to -100 when wrong answers may cost something."),
    size=10,
)
MOST = Field("most", _("How many may be chosen"), "whole", _("0 for any number."), size=6)
PICTURE = Group(
    "picture",
    _("Picture"),
    (
        Field("file", _("File"), "picture", needed=True),
        Field(
            "alt",
            _("The picture in words"),
            hint=_(
                "For those who do not see it: what it shows, without telling the answer. It is "
                "needed."
            ),
            needed=True,
        ),
    ),
    always=True,
)
