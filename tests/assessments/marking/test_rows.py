"""Attempts as the statistics take them: places, answers in words, what does not count."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from random import Random
from threading import Event

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.result import mark_of, most_of, result_of
from assessments.attempts.sheet import variant_of
from assessments.bank.shares import write_number
from assessments.marking import exports
from assessments.marking import figures as making
from assessments.marking.exports import TooFewPeople, answers_table, said
from assessments.marking.figures import KEPT, LARGE, Known, figures, warnings
from assessments.marking.rows import gain_rows, rows_of
from assessments.quizzes.plan import Counted, Section, Slot
from assessments.statistics.attempts import Response, Which
from tests.assessments.attempts.making import MINUTE, NOW, World, say, single
from tests.assessments.examples import (
    DESCRIPTION,
    ESSAY,
    FORMULA,
    HOTSPOT,
    HOTSPOTS,
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    SHORT,
    TRUTH,
)

LATER = NOW + MINUTE


def plain(words) -> str:
    return str(words)


def answering(question, response=None):
    """The row of the only answer to a question, answered right, or so."""
    world = World(question)
    attempt = world.begin()
    answer = attempt.answers[0]
    if response is None:
        response = question.right_response(answer.arrangement)
    answer.response = response
    finish(attempt, now=LATER)
    found = rows_of(world.quiz, plain)
    return found, found.attempts[0].answers[0] if found.attempts[0].answers else None


def handed_in(world, *keys, learner="l-7", **more):
    attempt = world.begin(learner, **more)
    for position, key in enumerate(keys):
        say(attempt, position, key)
    finish(attempt, now=LATER)
    return attempt


# Answers


def test_a_choice_is_told_by_its_words_and_what_else_could_be_chosen_is_known():
    found, row = answering(single(), {"answer": ("half",)})
    assert row.responses == (Response("", "The half"),)
    assert row.responses[0].credit == Fraction(1, 2)
    assert (row.mark, row.max_mark, row.guess) == (Fraction(1, 2), 1, Fraction(1, 4))
    (offered,) = found.offered.values()
    assert [each.model for each in offered] == [
        "The right",
        "The half",
        "The wrong",
        "The worse",
    ]


def test_of_several_choices_each_is_right_or_wrong_by_itself():
    _found, row = answering(MULTIPLE)
    assert len(row.responses) > 1
    assert {each.credit for each in row.responses} == {1}


@pytest.mark.parametrize("question", [HOTSPOT, HOTSPOTS])
def test_a_place_in_a_picture_is_told_by_its_label(question):
    found, row = answering(question)
    assert row.responses[0].model in {each.label for each in (a.area for a in question.areas)}
    assert len(next(iter(found.offered.values()))) == len(question.areas)


def test_true_and_false_are_told_in_words():
    _found, row = answering(TRUTH)
    assert row.responses[0].model in ("True", "False")


@pytest.mark.parametrize("question", [SHORT, NUMERICAL, FORMULA])
def test_own_words_stand_beside_the_answer_of_the_key(question):
    _found, row = answering(question)
    (response,) = row.responses
    assert response.model
    assert response.answer


def test_own_words_that_match_nothing_have_no_answer_of_the_key():
    question = replace(NUMERICAL, answers=NUMERICAL.answers[:1])
    _found, row = answering(question, {"answer": ("123456789",)})
    assert row.responses == (Response("", "", "123456789"),)


def test_any_other_number_is_a_star():
    other = replace(NUMERICAL.answers[0], key="other", value=None)
    question = replace(NUMERICAL, answers=(NUMERICAL.answers[0], other))
    _found, row = answering(question, {"answer": ("123456789",)})
    assert row.responses[0].model == "*"


def test_a_question_of_several_parts_is_told_part_by_part():
    found, row = answering(MATCHING)
    assert len({each.part for each in row.responses}) == len(row.responses) > 1
    assert "Exercises against pain" in {each.part for each in row.responses}
    assert next(iter(found.offered.values())) == []


def test_what_people_wrote_in_an_essay_is_not_told():
    _found, row = answering(ESSAY, {"text": ("I am Jane.",)})
    assert row.responses == ()
    assert row.mark is None


def test_a_text_to_read_is_no_question():
    _found, row = answering(DESCRIPTION, {})
    assert row is None


def test_the_values_of_a_formula_are_its_variant():
    world = World(FORMULA)
    attempt = world.begin()
    answer = attempt.answers[0]
    words = variant_of(answer)
    assert all(value in words for value in answer.arrangement["variables"].values())


def test_certainty_is_kept_apart_from_being_right():
    world = World(single(), certainty=True)
    attempt = world.begin()
    say(attempt, 0, "right", certainty=3)
    finish(attempt, now=LATER)
    found = rows_of(world.quiz, plain)
    (row,) = found.attempts[0].answers
    assert (row.mark, row.max_mark, row.certainty, row.correctness) == (3, 3, 3, 1)
    assert found.certain == found.attempts


def test_an_essay_is_no_answer_without_certainty():
    world = World(single(), replace(ESSAY, name="two"), certainty=True)
    handed_in(world, "right")
    found = rows_of(world.quiz, plain)
    assert [len(each.answers) for each in found.certain] == [1]


# Attempts


@pytest.mark.parametrize(
    ("counted", "which"),
    [
        (Counted.FIRST, Which.FIRST),
        (Counted.LAST, Which.LAST),
        (Counted.HIGHEST, Which.BEST),
        (Counted.AVERAGE, Which.ALL),
    ],
)
def test_the_quiz_says_which_attempts_are_counted(counted, which):
    world = World(single(), counted=counted)
    assert rows_of(world.quiz, plain).which is which


def test_practice_previews_and_what_goes_on_do_not_count():
    world = World(single())
    handed_in(world, "right", learner="l-1")
    handed_in(world, "right", learner="l-2", preview=True)
    world.begin("l-3")
    assert len(rows_of(world.quiz, plain).attempts) == 1
    world.rule(practice=True)
    assert rows_of(world.quiz, plain).attempts == []


def picking():
    """A quiz whose first section asks two of three, in any order; its second one more."""
    world = World()
    items = [world.item(single(name)).__name__ for name in ("a", "b", "c", "d")]
    slots = [Slot(f"s{at}", item) for at, item in enumerate(items)]
    world.quiz = world.another_quiz(
        sections=(
            Section("first", pick=2, shuffle=True, slots=tuple(slots[:3])),
            Section("second", slots=tuple(slots[3:])),
        ),
        key="picking",
    )
    return world


def test_where_a_section_asks_some_of_its_questions_places_are_counted():
    world = picking()
    for number in range(12):
        handed_in(world, "right", "right", "right", learner=f"l-{number}")
    found = rows_of(world.quiz, plain)
    assert {tuple(row.slot for row in each.answers) for each in found.attempts} == {(1, 2, 3)}
    assert {each.answers[2].item for each in found.attempts} == {"item-d"}
    assert len({each.answers[0].item for each in found.attempts}) > 1


def test_questions_in_an_order_of_chance_keep_their_places():
    world = World()
    slots = tuple(Slot(each, world.item(single(each)).__name__) for each in ("a", "b", "c"))
    world.quiz = world.another_quiz(
        sections=(Section("part", shuffle=True, slots=slots),), key="shuffled"
    )
    for number in range(8):
        handed_in(world, learner=f"l-{number}")
    found = rows_of(world.quiz, plain)
    items = [[row.item for row in each.answers] for each in found.attempts]
    assert items == [["item-a", "item-b", "item-c"]] * 8


# Before and after


def test_pairs_are_of_those_who_took_both_and_not_of_practice():
    world = World(single())
    before = world.quiz
    after = world.another_quiz(single(), key="after", pre_test="quiz")
    handed_in(world, "wrong", learner="l-1")
    handed_in(world, "half", learner="l-1", quiz=after)
    handed_in(world, "right", learner="l-2", quiz=after)
    first, last = gain_rows(after)
    assert [(each.learner, each.answers[0].mark) for each in first] == [("l-1", 0)]
    assert [each.answers[0].mark for each in last] == [Fraction(1, 2)]
    assert gain_rows(before) is None
    world.rule(quiz=before, practice=True)
    assert gain_rows(after) is None


# Figures


def test_figures_of_a_small_quiz_are_always_new():
    world = World(single())
    known = Known()
    handed_in(world, "right", learner="l-1")
    figures(world.quiz, plain, "en", NOW, known)
    handed_in(world, "right", learner="l-2")
    assert figures(world.quiz, plain, "en", NOW, known).attempts == 2
    assert known.figures == {}


def test_figures_of_a_large_quiz_are_used_again_for_a_while():
    world = World(single())
    known = Known()
    for number in range(LARGE):
        handed_in(world, "right", learner=f"l-{number}")
    first = figures(world.quiz, plain, "en", NOW, known)
    assert figures(world.quiz, plain, "en", NOW + KEPT / 2, known) is first
    assert figures(world.quiz, plain, "fr", NOW, known) is not first
    assert figures(world.quiz, plain, "en", NOW + KEPT, known).when == NOW + KEPT


@pytest.fixture
def slow(monkeypatch):
    """Figures that are made when ``go`` is set, and tell when somebody began to; ``calls`` of them
    were."""

    class Slow:
        def __init__(self):
            self.begun, self.go, self.calls = Event(), Event(), 0

        def make(self, quiz, say, now):
            self.calls += 1
            self.begun.set()
            assert self.go.wait(60)
            return make(quiz, say, now)

    made, make = Slow(), making._figures
    monkeypatch.setattr(making, "_figures", made.make)
    monkeypatch.setattr(making, "LARGE", 1)
    return made


def test_who_looks_while_figures_are_made_for_the_first_time_waits_for_the_same(slow):
    world, known = World(single()), Known()
    handed_in(world, "right")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(figures, world.quiz, plain, "en", NOW, known)
        assert slow.begun.wait(60)
        second = pool.submit(figures, world.quiz, plain, "en", NOW, known)
        slow.go.set()
        assert second.result() is first.result()
    assert slow.calls == 1


def test_who_looks_while_figures_are_made_anew_is_told_the_last_known(slow):
    world, known = World(single()), Known()
    handed_in(world, "right")
    slow.go.set()
    last = figures(world.quiz, plain, "en", NOW, known)
    slow.begun.clear()
    slow.go.clear()
    with ThreadPoolExecutor(1) as pool:
        anew = pool.submit(figures, world.quiz, plain, "en", NOW + KEPT, known)
        assert slow.begun.wait(60)
        assert figures(world.quiz, plain, "en", NOW + KEPT, known) is last
        slow.go.set()
        assert anew.result().when == NOW + KEPT


def struck(*rows):
    """What is said of the first question, after these answers to two."""
    world = World(single("one"), single("two"))
    for number, row in enumerate(rows):
        handed_in(world, *row, learner=f"l-{number}")
    return [
        str(each)
        for each in warnings(figures(world.quiz, plain, "en", NOW, Known()).quiz.positions[0])
    ]


def test_a_question_that_everybody_has_right_is_pointed_out():
    assert "Almost everybody has this right." in struck(*[("right", "right")] * 6)


def test_a_question_that_is_right_by_guessing_only_is_pointed_out():
    assert "It is right no more often than by guessing." in struck(*[("wrong", "right")] * 6)


def test_a_question_that_tells_nobody_apart_is_pointed_out():
    rows = [("right", "right"), ("wrong", "right"), ("right", "wrong"), ("wrong", "wrong")] * 6
    assert any("hardly tells" in each for each in struck(*rows))


def test_a_good_question_is_not_pointed_out():
    rows = [("right", "right")] * 12 + [
        ("wrong", "wrong"),
        ("half", "half"),
        ("worse", "worse"),
    ] * 6
    assert struck(*rows) == []


# Exports


def test_numbers_in_an_export_are_chance():
    world = World(single())
    for number, key in enumerate(["right", "half", "wrong", "worse", "right"]):
        handed_in(world, key, learner=f"l-{number}")

    def answers(seed):
        table = list(answers_table(world.quiz, plain, Random(seed)))
        return [row[4] for row in table[1:]]

    assert answers(1) != answers(2)
    assert sorted(answers(1)) == sorted(answers(2))


def test_people_who_were_asked_alike_and_answered_alike_have_the_same_cells_and_no_others():
    world = World(single(), FORMULA, MATCHING)
    for number, key in enumerate(["right", "right", "half", "wrong", "worse", "right"]):
        attempt = world.begin(f"l-{number}")
        say(attempt, 0, key)
        for answer in attempt.answers[1:]:
            question = answer.version.question
            answer.response = question.right_response(answer.arrangement)
        finish(attempt, now=LATER)
    expected = sorted(
        [
            (
                said(attempt, answer, plain),
                write_number(mark_of(attempt, answer)),
                write_number(most_of(attempt, answer)),
            )
            for answer in attempt.answers
        ]
        for attempt in world.quiz.attempts.values()
    )
    rows = list(answers_table(world.quiz, plain, Random(1)))[1:]
    assert expected == sorted([tuple(row[at + 2 : at + 5]) for at in (2, 7, 12)] for row in rows)
    shares = sorted(float(result_of(each).share) * 100 for each in world.quiz.attempts.values())
    assert sorted(float(row[1]) for row in rows) == pytest.approx(shares, abs=1e-4)


def test_files_are_counted_and_texts_of_ours_are_said():
    world = World(replace(ESSAY, name="one"), replace(TRUTH, name="two"))
    for number in range(5):
        attempt = world.begin(f"l-{number}")
        attempt.answers[0].response = {"text": ("Look.",), "files": ("a1", "b2")}
        attempt.answers[1].response = TRUTH.right_response({})
        finish(attempt, now=LATER)
    _head, row, *_more = answers_table(world.quiz, plain, Random(1))
    assert row[4].startswith("Look. (files: ")
    assert row[9] in ("True", "False")


def test_places_that_an_attempt_did_not_have_are_empty():
    world = World(single("one"))
    for number in range(5):
        handed_in(world, "right", learner=f"l-{number}")
    part = world.quiz.sections[0]
    more = Slot("s2", world.item(single("two")).__name__)
    world.quiz.sections = ({**part, "slots": [*part["slots"], {"id": more.id, "item": more.item}]},)
    handed_in(world, "right", "right", learner="l-9")
    table = list(answers_table(world.quiz, plain, Random(1)))
    assert {len(row) for row in table} == {12}
    assert sum(row[7] == "" for row in table[1:]) == 5


def test_people_s_own_words_are_not_all_held_in_memory(monkeypatch):
    monkeypatch.setattr(exports, "MOST_KNOWN", 2)
    world = World(SHORT)
    words = [f"Word {number}" for number in range(6)]
    for number, each in enumerate(words):
        attempt = world.begin(f"l-{number}")
        attempt.answers[0].response = {"answer": (each,)}
        finish(attempt, now=LATER)
    _head, *rows = answers_table(world.quiz, plain, Random(1))
    assert sorted(row[4] for row in rows) == words


def test_fewer_than_five_people_are_refused():
    world = World(single())
    for number in range(4):
        handed_in(world, "right", learner=f"l-{number}")
    with pytest.raises(TooFewPeople):
        next(answers_table(world.quiz, plain, Random(1)))


def test_an_answer_in_another_language_is_the_same_answer_of_the_key():
    question = replace(SHORT, translations={"ar": {"answers/0/text": "إسطنبول"}})
    world = World(question)
    for learner, language, text in (("l-1", "en", "Istanbul"), ("l-2", "ar", "إسطنبول")):
        attempt = world.begin(learner, language=language)
        attempt.answers[0].response = {"answer": (text,)}
        finish(attempt, now=LATER)
    found = [row.answers[0] for row in rows_of(world.quiz, plain).attempts]
    assert {(row.mark, row.responses[0].model) for row in found} == {(1, "Istanbul")}
    assert {row.responses[0].answer for row in found} == {"Istanbul", "إسطنبول"}
