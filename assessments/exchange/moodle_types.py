"""Each type of question that Moodle XML has, made into one of ours."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lxml import etree
from translationstring import TranslationStringFactory

from assessments.exchange import embedded
from assessments.exchange.filetypes import from_list
from assessments.exchange.formats import HTML, as_lines, one_line
from assessments.exchange.moodle_source import Source, form, said
from assessments.exchange.notes import Broken
from assessments.exchange.shares import decimal, inverse
from assessments.questions.base import ONE, Question
from assessments.questions.choice import Choice, ChoiceQuestion
from assessments.questions.cloze import ClozeQuestion
from assessments.questions.controls import Option
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.html import escaped
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import (
    NO_UNITS,
    NumberAnswer,
    NumericalQuestion,
    Unit,
    Units,
)
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion

_ = TranslationStringFactory("tutela")

Common = dict[str, Any]
"""What every question has, by the names of :class:`assessments.questions.base.Question`."""

NUMBERINGS = {"ABCD": "ABC", "IIII": "III"}
"""Moodle's names of numberings that have others here."""
GRADINGS = {
    "ALL_OR_NOTHING": ("whole", True),
    "ABSOLUTE_POSITION": ("place", True),
    "RELATIVE_NEXT_EXCLUDE_LAST": ("next", False),
    "RELATIVE_NEXT_INCLUDE_LAST": ("next", True),
    "RELATIVE_ONE_PREVIOUS_AND_NEXT": ("next", False),
    "RELATIVE_ALL_PREVIOUS_AND_NEXT": ("next", False),
    "LONGEST_ORDERED_SUBSET": ("longest", True),
    "LONGEST_CONTIGUOUS_SUBSET": ("longest", False),
    "RELATIVE_TO_CORRECT": ("place", False),
    "-1": ("whole", True),
    "0": ("place", True),
    "1": ("next", False),
    "2": ("next", True),
    "3": ("next", False),
    "4": ("next", False),
    "5": ("longest", True),
    "6": ("longest", False),
    "7": ("place", False),
}
"""How an order is marked in Moodle: how it is here, and whether that is the same."""
CONTROLS = {0: "typed", 1: "choose", 2: "pick"}
NO_UNITS_SHOWN = 3
RULES = {"1": "relative", "2": "absolute", "3": "geometric"}
MANY_FILES = 10
"""How many files may be handed in where Moodle sets no limit."""


def choice(source: Source, common: Common) -> Question:
    numbering = source.plain("answernumbering").strip() or "abc"
    numbering = NUMBERINGS.get(numbering, numbering)
    if numbering not in ("none", "abc", "ABC", "123", "iii", "III"):
        numbering = "abc"
    return ChoiceQuestion(
        **common,
        choices=tuple(
            Choice(
                str(number),
                source.html(answer),
                source.fraction(answer),
                source.html(answer.find("feedback")),
            )
            for number, answer in enumerate(source.each("answer"), 1)
        ),
        many=not source.flag("single", True),
        shuffle=source.flag("shuffleanswers", True),
        numbering=numbering,
        said=source.verdicts(),
    )


def truth(source: Source, common: Common) -> Question:
    answers = source.each("answer")
    named = {said(answer).strip().lower(): answer for answer in answers}
    if set(named) != {"true", "false"}:
        if len(answers) != 2:
            raise Broken(_("A true/false question needs its two answers."))
        # Very old files have them in their own language, true first
        named = dict(zip(("true", "false"), answers, strict=True))
    fractions = {name: source.fraction(answer) for name, answer in named.items()}
    if sorted(fractions.values()) != [0, 1]:
        raise Broken(_("Of true and false one must bring 100 % and the other nothing."))
    return TruthQuestion(
        **common,
        right=fractions["true"] == ONE,
        when_true=source.html(named["true"].find("feedback")),
        when_false=source.html(named["false"].find("feedback")),
    )


def short(source: Source, common: Common) -> Question:
    answers = []
    for number, answer in enumerate(source.each("answer"), 1):
        text = one_line(said(answer))
        if not text:
            raise Broken(
                _("One answer is empty. Write its text, or take it out."), answer.sourceline or 0
            )
        answers.append(
            TextAnswer(
                str(number),
                text,
                source.fraction(answer),
                source.html(answer.find("feedback")),
            )
        )
    return ShortQuestion(**common, answers=tuple(answers), case=source.flag("usecase", False))


