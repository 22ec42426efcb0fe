"""Every figure that others have published for the same marks, compared as tables."""

import json

import pytest

from assessments.statistics.analysis import analyse
from assessments.statistics.certainty import BEST_FOR, NOTHING, RIGHT, WRONG
from marksheets import STATISTICS, lsat6, quiz_00, table
from shared import needs_shared

pytestmark = needs_shared
TOLERANCE = 1.5e-5
"""That of Moodle's own test of these figures."""


@pytest.fixture(scope="module")
def quiz():
    return analyse(quiz_00(), fewest=1)


@pytest.fixture(scope="module")
def law_school():
    return analyse(lsat6(), fewest=1)


def group_of(quiz, row):
    """The figures that a row of Moodle's tables is about: a slot, an item of it or a variant."""
    group = quiz.positions[int(row["slot"]) - 1].group
    named = {"item": row.get("subqname") or row.get("randq"), "variant": row["variant"]}
    for level, name in named.items():
        if name and getattr(group, level) is None:
            (group,) = (each for each in group.groups if getattr(each, level) == name)
    return group


def test_moodles_quiz_has_moodles_figures(quiz):
    expected = json.loads((STATISTICS / "expected_quiz00.json").read_text())["quiz"]

    ours = {
        "median": quiz.median,
        "avg": quiz.mean,
        "count": quiz.attempts,
        "standarddeviation": quiz.deviation,
        "skewness": quiz.skewness,
        "kurtosis": quiz.kurtosis,
        "cic": quiz.reliability,
        "errorratio": quiz.error_ratio,
        "standarderror": quiz.standard_error,
    }

    assert ours == pytest.approx(expected, rel=TOLERANCE)


def test_moodles_questions_sub_questions_and_variants_have_moodles_figures(quiz):
    for row in table("qstats00.csv"):
        group = group_of(quiz, row)
        position = quiz.positions[int(row["slot"]) - 1]
        expected = {
            name: float(value)
            for name, value in row.items()
            if value not in ("", "**NULL**") and name not in ("slot", "subqname", "variant")
        }
        max_mark = expected.pop("maxmark")

        ours = {
            "s": group.attempts,
            "facility": group.facility / 100,
            "sd": group.deviation / 100 * max_mark,
            "effectiveweight": position.effective_weight,
            "covariance": group.covariance,
            "markvariance": group.variance,
            "othermarkvariance": group.rest_variance,
            "discriminationindex": group.discrimination,
            "covariancemax": group.greatest_covariance,
            "discriminativeefficiency": group.efficiency,
        }

        ours = {name: ours[name] for name in expected}
        assert ours == pytest.approx(expected, rel=TOLERANCE), row


def test_moodles_variants_were_met_as_often_as_moodle_counts(quiz):
    expected = json.loads((STATISTICS / "expected_quiz00.json").read_text())

    variants = {group.variant: group.attempts for group in quiz.positions[1].group.groups}

    assert variants == expected["variant_counts_slot2"]


def test_moodles_responses_were_given_as_often_as_moodle_counts(quiz):
    for row in table("responsecounts00.csv"):
        # A row of a matching question has one text, which is the key's.
        answer = None if row["slot"] == "3" else row["actualresponse"]
        counts = [
            choice.attempts
            for choice in group_of(quiz, row).choices
            if (choice.part, choice.model, choice.answer)
            == (row["subpart"], row["modelresponse"], answer)
        ]

        assert counts == [int(row["totalcount"])], row


def test_the_law_school_test_has_the_reliability_of_the_r_package_psych(law_school):
    (total,) = table("lsat6_expected_total.csv")

    assert law_school.reliability / 100 == pytest.approx(float(total["raw_alpha"]), abs=1e-9)
    assert law_school.mean / 5 == pytest.approx(float(total["mean"]), abs=1e-9)
    assert law_school.deviation / 5 == pytest.approx(float(total["sd"]), abs=1e-9)


def test_its_questions_have_the_correlations_with_the_rest_of_psych(law_school):
    expected = table("lsat6_expected_items.csv")

    for row, position in zip(expected, law_school.positions, strict=True):
        group = position.group
        assert group.attempts == int(row["n"])
        assert group.discrimination / 100 == pytest.approx(float(row["r.drop"]), abs=1e-9)
        assert group.facility / 100 == pytest.approx(float(row["mean"]), abs=1e-9)
        assert group.deviation / 100 == pytest.approx(float(row["sd"]), abs=1e-9)


def test_without_one_question_the_reliability_is_that_of_psych(law_school):
    expected = table("lsat6_expected_alpha_if_dropped.csv")

    for row, position in zip(expected, law_school.positions, strict=True):
        assert position.reliability_without / 100 == pytest.approx(
            float(row["raw_alpha"]), abs=1e-9
        )


def test_certainty_is_marked_as_moodle_marks_it():
    published = json.loads((STATISTICS / "cbm.json").read_text())

    assert {str(level): mark for level, mark in RIGHT.items()} == published["right"]
    assert {str(level): mark for level, mark in WRONG.items()} == published["wrong"]
    assert float(NOTHING) == 1e-7
    for level, window in BEST_FOR.items():
        assert [float(edge) for edge in window] == pytest.approx(
            published["optimal_probability"][str(level)], abs=1e-4
        )
