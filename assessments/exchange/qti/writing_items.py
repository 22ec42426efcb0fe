"""One question as an item of QTI 2, which is then respelled for 3.0.

Keys of authors stay here: the item has identifiers of its own (``c1``, ``a2``).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import singledispatchmethod
from random import Random
from typing import Any

from lxml import etree
from lxml.builder import E
from translationstring import TranslationString, TranslationStringFactory

from assessments import numbers
from assessments.exchange.notes import Broken
from assessments.exchange.qti import processing as p
from assessments.exchange.qti.xhtml import ILLEGAL, Writer
from assessments.exchange.shares import plain_decimal
from assessments.questions.base import NONE, ONE, Html, Question
from assessments.questions.choice import SILENT, ChoiceQuestion, Verdicts
from assessments.questions.choosing import right_keys
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaQuestion
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.html import FILES, escaped, plain
from assessments.questions.matching import MatchingQuestion
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion
from assessments.short_answers import WILDCARD, unescaped

_ = TranslationStringFactory("tutela")

RESPONSE, SCORE, FEEDBACK, VERDICT = "RESPONSE", "SCORE", "FEEDBACK", "VERDICT"
VARIANTS = 20
"""Sets of numbers that a formula question gets where it draws its own."""
SPECIAL = re.compile(r"[\\.^$*+?()\[\]{}|-]")


@dataclass
class Built:
    """An item in the making.

    :param most: what SCORE is at most; :param template: the standard way that marks it, if one does
    :param rules: otherwise, how
    """

    most: Fraction = ONE
    responses: list[etree._Element] = field(default_factory=list)
    outcomes: list[etree._Element] = field(default_factory=list)
    templates: list[etree._Element] = field(default_factory=list)
    preparation: list[etree._Element] = field(default_factory=list)
    body: etree._Element = field(default_factory=lambda: E.itemBody())
    template: str = ""
    rules: list[etree._Element] = field(default_factory=list)
    told: dict[str, Html] = field(default_factory=dict)
    echo: str = ""
    scored: bool = True
    external: bool = False


class ItemWriter:
    """Writes one question.

    :param version: ``2.1``, ``2.2`` or ``3.0``
    :param address: where a file of the question is, from the item, by its name
    """

    def __init__(self, version: str, identifier: str, address: Callable[[str], str]) -> None:
        self.version = version
        self.identifier = identifier
        self.address = address
        self.html = Writer(lambda source: address(source.removeprefix(FILES)))
        self.lost: list[TranslationString] = []

    def item(self, question: Question) -> tuple[etree._Element, Fraction]:
        """The item, and what SCORE is at most in it.

        :raises Broken: when QTI has no form for it
        """
        self.question = question
        built = self._built(question)
        made = E.assessmentItem(
            identifier=self.identifier,
            title=ILLEGAL.sub("", question.name) or self.identifier,
            adaptive="false",
            timeDependent="false",
        )
        if re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", question.language):
            made.set("{http://www.w3.org/XML/1998/namespace}lang", question.language)
        made.extend(built.responses)
        feedback = self._feedback(question, built)
        made.extend(self._outcomes(built))
        made.extend(feedback.declared)
        made.extend(built.outcomes)
        made.extend(built.templates)
        if built.preparation:
            made.append(E.templateProcessing(*built.preparation))
        made.append(built.body)
        rules = [*built.rules, *feedback.rules]
        if built.template and not feedback.rules:
            address = p.TEMPLATES[self.version] + built.template
            if self.version == "3.0":
                address += ".xml"
            made.append(E.responseProcessing(template=address))
        elif built.template or rules:
            made.append(E.responseProcessing(*self._of_template(built), *rules))
        made.extend(feedback.shown)
        return made, built.most

    def _outcomes(self, built: Built) -> list[etree._Element]:
        if not built.scored:
            return []
        score = p.outcome(SCORE, "float", "0", normalMaximum=p.decimal_text(built.most))
        if built.external and self.version != "2.1":
            score.set("externalScored", "human")
        most = p.outcome("MAXSCORE", "float", p.decimal_text(built.most))
        return [score, most]

    @staticmethod
    def _of_template(built: Built) -> list[etree._Element]:
        """The rules of a standard template, where more is to follow them."""
        if built.template == "map_response":
            return [p.put(SCORE, p.mapped(RESPONSE))]
        if built.template == "match_correct":
            return [p.when([(p.match(RESPONSE), [p.put(SCORE, p.points(built.most))])])]
        return []

    # What is said

    def _feedback(self, question: Question, built: Built) -> "_Feedback":
        """Modal feedback: to single answers, to how good an answer is, and to everybody."""
        made = _Feedback()
        said: Verdicts = getattr(question, "said", SILENT)
        if built.told:
            made.declared.append(p.outcome(FEEDBACK, "identifier", cardinality="multiple"))
            if built.echo:
                echoed = p.variable(built.echo)
                made.rules.append(p.put(FEEDBACK, E.multiple(echoed)))
            for key, html in built.told.items():
                made.shown.append(self._modal(FEEDBACK, key, html))
        verdicts = {"right": said.right, "partly": said.partly, "wrong": said.wrong}
        if any(verdicts.values()) or question.feedback:
            made.declared.append(p.outcome(VERDICT, "identifier", cardinality="multiple"))
            everybody = [p.base("identifier", "everybody")] if question.feedback else []

            def verdict(name: str) -> list[etree._Element]:
                also = [p.base("identifier", "everybody")] if everybody else []
                return [p.put(VERDICT, E.multiple(p.base("identifier", name), *also))]

            made.rules.append(
                p.when(
                    [
                        (p.at_least(p.variable(SCORE), built.most), verdict("right")),
                        (E.gt(p.variable(SCORE), p.points(NONE)), verdict("partly")),
                    ],
                    verdict("wrong"),
                )
            )
            for name, html in (*verdicts.items(), ("everybody", question.feedback)):
                if html:
                    made.shown.append(self._modal(VERDICT, name, html))
        return made

    def _modal(self, variable: str, key: str, html: Html) -> etree._Element:
        made = E.modalFeedback(outcomeIdentifier=variable, identifier=key, showHide="show")
        return self.html.into(made, self._text(html))

    def _text(self, html: str) -> str:
        return html

    def _body(self, built: Built, html: str, *parts: etree._Element, fill: Any = None) -> None:
        self.html.into(built.body, self._text(html), blocks=True, fill=fill)
        built.body.extend(parts)
        if not len(built.body):
            built.body.append(E.p())

    # The types

    @singledispatchmethod
    def _built(self, _question: Question) -> Built:
        raise Broken(_("QTI has no form for this question."))

    @_built.register
    def _description(self, question: DescriptionQuestion) -> Built:
        built = Built(scored=False)
        self._body(built, question.body)
        return built

    @_built.register
    def _choice(self, question: ChoiceQuestion) -> Built:
        ids = {choice.key: f"c{n}" for n, choice in enumerate(question.choices, 1)}
        interaction = E.choiceInteraction(
            responseIdentifier=RESPONSE,
            shuffle=_flag(question.shuffle),
            maxChoices=str(question.most if question.many else 1),
        )
        for choice in question.choices:
            made = E.simpleChoice(identifier=ids[choice.key])
            if choice.fixed or choice.exclusive:
                made.set("fixed", "true")
            interaction.append(self.html.into(made, choice.html))
        built = Built(echo=RESPONSE)
        built.told = {ids[each.key]: each.feedback for each in question.choices if each.feedback}
        self._of_choices(question, built, ids)
        if any(choice.exclusive for choice in question.choices) and question.many:
            self._add_exclusive(question, built, ids)
        self._body(built, question.body, interaction)
        return built

    def _of_choices(
        self, question: ChoiceQuestion | HotspotQuestion, built: Built, ids: Mapping[str, str]
    ) -> None:
        """What choosing brings: of a choice and of places in a picture."""
        worthy: Sequence[Any] = (
            question.choices if isinstance(question, ChoiceQuestion) else question.areas
        )
        correct = [ids[key] for key in right_keys(worthy, question.many)]
        cardinality = "multiple" if question.many else "single"
        if isinstance(question, ChoiceQuestion) and question.whole:
            built.most = ONE
            built.template = "match_correct"
            built.responses.append(p.response(RESPONSE, cardinality, "identifier", correct))
            return
        shares = [each.fraction for each in worthy]
        built.most = p.scale(question.mark, [*shares, question.least])
        worths = {ids[each.key]: each.fraction * built.most for each in worthy}
        bounds = (question.least * built.most, built.most) if question.many else (None, None)
        built.template = "map_response"
        mapping = p.mapping_of(worths, *bounds)
        built.responses.append(p.response(RESPONSE, cardinality, "identifier", correct, mapping))
        if question.many and question.most:
            limit = p.base("integer", str(question.most))
            too_many = E.gt(E.containerSize(p.variable(RESPONSE)), limit)
            built.rules.insert(0, p.when([(too_many, [p.put(SCORE, p.points(NONE))])]))
            _own(built)

    def _add_exclusive(
        self, question: ChoiceQuestion, built: Built, ids: Mapping[str, str]
    ) -> None:
        alone = [
            E.member(p.base("identifier", ids[choice.key]), p.variable(RESPONSE))
            for choice in question.choices
            if choice.exclusive
        ]
        several = E.gt(E.containerSize(p.variable(RESPONSE)), p.base("integer", "1"))
        wrong = getattr(E, "and")(getattr(E, "or")(*alone), several)
        built.rules.append(p.when([(wrong, [p.put(SCORE, p.points(NONE))])]))
        _own(built)

    @_built.register
    def _truth(self, question: TruthQuestion) -> Built:
        built = Built(echo=RESPONSE, template="match_correct")
        interaction = E.choiceInteraction(
            E.simpleChoice("True", identifier="true"),
            E.simpleChoice("False", identifier="false"),
            responseIdentifier=RESPONSE,
            shuffle="false",
            maxChoices="1",
        )
        right = "true" if question.right else "false"
        built.responses.append(p.response(RESPONSE, "single", "identifier", [right]))
        told = {"true": question.when_true, "false": question.when_false}
        built.told = {key: html for key, html in told.items() if html}
        self._body(built, question.body, interaction)
        return built

    @_built.register
    def _short(self, question: ShortQuestion) -> Built:
        built = Built(most=p.scale(question.mark, [each.fraction for each in question.answers]))
        best = next((a for a in question.answers if a.fraction == ONE), question.answers[0])
        built.responses.append(
            p.response(RESPONSE, "single", "string", [unescaped(best.text)], None)
        )
        plainly = not any(each.feedback for each in question.answers) and not any(
            WILDCARD.search(each.text) for each in question.answers
        )
        if plainly:
            worths: dict[str, Fraction] = {}
            for each in question.answers:
                worths.setdefault(unescaped(each.text).strip(), each.fraction * built.most)
            built.responses[-1].append(p.mapping_of(worths, case=question.case))
            built.template = "map_response"
        else:
            built.rules.append(self._text_rules(question, RESPONSE, SCORE, built, built.most))
        entry = E.textEntryInteraction(responseIdentifier=RESPONSE)
        self._body(built, question.body, E.p(entry))
        return built

    def _text_rules(
        self, question: ShortQuestion, name: str, score: str, built: Built, most: Fraction
    ) -> etree._Element:
        cases = []
        for answer in question.answers:
            key = f"{name}-{len(built.told) + 1}" if answer.feedback else ""
            rules = self._rules_of(key, answer, score, built, most)
            cases.append((_compared(answer, name, question.case), rules))
        return p.when(cases)

    @staticmethod
    def _rules_of(
        key: str, answer: TextAnswer | NumberAnswer | Any, score: str, built: Built, most: Fraction
    ) -> list[etree._Element]:
        rules = [p.put(score, p.points(answer.fraction * most))]
        if key:
            built.told[key] = answer.feedback
            told = E.multiple(p.variable(FEEDBACK), p.base("identifier", key))
            rules.append(p.put(FEEDBACK, told))
        return rules

    @_built.register
    def _numerical(self, question: NumericalQuestion) -> Built:
        built = Built(most=p.scale(question.mark, [each.fraction for each in question.answers]))
        if question.units.rule != "none":
            self.lost.append(_("The units are not asked for: only the number counts."))
        best = next(
            (a.value for a in question.answers if a.fraction == ONE and a.value is not None), None
        )
        correct = [] if best is None else [plain_decimal(best)]
        built.responses.append(p.response(RESPONSE, "single", "float", correct))
        built.rules.append(self._number_rules(question, RESPONSE, SCORE, built, built.most))
        entry = E.textEntryInteraction(responseIdentifier=RESPONSE)
        self._body(built, question.body, E.p(entry))
        return built

    def _number_rules(
        self, question: NumericalQuestion, name: str, score: str, built: Built, most: Fraction
    ) -> etree._Element:
        cases = []
        for answer in question.answers:
            key = f"{name}-{len(built.told) + 1}" if answer.feedback else ""
            rules = self._rules_of(key, answer, score, built, most)
            cases.append((_near(answer, name), rules))
        return p.when(cases)

    @_built.register
    def _formula(self, question: FormulaQuestion) -> Built:
        """Sets of numbers are drawn now, with their results: QTI draws one of the sets."""
        built = Built(most=p.scale(question.mark, [each.fraction for each in question.answers]))
        variants = self._variants(question)
        built.templates.append(
            E.templateDeclaration(identifier="ROW", cardinality="single", baseType="integer")
        )
        texts: dict[str, str] = {}
        shown = re.findall(r"\{=?[^{}]+\}", question.body)
        for place in dict.fromkeys(shown):
            texts[place] = f"T{len(texts) + 1}"
        values: list[dict[str, str]] = []
        for arrangement in variants:
            numerical = question.with_values(arrangement)
            row = {
                name: plain(question.text_for(Html(place), arrangement))
                for place, name in texts.items()
            }
            for position, answer in enumerate(numerical.answers, 1):
                if answer.value is not None:
                    low, high = _limits(answer)
                    row |= {f"LOW{position}": low, f"HIGH{position}": high}
                    if answer.fraction == ONE:
                        row.setdefault("ANSWER", plain_decimal(answer.value))
            values.append(row)
        self._declare_rows(built, values, texts)
        built.responses.append(p.response(RESPONSE, "single", "float"))
        cases = []
        for position, looked_for in enumerate(question.answers, 1):
            key = f"{RESPONSE}-{position}" if looked_for.feedback else ""
            rules = self._rules_of(key, looked_for, SCORE, built, built.most)
            condition = (
                getattr(E, "not")(E.isNull(p.variable(RESPONSE)))
                if looked_for.for_others
                else p.within(RESPONSE, p.variable(f"LOW{position}"), p.variable(f"HIGH{position}"))
            )
            cases.append((condition, rules))
        built.rules.append(p.when(cases))
        if question.units.rule != "none":
            self.lost.append(_("The units are not asked for: only the number counts."))
        entry = E.textEntryInteraction(responseIdentifier=RESPONSE)

        def fill(place: str) -> etree._Element | None:
            name = texts.get(place)
            return None if name is None else E.printedVariable(identifier=name)

        self._body(built, question.body, E.p(entry), fill=fill)
        return built

    def _variants(self, question: FormulaQuestion) -> list[dict[str, Any]]:
        # The same numbers with every export: nobody must not know them.
        random = Random(0)  # noqa: S311
        if question.rows:
            rows: dict[str, dict[str, Any]] = {}
            for _try in range(20 * len(question.rows)):
                drawn = question.arrange(random)
                rows.setdefault(str(drawn), drawn)
            return list(rows.values())
        self.lost.append(
            _(
                "The numbers were drawn: the file has ${count} sets of them, and everybody gets "
                "one.",
                mapping={"count": VARIANTS},
            )
        )
        return [question.arrange(random) for _variant in range(VARIANTS)]

    @staticmethod
    def _declare_rows(built: Built, values: list[dict[str, str]], texts: Mapping[str, str]) -> None:
        names = dict.fromkeys(name for row in values for name in row)
        for name in names:
            kind = "string" if name in texts.values() else "float"
            built.templates.append(
                E.templateDeclaration(identifier=name, cardinality="single", baseType=kind)
            )
        draw = E.randomInteger(min="1", max=str(len(values)))
        built.preparation.append(E.setTemplateValue(draw, identifier="ROW"))
        condition = etree.Element("templateCondition")
        for position, row in enumerate(values, 1):
            tag = "templateIf" if position == 1 else "templateElseIf"
            part = etree.SubElement(condition, tag)
            part.append(E.match(p.variable("ROW"), p.base("integer", str(position))))
            for name, text in row.items():
                kind = "string" if name in texts.values() else "float"
                part.append(E.setTemplateValue(p.base(kind, text), identifier=name))
        built.preparation.append(condition)
        built.preparation.append(E.setCorrectResponse(p.variable("ANSWER"), identifier=RESPONSE))

    @_built.register
    def _matching(self, question: MatchingQuestion) -> Built:
        share = Fraction(1, len(question.pairs))
        built = Built(most=p.scale(question.mark, [share]), template="map_response")
        rows = {pair.key: f"p{n}" for n, pair in enumerate(question.pairs, 1)}
        columns = {each.key: f"a{n}" for n, each in enumerate(question.answers, 1)}
        texts = {each.key: each.html for each in question.answers}
        worths = {
            f"{rows[pair.key]} {columns[key]}": share * built.most
            for pair in question.pairs
            for key in columns
            if texts[key] == texts[pair.answer]
        }
        correct = [f"{rows[pair.key]} {columns[pair.answer]}" for pair in question.pairs]
        built.responses.append(
            p.response(RESPONSE, "multiple", "directedPair", correct, p.mapping_of(worths))
        )
        left, right = etree.Element("simpleMatchSet"), etree.Element("simpleMatchSet")
        for pair in question.pairs:
            made = E.simpleAssociableChoice(identifier=rows[pair.key], matchMax="1")
            left.append(self.html.into(made, pair.html))
        for answer in question.answers:
            made = E.simpleAssociableChoice(
                identifier=columns[answer.key], matchMax=str(len(question.pairs))
            )
            right.append(self.html.into(made, answer.html))
        interaction = E.matchInteraction(
            left,
            right,
            responseIdentifier=RESPONSE,
            shuffle=_flag(question.shuffle),
            maxAssociations=str(len(question.pairs)),
        )
        self._body(built, question.body, interaction)
        return built

    @_built.register
    def _ordering(self, question: OrderingQuestion) -> Built:
        count = len(question.items)
        ids = [f"i{n}" for n in range(1, count + 1)]
        built = Built()
        built.responses.append(p.response(RESPONSE, "ordered", "identifier", ids))
        if question.grading == "whole":
            built.template = "match_correct"
        else:
            self._graded_order(question, built, ids)
        interaction = E.orderInteraction(responseIdentifier=RESPONSE, shuffle="true")
        # In the order of the document the right one would be the first.
        mixed = sorted(zip(ids, question.items, strict=True), key=lambda each: each[1].html)
        for identifier, item in mixed:
            made = E.simpleChoice(identifier=identifier)
            interaction.append(self.html.into(made, item.html))
        self._body(built, question.body, interaction)
        return built

    def _graded_order(self, question: OrderingQuestion, built: Built, ids: list[str]) -> None:
        share = Fraction(1, len(ids))
        built.most = p.scale(question.mark, [share])
        if question.grading == "longest":
            self.lost.append(
                _("QTI cannot tell the longest row that is in order: each place counts instead.")
            )

        def at(place: int, identifier: str) -> etree._Element:
            found = E.index(p.variable(RESPONSE), n=str(place))
            return E.match(found, p.base("identifier", identifier))

        for position, identifier in enumerate(ids, 1):
            holds = at(position, identifier)
            if question.grading == "next" and position < len(ids):
                follower = ids[position]
                together = [
                    getattr(E, "and")(at(place, identifier), at(place + 1, follower))
                    for place in range(1, len(ids))
                ]
                holds = getattr(E, "or")(*together)
            more = p.total(p.variable(SCORE), p.points(share * built.most))
            built.rules.append(p.when([(holds, [p.put(SCORE, more)])]))

    @_built.register
    def _cloze(self, question: ClozeQuestion) -> Built:
        whole = sum((gap.weight for gap in question.gaps), NONE)
        shares = [
            gap.weight / whole * worth for gap in question.gaps for worth in _worths(gap.question)
        ]
        built = Built(most=p.scale(question.mark, shares))
        places: dict[str, etree._Element] = {}
        blocks: list[etree._Element] = []
        parts = []
        for position, gap in enumerate(question.gaps, 1):
            name, score = f"{RESPONSE}{position}", f"GAP{position}"
            most = gap.weight / whole * built.most
            made = self._gap(gap, name, score, built, most)
            if made.tag == "choiceInteraction":
                label = E.strong(f"[{position}]")
                places[gap.name] = label
                blocks += [E.p(E.strong(f"[{position}]")), made]
            else:
                places[gap.name] = made
            parts.append(p.variable(score))
        built.rules.append(p.put(SCORE, p.total(*parts)))
        below = E.lt(p.variable(SCORE), p.points(NONE))
        built.rules.append(p.when([(below, [p.put(SCORE, p.points(NONE))])]))
        self._body(built, question.body, *blocks, fill=places.get)
        return built

    def _gap(
        self, gap: ClozeGap, name: str, score: str, built: Built, most: Fraction
    ) -> etree._Element:
        """The interaction of a gap; what it brings goes into an outcome of its own."""
        question = gap.question
        built.outcomes.append(p.outcome(score, "float", "0"))
        if isinstance(question, ChoiceQuestion):
            return self._choice_gap(question, name, score, built, most)
        if isinstance(question, ShortQuestion):
            best = next(a for a in question.answers if a.fraction == ONE)
            built.responses.append(p.response(name, "single", "string", [unescaped(best.text)]))
            built.rules.append(self._text_rules(question, name, score, built, most))
        elif isinstance(question, NumericalQuestion):
            right = next(a for a in question.answers if a.fraction == ONE)
            correct = [] if right.value is None else [plain_decimal(right.value)]
            built.responses.append(p.response(name, "single", "float", correct))
            built.rules.append(self._number_rules(question, name, score, built, most))
        return E.textEntryInteraction(responseIdentifier=name)

    def _choice_gap(
        self, question: ChoiceQuestion, name: str, score: str, built: Built, most: Fraction
    ) -> etree._Element:
        ids = {choice.key: f"c{n}" for n, choice in enumerate(question.choices, 1)}
        worths = {ids[choice.key]: choice.fraction * most for choice in question.choices}
        bounds = (question.least * most, most) if question.many else (None, None)
        correct = [ids[key] for key in right_keys(question.choices, question.many)]
        cardinality = "multiple" if question.many else "single"
        mapping = p.mapping_of(worths, *bounds)
        built.responses.append(p.response(name, cardinality, "identifier", correct, mapping))
        built.rules.append(p.put(score, p.mapped(name)))
        for choice in question.choices:
            if choice.feedback and not question.many:
                key = f"{name}-{ids[choice.key]}"
                built.told[key] = choice.feedback
                told = E.multiple(p.variable(FEEDBACK), p.base("identifier", key))
                chosen = E.match(p.variable(name), p.base("identifier", ids[choice.key]))
                built.rules.append(p.when([(chosen, [p.put(FEEDBACK, told)])]))
        if not question.many:
            made = E.inlineChoiceInteraction(
                responseIdentifier=name, shuffle=_flag(question.shuffle)
            )
            for choice in question.choices:
                made.append(E.inlineChoice(_words(choice.html), identifier=ids[choice.key]))
            return made
        made = E.choiceInteraction(
            responseIdentifier=name, shuffle=_flag(question.shuffle), maxChoices="0"
        )
        for choice in question.choices:
            each = E.simpleChoice(identifier=ids[choice.key])
            made.append(self.html.into(each, choice.html))
        return made

    @_built.register
    def _gaps(self, question: GapQuestion) -> Built:
        groups = {word.group for word in question.words}
        pictures = any(word.file for word in question.words)
        if len(groups) > 1 or not question.dragged or pictures:
            return self._listed(question, question.gaps, question.body)
        built, words = self._pairs(question, question.gaps)
        interaction = E.gapMatchInteraction(
            responseIdentifier=RESPONSE, shuffle=_flag(question.shuffle)
        )
        for word in question.words:
            interaction.append(
                E.gapText(
                    _words(word.html),
                    identifier=words[word.key],
                    matchMax="0" if word.unlimited else "1",
                )
            )
        places = {gap.name: E.gap(identifier=f"g{n}") for n, gap in enumerate(question.gaps, 1)}
        content = etree.Element("blockquote")
        self.html.into(content, question.body, blocks=True, fill=places.get)
        interaction.append(content)
        built.body.append(interaction)
        return built

    def _pairs(
        self, question: GapQuestion | LabelQuestion, gaps: Sequence[Gap | Zone]
    ) -> tuple[Built, dict[str, str]]:
        """Words and gaps as pairs, of which each right one brings the same."""
        filled = [gap for gap in gaps if gap.right]
        share = Fraction(1, len(filled))
        built = Built(most=p.scale(question.mark, [share]), template="map_response")
        words = {word.key: f"w{n}" for n, word in enumerate(question.words, 1)}
        shown = {word.key: word.option().html for word in question.words}
        worths: dict[str, Fraction] = {}
        for number, gap in enumerate(gaps, 1):
            own = [word.key for word in question.words if word.group == gap.group]
            for key in own:
                if gap.right and shown[key] == shown[gap.right]:
                    worths[f"{words[key]} g{number}"] = share * built.most
                elif not gap.right:
                    worths[f"{words[key]} g{number}"] = -share * built.most
        correct = [
            f"{words[gap.right]} g{number}" for number, gap in enumerate(gaps, 1) if gap.right
        ]
        mapping = p.mapping_of(worths, lower=NONE)
        built.responses.append(p.response(RESPONSE, "multiple", "directedPair", correct, mapping))
        return built, words

    def _listed(
        self,
        question: GapQuestion | LabelQuestion,
        gaps: Sequence[Gap | Zone],
        body: str,
        *parts: etree._Element,
    ) -> Built:
        """Gaps as lists that open: where words of several groups cannot be dragged."""
        filled = [gap for gap in gaps if gap.right]
        share = Fraction(1, len(filled))
        built = Built(most=p.scale(question.mark, [share]))
        words = {word.key: f"w{n}" for n, word in enumerate(question.words, 1)}
        shown = {word.key: word.option().html for word in question.words}
        places: dict[str, etree._Element] = {}
        for number, gap in enumerate(gaps, 1):
            name = f"{RESPONSE}{number}"
            own = [word for word in question.words if word.group == gap.group]
            worths = {
                words[word.key]: (share if shown[word.key] == shown[gap.right] else NONE)
                if gap.right
                else -share
                for word in own
            }
            scaled = {key: worth * built.most for key, worth in worths.items()}
            correct = [words[gap.right]] if gap.right else []
            built.responses.append(
                p.response(name, "single", "identifier", correct, p.mapping_of(scaled))
            )
            made = E.inlineChoiceInteraction(
                responseIdentifier=name, shuffle=_flag(question.shuffle)
            )
            for word in own:
                made.append(E.inlineChoice(_words(word.html), identifier=words[word.key]))
            places[gap.name] = made
        total = p.total(*(p.mapped(f"{RESPONSE}{n}") for n in range(1, len(gaps) + 1)))
        built.rules.append(p.put(SCORE, total))
        below = E.lt(p.variable(SCORE), p.points(NONE))
        built.rules.append(p.when([(below, [p.put(SCORE, p.points(NONE))])]))
        self._body(built, body, *parts, fill=places.get)
        return built

    @_built.register
    def _labels(self, question: LabelQuestion) -> Built:
        if self.version == "2.1" and not all(word.file for word in question.words):
            rows = "".join(
                f"<li>{escaped(zone.label or str(n))}: [[{zone.name}]]</li>"
                for n, zone in enumerate(question.zones, 1)
            )
            picture = (
                f'<p><img src="{FILES}{question.picture.file}" '
                f'alt="{escaped(question.picture.alt)}"></p>'
            )
            self.lost.append(
                _("QTI 2.1 knows no words to be dragged into a picture: they are in lists.")
            )
            return self._listed(
                question, question.zones, f"{question.body}{picture}<ul>{rows}</ul>"
            )
        built, words = self._pairs(question, question.zones)
        interaction = E.graphicGapMatchInteraction(
            self._picture(question), responseIdentifier=RESPONSE
        )
        for word in question.words:
            most = "0" if word.unlimited else "1"
            interaction.append(self._label(word, words[word.key], most))
        for number, zone in enumerate(question.zones, 1):
            left, top, width, height = zone.place
            interaction.append(
                E.associableHotspot(
                    identifier=f"g{number}",
                    shape="rect",
                    coords=f"{left},{top},{left + width},{top + height}",
                    matchMax="1",
                    hotspotLabel=ILLEGAL.sub("", zone.label)[:256] or str(number),
                )
            )
        self._body(built, question.body, interaction)
        return built

    def _label(self, word: Word, identifier: str, most: str) -> etree._Element:
        if not word.file:
            return E.gapText(_words(word.html), identifier=identifier, matchMax=most)
        picture = E.object(
            _words(word.html), data=self.address(word.file), type=_type_of(word.file)
        )
        return E.gapImg(picture, identifier=identifier, matchMax=most)

    def _picture(self, question: HotspotQuestion | LabelQuestion) -> etree._Element:
        picture = question.picture
        return E.object(
            ILLEGAL.sub("", picture.alt),
            data=self.address(picture.file),
            type=_type_of(picture.file),
            width=str(picture.width),
            height=str(picture.height),
        )

    @_built.register
    def _hotspot(self, question: HotspotQuestion) -> Built:
        ids = {hot.key: f"h{n}" for n, hot in enumerate(question.areas, 1)}
        built = Built(echo=RESPONSE)
        built.told = {ids[hot.key]: hot.feedback for hot in question.areas if hot.feedback}
        self._of_choices(question, built, ids)
        interaction = E.hotspotInteraction(
            self._picture(question),
            responseIdentifier=RESPONSE,
            maxChoices=str(question.most if question.many else 1),
        )
        for hot in question.areas:
            interaction.append(
                E.hotspotChoice(
                    identifier=ids[hot.key],
                    shape=hot.area.shape,
                    coords=",".join(map(str, hot.area.coords)),
                    hotspotLabel=ILLEGAL.sub("", hot.area.label)[:256] or ids[hot.key],
                )
            )
        self._body(built, question.body, interaction)
        return built

    @_built.register
    def _essay(self, question: EssayQuestion) -> Built:
        built = Built(most=question.mark, external=True)
        parts = []
        rubric = self._rubric(question)
        if rubric is not None:
            parts.append(rubric)
        if question.text != "none":
            built.responses.append(p.response(RESPONSE, "single", "string"))
            text = E.extendedTextInteraction(
                responseIdentifier=RESPONSE, expectedLines=str(question.rows)
            )
            if question.most_words:
                text.set("expectedLength", str(min(question.most_words * 6, 10**6)))
            parts.append(text)
        if question.files:
            name = "FILES" if question.text != "none" else RESPONSE
            built.responses.append(p.response(name, "single", "file"))
            upload = E.uploadInteraction(responseIdentifier=name)
            if len(question.types) == 1:
                upload.set("type", question.types[0])
            parts.append(upload)
            if question.files > 1 or len(question.types) > 1:
                self.lost.append(_("QTI takes one file, and does not say of which kinds."))
        if question.least_words or question.most_words or question.template:
            self.lost.append(
                _("How many words are asked for, and what stands there first, is lost.")
            )
        self._body(built, question.body, *parts)
        return built

    def _rubric(self, question: EssayQuestion) -> etree._Element | None:
        rows = "".join(
            f"<li>{each.html}<ul>"
            + "".join(f"<li>{p.decimal_text(lv.points)}: {lv.html}</li>" for lv in each.levels)
            + "</ul></li>"
            for each in question.rubric
        )
        text = question.for_markers + (f"<ul>{rows}</ul>" if rows else "")
        if not text:
            return None
        return self.html.into(E.rubricBlock(view="scorer"), text, blocks=True)


@dataclass
class _Feedback:
    declared: list[etree._Element] = field(default_factory=list)
    rules: list[etree._Element] = field(default_factory=list)
    shown: list[etree._Element] = field(default_factory=list)


def _own(built: Built) -> None:
    """Rules in the place of a standard template: they come first, the others judge after them."""
    built.rules = [*ItemWriter._of_template(built), *built.rules]
    built.template = ""


def _flag(truth: bool) -> str:
    return "true" if truth else "false"


def _words(html: str) -> str:
    return ILLEGAL.sub("", plain(html))


def _worths(question: Question) -> Iterable[Fraction]:
    answers: Iterable[Any] = getattr(question, "choices", getattr(question, "answers", ()))
    return [ONE, *(each.fraction for each in answers), getattr(question, "least", NONE)]


def _type_of(file: str) -> str:
    ending = file.rpartition(".")[2].lower()
    return {"jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}.get(
        ending, "image/jpeg" if ending == "jpeg" else "image/png"
    )


def _compared(answer: TextAnswer, name: str, case: bool) -> etree._Element:
    """Whether a response is the text of an answer; a pattern where it has wildcards."""
    if not WILDCARD.search(answer.text):
        text = p.base("string", ILLEGAL.sub("", unescaped(answer.text).strip()))
        return E.stringMatch(p.variable(name), text, caseSensitive=_flag(case), substring="false")
    if not WILDCARD.sub("", answer.text).strip():
        return getattr(E, "not")(E.isNull(p.variable(name)))
    pieces = [_pattern(unescaped(each), case) for each in WILDCARD.split(answer.text.strip())]
    return E.patternMatch(p.variable(name), pattern=".*".join(pieces))


def _pattern(text: str, case: bool) -> str:
    """A text as a regular expression of XML Schema."""
    signs = []
    for sign in ILLEGAL.sub("", text):
        low, high = sign.lower(), sign.upper()
        if SPECIAL.match(sign):
            signs.append(f"\\{sign}")
        elif case or low == high or len(low) != 1 or len(high) != 1:
            signs.append(sign)
        else:
            signs.append(f"[{low}{high}]")
    return "".join(signs)


def _near(answer: NumberAnswer, name: str) -> etree._Element:
    """Whether a number is the answer's."""
    if answer.value is None:
        return getattr(E, "not")(E.isNull(p.variable(name)))
    if answer.rule in ("significant", "decimals"):
        mode = "significantFigures" if answer.rule == "significant" else "decimalPlaces"
        value = p.base("float", plain_decimal(answer.value))
        return E.equalRounded(
            p.variable(name), value, roundingMode=mode, figures=str(int(answer.error))
        )
    low, high = _limits(answer)
    return p.within(name, p.base("float", low), p.base("float", high))


def _limits(answer: NumberAnswer) -> tuple[str, str]:
    """The least and the largest number that an answer takes."""
    value, error = answer.value or Decimal(0), answer.error
    if answer.rule == "relative":
        error = abs(value) * error
    if answer.rule == "geometric":
        ends = sorted((value / (1 + answer.error), value * (1 + answer.error)))
        return plain_decimal(ends[0]), plain_decimal(ends[1])
    if answer.rule in ("significant", "decimals"):
        places = int(answer.error)
        if answer.rule == "significant":
            places -= value.adjusted() + 1
        error = Decimal(5).scaleb(-places - 1)
        value = numbers.rounded_to_decimals(value, max(places, 0))
    return plain_decimal(value - error), plain_decimal(value + error)
