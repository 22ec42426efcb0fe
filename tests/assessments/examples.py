"""One question of every type, and some more, as a rehabilitation centre would ask them."""

import struct
import zlib
from decimal import Decimal
from fractions import Fraction

from assessments.exchange.entries import QuestionFile
from assessments.questions.base import Hint, Question
from assessments.questions.choice import Choice, ChoiceQuestion, Verdicts
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.controls import Area, Option, Picture
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import Criterion, EssayQuestion, Level
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.hotspot import HotArea, HotspotQuestion
from assessments.questions.html import EMPTY, Html
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NumberAnswer, NumericalQuestion, Unit, Units
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.qti import QtiQuestion
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion

ONE = Fraction(1)
NONE = Fraction(0)
HALF = Fraction(1, 2)


def png(width: int, height: int, boxes: list[tuple[int, int, int, int, int]]) -> bytes:
    """A grey picture: on light ground each box is (left, top, width, height, grey 0 to 255)."""
    rows = [bytearray([235]) * width for _ in range(height)]
    for left, top, wide, high, grey in boxes:
        for row in rows[top : top + high]:
            row[left : left + wide] = bytes([grey]) * wide

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + bytes(row) for row in rows)))
        + chunk(b"IEND", b"")
    )


DOOR = (20, 60, 70, 180, 120)
WINDOW = (180, 40, 120, 80, 255)
CHAIR_FAR = (370, 160, 60, 80, 90)
CHAIR_NEAR = (130, 180, 60, 80, 60)
TABLE = (240, 190, 70, 60, 170)
ROOM = Picture(
    "room.png",
    480,
    300,
    "A consulting room: a door on the left, a window in the middle, a chair near the door, a low "
    "table, and a chair in the far corner on the right.",
)
FILES = {
    "room.png": QuestionFile(
        "image/png", png(480, 300, [DOOR, WINDOW, CHAIR_FAR, CHAIR_NEAR, TABLE])
    )
}
"""The files that the examples name."""

