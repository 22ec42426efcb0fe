"""Questions of every type, as chance has them, in the form in which readers give them.

That form is: keys, gaps and places numbered from 1 in their order, texts harmless and without space
around them, names on one line. Whatever is read is so; what is written and read again is equal.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from assessments.exchange.entries import Entry, QuestionFile
from assessments.exchange.formats import one_line
from assessments.exchange.moodle_places import place_at
from assessments.questions.base import NONE, ONE, Hint
from assessments.questions.choice import Choice, ChoiceQuestion, Verdicts
from assessments.questions.cloze import ClozeGap, ClozeQuestion
from assessments.questions.controls import Option, Picture
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.gaps import Gap, GapQuestion, LabelQuestion, Word, Zone
from assessments.questions.html import EMPTY, Html, escaped, safe, says_something
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

SIGNS = "~=#{}:%\\/*<>&\"'[]-.$@()"
LETTERS = st.one_of(
    st.sampled_from("abc XYZ 012 éßжعא字😀"),
    st.sampled_from(SIGNS),
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="￾￿"),
)

words = st.text(LETTERS, max_size=20).map(one_line).filter(lambda text: "[[" not in text)
"""One line of plain text; may be empty."""

names = words.filter(bool)
"""One line of plain text that says something."""

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def png(width: int, height: int) -> bytes:
    """As much of a picture as says how large it is."""
    return PNG + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\0\0\0"


pictures = st.builds(
    lambda width, height: QuestionFile("image/png", png(width, height)),
    st.integers(1, 400),
    st.integers(1, 400),
)

WRAPPED = (
    "{}",
    "<p>{}</p>",
    "<b>{}</b>",
    "a<br>{}",
    "<ul><li>{}</li></ul>",
    '<span lang="fr" dir="ltr">{}</span>',
    '<a href="https://example.org/?a=1&amp;b={{2}}">{}</a>',
    "{}\n\n<em>x</em>",
)

htmls = st.builds(
    lambda frame, text: Html(safe(frame.format(escaped(text))).strip()),
    st.sampled_from(WRAPPED),
    words,
)
"""Harmless HTML; may be empty."""

texts = htmls.filter(says_something)
"""Harmless HTML that says something."""

SHARES = [Fraction(n, d) for d in (2, 3, 4, 5, 6, 7, 8, 9, 10, 20) for n in range(1, d)]
shares = st.sampled_from([NONE, *SHARES, *(-share for share in [*SHARES, ONE])])
"""What a wrong or partly right answer brings."""

decimals = st.decimals(-10000, 10000, places=4).map(lambda number: number + 0)
errors = st.decimals(0, 100, places=4).map(abs)

verdicts = st.builds(Verdicts, htmls, htmls, htmls)
hints = st.lists(st.builds(Hint, texts, st.booleans(), st.booleans()), max_size=2).map(tuple)


def _numbered(rows: list) -> list[tuple[str, object]]:
    return [(str(number), row) for number, row in enumerate(rows, 1)]


choices_of_one = st.lists(
    st.tuples(texts, st.one_of(st.just(ONE), shares), htmls), min_size=1, max_size=5
).map(
    lambda rows: tuple(
        Choice(key, html, fraction, feedback)
        for key, (html, fraction, feedback) in _numbered([(Html("right"), ONE, EMPTY), *rows])
    )
)
choices_of_many = st.tuples(
    st.integers(1, 6),
    st.lists(st.tuples(texts, shares.filter(lambda share: share <= 0), htmls), max_size=3),
    st.lists(st.tuples(texts, htmls), min_size=6, max_size=6),
).map(
    lambda drawn: tuple(
        Choice(key, html, fraction, feedback)
        for key, (html, fraction, feedback) in _numbered(
            [(html, Fraction(1, drawn[0]), feedback) for html, feedback in drawn[2][: drawn[0]]]
            + (drawn[1] or [(Html("wrong"), NONE, EMPTY)])
        )
    )
)

choice_questions = st.one_of(
    st.builds(ChoiceQuestion, name=names, body=htmls, feedback=htmls, choices=choices_of_one),
    st.builds(
        ChoiceQuestion,
        name=names,
        body=htmls,
        feedback=htmls,
        choices=choices_of_many,
        many=st.just(True),
    ),
)
truth_questions = st.builds(
    TruthQuestion,
    name=names,
    body=htmls,
    feedback=htmls,
    right=st.booleans(),
    when_true=htmls,
    when_false=htmls,
)
short_answers = st.lists(st.tuples(names, st.one_of(st.just(ONE), shares), htmls), max_size=3).map(
    lambda rows: tuple(
        TextAnswer(key, text, fraction, feedback)
        for key, (text, fraction, feedback) in _numbered([("right", ONE, EMPTY), *rows])
    )
)
short_questions = st.builds(
    ShortQuestion, name=names, body=htmls, feedback=htmls, answers=short_answers
)
number_answers = st.lists(
    st.tuples(st.one_of(st.none(), decimals), st.one_of(st.just(ONE), shares), errors, htmls),
    max_size=3,
).map(
    lambda rows: tuple(
        NumberAnswer(
            key,
            value,
            fraction,
            error=Decimal(0) if value is None else error,
            feedback=feedback,
        )
        for key, (value, fraction, error, feedback) in _numbered(
            [(Decimal("2.5"), ONE, Decimal("0.1"), EMPTY), *rows]
        )
    )
)
numerical_questions = st.builds(
    NumericalQuestion, name=names, body=htmls, feedback=htmls, answers=number_answers
)


def _matching(name, body, feedback, lefts, rights, spare):
    rights = list(dict.fromkeys([*rights, "one", "another"]))
    pairs = tuple(
        Pair(key, left, str((number % len(rights)) + 1))
        for number, (key, left) in enumerate(_numbered(lefts))
    )
    used = rights[: len(lefts)]
    extra = [text for text in dict.fromkeys(spare) if text not in used]
    answers = [*used, *extra] if len(used) + len(extra) > 1 else [*used, "none of them"]
    return MatchingQuestion(
        name=name,
        body=body,
        feedback=feedback,
        pairs=pairs,
        answers=tuple(Option(key, escaped(text)) for key, text in _numbered(answers)),
    )


matching_questions = st.builds(
    _matching,
    names,
    htmls,
    htmls,
    st.lists(texts, min_size=2, max_size=5),
    st.lists(names, min_size=2, max_size=5),
    st.lists(names, max_size=2),
)
essay_questions = st.builds(EssayQuestion, name=names, body=htmls, feedback=htmls)
description_questions = st.builds(DescriptionQuestion, name=names, body=texts)

gift_questions = st.one_of(
    choice_questions,
    truth_questions,
    short_questions,
    numerical_questions,
    matching_questions,
    essay_questions,
    description_questions,
).filter(lambda question: not question.problems())
"""Questions that GIFT can say whole."""

units = st.builds(
    lambda names, factors, rule, control, before, penalty, of: Units(
        tuple(
            Unit(name, factor)
            for name, factor in zip(dict.fromkeys(names), [Decimal(1), *factors], strict=False)
        ),
        rule,
        "typed" if rule == "none" else control,
        before,
        penalty if rule == "graded" else NONE,
        of if rule == "graded" else "response",
    ),
    st.lists(st.sampled_from(["m", "cm", "kg", "s", "°C"]), min_size=1, max_size=3),
    st.lists(
        st.sampled_from(["0.01", "1000", "0.0254", "3", "60"]).map(Decimal), min_size=2, max_size=2
    ),
    st.sampled_from(["none", "optional", "graded"]),
    st.sampled_from(["typed", "choose", "pick"]),
    st.booleans(),
    st.sampled_from(SHARES),
    st.sampled_from(["response", "mark"]),
)

ordering_questions = st.builds(
    lambda name, body, items, grading, said: OrderingQuestion(
        name=name,
        body=body,
        items=tuple(Option(key, html) for key, html in _numbered(items)),
        grading=grading,
        said=said,
    ),
    names,
    htmls,
    st.lists(texts, min_size=2, max_size=5, unique=True),
    st.sampled_from(["whole", "place", "next", "longest"]),
    verdicts,
)

full_essays = st.builds(
    EssayQuestion,
    name=names,
    body=htmls,
    text=st.sampled_from(["required", "optional"]),
    rows=st.integers(1, 40),
    least_words=st.integers(0, 100),
    most_words=st.integers(100, 1000),
    template=st.lists(words, max_size=3).map(lambda lines: "\n".join(lines).strip()),
    files=st.integers(1, 5),
    least_files=st.integers(0, 1),
    types=st.sampled_from([(), ("application/pdf", "image/png"), ("text/plain",)]),
    size=st.sampled_from([20_000_000, 1_000_000]),
    for_markers=htmls,
)

_gap_choices = st.one_of(
    st.builds(
        lambda choices, shuffle: ChoiceQuestion(
            name="", body=EMPTY, choices=choices, shuffle=shuffle
        ),
        choices_of_one,
        st.booleans(),
    ),
    st.builds(
        lambda choices, shuffle: ChoiceQuestion(
            name="", body=EMPTY, choices=choices, shuffle=shuffle, many=True
        ),
        choices_of_many,
        st.booleans(),
    ),
)
_gaps = st.one_of(
    st.tuples(_gap_choices, st.sampled_from(["list", "column", "row"])).map(
        lambda drawn: (
            drawn[0],
            "column" if drawn[0].many and drawn[1] == "list" else drawn[1],
        )
    ),
    st.builds(
        lambda answers, case: (
            ShortQuestion(name="", body=EMPTY, answers=answers, case=case),
            "list",
        ),
        short_answers,
        st.booleans(),
    ),
    number_answers.map(
        lambda answers: (NumericalQuestion(name="", body=EMPTY, answers=answers), "list")
    ),
)


def _cloze(name, around, feedback, gaps, weights):
    body = "".join(f"{text} [[{key}]]" for key, text in _numbered(around[: len(gaps)]))
    return ClozeQuestion(
        name=name,
        body=Html(safe(body).strip()),
        feedback=feedback,
        gaps=tuple(
            ClozeGap(key, question, Fraction(weight), show)
            for (key, (question, show)), weight in zip(_numbered(gaps), weights, strict=False)
        ),
    )


cloze_questions = st.builds(
    _cloze,
    names,
    st.lists(words.map(escaped), min_size=3, max_size=3),
    htmls,
    st.lists(_gaps, min_size=1, max_size=3),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
).filter(lambda question: "{" not in question.body)


def _gap_question(name, body, words, groups, unlimited, order, dragged, said):
    listed = tuple(
        Word(key, html, group, unlimited if dragged else True)
        for (key, html), group in zip(_numbered(words), groups, strict=False)
    )
    gaps = tuple(
        Gap(key, listed[place % len(listed)].key, listed[place % len(listed)].group)
        for key, place in _numbered(order)
    )
    text = f"{body} " + " ".join(f"[[{gap.name}]]" for gap in gaps)
    return GapQuestion(
        name=name,
        body=Html(safe(text).strip()),
        words=listed,
        gaps=gaps,
        dragged=dragged,
        said=said,
    )


gap_questions = st.builds(
    _gap_question,
    names,
    words.map(escaped),
    st.lists(names.map(escaped), min_size=2, max_size=4),
    st.lists(st.sampled_from("12"), min_size=4, max_size=4),
    st.booleans(),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.booleans(),
    verdicts,
)

formula_questions = st.builds(
    lambda name, body, spread, rows, answers, units: FormulaQuestion(
        name=name,
        body=Html(safe(f"{body} {{a}} {{=2*{{b}}}}").strip()),
        variables=(
            Variable("a", Decimal(1), Decimal("9.5"), 2, spread),
            Variable("b", Decimal(-3), Decimal(3), 0, "uniform"),
        ),
        answers=tuple(
            FormulaAnswer(key, expression, fraction, error, rule, figures, figures_rule, feedback)
            for key, (
                expression,
                fraction,
                error,
                rule,
                figures,
                figures_rule,
                feedback,
            ) in _numbered(
                [("{a}+{b}", ONE, Decimal("0.01"), "relative", 2, "decimals", EMPTY), *answers]
            )
        ),
        rows=tuple(rows),
        units=units,
    ),
    names,
    words.map(escaped),
    st.sampled_from(["uniform", "loguniform"]),
    st.lists(st.tuples(decimals, decimals), min_size=1, max_size=4),
    st.lists(
        st.tuples(
            st.sampled_from(["{a}*{b}", "sqrt({a})", "*"]),
            shares,
            errors,
            st.sampled_from(["relative", "absolute", "geometric"]),
            st.integers(1, 9),
            st.sampled_from(["decimals", "significant"]),
            htmls,
        ),
        max_size=2,
    ),
    st.one_of(st.just(NO_UNITS), units),
)


def _label_entry(name, body, background, labels, picture, corners, said):
    files = {"scheme.png": background, "label.png": picture}
    size = (int.from_bytes(background.content[16:20]), int.from_bytes(background.content[20:24]))
    scheme = Picture("scheme.png", *size, alt=name)
    listed = (
        Word("1", EMPTY, "1", False, "label.png"),
        *(
            Word(str(number), escaped(text), group, unlimited)
            for number, (text, group, unlimited) in enumerate(labels, 2)
        ),
    )
    zones = []
    for number, (left, top, place) in enumerate(corners, 1):
        word = listed[place] if place < len(listed) else None
        group = word.group if word else "1"
        zones.append(
            Zone(
                str(number),
                f"Place {number}",
                place_at(
                    left % size[0],
                    top % size[1],
                    scheme,
                    [each for each in listed if each.group == group],
                    files,
                ),
                word.key if word else "",
                group,
            )
        )
    question = LabelQuestion(
        name=name,
        body=body,
        picture=scheme,
        words=listed,
        zones=tuple(zones),
        said=said,
    )
    if files["scheme.png"] == files["label.png"]:
        files["label.png"] = QuestionFile("image/png", background.content + b"\0")
    return Entry(question, files=files)


label_entries = st.builds(
    _label_entry,
    names,
    htmls,
    pictures,
    st.lists(st.tuples(names, st.sampled_from("12"), st.booleans()), max_size=3),
    pictures,
    st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 4)),
        min_size=1,
        max_size=4,
    ),
    verdicts,
).filter(lambda entry: not entry.question.problems())

marks = st.sampled_from([ONE, Fraction(2), Fraction(1, 3), Fraction(5, 2)])
penalties = st.sampled_from([Fraction(1, 3), NONE, ONE, Fraction(1, 10)])

moodle_questions = st.builds(
    replace,
    st.one_of(
        gift_questions,
        st.builds(replace, choice_questions, shuffle=st.booleans(), said=verdicts),
        st.builds(replace, matching_questions, shuffle=st.booleans(), said=verdicts),
        st.builds(replace, short_questions, case=st.booleans()),
        st.builds(replace, numerical_questions, units=st.one_of(st.just(NO_UNITS), units)),
        ordering_questions,
        full_essays,
        cloze_questions,
        gap_questions,
        formula_questions,
    ),
    mark=marks,
    penalty=penalties,
    hints=hints,
).filter(lambda question: not question.problems())
"""Questions that Moodle XML can say whole."""

categories = st.lists(
    names.filter(lambda name: name.strip("/") == name and not name.startswith("$")), max_size=3
).map(tuple)
tags = st.lists(names, max_size=3, unique=True).map(tuple)


def entries_of(questions: st.SearchStrategy) -> st.SearchStrategy:
    """Entries without files."""
    return st.builds(Entry, questions, categories, words, tags)


gift_entries = entries_of(gift_questions)


def _with_picture(entry: Entry, file: QuestionFile) -> Entry:
    html = Html(f'{entry.question.feedback}<img src="files/a-b.png" alt="x">')
    return replace(entry, question=replace(entry.question, feedback=html), files={"a-b.png": file})


moodle_entries = st.one_of(
    entries_of(moodle_questions),
    st.builds(_with_picture, entries_of(moodle_questions), pictures),
    label_entries,
)
