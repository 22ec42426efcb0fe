"""The types of questions that QTI 1.2 has, as Canvas, Blackboard, Respondus and common cartridges
write them."""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lxml import etree
from lxml import html as html_parser
from translationstring import TranslationStringFactory

from assessments.exchange.filetypes import from_list
from assessments.exchange.formats import one_line
from assessments.exchange.media import size
from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import Condition, OldItem, Test, number
from assessments.exchange.shares import decimal
from assessments.questions import sizes
from assessments.questions.base import EMPTY, NONE, ONE, Html, Question
from assessments.questions.choice import Choice, ChoiceQuestion, Verdicts
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.controls import Option
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.html import escaped, plain, says_something
from assessments.questions.matching import MatchingQuestion, Pair
from assessments.questions.numerical import NumberAnswer, NumericalQuestion
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.qti import QtiQuestion
from assessments.questions.short import ShortQuestion, TextAnswer
from assessments.questions.truth import TruthQuestion
from assessments.short_answers import escaped as no_wildcard

_ = TranslationStringFactory("tutela")

GENERAL = ("general_fb",)
RIGHT = ("correct_fb", "Correct", "correct")
WRONG = ("general_incorrect_fb", "incorrect_fb", "Incorrect", "incorrect", "InCorrect")
NAMED = frozenset((*GENERAL, *RIGHT, *WRONG))
NEITHER = Html("–")
"""What belongs to no category is put here."""
WORD = re.compile(r"[A-Za-z_]\w*")
LONGEST_FORMULA = 2000


def common(item: OldItem, body: Html) -> dict[str, Any]:
    """What every question has."""
    return {
        "name": item.finish(body),
        "body": body,
        "feedback": item.said(*GENERAL),
        "mark": item.mark,
    }


def verdicts(item: OldItem) -> Verdicts:
    return Verdicts(right=item.said(*RIGHT), wrong=item.said(*WRONG))


def labels_of(response: etree._Element) -> list[etree._Element]:
    return list(response.iter("response_label"))


def ident(element: etree._Element) -> str:
    return str(element.get("ident", ""))


def _feedback_of(item: OldItem, key: str) -> Html:
    """What is said to one answer: where a condition about it alone says so, or by its name."""
    links = [
        link
        for each in item.conditions
        if [test.text for test in each.wanted] == [key]
        for link in each.said
        if link not in NAMED
    ]
    return item.said(*links, f"{key}_fb")


# Choices


def choice(item: OldItem) -> Question:
    """Multiple choice, multiple answers, true or false."""
    responses = item.responses("response_lid")
    if not responses:
        raise Broken(_("The question has no answers to choose from."), item.line)
    response = responses[0]
    labels = labels_of(response)
    many = str(response.get("rcardinality", "")).lower() == "multiple" or "multiple_answer" in (
        item.type.replace(" ", "_")
    )
    shares, whole = _shares(item, [ident(each) for each in labels], many)
    choices = tuple(
        Choice(
            ident(each),
            item.html(*each.iterchildren()),
            shares.get(ident(each), NONE),
            _feedback_of(item, ident(each)),
            fixed=str(each.get("rshuffle", "")).lower() == "no",
        )
        for each in labels
    )
    body = item.stem() or item.html(response)
    words = [plain(each.html).strip().casefold() for each in choices]
    if not many and sorted(words) == ["false", "true"]:
        return _truth(item, body, choices, words)
    rendered = next(response.iter("render_choice"), None)
    shuffle = rendered is not None and str(rendered.get("shuffle", "")).lower() == "yes"
    return ChoiceQuestion(
        **common(item, body),
        choices=choices,
        many=many,
        whole=whole,
        shuffle=shuffle,
        numbering="none",
        said=verdicts(item),
    )


def _truth(
    item: OldItem, body: Html, choices: tuple[Choice, ...], words: list[str]
) -> TruthQuestion:
    by_word = dict(zip(words, choices, strict=True))
    right = by_word["true"].fraction == ONE
    extra = {True: item.said(*RIGHT), False: item.said(*WRONG)}
    return TruthQuestion(
        **common(item, body),
        right=right,
        when_true=Html(by_word["true"].feedback + extra[right]),
        when_false=Html(by_word["false"].feedback + extra[not right]),
    )


