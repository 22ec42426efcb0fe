"""What is written as QTI is valid, says what it loses, is marked the same, and is read again."""

import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from assessments.exchange.entries import Entry, TakenSection, TakenTest
from assessments.exchange.qti import read_qti, write_qti
from assessments.exchange.qti.native_copy import ENDING
from assessments.qti import process, read_item, start
from assessments.questions.html import EMPTY, Html
from assessments.questions.qti import QtiQuestion
from shared import SHARED, needs_shared
from tests.assessments import examples
from tests.assessments.exchange import strategies
from tests.assessments.exchange.qti.packages import without_copies
from tests.assessments.exchange.strategies import png
from tests.assessments.wording import english

VERSIONS = ("2.1", "2.2", "3.0")
SCHEMAS = SHARED / "quizzes" / "xsd" / "qti"
ALL = {**examples.EXAMPLES, **examples.MORE}


def entry(question):
    return Entry(question, files=examples.FILES if "picture" in dir(question) else {})


def written(entries, version, tests=()):
    """The files of a package and the remarks."""
    content, remarks = write_qti(entries, version, tests)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}, remarks


@cache
def schema(version):
    name = f"imsqti_v{version.replace('.', 'p')}.xsd"
    return etree.XMLSchema(etree.parse(SCHEMAS / name))


def faults(content, version):
    found = schema(version)
    found.validate(etree.fromstring(content))
    return [f"{each.line}: {each.message}" for each in found.error_log]


@needs_shared
@pytest.mark.parametrize("version", ["2.1", "2.2"])
@pytest.mark.parametrize("name", ALL)
def test_an_example_of_every_type_is_valid(name, version):
    files, _remarks = written([entry(ALL[name])], version)
    assert faults(files["items/q1.xml"], version) == []


ENTRIES = st.one_of(strategies.gift_entries, strategies.moodle_entries)


@needs_shared
@settings(max_examples=20)
@given(entry=ENTRIES, version=st.sampled_from(["2.1", "2.2"]))
def test_whatever_is_written_is_valid(entry, version):
    files, remarks = written([entry], version)
    if "items/q1.xml" in files:
        assert faults(files["items/q1.xml"], version) == []
    else:
        assert [remark.kind for remark in remarks] == ["left out"]


def number_of(items, key):
    return [each.key for each in items].index(key) + 1


def as_variables(question, response, version):
    """A response to one of our own types as the response variables of its item."""
    kind = question.kind
    if kind in ("choice", "hotspot"):
        items = question.choices if kind == "choice" else question.areas
        letter = "c" if kind == "choice" else "h"
        chosen = [f"{letter}{number_of(items, key)}" for key in next(iter(response.values()), ())]
        return {"RESPONSE": chosen if question.many else (chosen or [None])[0]}
    if kind in ("truth", "short", "numerical", "formula"):
        return {"RESPONSE": next(iter(response.values()), (None,))[0]}
    if kind == "matching":
        return {
            "RESPONSE": [
                f"p{name.rpartition('-')[2]} a{number_of(question.answers, values[0])}"
                for name, values in response.items()
            ]
        }
    if kind == "ordering":
        return {
            "RESPONSE": [f"i{number_of(question.items, key)}" for key in response.get("order", ())]
        }
    if kind == "cloze":
        return {
            f"RESPONSE{n}": _in_gap(gap.question, response.get(gap.name, ()))
            for n, gap in enumerate(question.gaps, 1)
        }
    gaps = question.gaps if kind == "gaps" else question.zones
    words = {
        f"{n}": f"w{number_of(question.words, response[gap.name][0])}"
        for n, gap in enumerate(gaps, 1)
        if response.get(gap.name)
    }
    listed = (kind == "labels" and version == "2.1") or (
        kind == "gaps" and len({word.group for word in question.words}) > 1
    )
    if listed:
        return {f"RESPONSE{n}": word for n, word in words.items()}
    return {"RESPONSE": [f"{word} g{n}" for n, word in words.items()]}


def _in_gap(question, values):
    if not values:
        return None
    if question.kind == "choice":
        chosen = [f"c{number_of(question.choices, key)}" for key in values]
        return chosen if question.many else chosen[0]
    return values[0]


