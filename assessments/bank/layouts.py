"""The form of every type of question: its parts, and how they and the question become each other.

Most fields of a form are fields of the question. Where people think otherwise than the question is
kept (a pair is two things side by side, a word goes into a gap), a type says here how to turn one
into the other. Keys are never shown: what stays keeps its key, so that older answers still fit.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from translationstring import TranslationString, TranslationStringFactory

from assessments.bank import writing
from assessments.bank.fields import Field, Group, Part, Rows, Values, Wrong
from assessments.bank.shares import read_number, write_number
from assessments.questions.base import Hint, Question
from assessments.questions.choice import Choice, Verdicts
from assessments.questions.cloze import ClozeGap
from assessments.questions.controls import Area, Option, Picture
from assessments.questions.essay import Criterion, Level
from assessments.questions.formula import FormulaAnswer, Variable
from assessments.questions.gaps import Gap, Word, Zone
from assessments.questions.hotspot import HotArea
from assessments.questions.html import EMPTY, Html, escaped
from assessments.questions.matching import Pair
from assessments.questions.numerical import NumberAnswer, Unit, Units
from assessments.questions.plain import KINDS
from assessments.questions.short import TextAnswer

_ = TranslationStringFactory("tutela")

ASKED = Field("body", _("Question"), "html", _("What is asked."), needed=True, size=6)


@dataclass(frozen=True)
class Layout:
    """The form of one type.

    :param label: what the type is called; :param good: what it is good for
    :param parts: those that only this type has, after name and text
    :param opened: what a question holds as the form's values; its own fields when None
    :param closed: the fields of a question for the form's values, given the question as it was
    :param answered: whether there is an answer: then there are marks, hints and feedback
    """

    kind: str
    label: TranslationString
    good: TranslationString
    parts: tuple[Part, ...]
    opened: Callable[[Any], Values] | None = None
    closed: Callable[[Values, Any], Values] | None = None
    body: Field | None = ASKED
    answered: bool = True

    def form(self) -> tuple[Part, ...]:
        """All parts, in the order in which they are filled in."""
        first: tuple[Part, ...] = (NAME,) if self.body is None else (NAME, self.body)
        if not self.answered:
            return (*first, *self.parts, LANGUAGE)
        # What a person marks is never tried again.
        tried = (PENALTY, HINTS) if KINDS[self.kind].automatic else ()
        return (*first, *self.parts, FEEDBACK, MARK, *tried, LANGUAGE)

    def values(self, question: Question) -> Values:
        """What the form holds for a question."""
        found = {
            each.name: plain_rows(getattr(question, each.name))
            for each in fields(question)
            if each.name != "translations"
        }
        return found if self.opened is None else {**found, **self.opened(question)}

    def question(self, values: Values, before: Question | None) -> Question:
        """The question of a form's values.

        :param before: as it was: what the form does not hold stays
        :raises Wrong: when two parts do not fit each other
        """
        kind = KINDS[self.kind]
        kept = (
            {}
            if before is None
            else {each.name: getattr(before, each.name) for each in fields(before)}
        )
        made: Values = {}
        if "hints" in values:
            made["hints"] = tuple(made_of(Hint, row) for row in values["hints"])
        known = {each.name for each in fields(kind)}
        simple = {name: value for name, value in values.items() if name in known}
        if self.closed is not None:
            simple |= self.closed(values, before)
        if self.body is None:
            made["body"] = kept.get("body", EMPTY)
        return kind(**{**kept, **simple, **made})


def plain_rows(value: Any) -> Any:
    """A value of a question as a form takes it: objects as dicts, tuples of them as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_rows(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple) and any(is_dataclass(each) for each in value):
        return [plain_rows(each) for each in value]
    return [] if value == () else value