def _shares(item: OldItem, keys: list[str], many: bool) -> tuple[dict[str, Fraction], bool]:
    """What each answer brings of the mark, and whether only all right ones together count."""
    scored = [each for each in item.conditions if each.worth is not None and each.wanted]
    exact = [each for each in scored if (each.worth or 0) > 0 and len(each.tests) > 1]
    if many and exact:
        right = [test.text for test in exact[0].wanted if test.text in keys]
        return {key: Fraction(1, len(right)) for key in right}, True
    worths: dict[str, Fraction] = {}
    for each in scored:
        for test in each.wanted:
            if test.text in keys:
                worths[test.text] = worths.get(test.text, NONE) + (each.worth or NONE)
    if not any(worth > 0 for worth in worths.values()):
        marked = [
            test.text
            for each in item.conditions
            if each.marked_right
            for test in each.wanted
            if test.text in keys
        ]
        if not marked:
            raise Broken(_("The file does not say which answer is right."), item.line)
        worths = dict.fromkeys(marked, ONE)
        item.changed(_("The answers bring no points in the file. The right one brings all here."))
    above = [worth for worth in worths.values() if worth > 0]
    best = sum(above, NONE) if many else max(above)
    whole = many and item.fields.get("scoring_algorithm", "").lower() == "allornothing"
    return {key: max(-ONE, worth / best) for key, worth in worths.items()}, whole


# Texts and numbers


def _right_texts(item: OldItem, variable: str | None = None) -> list[tuple[Test, Fraction]]:
    """The texts that are looked for, and what they bring."""
    best = max((each.worth or NONE for each in item.conditions), default=NONE)
    return [
        (test, (each.worth or NONE) / best)
        for each in item.conditions
        if (each.worth or NONE) > 0
        for test in each.wanted
        if test.name in ("varequal", "varsubstring")
        and (variable is None or test.variable == variable)
    ]


def _text_answers(
    item: OldItem, rows: Iterable[tuple[Test, Fraction]], case: bool
) -> tuple[TextAnswer, ...]:
    found: dict[str, TextAnswer] = {}
    for test, share in rows:
        pattern = no_wildcard(one_line(test.text))
        if test.name == "varsubstring":
            pattern = f"*{pattern}*"
        if not test.text:
            continue
        key = pattern if case else pattern.casefold()
        said = _feedback_of(item, test.text)
        found.setdefault(key, TextAnswer(str(len(found) + 1), pattern, share, said))
    return tuple(found.values())


def _is_case(tests: Iterable[Test]) -> bool:
    return any(str(test.element.get("case", "")).lower() == "yes" for test in tests)


def _with_verdicts(item: OldItem, answers: tuple[TextAnswer, ...]) -> tuple[TextAnswer, ...]:
    """Texts have no words for right and wrong as such: each answer says them itself."""
    right, wrong = item.said(*RIGHT), item.said(*WRONG)
    told = tuple(
        replace(each, feedback=Html(each.feedback + right)) if each.fraction == ONE else each
        for each in answers
    )
    if wrong:
        told += (TextAnswer(str(len(told) + 1), "*", NONE, wrong),)
    return told


def short(item: OldItem) -> Question:
    """One text to be written."""
    rows = _right_texts(item)
    if not rows:
        return essay(item)
    case = _is_case(test for test, _share in rows)
    answers = _with_verdicts(item, _text_answers(item, rows, case))
    body = item.stem() or item.html(*item.responses("response_str"))
    return ShortQuestion(**common(item, body), answers=answers, case=case)


def numerical(item: OldItem) -> Question:
    """A number: exact, within a margin, to some figures, or in a range."""
    scored = [each for each in item.conditions if (each.worth or NONE) > 0 and each.wanted]
    best = max((each.worth or NONE for each in scored), default=ONE)
    answers = [
        _number_answer(item, each, str(position), (each.worth or NONE) / best)
        for position, each in enumerate(scored, 1)
    ]
    if not answers:
        raise Broken(_("The file does not say which number is right."), item.line)
    right, wrong = item.said(*RIGHT), item.said(*WRONG)
    answers = [replace(each, feedback=Html(each.feedback + right)) for each in answers]
    if wrong:
        answers.append(NumberAnswer(str(len(answers) + 1), None, NONE, feedback=wrong))
    body = item.stem()
    return NumericalQuestion(**common(item, body), answers=tuple(answers))