WRITTEN = ["Istanbul", "istanbul", "Istanbul Protocol", "Constantinople", "3", "2.95", "3.05"]
WRITTEN += ["3.06", "1.5", "9", "7", "6.5", "6", "nightmare", "Bad dream", "dream", "0", "xyz"]


def some_response(question, arrangement, random):
    found = {}
    for control in question.ask(arrangement).controls:
        options = [each.key for each in getattr(control, "options", getattr(control, "areas", ()))]
        name = type(control).__name__
        if random.random() < 0.2 and name != "Put":
            continue
        if name == "Put":
            random.shuffle(options)
            values = tuple(options)
        elif getattr(control, "many", False):
            values = tuple(sorted(random.sample(options, random.randint(1, len(options)))))
        elif options:
            values = (random.choice(options),)
        else:
            values = (random.choice(WRITTEN),)
        found[control.name] = values
    return found


SAME = {
    name: question
    for name, question in ALL.items()
    if question.answerable and question.automatic and name not in ("qti", "numerical", "formula")
}
SAME["numerical"] = replace(
    examples.NUMERICAL,
    units=replace(examples.NUMERICAL.units, rule="none"),
)
for _grading in ("whole", "next"):
    SAME[f"ordering by {_grading}"] = replace(examples.ORDERING, grading=_grading)
SAME["gaps of one group"] = replace(
    examples.GAPS,
    words=tuple(replace(word, group="1") for word in examples.GAPS.words),
    gaps=tuple(replace(gap, group="1") for gap in examples.GAPS.gaps),
)
SAME["short without wildcards"] = replace(
    examples.SHORT,
    answers=tuple(
        replace(each, feedback=EMPTY) for each in examples.SHORT.answers if "*" not in each.text
    ),
)
SAME["a third for each"] = replace(
    examples.MATCHING, mark=Fraction(1, 3), feedback=Html("<p>So it is.</p>")
)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", SAME)
def test_an_item_is_marked_as_the_question_is(name, version):
    question = SAME[name]
    files, _remarks = written([entry(question)], version)
    item = read_item(files["items/q1.xml"])
    random = Random(name)
    arrangement = question.arrange(random)
    responses = [{}, question.right_response(arrangement)]
    responses += [some_response(question, arrangement, random) for _ in range(40)]
    for response in responses:
        result = process(item, start(item, 1), as_variables(question, response, version))
        assert not result.rejected
        wanted = question.mark_response(response, arrangement).fraction
        found = Fraction(str(result.score)) / Fraction(str(result.max_score))
        assert found == wanted, response


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("seed", range(5))
def test_a_formula_has_sets_of_numbers_with_their_results(version, seed):
    question = examples.FORMULA
    files, remarks = written([entry(question)], version)
    item = read_item(files["items/q1.xml"])
    session = start(item, seed)
    row, random = session.values["ROW"], Random(0)
    arrangement = [question.arrange(random) for _ in range(20)][row - 1]
    (right,) = question.right_response(arrangement).values()
    body = question.ask(arrangement).body
    shown = QtiQuestion(name="x", body=EMPTY, xml=files["items/q1.xml"].decode())
    asked = shown.ask({"seed": seed}).body
    for text in body.replace("<p>", "").replace("</p>", "").split():
        assert text in asked
    for text in (right[0], str(float(right[0]) * 60), "1", None):
        result = process(item, session, {"RESPONSE": text})
        response = {} if text is None else {"answer": (text,)}
        wanted = question.mark_response(response, arrangement).fraction
        assert Fraction(str(result.score)) / Fraction(str(result.max_score)) == wanted
    assert "The numbers were drawn: the file has 20 sets of them, and everybody gets one." in (
        english(remark.message for remark in remarks)
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_feedback_is_shown_for_the_answer_for_how_good_it_is_and_to_everybody(version):
    files, _remarks = written([entry(examples.SINGLE)], version)
    item = read_item(files["items/q1.xml"])
    shown = {
        choice: process(item, start(item, 1), {"RESPONSE": choice}).modal_feedback
        for choice in ("c1", "c2", "c4")
    }
    assert shown == {
        "c1": ("c1", "right", "everybody"),
        "c2": ("c2", "partly", "everybody"),
        "c4": ("wrong", "everybody"),
    }


def without_lines(entries):
    return [replace(each, line=0) for each in entries]


@settings(max_examples=20)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=3), version=st.sampled_from(VERSIONS))
def test_what_is_written_is_read_again_whole(entries, version):
    good = [each for each in entries if each.question.problems() == []]
    content, _remarks = write_qti(entries, version)
    assert without_lines(read_qti(content).entries if good else ()) == good