def numerical(source: Source, common: Common) -> Question:
    answers = []
    for number, answer in enumerate(source.each("answer"), 1):
        text = said(answer).strip()
        value = None if text == "*" else decimal(text)
        if value is None and text != "*":
            raise source.no_number("answer", text, answer)
        answers.append(
            NumberAnswer(
                str(number),
                value,
                source.fraction(answer),
                error=_tolerance(source, answer),
                feedback=source.html(answer.find("feedback")),
            )
        )
    return NumericalQuestion(**common, answers=tuple(answers), units=_units(source))


def _tolerance(source: Source, answer: etree._Element) -> Decimal:
    """How far off an answer may be; older files have it as an attribute."""
    if answer.get("tolerance") and answer.find("tolerance") is None:
        return abs(decimal(answer.get("tolerance", "")) or Decimal(0))
    return abs(source.number("tolerance", "0", answer))


CONVERTED = _(
    "A number with a unit counts only if the question knows the unit, and only converted with it. "
    "Moodle takes it as it stands too."
)


def _units(source: Source) -> Units:
    units = []
    base = None
    for unit in source.element.findall("units/unit"):
        multiplier = source.number("multiplier", "1", unit)
        name = one_line(source.plain("unit_name", unit))
        if multiplier <= 0 or not name:
            source.left_out(_("A unit without a name or multiplier was left out."), unit)
            continue
        base = base or multiplier
        units.append(Unit(name, inverse(multiplier / base)))
    grading = source.whole("unitgradingtype", 0)
    shown = source.whole("showunits", 0 if units else NO_UNITS_SHOWN)
    if not units:
        return NO_UNITS
    rule = "graded" if grading in (1, 2) else "optional"
    if shown not in CONTROLS:
        rule = "none"
    if rule == "optional":
        source.changed(CONVERTED, source.element.find("units"))
    return Units(
        units=tuple(units),
        rule=rule,
        control=CONTROLS.get(shown, "typed"),
        before=source.flag("unitsleft", False),
        penalty=source.share("unitpenalty", "0.1") if rule == "graded" else Fraction(0),
        of="mark" if rule == "graded" and grading == 2 else "response",
    )


def matching(source: Source, common: Common) -> Question:
    rows = [
        (source.html(row), one_line(source.plain("answer", row)))
        for row in source.each("subquestion")
    ]
    rows = [(left, right) for left, right in rows if right]
    keys = {
        right: str(number)
        for number, right in enumerate(dict.fromkeys(right for _left, right in rows), 1)
    }
    lefts = [(left, right) for left, right in rows if left]
    if not lefts or len(keys) < 2:
        raise Broken(_("There is nothing to match: give a pair and at least two answers."))
    return MatchingQuestion(
        **common,
        pairs=tuple(
            Pair(str(number), left, keys[right]) for number, (left, right) in enumerate(lefts, 1)
        ),
        answers=tuple(Option(key, escaped(right)) for right, key in keys.items()),
        shuffle=source.flag("shuffleanswers", True),
        said=source.verdicts(),
    )


def ordering(source: Source, common: Common) -> Question:
    named = source.plain("gradingtype").strip() or "RELATIVE_NEXT_EXCLUDE_LAST"
    grading, same = GRADINGS.get(named, ("place", False))
    if not same:
        source.changed(
            _(
                "Moodle marks this order in a way that is not known here (${way}). "
                "It will be marked in the nearest way.",
                mapping={"way": named[:60]},
            )
        )
    if source.plain("selecttype").strip() not in ("", "ALL", "0"):
        source.changed(_("Moodle asks for some of the things only; here all are asked for."))
    items = tuple(
        Option(str(number), source.html(answer))
        for number, answer in enumerate(source.each("answer"), 1)
    )
    if len(items) < 2:
        raise Broken(_("There is nothing to put in order: give at least two things."))
    return OrderingQuestion(**common, items=items, grading=grading, said=source.verdicts())


