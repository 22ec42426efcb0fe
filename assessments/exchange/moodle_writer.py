"""Writing Moodle XML: the inverse of :mod:`assessments.exchange.moodle_xml`."""

import base64
import html as entities
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import singledispatchmethod
from urllib.parse import quote

from lxml import etree
from translationstring import TranslationString, TranslationStringFactory

from assessments.exchange import embedded
from assessments.exchange.categories import to_path
from assessments.exchange.entries import Entry, Remark
from assessments.exchange.formats import as_plain, one_line
from assessments.exchange.judging import judge
from assessments.exchange.losses import cannot_say, losses
from assessments.exchange.moodle_places import can_be_markers, place_at
from assessments.exchange.moodle_types import NUMBERINGS
from assessments.exchange.notes import Broken, Notes
from assessments.exchange.numbers import FIGURES, absolute
from assessments.exchange.shares import inverse, percent, plain_decimal, plain_share, share
from assessments.questions.base import EMPTY, Question
from assessments.questions.choice import ChoiceQuestion, Verdicts
from assessments.questions.cloze import ClozeQuestion
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaQuestion
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import Html, escaped
from assessments.questions.matching import MatchingQuestion
from assessments.questions.numerical import NumericalQuestion, Units
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.short import ShortQuestion
from assessments.questions.truth import TruthQuestion

_ = TranslationStringFactory("tutela")

USED = re.compile(r"src=\"files/([^\"/\\?#]+)\"")
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SAYS = frozenset(
    {
        "mark",
        "penalty",
        "hints",
        "shuffle",
        "numbering",
        "said",
        "files",
        "feedback",
        "tags",
        "code",
        "category",
    }
)
GRADINGS = {
    "whole": "ALL_OR_NOTHING",
    "place": "ABSOLUTE_POSITION",
    "next": "RELATIVE_NEXT_INCLUDE_LAST",
    "longest": "LONGEST_ORDERED_SUBSET",
}
SHOWN = {"typed": 0, "choose": 1, "pick": 2}
TOLERANCES = {"relative": 1, "absolute": 2, "geometric": 3}


def write(entries: Iterable[Entry]) -> tuple[bytes, tuple[Remark, ...]]:
    """The questions as a file, and what it cannot say about them."""
    notes = Notes()
    quiz = etree.Element("quiz")
    category: tuple[str, ...] = ()
    for entry, element in notes.writable(entries, lambda entry: _Writer(entry, notes).element()):
        if entry.category != category:
            category = entry.category
            named = etree.SubElement(quiz, "question", type="category")
            _text(etree.SubElement(named, "category"), to_path(category))
        quiz.append(element)
    etree.indent(quiz)
    return (
        etree.tostring(quiz, xml_declaration=True, encoding="UTF-8") + b"\n",
        notes.by_line(),
    )


def _text(element: etree._Element, text: str) -> None:
    etree.SubElement(element, "text").text = ILLEGAL.sub("", text)