def _number_answer(item: OldItem, condition: Condition, key: str, share: Fraction) -> NumberAnswer:
    equal = next((test for test in condition.wanted if test.name == "varequal"), None)
    limits = {
        test.name[:5]: number(test.text, item) for test in condition.wanted if test is not equal
    }
    said = item.said(*(link for link in condition.said if link not in NAMED))
    if equal is not None:
        value = number(equal.text, item)
        error, rule = _margin(item, equal, value, limits)
        if error is not None:
            return NumberAnswer(key, value, share, error, rule, said)
    if "vargt" not in limits or "varlt" not in limits:
        if equal is not None:
            return NumberAnswer(key, value, share, feedback=said)
        raise Broken(_("A range of numbers has only one end."), item.line)
    low, high = sorted((limits["vargt"], limits["varlt"]))
    return NumberAnswer(key, (low + high) / 2, share, (high - low) / 2, feedback=said)


def _margin(
    item: OldItem, equal: Test, value: Decimal, limits: dict[str, Decimal]
) -> tuple[Decimal | None, str]:
    """How far a number may be off as its own attributes say, or as symmetrical limits do."""
    margin = decimal(str(equal.element.get("margin", "")))
    if margin is not None and str(equal.element.get("margintype", "")).lower() == "percent":
        return margin / 100, "relative"
    if margin is not None:
        return margin, "absolute"
    precision = decimal(str(equal.element.get("precision", "")))
    if precision is not None:
        kind = str(equal.element.get("precisiontype", "")).lower()
        return precision, "decimals" if kind == "decimals" else "significant"
    if "vargt" in limits and "varlt" in limits:
        low, high = sorted((limits["vargt"], limits["varlt"]))
        if value - low != high - value:
            item.changed(
                _("The number may be off by more to one side than to the other: the range counts.")
            )
            return None, "absolute"
        return high - value, "absolute"
    return Decimal(0), "absolute"


# Gaps


def _name_of_gap(response: etree._Element) -> str:
    return re.sub(r"^response_", "", ident(response))


def blanks(item: OldItem) -> Question:
    """Several blanks or lists in a text: ``[name]`` in it is the place of ``response_name``."""
    responses = item.responses("response_lid", "response_str", "response_num")
    if len(responses) == 1 and responses[0].tag != "response_lid":
        return short(item)
    body = item.stem()
    gaps = []
    for position, response in enumerate(responses, 1):
        names = dict.fromkeys((_name_of_gap(response), plain(item.html(response))))
        for name in filter(None, names):
            body, found = _put(body, name, position)
            if found:
                break
        else:
            body = Html(f"{body} [[{position}]]")
        gaps.append(ClozeGap(str(position), _in_blank(item, response), _weight(item, response)))
    return ClozeQuestion(**common(item, body), gaps=tuple(gaps))


def _put(body: Html, name: str, position: int) -> tuple[Html, bool]:
    place = f"[{html.escape(name, quote=False)}]"
    at = body.find(place)
    if at < 0:
        return body, False
    start, end = at, at + len(place)
    while body[start - 1 : start] == "[" and body[end : end + 1] == "]":
        start, end = start - 1, end + 1
    return Html(f"{body[:start]}[[{position}]]{body[end:]}"), True


def _weight(item: OldItem, response: etree._Element) -> Fraction:
    for each in item.conditions:
        own = any(test.variable == ident(response) for test in each.wanted)
        if own and (each.worth or NONE) > 0 and len({t.variable for t in each.wanted}) == 1:
            return each.worth or ONE
    return ONE