@pytest.mark.parametrize("version", VERSIONS)
def test_the_examples_come_back_with_all_that_they_have(version):
    entries = [entry(question) for question in ALL.values()]
    taken = read_qti(write_qti(entries, version)[0])
    assert without_lines(taken.entries) == entries
    assert taken.remarks == ()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ALL)
def test_without_its_copy_every_item_is_still_a_question_that_is_marked(name, version):
    question = ALL[name]
    taken = read_qti(without_copies(write_qti([entry(question)], version)[0]))
    (found,) = taken.entries
    assert found.question.name == question.name
    assert found.question.problems() == []
    arrangement = found.question.arrange(Random(1))
    if question.answerable:
        assert found.question.ask(arrangement).controls
    right = found.question.right_response(arrangement)
    if right is not None:
        assert found.question.mark_response(right, arrangement).fraction == 1


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("multiple choice", "qti"),
        ("exact multiple choice", "choice"),
        ("truth", "truth"),
        ("matching", "matching"),
        ("description", "description"),
    ],
)
def test_plain_items_become_questions_of_our_own_types_again(name, kind, version):
    question = ALL[name]
    for field in ("said",):
        if field in dir(question):
            question = replace(question, **{field: type(examples.SINGLE.said)()})
    if name == "exact multiple choice":
        question = replace(question, most=2)
    (found,) = read_qti(without_copies(write_qti([entry(question)], version)[0])).entries
    assert found.question.kind == kind


def test_a_changed_item_counts_more_than_its_copy():
    content, _remarks = write_qti([entry(examples.TRUTH)], "2.2")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"at any time", b"at no time"))
    (found,) = read_qti(made.getvalue()).entries
    assert "at no time" in found.question.body


def test_a_strangers_copy_is_made_harmless_or_passed_over():
    content, _remarks = write_qti([entry(examples.TRUTH)], "2.2")
    for old, new in (
        (b"A client may", b"<script>telling()</script>A client may"),
        (b'"kind": "truth"', b'"kind": "nothing"'),
        (b'"kind": "truth"', b'"mark": "1e99999999", "kind": "truth"'),
        (b'"kind": "truth"', rb'"mark": "+1\u006599999999", "kind": "truth"'),
        (b'"files"', b'"no files"'),
    ):
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w") as out:
            for name in package.namelist():
                file = package.read(name)
                out.writestr(name, file.replace(old, new) if name.endswith(ENDING) else file)
        (found,) = read_qti(made.getvalue()).entries
        assert found.question.kind == "truth"
        assert "telling" not in found.question.body


def test_a_strangers_copy_names_no_file_that_lies_elsewhere():
    content, _remarks = write_qti([entry(examples.TRUTH)], "2.2")
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w") as out:
        for name in package.namelist():
            file = package.read(name)
            if name.endswith(ENDING):
                whole = json.loads(file)
                whole["files"] = {"../../evil.png": "a.png", 'a"b.png': "a.png", "a.png": "a.png"}
                file = json.dumps(whole).encode()
            out.writestr(name, file)
        out.writestr("items/a.png", png(2, 2))
    (found,) = read_qti(made.getvalue()).entries
    assert list(found.files) == ["a.png"]