def cloze(source: Source, common: Common) -> Question:
    element = source.element.find("questiontext")
    # Texts within gaps are made harmless one by one; the text around them afterwards.
    text = "" if element is None else source.raw(element)
    as_form = HTML if element is None else form(element)
    body, gaps = embedded.read(text, source.made_safe)
    if not source.plain("defaultgrade").strip():
        # In Moodle the gaps' weights are the marks.
        common["mark"] = sum((gap.weight for gap in gaps), Fraction(0))
    common["body"] = source.made_safe(body, as_form)
    return ClozeQuestion(**common, gaps=gaps)


def essay(source: Source, common: Common) -> Question:
    template, whole = as_lines(source.html_at("responsetemplate"))
    if not whole:
        source.changed(_("The template of the essay lost its mark-up."))
    files = source.whole("attachments", 0, least=-1)
    if files < 0:
        source.changed(
            _(
                "Moodle sets no limit to files; here ${most} may be handed in.",
                mapping={"most": MANY_FILES},
            )
        )
        files = MANY_FILES
    types, unknown = from_list(source.plain("filetypeslist"))
    if unknown:
        source.left_out(
            _(
                "These types of files are not known here: ${types}",
                mapping={"types": ", ".join(unknown)[:200]},
            )
        )
    required = source.flag("responserequired", True)
    text = "required" if required else "optional"
    if source.plain("responseformat").strip() == "noinline":
        text = "none"
    usual = EssayQuestion(**common)
    return replace(
        usual,
        text=text,
        rows=source.whole("responsefieldlines", usual.rows) or usual.rows,
        least_words=source.whole("minwordlimit", 0),
        most_words=source.whole("maxwordlimit", 0),
        template=template,
        files=files,
        least_files=min(source.whole("attachmentsrequired", 0), files),
        types=types,
        size=source.whole("maxbytes", 0) or usual.size,
        for_markers=source.html_at("graderinfo"),
    )


def formula(source: Source, common: Common) -> Question:
    variables = []
    columns: list[dict[str, Decimal]] = []
    for definition in source.element.findall("dataset_definitions/dataset_definition"):
        name = one_line(source.plain("name", definition))
        spread = source.plain("distribution", definition).strip() or "uniform"
        variables.append(
            Variable(
                name,
                least=source.number("minimum", "1", definition),
                most=source.number("maximum", "10", definition),
                places=source.whole("decimals", 1, most=30, element=definition),
                spread=spread if spread == "loguniform" else "uniform",
            )
        )
        columns.append(
            {
                source.plain("number", item).strip(): source.number("value", "", item)
                for item in definition.findall("dataset_items/dataset_item")
            }
        )
    numbers = [n for n in (columns[0] if columns else {}) if all(n in each for each in columns)]
    if any(len(each) != len(numbers) for each in columns):
        source.changed(_("Sets of values that lack one for a variable were left out."))
    return FormulaQuestion(
        **common,
        variables=tuple(variables),
        answers=tuple(
            _formula_answer(source, number, answer)
            for number, answer in enumerate(source.each("answer"), 1)
        ),
        rows=tuple(tuple(each[number] for each in columns) for number in numbers),
        units=_units(source),
    )


def _formula_answer(source: Source, number: int, answer: etree._Element) -> FormulaAnswer:
    significant = source.plain("correctanswerformat", answer).strip() == "2"
    return FormulaAnswer(
        str(number),
        one_line(said(answer)),
        source.fraction(answer),
        error=abs(source.number("tolerance", "0.01", answer)),
        rule=RULES.get(source.plain("tolerancetype", answer).strip(), "relative"),
        figures=source.whole("correctanswerlength", 2, most=30, element=answer),
        figures_rule="significant" if significant else "decimals",
        feedback=source.html(answer.find("feedback")),
    )


TYPES: dict[str, Callable[[Source, Common], Question]] = {
    "multichoice": choice,
    "truefalse": truth,
    "shortanswer": short,
    "numerical": numerical,
    "matching": matching,
    "match": matching,
    "ordering": ordering,
    "cloze": cloze,
    "multianswer": cloze,
    "essay": essay,
    "description": lambda _source, common: DescriptionQuestion(**common),
    "calculated": formula,
    "calculatedsimple": formula,
}