def _in_blank(item: OldItem, response: etree._Element) -> Question:
    labels = labels_of(response)
    if response.tag != "response_lid":
        rows = _right_texts(item, ident(response))
        if not rows:
            raise Broken(_("A blank has no right answer."), response.sourceline or item.line)
        case = _is_case(test for test, _share in rows)
        whole = [(test, ONE) for test, _share in rows]
        return ShortQuestion(
            name="", body=EMPTY, answers=_text_answers(item, whole, case), case=case
        )
    listed = {str(each.get("answer_type", "")).lower() for each in labels}
    if "dropdowns" in item.type or listed & {"dropdown", "wordbank"}:
        right = {test.text for test, _share in _right_texts(item, ident(response))}
        choices = tuple(
            Choice(
                ident(each), item.html(*each.iterchildren()), ONE if ident(each) in right else NONE
            )
            for each in labels
        )
        return ChoiceQuestion(name="", body=EMPTY, choices=choices, shuffle=False)
    patterns = dict.fromkeys(_pattern(item, each) for each in labels)
    folded = {each.casefold(): each for each in reversed(patterns)}
    answers = tuple(
        TextAnswer(str(position), pattern, ONE)
        for position, pattern in enumerate((p for p in patterns if folded[p.casefold()] == p), 1)
    )
    return ShortQuestion(name="", body=EMPTY, answers=answers)


def _pattern(item: OldItem, label: etree._Element) -> str:
    """The text that a blank takes, as its way to compare has it."""
    text = no_wildcard(plain(item.html(*label.iterchildren())))
    how = str(label.get("scoring_algorithm", ""))
    if how == "TextContainsAnswer":
        return f"*{text}*"
    if how in ("TextRegex", "TextCloseEnough"):
        item.changed(
            _(
                "A blank takes texts that are like “${text}” (${how}). Here it takes just this "
                "text: check it.",
                mapping={"text": text, "how": how},
            ),
            label.sourceline or 0,
        )
    return text


def written_gaps(item: OldItem) -> Question:
    """Fields that stand between pieces of text."""
    gaps: list[ClozeGap] = []
    pieces: list[str] = []
    for element in item.presentation.iter("mattext", "response_str", "response_num"):
        if element.tag == "mattext":
            if next(element.iterancestors("response_str", "response_num"), None) is None:
                space = " " if pieces and (element.text or "")[:1] == " " else ""
                tail = " " if (element.text or "")[-1:] == " " else ""
                pieces.append(f"{space}{item.text(element)}{tail}")
            continue
        position = len(gaps) + 1
        gaps.append(ClozeGap(str(position), _in_blank(item, element), _weight(item, element)))
        pieces.append(f"[[{position}]]")
    if any(len({test.variable for test in each.wanted}) > 1 for each in item.conditions):
        item.changed(
            _("In the file only all blanks together count. Here each right one counts its share.")
        )
    return ClozeQuestion(**common(item, Html("".join(pieces).strip())), gaps=tuple(gaps))


# Pairs, categories, orders


def matching(item: OldItem) -> Question:
    """To each thing belongs one of a list. Every row may have names of its own for the answers."""
    responses = item.responses("response_lid")
    beside = _answers_beside(item)
    answers: dict[Html, str] = {}
    texts: dict[str, Html] = {}
    for response in responses:
        for position, label in enumerate(labels_of(response)):
            text = item.html(*label.iterchildren())
            if not text and position < len(beside):
                text = beside[position]
            texts.setdefault(ident(label), text)
            if says_something(text):
                answers.setdefault(text, ident(label))
    pairs = []
    for position, response in enumerate(responses, 1):
        left = item.html(response)
        wanted = [test.text for test, _share in _right_texts(item, ident(response))]
        right = texts.get(wanted[0], EMPTY) if wanted else EMPTY
        if not says_something(left) and right not in answers:
            continue
        pairs.append(Pair(str(position), left, answers.get(right, "")))
        if _feedback_of(item, _name_of_gap(response)):
            item.changed(
                _(
                    "What the file says to a single pair was left out: here all pairs are judged "
                    "together."
                ),
                response.sourceline or 0,
            )
    return MatchingQuestion(
        **common(item, item.stem()),
        pairs=tuple(pairs),
        answers=tuple(Option(key, text) for text, key in answers.items()),
        said=verdicts(item),
    )


def _answers_beside(item: OldItem) -> list[Html]:
    """The answers of Blackboard stand in a block of their own, in the order of the labels."""
    block = next(
        (
            each
            for each in item.presentation.iter("flow")
            if each.get("class") == "RIGHT_MATCH_BLOCK"
        ),
        None,
    )
    return [] if block is None else [item.html(each) for each in block.findall("flow")]