def test_a_test_is_written_and_read_again_with_sections_selection_order_and_weights():
    entries = [entry(examples.SINGLE), entry(examples.TRUTH), entry(examples.ESSAY)]
    test = TakenTest(
        "First aid for souls",
        (
            TakenSection("One", Html("<p>Take your time.</p>"), True, 1, (0, 1), (None, None)),
            TakenSection("Two", EMPTY, False, 0, (2,), (Fraction(6),)),
        ),
        seconds=1800,
        sequential=True,
    )
    for version in VERSIONS:
        content, _remarks = write_qti(entries, version, (test,))
        taken = read_qti(content)
        assert taken.tests == (test,)
        assert english(remark.message for remark in taken.remarks) == [
            "The rules that compute the test’s result were left out: here the marks of all "
            "questions are added up."
        ]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("mark", [None, Fraction(1, 3), Fraction(2, 7), Fraction(3), Fraction(10)])
def test_every_mark_of_a_test_comes_back_exactly_however_many_points_an_item_has(version, mark):
    asked = [examples.SINGLE, examples.TRUTH, examples.MATCHING, examples.CLOZE, examples.EXACT]
    entries = [entry(question) for question in asked]
    asked_for = TakenSection(entries=(0, 1, 2, 3, 4), marks=(mark,) * 5)
    content, _remarks = write_qti(entries, version, (TakenTest("T", (asked_for,)),))
    taken = read_qti(content)
    (section,) = taken.tests[0].sections
    worth = [
        taken.entries[position].question.mark if mark is None else mark
        for position, mark in zip(section.entries, section.marks, strict=True)
    ]
    assert worth == [question.mark if mark is None else mark for question in asked]


@needs_shared
@pytest.mark.parametrize("version", ["2.1", "2.2"])
def test_a_test_is_valid(version):
    test = TakenTest(
        "A test",
        (TakenSection("One", Html("x"), True, 1, (0, 1), (Fraction(1, 3), None)), TakenSection()),
        seconds=60,
        attempts=3,
    )
    files, remarks = written([entry(examples.SINGLE), entry(examples.TRUTH)], version, (test,))
    assert faults(files["tests/test1.xml"], version) == []
    assert "How many attempts there are is not kept." in english(r.message for r in remarks)


@pytest.mark.parametrize("version", VERSIONS)
def test_translations_come_back_letter_by_letter(version):
    short = replace(
        examples.SHORT,
        language="en",
        translations={"ar": {"body": "<p>ما المدينة؟</p>", "answers/0/text": "إسطنبول\n<R&D>*"}},
    )
    labels = replace(examples.LABELS, translations={"fr": {"zones/0/label": "R&D <ici>"}})
    content, _remarks = write_qti([entry(short), entry(labels)], version)
    assert [each.question for each in read_qti(content).entries] == [short, labels]


def test_what_qti_cannot_say_is_said():
    tagged = replace(entry(examples.SINGLE), tags=("trust",), category=("Contact",))
    _files, remarks = written([tagged, entry(examples.NUMERICAL), entry(examples.ESSAY)], "2.2")
    said = english(remark.message for remark in remarks)
    assert "The hints stand only in the copy that this program reads." in said
    assert "The translations stand only in the copy that this program reads." in said
    assert "The units are not asked for: only the number counts." in said
    assert "QTI takes one file, and does not say of which kinds." in said


def test_a_question_that_cannot_be_asked_is_left_out():
    broken = entry(replace(examples.TRUTH, mark=Fraction(0)))
    _files, remarks = written([broken], "2.1", (TakenTest("T", (TakenSection(entries=(0,)),)),))
    assert english(remark.message for remark in remarks) == ["The mark must be above 0."]


def test_the_same_questions_make_the_same_package():
    entries = [entry(question) for question in ALL.values()]
    assert write_qti(entries, "3.0") == write_qti(entries, "3.0")


def test_qti_3_is_written_in_its_own_names():
    files, _remarks = written([entry(examples.HOTSPOT)], "3.0")
    names = {etree.QName(each).localname for each in etree.fromstring(files["items/q1.xml"]).iter()}
    assert {"qti-assessment-item", "qti-hotspot-interaction", "qti-hotspot-choice", "p"} <= names
    assert not [name for name in names if name != name.lower()]
    assert b'response-identifier="RESPONSE"' in files["items/q1.xml"]
