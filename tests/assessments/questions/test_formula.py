"""Formula: numbers that differ from attempt to attempt, and results that are exact."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import formulas
from assessments.questions.base import Hint
from assessments.questions.formula import FormulaAnswer, FormulaQuestion, Variable
from assessments.questions.html import Html
from assessments.questions.numerical import Unit, Units
from tests.assessments.examples import FORMULA
from tests.assessments.wording import english

VALUES = {"variables": {"rate": "20.50", "meetings": "8", "minutes": "45"}}
A, B = Variable("a"), Variable("b", Decimal(0), Decimal(3), 0)


NOT_RECKONED = (
    "No values were found for which the condition is true and every result can be reckoned: "
    "nothing can be divided by zero. Make the ranges of the variables wider, or the condition "
    "looser."
)


def asking(expression, variables=(A, B), body="How much is {a} and {b}?", **more):
    answer = {each: more.pop(each) for each in ("error", "rule", "figures") if each in more}
    answer |= {each: more.pop(each) for each in ("figures_rule", "fraction") if each in more}
    answer = {"fraction": Fraction(1)} | answer
    return FormulaQuestion(
        name="Sum",
        body=Html(body),
        variables=variables,
        answers=(FormulaAnswer("right", expression, **answer),),
        **more,
    )


def of(**values):
    return {"variables": {name: str(value) for name, value in values.items()}}


def test_the_text_has_the_numbers_of_the_attempt():
    assert FORMULA.ask(VALUES).body == (
        "<p>An interpreter costs 20.50 an hour. A month has 8 meetings of "
        "45 minutes. What does she cost in that month?</p>"
    )


def test_the_result_of_the_attempts_own_numbers_is_right():
    (part,) = FORMULA.mark_response({"answer": ("123",)}, VALUES).parts
    assert (part.answer, part.fraction) == ("right", 1)
    assert part.feedback == "Minutes become hours first."
    (part,) = FORMULA.mark_response({"answer": ("7380",)}, VALUES).parts
    assert (part.answer, part.fraction) == ("minutes", Fraction(1, 4))
    (part,) = FORMULA.mark_response({"answer": ("9",)}, VALUES).parts
    assert (part.answer, part.feedback) == ("other", "How many hours are these?")


@given(st.integers(0, 1000))
def test_numbers_are_drawn_from_their_ranges_and_the_condition_is_true(seed):
    arrangement = FORMULA.arrange(Random(seed))
    assert arrangement == FORMULA.arrange(Random(seed))
    values = {name: Decimal(text) for name, text in arrangement["variables"].items()}
    assert 15 < values["rate"] <= 40
    assert values["rate"].as_tuple().exponent == -2
    assert 4 <= values["meetings"] <= 12
    assert values["minutes"] in (45, 50, 90)


def test_a_set_of_values_is_given_whole_and_every_set_to_somebody():
    rows = tuple((Decimal(number), Decimal(number * number)) for number in range(1, 5))
    question = asking("{a} + {b}", rows=rows)
    drawn = {str(question.arrange(Random(seed))["variables"]) for seed in range(50)}
    assert drawn == {str({"a": str(a), "b": str(b)}) for a, b in rows}


def test_sets_for_which_the_condition_is_not_true_are_passed_over():
    rows = ((Decimal(1), Decimal(2)), (Decimal(2), Decimal(1)))
    question = asking("{a} + {b}", rows=rows, condition="{a} &gt; {b}".replace("&gt;", ">"))
    assert {question.arrange(Random(seed))["variables"]["a"] for seed in range(9)} == {"2"}


def test_numbers_for_which_nothing_can_be_reckoned_are_never_asked():
    question = asking("{a} / {b}", body="How much is {a} by {b}, that is {=1/{b}} each?")
    assert question.problems() == []
    assert {question.arrange(Random(seed))["variables"]["b"] for seed in range(30)} == set("123")


def test_small_numbers_can_be_as_likely_as_large_ones():
    wide = Variable("a", Decimal(1), Decimal(10_000), 0, "loguniform")
    question = asking("{a}", variables=(wide,), body="Write {a}.")
    drawn = [int(question.arrange(Random(seed))["variables"]["a"]) for seed in range(200)]
    assert 60 < sum(value < 100 for value in drawn) < 140


@pytest.mark.parametrize(
    ("figures", "rule", "shown"),
    [
        (2, "decimals", "3.33"),
        (0, "decimals", "3"),
        (3, "significant", "3.33"),
        (1, "significant", "3"),
    ],
)
def test_the_right_result_is_shown_to_as_many_figures_as_the_author_says(figures, rule, shown):
    question = asking("{a} / {b}", figures=figures, figures_rule=rule, error=Decimal("0.2"))
    assert question.right_response(of(a=10, b=3)) == {"answer": (shown,)}


def test_more_figures_are_shown_where_the_result_would_be_wrong_with_so_few():
    question = asking("{a} / {b}", figures=0, error=Decimal("0.001"))
    assert question.right_response(of(a=10, b=3)) == {"answer": ("3.33",)}
    exact = asking("{a} / {b}", figures=0, error=Decimal(0))
    right = exact.right_response(of(a="1e-9", b=3))
    assert exact.mark_response(right, of(a="1e-9", b=3)).fraction == 1


@given(
    a=st.decimals("-999", "999", places=3),
    b=st.decimals("0.001", "999", places=3),
    error=st.sampled_from(["0", "0.0001", "0.05"]),
    rule=st.sampled_from(["absolute", "relative", "geometric"]),
    figures=st.integers(1, 6),
    figures_rule=st.sampled_from(["decimals", "significant"]),
    language=st.sampled_from(["en", "fr", "ar"]),
)
def test_the_right_result_as_it_is_shown_is_right_again(
    a, b, error, rule, figures, figures_rule, language
):
    question = asking(
        "{a} / {b}", error=Decimal(error), rule=rule, figures=figures, figures_rule=figures_rule
    )
    arrangement = of(a=a, b=b) | {"language": language}
    right = question.right_response(arrangement)
    assert question.mark_response(right, arrangement).fraction == 1


def test_a_formula_in_the_text_is_shown_as_its_result():
    question = asking("{a}", body="Half of {a} is {={a}/2}, a third {={a}/3}, {={a}*100} in all.")
    assert question.ask(of(a="3.0", b=0)).body == "Half of 3.0 is 1.5, a third 1, 300 in all."
    assert "a third 0.3333333333," in question.ask(of(a=1, b=0)).body
    assert "a third 41,152.26337," in question.ask(of(a="123456.79011", b=0)).body


def test_numbers_in_texts_are_written_in_the_language_of_who_is_asked():
    question = asking("{a}", body="Half of {a} is {={a}/2}.")
    assert question.ask(of(a="3.0") | {"language": "fr"}).body == "Half of 3,0 is 1,5."
    assert replace(question, language="fr").ask(of(a="3.0")).body == "Half of 3,0 is 1,5."


def test_feedback_and_hints_have_the_numbers_too():
    question = replace(asking("{a} + {b}"), hints=(Hint(Html("Begin with {a}.")),))
    answer = replace(question.answers[0], feedback=Html("It is {={a}+{b}}."))
    question = replace(question, answers=(answer,))
    found = question.mark_response({"answer": ("5",)}, of(a=2, b=3))
    assert found.parts[0].feedback == "It is 5."
    assert question.text_for(question.hints[0].html, of(a=2, b=3)) == "Begin with 2."


def test_braces_around_what_is_no_variable_stay():
    question = asking("{a}", body="Let M be {x}. How much is {a}?")
    assert question.problems() == []
    assert question.ask(of(a=2)).body == "Let M be {x}. How much is 2?"


def test_a_result_can_have_a_unit():
    units = Units((Unit("kg"), Unit("g", Decimal("0.001"))), rule="graded", penalty=Fraction(1))
    question = asking("{a} + {b}", units=units)
    assert question.right_response(of(a=2, b=1)) == {"answer": ("3.00\N{NO-BREAK SPACE}kg",)}
    assert question.mark_response({"answer": ("3000 g",)}, of(a=2, b=1)).fraction == 1
    assert question.mark_response({"answer": ("3",)}, of(a=2, b=1)).fraction == 0


def test_an_answer_that_is_only_partly_right_is_not_shown_as_the_right_one():
    question = asking("{a} + {b}")
    near = FormulaAnswer("near", "{a}", Fraction(1, 2))
    question = replace(question, answers=(near, *question.answers))
    assert question.right_response(of(a=2, b=3)) == {"answer": ("5.00",)}


def test_answers_without_a_result_are_left_out_and_nothing_fails():
    question = asking("{a} / {b}", body="How much is {=1/{b}}?")
    assert question.mark_response({"answer": ("3",)}, of(a=1, b=0)).fraction == 0
    assert question.right_response(of(a=1, b=0)) is None
    assert question.ask(of(a=1, b=0)).body == "How much is {=1/{b}}?"


def test_what_is_no_number_is_said_back():
    assert not FORMULA.is_complete({"answer": ("much",)}, VALUES)
    assert FORMULA.is_complete({"answer": ("1",)}, VALUES)
    assert english(FORMULA.remarks({"answer": ("much",)}, VALUES)) == [
        "This is no number. Write it in digits, for example 12.5."
    ]


def test_a_guess_and_the_lowest_are_those_of_a_number():
    others = replace(FORMULA.answers[-1], fraction=Fraction(1, 5))
    question = replace(FORMULA, answers=(*FORMULA.answers[:-1], others))
    assert question.guess() == Fraction(1, 5)
    below = replace(others, fraction=Fraction(-1, 5))
    assert replace(FORMULA, answers=(*FORMULA.answers[:-1], below)).lowest() == Fraction(-1, 5)


def test_when_no_numbers_can_be_found_that_is_said():
    question = asking("{a}", condition="{a} > 100")
    with pytest.raises(formulas.VariablesRefused):
        question.arrange(Random(0))
    assert english(question.problems()) == [NOT_RECKONED]


UNKNOWN = "There is no variable {c}."


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (asking("{a} + {c}"), UNKNOWN),
        (asking("{a}", body="How much is {={c}}?"), UNKNOWN),
        (replace(asking("{a}"), feedback=Html("It is {={c}}.")), UNKNOWN),
        (replace(asking("{a}"), hints=(Hint(Html("Is it {={c}}?")),)), UNKNOWN),
        (replace(asking("{a}"), translations={"fr": {"body": "Oui, {={c}} ?"}}), UNKNOWN),
        (asking("{a} / ({b} - {b})"), NOT_RECKONED),
        (
            asking("{a}", variables=(A, A)),
            "More than one variable has the name “a”.",
        ),
        (
            asking("1", variables=(Variable("1a"),), body="How much is one?"),
            "“1a” cannot be the name of a variable: it begins with a letter and has no space in "
            "it.",
        ),
        (
            asking("{a}", variables=(replace(A, spread="wild"),)),
            "“wild” is no way to draw a number.",
        ),
        (
            asking("{a}", rows=((Decimal(1),),)),
            "A set of values does not have one value for each variable.",
        ),
        (asking("{a}", figures_rule="enough"), "“enough” is no way to round."),
        (asking("{a}", figures=16), "The number of figures must be a whole number from 0 to 15."),
        (
            asking("{a}", figures=0, figures_rule="significant"),
            "The number of figures must be a whole number from 1 to 15.",
        ),
        (asking("{a}", rule="nearly"), "“nearly” is no way to compare numbers."),
        (
            asking("{a}", fraction=Fraction(1, 2)),
            "No number brings the whole mark. Give one answer 100 %, and let none before it take "
            "its number.",
        ),
    ],
)
def test_an_author_is_told_what_keeps_a_question_from_being_asked(question, problem):
    assert english(question.problems()) == [problem]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (asking("{a} +"), 2),
        (asking("{a}", body="How much is {=2 +}?"), 1),
        (asking("{a}", condition="{a} >"), 1),
        (asking("{a}", condition="{c} > 1"), 1),
        (asking("{a}", variables=(replace(A, most=Decimal(0)),)), 1),
    ],
)
def test_what_is_wrong_with_a_formula_is_said_by_its_reader(question, count):
    assert len(english(question.problems())) == count