def categories(item: OldItem) -> Question:
    """Things into categories; what belongs to none has an answer of its own."""
    responses = item.responses("response_lid")
    things: dict[str, Html] = {}
    for response in responses:
        for label in labels_of(response):
            things.setdefault(ident(label), item.html(*label.iterchildren()))
    where = {
        test.text: ident(response)
        for response in responses
        for test, _share in _right_texts(item, ident(response))
    }
    answers = [Option(ident(each), item.html(each)) for each in responses]
    if set(things) - set(where):
        answers.append(Option("neither", NEITHER))
        item.changed(
            _("Some things belong to no category. They belong to “–” here, which is to be chosen.")
        )
    return MatchingQuestion(
        **common(item, item.stem()),
        pairs=tuple(Pair(key, text, where.get(key, "neither")) for key, text in things.items()),
        answers=tuple(answers),
        said=verdicts(item),
    )


def ordering(item: OldItem) -> Question:
    """Things to be put in order."""
    response = next(iter(item.responses("response_lid", "response_grp")), None)
    if response is None:
        raise Broken(_("The question has nothing to put in order."), item.line)
    labels = {ident(each): item.html(*each.iterchildren()) for each in labels_of(response)}
    right = next(
        (
            [test.text for test in each.wanted]
            for each in item.conditions
            if (each.worth or NONE) > 0 or each.marked_right
        ),
        [],
    )
    if sorted(right) != sorted(labels):
        raise Broken(_("The file does not say the right order of all things."), item.line)
    ends = [item.html(each) for each in response.iter("material") if each.get("position")]
    body = Html(item.stem() + "".join(f"<p>{each}</p>" for each in ends))
    return OrderingQuestion(
        **common(item, body),
        items=tuple(Option(key, labels[key]) for key in right),
        said=verdicts(item),
    )


# What people mark, and what is only read


def essay(item: OldItem) -> Question:
    """A text that a person marks."""
    response = next(iter(item.responses("response_str")), None)
    least, most = (
        (_words(response, "word_limit_min"), _words(response, "word_limit_max"))
        if response is not None and str(response.get("word_limit_enabled", "yes")).lower() != "no"
        else (0, 0)
    )
    body = item.stem() or (item.html(response) if response is not None else EMPTY)
    return EssayQuestion(
        **common(item, body), least_words=least, most_words=most, for_markers=to_notes(item)
    )


def _words(response: etree._Element, attribute: str) -> int:
    text = str(response.get(attribute, ""))
    return int(text[:6]) if text.isascii() and text.isdecimal() else 0


def to_notes(item: OldItem) -> Html:
    """What markers are told: notes, and a model answer where there is one."""
    notes = item.fields.get("grading_notes", "")
    solution = list(item.element.iter("solution"))
    return Html((escaped(notes) if notes else "") + item.html(*solution))


def upload(item: OldItem) -> Question:
    """Files that a person marks."""
    types, unknown = from_list(str(item.presentation.get("allowed_types", "")))
    count = str(item.presentation.get("files_count", "1"))
    if unknown:
        item.changed(
            _(
                "Some kinds of files are not known here and were left out: ${kinds}.",
                mapping={"kinds": ", ".join(unknown)[:100]},
            )
        )
    return EssayQuestion(
        **common(item, item.stem()),
        text="none",
        files=min(int(count[:2]), 20)
        if count.isascii() and count.isdecimal() and int(count[:2])
        else 1,
        least_files=1,
        types=types,
    )


def reading(item: OldItem) -> Question:
    """A text without anything to answer."""
    extra = str(item.element.get("instructions", "")).strip()
    body = Html((f"<p>{escaped(extra)}</p>" if extra else "") + item.stem())
    return DescriptionQuestion(name=item.finish(body), body=body)


# Calculations