SINGLE = ChoiceQuestion(
    name="First meeting",
    body=Html("<p>A client comes for the first time. What do you say <strong>first</strong>?</p>"),
    feedback=Html("<p>Who knows what will happen can decide for herself.</p>"),
    choices=(
        Choice(
            "who",
            Html("Who I am, and what we can do here"),
            ONE,
            Html("Yes. It gives back some control."),
        ),
        Choice("rules", Html("The rules of the house"), HALF, Html("Soon, but not first.")),
        Choice("what", Html("“Tell me what was done to you.”"), Fraction(-1, 4), Html("Not yet.")),
        Choice("none", Html("None of these"), NONE, fixed=True),
    ),
    said=Verdicts(Html("Well begun."), Html("Nearly."), Html("Think of what a client may fear.")),
    hints=(Hint(Html("What may a client fear who knows nobody here?"), tell_right=True),),
    language="en",
    translations={
        "fr": {
            "body": "<p>Une cliente vient pour la première fois. Que dites-vous d’abord ?</p>",
            "choices/0/html": "Qui je suis, et ce que nous pouvons faire ici",
        },
        "ar": {"body": "<p>تأتي مراجِعة للمرة الأولى. ماذا تقول أولاً؟</p>"},
    },
)
MULTIPLE = ChoiceQuestion(
    name="Signs of stress in a helper",
    body=Html("<p>Which of these can be signs that a helper carries too much?</p>"),
    many=True,
    choices=(
        Choice("sleep", Html("She sleeps badly"), HALF, Html("Often the first sign.")),
        Choice("away", Html("He avoids certain clients"), HALF),
        Choice("tea", Html("They drink tea together"), Fraction(-1, 2), Html("This helps.")),
        Choice("none", Html("None of these"), Fraction(-1), exclusive=True),
    ),
    least=Fraction(-1, 2),
    numbering="123",
    hints=(Hint(Html("Two of them are signs."), clear_wrong=True, tell_right=True),),
)
EXACT = ChoiceQuestion(
    name="Who may read the file",
    body=Html("<p>Who may read a client’s file? Choose all, and only those.</p>"),
    many=True,
    whole=True,
    most=2,
    choices=(
        Choice("client", Html("The client"), HALF),
        Choice("team", Html("Those who treat her"), HALF),
        Choice("family", Html("Her family"), NONE),
        Choice("police", Html("The police, on the telephone"), NONE),
    ),
)
TRUTH = TruthQuestion(
    name="Consent can be taken back",
    body=Html("<p>A client may take back her consent at any time.</p>"),
    right=True,
    when_true=Html("Yes, and nobody asks her why."),
    when_false=Html("She may. Consent is asked for again and again."),
)
SHORT = ShortQuestion(
    name="The protocol",
    body=Html("<p>After which city is the United Nations’ manual on documenting named?</p>"),
    answers=(
        TextAnswer("right", "Istanbul", ONE, Html("Yes, the Istanbul Protocol.")),
        TextAnswer("longer", "Istanbul *", ONE),
        TextAnswer("old", "Constantinople", HALF, Html("The city’s old name.")),
        TextAnswer("other", "*", NONE, Html("It was finished in a city on the Bosphorus.")),
    ),
)
NUMERICAL = NumericalQuestion(
    name="A walk",
    body=Html("<p>A client walks 1.5 km to us and back. How far does she walk in all?</p>"),
    answers=(
        NumberAnswer("right", Decimal(3), ONE, Decimal("0.05"), feedback=Html("There and back.")),
        NumberAnswer("half", Decimal("1.5"), HALF, feedback=Html("That is one way.")),
        NumberAnswer("other", None, NONE, feedback=Html("Twice the way.")),
    ),
    units=Units((Unit("km"), Unit("m", Decimal("0.001"))), rule="graded", penalty=Fraction(1, 10)),
)
MATCHING = MatchingQuestion(
    name="Who does what",
    body=Html("<p>Who mostly does this work in a centre?</p>"),
    pairs=(
        Pair("body", Html("Exercises against pain"), "physio"),
        Pair("papers", Html("Help with an application for asylum"), "law"),
        Pair("nights", Html("Treatment of nightmares"), "psych"),
    ),
    answers=(
        Option("physio", Html("Physiotherapist")),
        Option("law", Html("Lawyer")),
        Option("psych", Html("Psychologist")),
        Option("cook", Html("Cook")),
    ),
    said=Verdicts(partly=Html("Some are right.")),
    hints=(Hint(Html("One of them cooks."), clear_wrong=True, tell_right=True),),
)
ORDERING = OrderingQuestion(
    name="An appointment",
    body=Html("<p>Put the steps of an appointment in order.</p>"),
    items=(
        Option("greet", Html("Greet and offer a seat")),
        Option("explain", Html("Explain what will happen")),
        Option("ask", Html("Ask for consent")),
        Option("examine", Html("Examine")),
        Option("next", Html("Agree on the next step")),
    ),
    grading="place",
    said=Verdicts(right=Html("In good order.")),
)
CLOZE = ClozeQuestion(
    name="Sleep",
    body=Html(
        "<p>Grown people need about [[hours]] hours of sleep. Before sleep, [[light]] light helps. "
        "A dream that frightens is a [[word]]. Coffee in the evening: [[coffee]]</p>"
    ),
    gaps=(
        ClozeGap(
            "hours",
            NumericalQuestion(
                name="hours",
                body=EMPTY,
                answers=(
                    NumberAnswer(
                        "right", Decimal(8), ONE, Decimal(1), feedback=Html("Seven to nine.")
                    ),
                    NumberAnswer("some", Decimal(6), HALF),
                ),
            ),
            Fraction(2),
        ),
        ClozeGap(
            "light",
            ChoiceQuestion(
                name="light",
                body=EMPTY,
                choices=(
                    Choice(
                        "little", Html("little"), ONE, Html("Yes, the body waits for the dark.")
                    ),
                    Choice("much", Html("much"), NONE),
                ),
            ),
        ),
        ClozeGap(
            "word",
            ShortQuestion(
                name="word",
                body=EMPTY,
                answers=(
                    TextAnswer("right", "nightmare", ONE),
                    TextAnswer("near", "bad dream", HALF, Html("There is a word for it.")),
                ),
            ),
        ),
        ClozeGap(
            "coffee",
            ChoiceQuestion(
                name="coffee",
                body=EMPTY,
                choices=(
                    Choice("avoid", Html("better not"), ONE),
                    Choice(
                        "drink", Html("as much as one likes"), Fraction(-1, 2), Html("It wakes.")
                    ),
                ),
            ),
            show="column",
        ),
    ),
)
GAPS = GapQuestion(
    name="Words for feelings",
    body=Html(
        "<p>Fear makes the heart beat [[1]]. Slow breathing [[2]] it. "
        "A [[3]] breath out is best.</p>"
    ),
    words=(
        Word("faster", Html("faster"), "1", unlimited=False),
        Word("calms", Html("calms"), "1"),
        Word("stops", Html("stops"), "1"),
        Word("long", Html("long"), "2"),
        Word("short", Html("short"), "2"),
    ),
    gaps=(Gap("1", "faster"), Gap("2", "calms"), Gap("3", "long", "2")),
    dragged=True,
    said=Verdicts(right=Html("Breathe in, breathe out.")),
    hints=(Hint(Html("Try it yourself."), clear_wrong=True),),
)
LABELS = LabelQuestion(
    name="A room",
    body=Html("<p>Label this consulting room.</p>"),
    picture=ROOM,
    words=(
        Word("door", Html("Door")),
        Word("window", Html("Window")),
        Word("seat", Html("A client’s chair"), unlimited=False),
        Word("guard", Html("A guard’s place")),
    ),
    zones=(
        Zone("left", "On the left", (20, 60, 70, 40), "door"),
        Zone("middle", "In the middle", (180, 40, 120, 40), "window"),
        Zone("near", "Near the door", (130, 180, 60, 40), "seat"),
        Zone("corner", "In the far corner", (370, 160, 60, 40), ""),
    ),
)
HOTSPOT = HotspotQuestion(
    name="Where to sit",
    body=Html("<p>Which place do you offer a client, so that the way out stays free?</p>"),
    picture=ROOM,
    areas=(
        HotArea(
            Area("near", "The chair near the door", "rect", (130, 180, 190, 260)),
            ONE,
            Html("Yes. Nobody sits between her and the door."),
        ),
        HotArea(
            Area(
                "far",
                "The chair in the far corner",
                "poly",
                (370, 160, 430, 160, 430, 240, 370, 240),
            ),
            NONE,
            Html("You would sit between her and the door."),
        ),
        HotArea(Area("table", "The low table", "circle", (275, 220, 32)), NONE),
    ),
    said=Verdicts(right=Html("A good place.")),
)
HOTSPOTS = HotspotQuestion(
    name="Ways out",
    body=Html("<p>Where does light come in, and where can a client leave?</p>"),
    picture=ROOM,
    many=True,
    areas=(
        HotArea(Area("door", "The door", "rect", (20, 60, 90, 240)), HALF),
        HotArea(Area("window", "The window", "rect", (180, 40, 300, 120)), HALF),
        HotArea(Area("table", "The low table", "circle", (275, 220, 32)), Fraction(-1, 2)),
    ),
)
ESSAY = EssayQuestion(
    name="A letter",
    body=Html("<p>Write to a colleague: what helped you after a hard conversation?</p>"),
    mark=Fraction(4),
    least_words=5,
    most_words=200,
    files=2,
    types=("application/pdf", "image/png"),
    for_markers=Html("<p>Look for rest, colleagues and supervision.</p>"),
    rubric=(
        Criterion(
            "own",
            Html("Speaks of own experience"),
            (
                Level("no", Html("Not at all"), NONE),
                Level("some", Html("A little"), Fraction(1)),
                Level("yes", Html("Clearly"), Fraction(2)),
            ),
        ),
        Criterion(
            "clear",
            Html("Is easy to follow"),
            (Level("no", Html("Hardly"), NONE), Level("yes", Html("Yes"), Fraction(1))),
        ),
    ),
)
FORMULA = FormulaQuestion(
    name="Hours of an interpreter",
    body=Html(
        "<p>An interpreter costs {rate} an hour. A month has {meetings} meetings of "
        "{minutes} minutes. What does she cost in that month?</p>"
    ),
    variables=(
        Variable("rate", Decimal(15), Decimal(40), 2),
        Variable("meetings", Decimal(4), Decimal(12), 0),
        Variable("minutes", values=(Decimal(45), Decimal(50), Decimal(90))),
    ),
    answers=(
        FormulaAnswer(
            "right",
            "{rate} * {meetings} * {minutes} / 60",
            ONE,
            Decimal("0.005"),
            "absolute",
            feedback=Html("Minutes become hours first."),
        ),
        FormulaAnswer(
            "minutes", "{rate} * {meetings} * {minutes}", Fraction(1, 4), feedback=Html("Per hour.")
        ),
        FormulaAnswer("other", "*", NONE, feedback=Html("How many hours are these?")),
    ),
    condition="{rate} > 15",
)
DESCRIPTION = DescriptionQuestion(
    name="About this part",
    body=Html(
        "<p>The next questions are about a first conversation. Take the time that you need.</p>"
    ),
)
QTI = QtiQuestion(
    name="How loud",
    body=EMPTY,
    xml="""\
<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="loud"
    title="How loud" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="integer">
    <correctResponse><value>3</value></correctResponse>
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">
    <defaultValue><value>0</value></defaultValue>
  </outcomeDeclaration>
  <itemBody>
    <sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="10" step="1">
      <prompt>On a scale from 0 to 10: how loud should a waiting room be at most?</prompt>
    </sliderInteraction>
  </itemBody>
  <responseProcessing
      template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>
""",
)

EXAMPLES: dict[str, Question] = {
    example.kind: example
    for example in (
        SINGLE,
        TRUTH,
        SHORT,
        NUMERICAL,
        MATCHING,
        ORDERING,
        CLOZE,
        GAPS,
        LABELS,
        HOTSPOT,
        ESSAY,
        FORMULA,
        DESCRIPTION,
        QTI,
    )
}
"""A question of every type, by its kind."""

MORE: dict[str, Question] = {
    "multiple choice": MULTIPLE,
    "exact multiple choice": EXACT,
    "several hotspots": HOTSPOTS,
}
"""Other ways to ask, by what they are."""
