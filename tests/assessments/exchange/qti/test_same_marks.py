"""Whatever item becomes a question of our own: every answer brings what its own processing says."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.exchange.qti import read_qti
from assessments.questions.base import EMPTY
from assessments.questions.qti import QtiQuestion
from tests.assessments.exchange.qti.packages import one, package
from tests.assessments.questions.qti_items import (
    ASK,
    ITEMS,
    MAP,
    MATCH,
    SCORE,
    declared,
    item,
    mapping,
    one_of,
)

KEYS = ("A", "B", "C")
WORTHS = st.sampled_from([0, 1, 0.5, -1, -0.5, 2])
BOUNDS = st.sampled_from(
    [
        *("", 'lowerBound="-1"', 'lowerBound="0"', 'lowerBound="0.5"', 'upperBound="1"'),
        *('upperBound="0.5"', 'defaultValue="0.5"', 'lowerBound="0" upperBound="2"'),
    ]
)
MOST = st.sampled_from(["", ' normalMaximum="1"', ' normalMaximum="3"'])
slowly = settings(max_examples=150)


def both(xml):
    """What the item becomes, and the item as it runs."""
    (entry,) = read_qti(package({"item.xml": xml})).entries
    return entry.question, QtiQuestion(name="", body=EMPTY, xml=xml)


def told_of(question):
    """The options of a question's only control by their texts."""
    (control,) = question.ask(question.arrange(Random(1))).controls
    return control.name, {str(option.html): option.key for option in control.options}


def worth(question, response):
    return question.mark_response(response, question.arrange(Random(1))).fraction


@slowly
@given(st.data())
def test_choices(data):
    many = data.draw(st.booleans())
    correct = data.draw(st.sets(st.sampled_from(KEYS), min_size=1, max_size=3 if many else 1))
    worths = data.draw(st.dictionaries(st.sampled_from(KEYS), WORTHS, min_size=1))
    table = mapping(*worths.items(), attributes=data.draw(BOUNDS))
    body = one_of("RESPONSE", A="a", B="b", C="c")
    xml = item(
        declared("multiple" if many else "single", "identifier", *sorted(correct), inside=table),
        body.replace('maxChoices="1"', 'maxChoices="0"') if many else body,
        data.draw(st.sampled_from([MATCH, MAP])),
        SCORE.replace("/>", f"{data.draw(MOST)}/>"),
    )
    taken, kept = both(xml)
    chosen = data.draw(st.sets(st.sampled_from("abc"), max_size=3 if many else 1))
    answers = []
    for question in (taken, kept):
        name, options = told_of(question)
        keys = tuple(sorted(options[text] for text in chosen))
        answers.append(worth(question, {name: keys} if keys else {}))
    assert answers[0] == answers[1]


TYPED = ["York", "york", "YORK", "Ä", "A\u0308", "1", "1.0", "1,5", "1.5", "-2", "²", " 1 ", "x"]


@slowly
@given(st.data())
def test_texts_and_numbers_in_gaps(data):
    base_type = data.draw(st.sampled_from(["string", "float", "integer"]))
    keys = {"string": ["York", "york", "Ä"], "float": ["1.5", "1", "-2"], "integer": ["1", "-2"]}
    worths = data.draw(
        st.dictionaries(st.sampled_from(keys[base_type]), WORTHS, min_size=1, max_size=3)
    )
    table = mapping(*worths.items(), attributes=data.draw(BOUNDS))
    xml = item(
        declared("single", base_type, keys[base_type][0], inside=table),
        f"<p>There <textEntryInteraction {ASK}/> is.</p>",
        data.draw(st.sampled_from([MATCH, MAP])),
        SCORE.replace("/>", f"{data.draw(MOST)}/>"),
    )
    text = data.draw(st.one_of(st.sampled_from(TYPED), st.text(max_size=6)))
    answers = []
    for question in both(xml):
        asked = question.ask(question.arrange(Random(1)))
        answers.append(worth(question, asked.read({asked.controls[0].name: [text]})))
    assert answers[0] == answers[1]