def formula(item: OldItem) -> Question:
    """A calculation with numbers that differ from attempt to attempt."""
    calculated = next(item.element.iter("calculated"), None)
    if calculated is None:
        return numerical(item)
    variables = tuple(_variable(item, each) for each in calculated.findall("vars/var"))
    names = [each.name for each in variables]
    expression = _expression(item, [each.text or "" for each in calculated.iter("formula")], names)
    formulas = calculated.find("formulas")
    places = str(formulas.get("decimal_places", "0")) if formulas is not None else "0"
    figures = int(places) if places.isascii() and places.isdecimal() and len(places) < 3 else 0
    scientific = formulas is not None and str(formulas.get("scientific_notation")) == "true"
    error, rule = _tolerance(item, calculated.find("answer_tolerance"), figures, scientific)
    body = item.stem()
    for name in names:
        body = Html(body.replace(f"[{name}]", f"{{{name}}}"))
    return FormulaQuestion(
        **common(item, body),
        variables=variables,
        answers=(
            FormulaAnswer(
                "1",
                expression,
                ONE,
                error,
                rule,
                figures + 1 if scientific else figures,
                "significant" if scientific else "decimals",
                item.said(*RIGHT),
            ),
        ),
        rows=tuple(_row(item, each, names) for each in calculated.iter("var_set")),
    )


def _variable(item: OldItem, element: etree._Element) -> Variable:
    scale = str(element.get("scale", "0"))
    return Variable(
        str(element.get("name", "")),
        number(element.findtext("min") or "0", item),
        number(element.findtext("max") or "10", item),
        int(scale) if scale.isascii() and scale.isdecimal() and len(scale) < 3 else 0,
    )


def _row(item: OldItem, element: etree._Element, names: list[str]) -> tuple[Decimal, ...]:
    values = {str(each.get("name", "")): each.text or "" for each in element.iter("var")}
    return tuple(number(values.get(name, ""), item) for name in names)


def _tolerance(
    item: OldItem, element: etree._Element | None, figures: int, scientific: bool
) -> tuple[Decimal, str]:
    text = "0" if element is None else (element.text or "0").strip()
    percent = text.endswith("%") or (
        element is not None and str(element.get("margin_type", "")) == "percent"
    )
    error = abs(number(text.rstrip("% ") or "0", item))
    if error == 0:
        return (
            (Decimal(figures + 1), "significant") if scientific else (Decimal(figures), "decimals")
        )
    return (error / 100, "relative") if percent else (error, "absolute")


def _expression(item: OldItem, lines: list[str], names: list[str]) -> str:
    """The formula in our own language: earlier lines that name a result are put into the later
    ones; ``log`` is the decimal logarithm there."""
    known = {name: f"{{{name}}}" for name in names}
    expression = ""
    for line in lines:
        name, sign, right = line.partition("=")
        expression = WORD.sub(
            lambda found: (
                LOGARITHMS.get(found[0].lower(), found[0])
                if found.string[found.end() :].lstrip().startswith("(")
                else known.get(found[0], found[0])
            ),
            right if sign else line,
        ).strip()
        if len(expression) > LONGEST_FORMULA:
            raise Broken(_("The formula is too long."), item.line)
        if sign:
            known[name.strip()] = f"({expression})"
    return expression


LOGARITHMS = {"log": "log10", "ln": "ln"}


# Places in a picture


def hot_spot(item: OldItem) -> Question:
    """Where to point in a picture: an item of QTI 2, which knows just that."""
    response = next(iter(item.responses("response_xy")), None)
    picture = None if response is None else next(response.iter("matimage"), None)
    if response is None or picture is None:
        raise Broken(_("The question has no picture."), item.line)
    name = item.files.name(str(picture.get("uri", "")), picture.sourceline or 0)
    measured = size(item.files.taken[name].content) if name else None
    if measured is None:
        raise Broken(_("The picture of the question is missing."), picture.sourceline or item.line)
    areas = "".join(_area(item, each, measured) for each in labels_of(response))
    many = str(response.get("rcardinality", "")).lower() == "multiple"
    body = item.stem() or item.html(*response.findall("material"))
    count = len(labels_of(response)) if many else 1
    xml = HOT_SPOT.format(
        title=html.escape(item.finish(body)),
        cardinality="multiple" if many else "single",
        areas=areas,
        count=count,
        body=_as_xml(body),
        file=html.escape(name),
        width=measured[0],
        height=measured[1],
    )
    return QtiQuestion(name=item.finish(body), body=EMPTY, mark=item.mark, xml=xml)