class _Writer:
    """One question."""

    def __init__(self, entry: Entry, notes: Notes):
        self._entry = entry
        self._notes = notes
        self._root = etree.Element("question")

    def element(self) -> etree._Element:
        """:raises Broken: when Moodle has no form for it"""
        question = self._entry.question
        judge(question)
        for sentence in losses(self._entry, SAYS):
            self._changed(sentence)
        self._named("name", one_line(question.name))
        self._html("questiontext", self._body(question))
        self._html("generalfeedback", question.feedback)
        self._say("defaultgrade", plain_share(question.mark))
        self._say("penalty", plain_share(question.penalty))
        for written in (question.mark, question.penalty):
            if share(plain_share(written)) != written:
                self._changed(_("The question’s mark or penalty had to be rounded."))
        self._say("hidden", "0")
        self._say("idnumber", self._entry.code)
        self._root.set("type", self._type(question))
        for hint in question.hints:
            element = self._html("hint", hint.html)
            if hint.tell_right:
                etree.SubElement(element, "shownumcorrect")
            if hint.clear_wrong:
                etree.SubElement(element, "clearwrong")
        if self._entry.tags:
            tags = etree.SubElement(self._root, "tags")
            for tag in self._entry.tags:
                _text(etree.SubElement(tags, "tag"), tag)
        return self._root

    def _changed(self, message: TranslationString) -> None:
        self._notes.changed(message, question=self._entry.question.name)

    def _say(self, tag: str, text: str, parent: etree._Element | None = None) -> etree._Element:
        element = etree.SubElement(self._root if parent is None else parent, tag)
        element.text = ILLEGAL.sub("", text) or None
        return element

    def _named(self, tag: str, text: str, parent: etree._Element | None = None) -> etree._Element:
        """An element whose words are in a ``text`` of its own."""
        element = etree.SubElement(self._root if parent is None else parent, tag)
        _text(element, text)
        return element

    def _html(self, tag: str, html: str, parent: etree._Element | None = None) -> etree._Element:
        element = etree.SubElement(self._root if parent is None else parent, tag, format="html")
        _text(element, USED.sub(_plugin, html))
        self._files(element, html)
        return element

    def _files(self, element: etree._Element, html: str) -> None:
        for name in dict.fromkeys(entities.unescape(each) for each in USED.findall(html)):
            self._file(element, name)

    def _file(self, element: etree._Element, name: str) -> None:
        file = self._entry.files.get(name)
        if file is None:
            self._changed(_("The file “${name}” is missing.", mapping={"name": name}))
            return
        etree.SubElement(
            element, "file", name=name, path="/", encoding="base64"
        ).text = base64.b64encode(file.content).decode("ascii")

    def _flag(self, tag: str, yes: bool, parent: etree._Element | None = None) -> None:
        self._say(tag, "1" if yes else "0", parent)

    def _answer(self, fraction: Fraction, parent: etree._Element | None = None) -> etree._Element:
        text = percent(fraction)
        if share(text, hundred=True) != fraction:
            self._changed(_("The share of an answer had to be rounded."))
        return etree.SubElement(
            self._root if parent is None else parent,
            "answer",
            fraction=text,
            format="moodle_auto_format",
        )

    def _said(self, said: Verdicts) -> None:
        self._html("correctfeedback", said.right)
        self._html("partiallycorrectfeedback", said.partly)
        self._html("incorrectfeedback", said.wrong)

    def _plain(self, html: Html) -> str:
        text, whole = as_plain(html)
        if not whole:
            self._changed(_("Some texts are plain in Moodle and lose their mark-up."))
        return text

    def _body(self, question: Question) -> str:
        """The text, gaps written as Moodle has them."""
        if isinstance(question, ClozeQuestion):
            if any(gap.weight.denominator != 1 for gap in question.gaps):
                raise Broken(_("Weights of gaps are whole numbers in Moodle."))
            written = {gap.name: embedded.write(gap, self._changed) for gap in question.gaps}
            return _replaced(question.body, written.get)
        if isinstance(question, GapQuestion):
            order = {word.key: number for number, word in enumerate(question.words, 1)}
            gaps: dict[str, Gap] = {gap.name: gap for gap in question.gaps}

            def numbered(name: str) -> str | None:
                return f"[[{order[gaps[name].right]}]]" if name in gaps else None

            return _replaced(question.body, numbered)
        return question.body

    @singledispatchmethod
    def _type(self, question: Question) -> str:
        """Write what is special to a type; Moodle's name of it."""
        raise Broken(cannot_say(question, "Moodle XML"))

    @_type.register
    def _of_text_alone(self, question: DescriptionQuestion | ClozeQuestion) -> str:
        return "cloze" if isinstance(question, ClozeQuestion) else "description"

    @_type.register
    def _choice(self, question: ChoiceQuestion) -> str:
        self._say("single", "false" if question.many else "true")
        self._say("shuffleanswers", "true" if question.shuffle else "false")
        numberings = {ours: moodles for moodles, ours in NUMBERINGS.items()}
        self._say("answernumbering", numberings.get(question.numbering, question.numbering))
        self._said(question.said)
        for choice in question.choices:
            answer = self._answer(choice.fraction)
            answer.set("format", "html")
            _text(answer, USED.sub(_plugin, choice.html))
            self._files(answer, choice.html)
            self._html("feedback", choice.feedback, answer)
        return "multichoice"

    @_type.register
    def _truth(self, question: TruthQuestion) -> str:
        for name, feedback in (("true", question.when_true), ("false", question.when_false)):
            answer = self._answer(Fraction((name == "true") == question.right))
            _text(answer, name)
            self._html("feedback", feedback, answer)
        return "truefalse"

    @_type.register
    def _short(self, question: ShortQuestion) -> str:
        self._flag("usecase", question.case)
        for each in question.answers:
            answer = self._answer(each.fraction)
            _text(answer, each.text)
            self._html("feedback", each.feedback, answer)
        return "shortanswer"

    @_type.register
    def _numerical(self, question: NumericalQuestion) -> str:
        for each in question.answers:
            answer = self._answer(each.fraction)
            _text(answer, "*" if each.value is None else plain_decimal(each.value))
            self._html("feedback", each.feedback, answer)
            error, same = absolute(each)
            if not same:
                self._changed(_("How exact a number must be is kept only nearly."))
            self._say("tolerance", plain_decimal(error), answer)
        self._units(question.units)
        return "numerical"

    def _units(self, units: Units) -> None:
        grading = 0
        if units.rule == "graded":
            grading = 2 if units.of == "mark" else 1
        self._say("unitgradingtype", str(grading))
        self._say("unitpenalty", plain_share(units.penalty))
        shown = 3 if units.rule == "none" else SHOWN[units.control]
        self._say("showunits", str(shown))
        self._flag("unitsleft", units.before)
        if units.units:
            listed = etree.SubElement(self._root, "units")
            for unit in units.units:
                element = etree.SubElement(listed, "unit")
                self._say("multiplier", plain_decimal(inverse(unit.factor)), element)
                self._say("unit_name", unit.name, element)

    @_type.register
    def _matching(self, question: MatchingQuestion) -> str:
        self._flag("shuffleanswers", question.shuffle)
        self._said(question.said)
        right = {option.key: self._plain(option.html) for option in question.answers}
        rows = [(pair.html, right[pair.answer]) for pair in question.pairs]
        used = {pair.answer for pair in question.pairs}
        rows += [(EMPTY, text) for key, text in right.items() if key not in used]
        for left, text in rows:
            self._named("answer", text, self._html("subquestion", left))
        return "matching"

    @_type.register
    def _ordering(self, question: OrderingQuestion) -> str:
        self._say("layouttype", "VERTICAL")
        self._say("selecttype", "ALL")
        self._say("selectcount", str(len(question.items)))
        self._say("gradingtype", GRADINGS[question.grading])
        self._said(question.said)
        for number, item in enumerate(question.items, 1):
            answer = etree.SubElement(self._root, "answer", fraction=str(number), format="html")
            _text(answer, USED.sub(_plugin, item.html))
            self._files(answer, item.html)
        return "ordering"

    @_type.register
    def _essay(self, question: EssayQuestion) -> str:
        self._say("responseformat", "noinline" if question.text == "none" else "plain")
        self._flag("responserequired", question.text == "required")
        self._say("responsefieldlines", str(question.rows))
        for tag, words in (
            ("minwordlimit", question.least_words),
            ("maxwordlimit", question.most_words),
        ):
            self._say(tag, str(words) if words else "")
        self._say("attachments", str(question.files))
        self._say("attachmentsrequired", str(question.least_files))
        usual = EssayQuestion(name="", body=EMPTY).size
        self._say("maxbytes", "0" if question.size == usual else str(question.size))
        self._say("filetypeslist", ",".join(question.types))
        self._html("graderinfo", question.for_markers)
        self._html("responsetemplate", escaped(question.template))
        if question.rubric:
            self._changed(_("The rubric is not kept."))
        return "essay"

    @_type.register
    def _formula(self, question: FormulaQuestion) -> str:
        if question.condition:
            self._changed(_("The condition that the values must meet is not kept."))
        if any(variable.values for variable in question.variables):
            self._changed(_("Lists of values to take from are not kept."))
        if not question.rows and question.variables:
            self._changed(
                _("Moodle draws no values by itself: make sets of values there before it is used.")
            )
        self._flag("synchronize", False)
        for each in question.answers:
            answer = self._answer(each.fraction)
            _text(answer, each.expression)
            rule, error = each.rule, each.error
            if rule not in TOLERANCES:
                self._changed(_("How exact a number must be is kept only nearly."))
                rule, error = "absolute", Decimal(5).scaleb(-int(min(each.error, FIGURES)) - 1)
            self._say("tolerance", plain_decimal(error), answer)
            self._say("tolerancetype", str(TOLERANCES[rule]), answer)
            significant = each.figures_rule == "significant"
            self._say("correctanswerformat", "2" if significant else "1", answer)
            self._say("correctanswerlength", str(each.figures), answer)
            self._html("feedback", each.feedback, answer)
        self._units(question.units)
        definitions = etree.SubElement(self._root, "dataset_definitions")
        for place, variable in enumerate(question.variables):
            element = etree.SubElement(definitions, "dataset_definition")
            self._named("status", "private", element)
            self._named("name", variable.name, element)
            self._say("type", "calculated", element)
            self._named("distribution", variable.spread, element)
            self._named("minimum", plain_decimal(variable.least), element)
            self._named("maximum", plain_decimal(variable.most), element)
            self._named("decimals", str(variable.places), element)
            count = str(len(question.rows))
            self._say("itemcount", count, element)
            items = etree.SubElement(element, "dataset_items")
            for number, row in enumerate(question.rows, 1):
                item = etree.SubElement(items, "dataset_item")
                self._say("number", str(number), item)
                self._say("value", plain_decimal(row[place]), item)
            self._say("number_of_items", count, element)
        return "calculated"

    @_type.register
    def _gaps(self, question: GapQuestion) -> str:
        self._flag("shuffleanswers", question.shuffle)
        self._said(question.said)
        if any(word.file for word in question.words):
            raise Broken(_("Pictures cannot be put into the gaps of a text in Moodle."))
        for word in question.words:
            element = etree.SubElement(
                self._root, "dragbox" if question.dragged else "selectoption"
            )
            _text(element, word.html if question.dragged else self._plain(word.html))
            self._say("group", word.group, element)
            if question.dragged and word.unlimited:
                etree.SubElement(element, "infinite")
            elif not question.dragged and not word.unlimited:
                self._changed(_("That a word can be used only once is not kept."))
        return "ddwtos" if question.dragged else "gapselect"

    @_type.register
    def _labels(self, question: LabelQuestion) -> str:
        if question.picture.alt != question.name:
            self._changed(_("What the picture shows, in words, is not kept."))
        self._flag("shuffleanswers", question.shuffle)
        self._said(question.said)
        self._file(self._root, question.picture.file)
        markers = question.markers and can_be_markers(question)
        order: dict[str, str] = {}
        for number, word in enumerate(question.words, 1):
            order[word.key] = str(number)
            drag = self._drag(str(number), word)
            if markers:
                self._say("noofdrags", "0" if word.unlimited else "1", drag)
        for number, zone in enumerate(question.zones, 1):
            drop = etree.SubElement(self._root, "drop")
            _text(drop, zone.label)
            self._say("no", str(number), drop)
            self._say("choice", order.get(zone.right, "0"), drop)
            if markers:
                left, top, width, height = zone.place
                self._say("shape", "rectangle", drop)
                self._say("coords", f"{left},{top};{width},{height}", drop)
            else:
                self._corner(question, zone, drop)
        return "ddmarker" if markers else "ddimageortext"

    def _corner(self, question: LabelQuestion, zone: Zone, drop: etree._Element) -> None:
        left, top, *_size = zone.place
        self._say("xleft", str(left), drop)
        self._say("ytop", str(top), drop)
        group = [word for word in question.words if word.group == zone.group]
        if zone.place != place_at(left, top, question.picture, group, self._entry.files):
            self._changed(_("How large the places in the picture are is not kept."))

    def _drag(self, number: str, word: Word) -> etree._Element:
        drag = etree.SubElement(self._root, "drag")
        self._say("no", number, drag)
        _text(drag, self._plain(word.html))
        self._say("draggroup", word.group, drag)
        if word.unlimited:
            etree.SubElement(drag, "infinite")
        if word.file:
            self._file(drag, word.file)
        return drag


def _plugin(used: re.Match[str]) -> str:
    return f'src="@@PLUGINFILE@@/{quote(entities.unescape(used[1]))}"'


def _replaced(text: str, written: Callable[[str], str | None]) -> str:
    """The text with each gap as it is written, other double brackets as they are."""

    def one(found: re.Match[str]) -> str:
        said = written(found[1])
        return found[0] if said is None else said

    return NAMED.sub(one, text)


NAMED = re.compile(r"\[\[([a-z0-9-]{1,60})\]\]")
