"""No table of counts tells what fewer than five people did."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.statistics.analysis import analyse
from assessments.statistics.attempts import Attempt, Response, Which
from assessments.statistics.figures import SUPPRESSED, Insufficient
from assessments.statistics.suppression import hidden
from marksheets import answering, attempt, attempts

A, B, C, D = (Response("", model, credit=Fraction(model == "A")) for model in "ABCD")


def cells(*sizes):
    """Cells with so many people, all different."""
    names = iter(range(sum(sizes)))
    return [{str(next(names)) for _person in range(size)} for size in sizes]


def counts(quiz):
    return {choice.model: choice.attempts for choice in quiz.positions[0].group.choices}


def test_a_cell_of_four_is_hidden_and_the_smallest_other_with_it():
    assert hidden(cells(4, 30, 9)) == {0, 2}


def test_cells_that_are_hidden_hold_five_people_together():
    assert hidden(cells(1, 2, 9, 30)) == {0, 1, 2}


def test_nothing_is_hidden_without_a_small_cell():
    assert hidden(cells(5, 0, 30)) == set()


def test_a_cell_with_nobody_is_hidden_only_when_nothing_else_can_be():
    assert hidden(cells(3, 0)) == {0, 1}


def test_people_count_not_their_attempts():
    five_attempts_of_four = [{"a", "b", "c", "d"}, {"e", "f", "g", "h", "i"}]

    assert hidden(five_attempts_of_four) == {0, 1}


@given(st.lists(st.integers(0, 12), min_size=1, max_size=9))
def test_no_hidden_cell_can_be_worked_out_from_a_total(sizes):
    kept_back = hidden(cells(*sizes))

    assert all(size == 0 or size >= 5 for i, size in enumerate(sizes) if i not in kept_back)
    if kept_back and sum(sizes) >= 5 and len(sizes) > 1:
        assert len(kept_back) > 1
        assert sum(sizes[i] for i in kept_back) >= 5


def test_a_quiz_of_four_people_shows_no_figure():
    quiz = analyse(attempts([1, 0], [1, 1], [0, 0], [0, 1]))

    assert {quiz.attempts, quiz.mean, quiz.reliability, quiz.skewness} == {SUPPRESSED}
    assert not quiz.positions
    assert not quiz.distribution


def test_a_quiz_of_five_people_shows_its_figures():
    quiz = analyse(attempts([1, 0], [1, 1], [0, 0], [0, 1], [1, 1]))

    assert quiz.attempts == 5
    assert quiz.positions[0].group.facility == 60


def test_nine_attempts_of_four_people_show_no_figure():
    sat = [attempt(who, [1, 0], number=number) for who in "abcd" for number in (1, 2)]

    assert analyse(sat, which=Which.ALL).mean is SUPPRESSED


def test_a_quiz_nobody_took_says_so_and_hides_nothing():
    quiz = analyse([])

    assert quiz.attempts == 0
    assert quiz.mean is Insufficient.TOO_FEW_ATTEMPTS


def test_a_question_that_only_four_people_met_shows_no_figure():
    rows = [[1, None]] * 4 + [[1]] * 6

    group = analyse(attempts(*rows)).positions[1].group

    assert {group.attempts, group.facility} == {SUPPRESSED}


def test_a_distractor_of_two_people_cannot_be_worked_out():
    quiz = analyse(answering(*[A] * 12, *[B] * 2, *[C] * 6))

    assert counts(quiz) == {"A": 12, "B": SUPPRESSED, "C": SUPPRESSED}


def test_nor_from_the_facility_index_which_tells_how_many_were_right():
    # 5 of 16 are right, so 11 are wrong: were A hidden in place of C, B would be 11 less 9.
    quiz = analyse(answering(*[A] * 5, *[B] * 2, *[C] * 9))

    assert counts(quiz) == {"A": 5, "B": SUPPRESSED, "C": SUPPRESSED}


def test_what_nobody_chose_hides_what_two_people_chose():
    offered = {("item", ""): (A, B, C)}

    quiz = analyse(answering(*[A] * 12, *[B] * 2), offered=offered)

    assert set(counts(quiz).values()) == {SUPPRESSED}


def test_all_figures_of_a_hidden_answer_are_hidden():
    quiz = analyse(answering(*[A] * 12, *[B] * 2, *[C] * 6))
    hidden_one = quiz.positions[0].group.choices[1]

    assert {hidden_one.share, hidden_one.rest_mean, hidden_one.correlation} == {SUPPRESSED}


def test_few_who_answered_nothing_are_a_small_group_too():
    quiz = analyse(answering(*[A] * 12, *[B] * 8, None, None))

    assert counts(quiz) == {"A": 12, "B": SUPPRESSED, None: SUPPRESSED}


def test_what_few_people_wrote_is_taken_together():
    written = [Response("", "*", answer, credit=Fraction(0)) for answer in ("x", "y", "z")]

    quiz = analyse(answering(*[A] * 12, *written * 2))
    others = quiz.positions[0].group.choices[-1]

    assert (others.model, others.answer, others.attempts) == ("*", SUPPRESSED, 6)


def test_one_attempt_counts_once_among_what_few_people_wrote():
    both = tuple(Response("", "*", answer, credit=Fraction(0)) for answer in "xy")
    wrote = [
        replace(each, answers=(replace(each.answers[0], responses=both),))
        for each in answering(*[None] * 4)
    ]
    other = Response("", "*", "z", credit=Fraction(0))

    quiz = analyse(numbered(wrote, answering(*[other] * 4), answering(*[A] * 9)))

    assert counts(quiz) == {"A": 9, "*": 8}


def test_where_several_go_together_those_who_did_not_choose_are_a_group():
    both = [replace(each, answers=(replace(each.answers[0], responses=(A, B)),))
            for each in answering(*[A] * 17)]  # fmt: skip
    some = answering(*[A] * 20)[17:]

    quiz = analyse([*both, *some])

    assert counts(quiz) == {"A": SUPPRESSED, "B": SUPPRESSED}  # three people did not choose B


def test_where_several_go_together_large_groups_are_shown():
    both = [replace(each, answers=(replace(each.answers[0], responses=(A, B)),))
            for each in answering(*[A] * 10)]  # fmt: skip
    some = answering(*[A] * 10, *[C] * 8)[10:]

    assert counts(analyse([*both, *some])) == {"A": 10, "B": 10, "C": 8}


def test_a_small_version_hides_the_next_one():
    one, two, three = (
        answering(*[A] * size, version=version) for version, size in (("1", 3), ("2", 6), ("3", 20))
    )

    quiz = analyse(numbered(one, two, three))

    versions = quiz.positions[0].group.groups
    assert [(each.version, each.attempts) for each in versions] == [
        ("1", SUPPRESSED), ("2", SUPPRESSED), ("3", 20),
    ]  # fmt: skip
    assert versions[1].facility is SUPPRESSED
    assert not versions[1].choices


def test_small_variants_have_one_table_of_answers_together_and_none_of_their_own():
    quiz = analyse(
        numbered(
            answering(*[A] * 6, variant="1"),
            answering(*[A] * 6, *[B] * 3, variant="2"),
            answering(*[A] * 6, *[B] * 3, variant="3"),
        )
    )
    group = quiz.positions[0].group

    assert {choice.model: choice.attempts for choice in group.choices} == {"A": 18, "B": 6}
    assert [each.attempts for each in group.groups] == [6, 9, 9]
    assert not any(each.choices for each in group.groups)


def test_large_variants_have_tables_of_their_own_and_none_together():
    quiz = analyse(
        numbered(answering(*[A] * 6, *[B] * 5, variant="1"), answering(*[A] * 6, variant="2"))
    )
    group = quiz.positions[0].group

    assert not group.choices
    assert [
        {choice.model: choice.attempts for choice in each.choices} for each in group.groups
    ] == [{"A": 6, "B": 5}, {"A": 6}]


def numbered(*groups: list[Attempt]) -> list[Attempt]:
    """The attempts of all groups, each of another learner."""
    together = [each for group in groups for each in group]
    return [replace(each, learner=str(i)) for i, each in enumerate(together)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([A, B, C, D, None]), st.sampled_from("12"), st.sampled_from("xyz")
        ),
        min_size=5,
        max_size=60,
    )
)
def test_no_answer_version_or_variant_is_the_only_hidden_one_under_its_total(given_answers):
    quiz = analyse(
        numbered(
            *(
                answering(response, version=version, variant=variant)
                for response, version, variant in given_answers
            )
        )
    )

    def look(group):
        assert group.attempts is SUPPRESSED or group.attempts >= 5
        for table in ([g.attempts for g in group.groups], [c.attempts for c in group.choices]):
            shown = [count for count in table if count is not SUPPRESSED]
            hidden_cells = len(table) - len(shown)
            assert all(count == 0 or count >= 5 for count in shown)
            if hidden_cells and group.attempts is not SUPPRESSED:
                assert hidden_cells > 1
                assert group.attempts - sum(shown) >= 5
        for part in group.groups:
            look(part)

    look(quiz.positions[0].group)


@given(st.lists(st.integers(0, 100), min_size=5, max_size=60))
def test_no_band_of_the_distribution_is_the_only_hidden_one(marks):
    quiz = analyse([attempt(who, [mark], max_mark=100) for who, mark in enumerate(marks)])

    shown = [band.attempts for band in quiz.distribution if band.attempts is not SUPPRESSED]
    assert all(count == 0 or count >= 5 for count in shown)
    assert len(marks) - sum(shown) == 0 or len(marks) - sum(shown) >= 5
    assert len(quiz.distribution) - len(shown) != 1