def made_of(kind: Callable, values: Mapping[str, Any]) -> Any:
    """An object of a row's values; a new one gets a key of its own."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    found = {name: value for name, value in values.items() if name in names}
    if "key" in names:
        found["key"] = values.get("key") or new_key()
    return kind(**found)


def new_key() -> str:
    """A key that no other version of the question has had for something else."""
    return secrets.token_hex(4)


def row_list(kind: Callable, name: str) -> Callable[[Values], tuple]:
    """Reads the rows of a list as objects."""
    return lambda values: tuple(made_of(kind, row) for row in values[name])


NAME = Field(
    "name",
    _("Name"),
    hint=_("A few words for authors. Learners do not see it."),
    needed=True,
)
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
RULES = (
    ("absolute", _("so much up or down")),
    ("relative", _("this share of the number up or down")),
    ("geometric", _("from the number divided by it to the number times it")),
    ("significant", _("so many significant figures")),
    ("decimals", _("so many decimal places")),
)
ERROR = Field("error", _("Accepted error"), "decimal", _("0 for none."), empty=Decimal(0), size=10)
RULE = Field("rule", _("What the accepted error is"), "choose", options=RULES)
UNITS = Group(
    "units",
    _("Units"),
    (
        Field(
            "rule",
            _("Units are"),
            "choose",
            options=(
                ("none", _("not asked for")),
                ("optional", _("understood, and worth nothing")),
                ("graded", _("asked for; a wrong one takes something off")),
            ),
        ),
        Field(
            "control",
            _("How the unit is given"),
            "choose",
            options=(
                ("typed", _("written with the number")),
                ("choose", _("chosen beside it")),
                ("pick", _("picked from a list that opens")),
            ),
        ),
        Field("before", _("The unit stands before the number"), "tick"),
        Field("penalty", _("What a wrong unit takes off, in percent"), "share", size=10),
        Field(
            "of",
            _("Taken off"),
            "choose",
            options=(
                ("response", _("from what the number brings")),
                ("mark", _("from the whole mark")),
            ),
        ),
        Rows(
            "units",
            _("Units that are understood"),
            _("Unit"),
            (
                Field("name", _("Unit"), size=10),
                Field(
                    "factor",
                    _("Factor to the first unit"),
                    "decimal",
                    _("For metres after kilometres: 0.001."),
                    empty=Decimal(1),
                    size=10,
                ),
            ),
        ),
    ),
)
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


def closed_with(**readers: Callable[[Values], Any]) -> Callable[[Values, Any], Values]:
    """Turns the named lists of a form into what the question holds."""
    return lambda values, _before: {
        **{name: reader(values) for name, reader in readers.items()},
        **({"said": made_of(Verdicts, values["said"])} if "said" in values else {}),
    }


def units_of(values: Values) -> Units:
    """The units of a form."""
    found = values["units"]
    units = tuple(made_of(Unit, row) for row in found["units"])
    return made_of(Units, {**found, "units": units})


CHOICE = Layout(
    "choice",
    _("Choice"),
    _("One or several answers of a few. Quick to answer and marked at once."),
    (
        Rows(
            "choices",
            _("Answers"),
            _("Answer"),
            (
                Field("html", _("Answer"), "html", size=2),
                SHARE,
                ANSWER_FEEDBACK,
                Field("fixed", _("Stays at its place when the order is chance"), "tick"),
                Field(
                    "exclusive",
                    _("“None of these”: who chooses it may choose nothing else"),
                    "tick",
                ),
            ),
            _("Leave empty what you do not need."),
        ),
        MANY,
        Field("whole", _("Only exactly the right answers bring the mark"), "tick"),
        LEAST,
        MOST,
        SHUFFLE,
        Field(
            "numbering",
            _("How answers are numbered"),
            "choose",
            options=(
                ("abc", _("a, b, c")),
                ("ABC", _("A, B, C")),
                ("123", _("1, 2, 3")),
                ("iii", _("i, ii, iii")),
                ("III", _("I, II, III")),
                ("none", _("not at all")),
            ),
        ),
        SAID,
    ),
    closed=closed_with(choices=row_list(Choice, "choices")),
)


def _truth_opened(question) -> Values:
    return {"right": "true" if question.right else "false"}


TRUTH = Layout(
    "truth",
    _("True or false"),
    _("A statement. Good for what many people believe wrongly, with a feedback that explains."),
    (
        Field(
            "right",
            _("The statement is"),
            "choose",
            options=(("true", _("true")), ("false", _("false"))),
        ),
        Field("when_true", _("What is said to “true”"), "html", size=2),
        Field("when_false", _("What is said to “false”"), "html", size=2),
    ),
    opened=_truth_opened,
    closed=lambda values, _before: {"right": values["right"] == "true"},
)
SHORT = Layout(
    "short",
    _("Short answer"),
    _("A word or a few, typed. Good for terms that people must know by themselves."),
    (
        Rows(
            "answers",
            _("Answers that are looked for"),
            _("Answer"),
            (
                Field(
                    "text",
                    _("Answer"),
                    hint=_("* stands for anything: a lone * at the end is for every other answer."),
                ),
                SHARE,
                ANSWER_FEEDBACK,
            ),
            _("The first that fits counts."),
        ),
        Field("case", _("Large and small letters are different"), "tick"),
    ),
    closed=closed_with(answers=row_list(TextAnswer, "answers")),
)


def _numerical_opened(question) -> Values:
    return {"answers": [number_row(answer) for answer in question.answers]}


def number_row(answer: NumberAnswer) -> Values:
    """A number that is looked for as a row: ``*`` for every other number."""
    value = "*" if answer.value is None else write_number(answer.value)
    return {**plain_rows(answer), "value": value}


def number_answer(row: Values) -> NumberAnswer:
    """:raises Wrong: when the number cannot be read"""
    text = row["value"].strip()
    value = None if text == "*" else read_number(text)
    if value is None and text != "*":
        raise Wrong(
            _("“${text}” is not a number. Write digits, or * for every other.", {"text": text})
        )
    return made_of(NumberAnswer, {**row, "value": value})


NUMERICAL = Layout(
    "numerical",
    _("Number"),
    _("A number, with an accepted error and with units where you want them."),
    (
        Rows(
            "answers",
            _("Numbers that are looked for"),
            _("Number"),
            (
                Field("value", _("Number"), hint=_("* is for every other number."), size=12),
                ERROR,
                RULE,
                SHARE,
                ANSWER_FEEDBACK,
            ),
            _("The first that fits counts."),
        ),
        UNITS,
    ),
    opened=_numerical_opened,
    closed=closed_with(
        answers=lambda values: tuple(map(number_answer, values["answers"])), units=units_of
    ),
)


def _matching_opened(question) -> Values:
    answers = {answer.key: answer.html for answer in question.answers}
    asked = {pair.answer for pair in question.pairs}
    return {
        "pairs": [
            {**plain_rows(pair), "right": answers.get(pair.answer, EMPTY)}
            for pair in question.pairs
        ],
        "others": [plain_rows(each) for each in question.answers if each.key not in asked],
    }


def _matching_closed(values: Values, before) -> Values:
    """Answers that say the same are one answer; one that was there keeps its key and its place."""
    known = {} if before is None else {each.html: each.key for each in before.answers}
    renamed: dict[str, Html] = {}
    for row in values["pairs"]:
        if row.get("answer") and row["right"] not in known:
            renamed.setdefault(row["answer"], row["right"])
    known |= {html: key for key, html in renamed.items()}
    answers: dict[str, Option] = {}
    pairs = []
    for row in values["pairs"]:
        key = known.setdefault(row["right"], new_key())
        answers.setdefault(key, Option(key, row["right"]))
        pairs.append(made_of(Pair, {**row, "answer": key}))
    for row in values["others"]:
        key = row.get("key") or known.get(row["html"]) or new_key()
        answers.setdefault(key, Option(key, row["html"]))
    order = [] if before is None else [each.key for each in before.answers]
    places = {key: place for place, key in enumerate(order)}
    kept = sorted(answers, key=lambda key: places.get(key, len(places)))
    return {
        "pairs": tuple(pairs),
        "answers": tuple(answers[key] for key in kept),
        "said": made_of(Verdicts, values["said"]),
    }


MATCHING = Layout(
    "matching",
    _("Matching"),
    _("To each thing belongs another: terms and meanings, people and tasks."),
    (
        Rows(
            "pairs",
            _("Pairs"),
            _("Pair"),
            (
                Field("html", _("What is asked about"), "html", size=2),
                Field("right", _("What belongs to it"), "html", size=2),
            ),
            _("The same answer may belong to several."),
        ),
        Rows(
            "others",
            _("Answers that belong to nothing"),
            _("Answer"),
            (Field("html", _("Answer"), "html", size=2),),
            spare=2,
        ),
        SHUFFLE,
        SAID,
    ),
    opened=_matching_opened,
    closed=_matching_closed,
)
ORDERING = Layout(
    "ordering",
    _("Order"),
    _("Steps or events to put in order. Give them in the right order."),
    (
        Rows(
            "items",
            _("In the right order"),
            _("Step"),
            (Field("html", _("Step"), "html", size=2),),
        ),
        Field(
            "grading",
            _("How it is marked"),
            "choose",
            options=(
                ("whole", _("all or nothing")),
                ("place", _("each that is at its place")),
                ("next", _("each that is followed by the right one")),
                ("longest", _("the longest row that is in order")),
            ),
        ),
        SAID,
    ),
    closed=closed_with(items=row_list(Option, "items")),
)

CLOZE_KINDS = (
    ("choice", _("a choice")),
    ("short", _("a word to type")),
    ("numerical", _("a number to type")),
)


def _cloze_opened(question) -> Values:
    return {"gaps": [_gap_row(gap) for gap in question.gaps]}


def _gap_row(gap: ClozeGap) -> Values:
    inner: Any = gap.question
    match inner.kind:
        case "choice":
            answers = [
                {**plain_rows(each), "text": writing.to_text(each.html), "error": Decimal(0)}
                for each in inner.choices
            ]
        case "short":
            answers = [{**plain_rows(each), "error": Decimal(0)} for each in inner.answers]
        case _:
            answers = [{**row, "text": row["value"]} for row in map(number_row, inner.answers)]
    return {
        "name": gap.name,
        "kind": inner.kind,
        "weight": gap.weight,
        "show": gap.show,
        "case": getattr(inner, "case", False),
        "answers": answers,
        "question": inner,
    }


def _cloze_closed(values: Values, _before) -> Values:
    return {"gaps": tuple(_gap(row) for row in values["gaps"])}


def _gap(row: Values) -> ClozeGap:
    before: Any = row.get("question")
    if row["kind"] == "choice":
        inner: Values = {"choices": tuple(map(_gap_choice, row["answers"]))}
    elif row["kind"] == "short":
        inner = {
            "answers": tuple(made_of(TextAnswer, each) for each in row["answers"]),
            "case": row["case"],
        }
    else:
        rows = [{**each, "value": each["text"]} for each in row["answers"]]
        inner = {"answers": tuple(map(number_answer, rows))}
    question: Question = (
        replace(before, **inner)
        if before is not None and before.kind == row["kind"]
        else KINDS[row["kind"]](name=row["name"], body=EMPTY, **inner)
    )
    return ClozeGap(row["name"], question, row["weight"], row["show"])


def _gap_choice(row: Values) -> Choice:
    html = row.get("html", EMPTY)
    return made_of(Choice, {**row, "html": writing.changed(row["text"], html)})


CLOZE = Layout(
    "cloze",
    _("Text with gaps, each of its own kind"),
    _("Several small questions in one text: choose, type a word, type a number."),
    (
        Rows(
            "gaps",
            _("Gaps"),
            _("Gap"),
            (
                Field("name", _("Name of the gap"), hint=_("As in the text: a for [[a]]."), size=8),
                Field("kind", _("What the gap is"), "choose", options=CLOZE_KINDS),
                Field(
                    "weight",
                    _("Weight"),
                    "fraction",
                    _("2 counts twice as much as 1."),
                    empty=Fraction(1),
                    size=6,
                ),
                Field(
                    "show",
                    _("A choice is shown as"),
                    "choose",
                    options=(
                        ("list", _("a list that opens")),
                        ("column", _("a column of buttons")),
                        ("row", _("a row of buttons")),
                    ),
                ),
                Field("case", _("Large and small letters are different"), "tick"),
                Rows(
                    "answers",
                    _("Answers of this gap"),
                    _("Answer"),
                    (
                        Field("text", _("Answer")),
                        Field("fraction", SHARE.label, "share", size=10),
                        Field("error", _("Accepted error of a number"), "decimal", size=10),
                        Field("feedback", _("What is said to it"), "html", size=1),
                    ),
                    spare=2,
                ),
            ),
            spare=1,
        ),
    ),
    opened=_cloze_opened,
    closed=_cloze_closed,
    body=Field(
        "body",
        _("Text"),
        "html",
        _("Write [[a]] where the gap a is. Names are small letters and digits."),
        needed=True,
        size=8,
    ),
)

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


def _word_rows(question, places) -> list[Values]:
    return [
        {
            **plain_rows(word),
            "places": " ".join(place.name for place in places if place.right == word.key),
        }
        for word in question.words
    ]


def _words(values: Values) -> tuple[tuple[Word, ...], dict[str, Word]]:
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


def _gaps_opened(question) -> Values:
    return {"words": _word_rows(question, question.gaps)}


def _gaps_closed(values: Values, _before) -> Values:
    words, right = _words(values)
    body = values["body"]
    names = sorted(right, key=lambda name: (body.find(f"[[{name}]]"), name))
    return {
        "words": words,
        "gaps": tuple(Gap(name, right[name].key, right[name].group) for name in names),
        "said": made_of(Verdicts, values["said"]),
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
    opened=_gaps_opened,
    closed=_gaps_closed,
    body=Field(
        "body",
        _("Text"),
        "html",
        _("Write [[1]] where the place 1 is."),
        needed=True,
        size=6,
    ),
)
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


def _picture(values: Values) -> Picture:
    found = values["picture"]
    return Picture(found["file"], found["width"], found["height"], found["alt"])


def _labels_opened(question) -> Values:
    zones = [
        {
            **plain_rows(zone),
            **dict(zip(("left", "top", "width", "height"), zone.place, strict=True)),
        }
        for zone in question.zones
    ]
    return {"words": _word_rows(question, question.zones), "zones": zones}


def _labels_closed(values: Values, _before) -> Values:
    words, right = _words(values)
    zones = []
    for row in values["zones"]:
        word = right.get(row["name"])
        place = (row["left"], row["top"], row["width"], row["height"])
        group = word.group if word else row.get("group", "1")
        key = word.key if word else ""
        zones.append(Zone(row["name"], row["label"], place, key, group))
    names = {zone.name for zone in zones}
    for name in right:
        if name not in names:
            raise Wrong(_("There is no place “${name}” in the picture.", {"name": name}))
    return {
        "picture": _picture(values),
        "words": words,
        "zones": tuple(zones),
        "said": made_of(Verdicts, values["said"]),
    }


PIXELS = tuple(
    Field(name, label, "whole", size=6)
    for name, label in (
        ("left", _("From the left, in pixels")),
        ("top", _("From the top, in pixels")),
        ("width", _("Width, in pixels")),
        ("height", _("Height, in pixels")),
    )
)
LABELS = Layout(
    "labels",
    _("Labels into a picture"),
    _("A picture whose places get their names. It can be answered from a list too."),
    (
        PICTURE,
        Rows(
            "zones",
            _("Places in the picture"),
            _("Place"),
            (
                Field("name", _("Name of the place"), hint=_("Small letters and digits."), size=8),
                Field("label", _("Where it is, in words, for those who do not see the picture")),
                *PIXELS,
            ),
        ),
        Rows(
            "words",
            _("Labels"),
            _("Label"),
            (*WORD_FIELDS, Field("file", _("A picture in place of words"), "picture")),
        ),
        SHUFFLE,
        SAID,
    ),
    opened=_labels_opened,
    closed=_labels_closed,
)


def _hotspot_opened(question) -> Values:
    return {
        "areas": [
            {
                **plain_rows(each.area),
                "coords": tuple(map(Decimal, each.area.coords)),
                "fraction": each.fraction,
                "feedback": each.feedback,
            }
            for each in question.areas
        ]
    }


def _hotspot_closed(values: Values, _before) -> Values:
    return {
        "picture": _picture(values),
        "areas": tuple(
            HotArea(
                made_of(Area, {**row, "coords": tuple(round(each) for each in row["coords"])}),
                row["fraction"],
                row["feedback"],
            )
            for row in values["areas"]
        ),
        "said": made_of(Verdicts, values["said"]),
    }


HOTSPOT = Layout(
    "hotspot",
    _("Places in a picture"),
    _("Find one or several places in a picture. It can be answered from a list too."),
    (
        PICTURE,
        Rows(
            "areas",
            _("Places"),
            _("Place"),
            (
                Field("label", _("What it is called, in words")),
                Field(
                    "shape",
                    _("Shape"),
                    "choose",
                    options=(
                        ("rect", _("rectangle: left, top, right, bottom")),
                        ("circle", _("circle: middle from the left, from the top, radius")),
                        ("poly", _("any: corners, each from the left and from the top")),
                    ),
                ),
                Field("coords", _("Its outline in pixels"), "numbers"),
                SHARE,
                ANSWER_FEEDBACK,
            ),
        ),
        MANY,
        LEAST,
        MOST,
        SAID,
    ),
    opened=_hotspot_opened,
    closed=_hotspot_closed,
)


def _essay_opened(question) -> Values:
    return {"types": " ".join(question.types)}


def _essay_closed(values: Values, _before) -> Values:
    rubric = tuple(
        made_of(
            Criterion,
            {**row, "levels": tuple(made_of(Level, each) for each in row["levels"])},
        )
        for row in values["rubric"]
    )
    return {"types": tuple(values["types"].replace(",", " ").split()), "rubric": rubric}


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
    opened=_essay_opened,
    closed=_essay_closed,
)


def _formula_opened(question) -> Values:
    lines = [" ".join(map(write_number, row)) for row in question.rows]
    return {"rows": "\n".join(lines)}


def _formula_closed(values: Values, _before) -> Values:
    rows = []
    for line in filter(None, (each.strip() for each in values["rows"].splitlines())):
        numbers = [read_number(each) for each in line.replace(";", " ").split()]
        if None in numbers or len(numbers) != len(values["variables"]):
            raise Wrong(
                _(
                    "In the sets of values, this line is not one number for each: ${line}",
                    {"line": line},
                )
            )
        rows.append(tuple(number for number in numbers if number is not None))
    return {
        "variables": tuple(
            made_of(Variable, {**row, "values": tuple(row["values"])})
            for row in values["variables"]
        ),
        "answers": tuple(made_of(FormulaAnswer, row) for row in values["answers"]),
        "rows": tuple(rows),
        "units": units_of(values),
    }


FORMULA = Layout(
    "formula",
    _("Calculation"),
    _("A calculation whose numbers differ from attempt to attempt."),
    (
        Rows(
            "variables",
            _("Numbers of chance"),
            _("Number"),
            (
                Field("name", _("Name"), hint=_("As in the text: a for {a}."), size=8),
                Field("least", _("At least"), "decimal", empty=Decimal(1), size=10),
                Field("most", _("At most"), "decimal", empty=Decimal(10), size=10),
                Field("places", _("Decimal places"), "whole", empty=1, size=6),
                Field(
                    "spread",
                    _("How they are spread"),
                    "choose",
                    options=(("uniform", _("evenly")), ("loguniform", _("more small ones"))),
                ),
                Field(
                    "values",
                    _("Or one of these"),
                    "numbers",
                    _("Numbers with a space between them."),
                ),
            ),
        ),
        Field(
            "condition",
            _("What must be true of them"),
            hint=_("As {a} > {b}; empty for nothing."),
        ),
        Field(
            "rows",
            _("Sets of values to take instead"),
            "text",
            _("On each line one number for each of the numbers above, in their order."),
            size=4,
        ),
        Rows(
            "answers",
            _("Results"),
            _("Result"),
            (
                Field(
                    "expression",
                    _("Expression"),
                    hint=_("As 2 * {a} + {b}; * is for every other number."),
                ),
                Field("error", ERROR.label, "decimal", empty=Decimal("0.01"), size=10),
                Field("rule", RULE.label, "choose", options=(RULES[1], RULES[0], *RULES[2:])),
                Field(
                    "figures", _("Figures of the result that is shown"), "whole", empty=2, size=6
                ),
                Field(
                    "figures_rule",
                    _("These are"),
                    "choose",
                    options=(
                        ("decimals", _("decimal places")),
                        ("significant", _("significant figures")),
                    ),
                ),
                SHARE,
                ANSWER_FEEDBACK,
            ),
        ),
        UNITS,
    ),
    opened=_formula_opened,
    closed=_formula_closed,
    body=Field(
        "body",
        _("Question"),
        "html",
        _("Write {a} for the number a, and {=2 * {a}} for something calculated of it."),
        needed=True,
        size=6,
    ),
)
DESCRIPTION = Layout(
    "description",
    _("Text to read"),
    _("Something to read or look at before the next questions. There is nothing to answer."),
    (),
    answered=False,
    body=Field("body", _("Text"), "html", needed=True, size=8),
)
QTI = Layout(
    "qti",
    _("QTI item"),
    _("For those who have an item of QTI: it is asked and marked as its own XML says."),
    (Field("xml", _("XML of the item"), "text", needed=True, size=20),),
    body=None,
)

LAYOUTS: dict[str, Layout] = {
    each.kind: each
    for each in (
        CHOICE,
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
"""The form of every type by its kind, in the order in which they are offered."""