HOT_SPOT = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="item"
 title="{title}" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="point">
<areaMapping lowerBound="0" defaultValue="0">{areas}</areaMapping></responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"
 normalMaximum="{count}"/>
<itemBody><div>{body}</div><selectPointInteraction responseIdentifier="RESPONSE"
 maxChoices="{count}"><object type="image/png" data="files/{file}" width="{width}"
 height="{height}"/></selectPointInteraction></itemBody>
<responseProcessing
 template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response_point"/>
</assessmentItem>"""


def _area(item: OldItem, label: etree._Element, measured: tuple[int, int]) -> str:
    """An area; its corners are shares of the picture's width and height."""
    texts = re.split(r"[,\s]+", (label.text or "").strip())
    values = [found for each in texts if (found := decimal(each)) is not None]
    if len(values) < 4 or len(values) % 2 or len(values) != len(texts):
        raise Broken(
            _("The outline of a place in the picture is not complete."),
            label.sourceline or item.line,
        )
    pixels = [
        round(value * measured[position % 2]) if abs(value) <= 1 else round(value)
        for position, value in enumerate(values)
    ]
    kind = str(label.get("rarea", "")).lower()
    shape = "rect" if kind.startswith("rect") else "ellipse" if kind.startswith("ell") else "poly"
    if shape != "poly":
        left, top, right, bottom = pixels[:4]
        if shape == "ellipse":
            pixels = [
                (left + right) // 2,
                (top + bottom) // 2,
                abs(right - left) // 2,
                abs(bottom - top) // 2,
            ]
    coords = ",".join(map(str, pixels))
    return f'<areaMapEntry shape="{shape}" coords="{coords}" mappedValue="1"/>'


def _as_xml(body: Html) -> str:
    """Harmless HTML as XML."""
    found = html_parser.fragment_fromstring(body, create_parent="div")
    return "".join(
        [
            html.escape(found.text or "", quote=False),
            *(etree.tostring(child, encoding="unicode") for child in found),
        ]
    )


Maker = Callable[[OldItem], Question]

BY_TYPE: tuple[tuple[str, Maker], ...] = (
    ("categor", categories),
    ("matching", matching),
    ("order", ordering),
    ("calculated", formula),
    ("formula", formula),
    ("hot", hot_spot),
    ("upload", upload),
    ("text_only", reading),
    ("dropdown", blanks),
    ("multiple_blanks", blanks),
    ("blank plus", blanks),
    ("numeric", numerical),
    ("essay", essay),
    ("short response", essay),
    ("short_answer", short),
    ("fib", short),
    ("pattern_match", short),
    ("fill in", short),
    ("multiple", choice),
    ("true", choice),
    ("either", choice),
)
"""By words that the name of a type has, whoever wrote it; the first that fits counts."""


def make(item: OldItem) -> Question:
    """The question of an item.

    :raises Broken: when it cannot be taken
    """
    responses = len(item.responses("response_lid", "response_str", "response_num"))
    if responses > sizes.MOST or len(item.conditions) > sizes.MOST_VALUES:
        raise Broken(
            _(
                "A list has more than ${most} members. Make several questions of this one.",
                mapping={"most": sizes.MOST},
            ),
            item.line,
        )
    for word, maker in BY_TYPE:
        if word in item.type:
            return maker(item)
    return _by_shape(item)(item)


def _by_shape(item: OldItem) -> Maker:
    """What the question is, from what it has to answer."""
    chosen = item.responses("response_lid")
    written = item.responses("response_str", "response_num")
    if item.responses("response_xy"):
        return hot_spot
    if next(item.element.iter("calculated"), None) is not None:
        return formula
    if chosen:
        ordered = str(chosen[0].get("rcardinality", "")).lower() == "ordered"
        return ordering if ordered else choice if len(chosen) == 1 else matching
    if len(written) > 1:
        return written_gaps
    if written:
        kinds = {str(each.get("fibtype", "")).lower() for each in written[0].iter("render_fib")}
        numeric = written[0].tag == "response_num" or kinds & {"decimal", "integer", "scientific"}
        return numerical if numeric else short
    return reading
