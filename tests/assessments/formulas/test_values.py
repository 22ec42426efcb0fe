"""Values of variables: drawn for a seed and a variant, and always the same again."""

from collections import Counter
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.formulas import (
    Choice,
    LogUniform,
    Uniform,
    Variables,
    VariablesRefused,
    draw,
    evaluate,
    parse,
)

D = Decimal
THREE = Variables(
    {
        "a": Uniform(D(1), D(10), 1),
        "b": LogUniform(D(1), D(1000), 2),
        "c": Choice((D(2), D(3), D(5))),
    }
)


def test_the_values_of_a_seed_and_variant_are_these_for_ever():
    assert draw(THREE, seed=42, variant=1) == {"a": D("3.6"), "b": D("891.28"), "c": D(5)}
    assert draw(THREE, seed=42, variant=2) == {"a": D("9.9"), "b": D("721.64"), "c": D(2)}
    assert draw(THREE, seed=-1, variant=1) == {"a": D("3.3"), "b": D("265.73"), "c": D(3)}


def test_the_decimal_context_of_the_caller_changes_nothing():
    with localcontext(prec=3):
        assert draw(THREE, seed=42, variant=1)["b"] == D("891.28")


def test_a_variable_that_is_added_changes_no_other():
    more = Variables({"z": Uniform(D(0), D(1), 3), **THREE.distributions})
    drawn = draw(more, 42, 1)
    del drawn["z"]
    assert drawn == draw(THREE, 42, 1)


def test_uniform_values_are_all_those_with_their_decimals_and_no_others():
    variables = Variables({"a": Uniform(D("-0.25"), D("0.31"), 1)})
    drawn = Counter(str(draw(variables, seed, 1)["a"]) for seed in range(2000))
    assert drawn.keys() == {"-0.2", "-0.1", "0.0", "0.1", "0.2", "0.3"}
    assert all(250 < count < 420 for count in drawn.values())


def test_loguniform_values_are_as_many_in_every_decade():
    variables = Variables({"a": LogUniform(D(1), D(1000), 3)})
    drawn = Counter(draw(variables, seed, 1)["a"].adjusted() for seed in range(3000))
    assert all(900 < drawn[decade] < 1100 for decade in range(3))


@given(
    st.sampled_from([Uniform, LogUniform]),
    st.decimals("0.001", "1e15", places=3),
    st.decimals("0.001", "1e15", places=3),
    st.integers(0, 15),
    st.integers(),
    st.integers(1, 1000),
)
def test_what_is_drawn_lies_in_the_range_with_its_decimals(kind, one, other, places, seed, variant):
    low, high = sorted((one, other))
    try:
        distribution = kind(low, high, places)
    except VariablesRefused:
        with localcontext(prec=50):
            assert high - low < D(1).scaleb(-places)
        return
    value = draw(Variables({"a": distribution}), seed, variant)["a"]
    assert low <= value <= high
    assert value.as_tuple().exponent == -places


def test_rows_are_taken_in_turn_and_the_rest_is_drawn():
    variables = Variables(
        {"c": THREE.distributions["c"], "a": THREE.distributions["a"]},
        rows=({"a": D("1.5"), "b": D("2.0")}, {"a": D("3.5"), "b": D("4.0")}),
    )
    assert variables.names == {"a", "b", "c"}
    assert draw(variables, 42, 1) == {"a": D("1.5"), "b": D("2.0"), "c": D(5)}
    assert draw(variables, 42, 2)["b"] == D("4.0")
    assert draw(variables, 42, 3)["b"] == D("2.0")


@given(st.integers(), st.integers(1, 50))
def test_conditions_are_true_for_what_is_drawn(seed, variant):
    condition = parse("{a} < {c} && 1 / ({a} - 2) != 0")
    variables = Variables(THREE.distributions, conditions=(condition,))
    assert evaluate(condition, draw(variables, seed, variant)) == 1


def test_a_row_for_which_a_condition_is_not_true_is_passed_over():
    rows = tuple({"a": D(number)} for number in (1, 2, 3))
    variables = Variables(rows=rows, conditions=(parse("{a} > 2"),))
    assert [draw(variables, 7, variant)["a"] for variant in (1, 2, 3)] == [3, 3, 3]


def test_conditions_that_are_never_true_are_given_up():
    variables = Variables(THREE.distributions, conditions=(parse("{a} > 10"),))
    with pytest.raises(VariablesRefused, match="In 1000 tries"):
        draw(variables, 1, 1)


def test_the_more_work_each_try_is_the_fewer_there_are():
    condition = parse("+".join(["{a}"] * 150) + "> 9e9")  # 301 parts
    variables = Variables(THREE.distributions, conditions=(condition,))
    with pytest.raises(VariablesRefused, match="In 131 tries"):
        draw(variables, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: Uniform(D(2), D(1), 0), "no number with 0 decimals from 2 to 1"),
        (lambda: Uniform(D("1.1"), D("1.9"), 0), "no number with 0 decimals from 1.1 to 1.9"),
        (lambda: Uniform(D(1), D(2), -1), "from 0 to 15 decimals"),
        (lambda: Uniform(D(1), D(2), 16), "from 0 to 15 decimals"),
        (lambda: Uniform(D(1), D("1e16"), 0), "too large"),
        (lambda: Uniform(D("NaN"), D(1), 0), "too large"),
        (lambda: LogUniform(D(0), D(1), 0), "begins above 0"),
        (lambda: Choice(()), "at least one"),
        (lambda: Variables(rows=({"a": D(1)}, {"b": D(1)})), "Set 2 has not the same variables"),
        (
            lambda: Variables(THREE.distributions, conditions=(parse("{a} < {y} + {z}"),)),
            "condition {a} < {y} + {z} has a variable that is not there: {y}",
        ),
    ],
)
def test_variables_that_cannot_be_drawn_are_refused_with_the_reason(wrong, words):
    with pytest.raises(VariablesRefused, match=words.replace("+", r"\+")):
        wrong()