def test_a_wrong_choice_brings_nothing_where_the_mapping_marks_nothing():
    table = mapping(("A", 0), attributes='defaultValue="0.5"')
    declaration = declared("single", "identifier", "B", inside=table)
    xml = item(declaration, one_of("RESPONSE", A="a", B="b"), MATCH, SCORE)
    for question in both(xml):
        name, keys = told_of(question)
        assert worth(question, {name: (keys["a"],)}) == 0
        assert worth(question, {name: (keys["b"],)}) == 1


VARIABLE, CORRECT = '<variable identifier="RESPONSE"/>', '<correct identifier="RESPONSE"/>'


def within(attributes, one, other):
    rules = f"""<responseProcessing><responseCondition><responseIf><equal {attributes}>
    {one}{other}</equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1
    </baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
    return ITEMS["number"].replace(MATCH, rules)


RELATIVE = 'toleranceMode="relative" tolerance="5 5"'
ABSOLUTE = 'toleranceMode="absolute" tolerance="0.5"'


def test_a_number_with_a_tolerance_is_a_numerical_question():
    question = one(within(RELATIVE, CORRECT, VARIABLE)).question
    assert str(question.answers[0].error) == "0.05"
    assert question.answers[0].rule == "relative"


def test_a_tolerance_that_is_relative_to_the_response_stays_in_qti():
    question = one(within(RELATIVE, VARIABLE, CORRECT)).question
    assert question.kind == "qti"


NUMBERS = st.one_of(
    st.decimals(-10, 10, places=3).map(str),
    st.sampled_from(["2.5", "2.375", "2.625", "2.38", "3", "2", "-2.5", "2,5", "x"]),
)


@pytest.mark.parametrize(
    ("attributes", "order"),
    [
        (RELATIVE, (CORRECT, VARIABLE)),
        (RELATIVE, (VARIABLE, CORRECT)),
        (ABSOLUTE, (CORRECT, VARIABLE)),
        (ABSOLUTE, (VARIABLE, CORRECT)),
        ("", (VARIABLE, CORRECT)),
    ],
)
@given(text=NUMBERS)
def test_a_number_is_marked_as_its_own_processing_says(attributes, order, text):
    xml = within(attributes, *order)
    taken, kept = one(xml).question, QtiQuestion(name="", body=EMPTY, xml=xml)
    (control,) = taken.ask({}).controls
    marked = taken.mark_response({control.name: (text,)}, taken.arrange(Random(1)))
    assert marked.fraction == kept.mark_response({"i1": (text,)}, {}).fraction


def texts(*keys, attributes=""):
    rows = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{worth}" {attributes}/>' for key, worth in keys
    )
    return item(
        declared("single", "string", inside=f"<mapping>{rows}</mapping>"),
        f"<p>Where? <textEntryInteraction {ASK}/></p>",
        MAP,
    )


EXACTLY = {
    "matched": ITEMS["textEntry"],
    "mapped": texts(("York", 1), ("Leeds *", 0.5)),
    "mapped by case": texts(("York", 1), ("york", 0.5), attributes='caseSensitive="true"'),
    "by case, then without": texts(("york", 0.5), ("York", 1)),
    "a space at an end": texts(("York", 1), ("Leeds ", 0.5)),
    "an apostrophe": texts(("King’s Lynn", 1)),
    "twice": texts(("York", 1), ("Leeds", 0.5), ("York", 0)),
}
WRITTEN = st.sampled_from(
    [
        *("York", "york", "Ｙork", "yorkʹ", "Leeds *", "Leeds x", "Leeds", "LEEDS *", ""),
        *("King’s Lynn", "King's Lynn", "King’s  Lynn"),
    ]
)


@pytest.mark.parametrize("name", EXACTLY)
@given(text=st.one_of(WRITTEN, st.text(max_size=8)))
def test_a_text_is_marked_as_its_own_processing_says(name, text):
    taken = one(EXACTLY[name]).question
    kept = QtiQuestion(name="", body=EMPTY, xml=EXACTLY[name])
    asked, own = taken.ask({}), kept.ask({})
    fractions = {
        question.mark_response(each.read({each.controls[0].name: [text]}), {}).fraction
        for question, each in ((taken, asked), (kept, own))
    }
    assert len(fractions) == 1
    assert taken.kind == ("qti" if "space" in name or "then" in name else "short")
