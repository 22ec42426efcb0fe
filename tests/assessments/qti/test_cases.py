"""The published suite of QTI cases: every outcome is the expected one, in both spellings."""

import pytest

from shared import SHARED, needs_shared
from tests.assessments.qti.cases import differences, run_case, sets
from tests.assessments.qti.writing import as_qti_3

CASES = sets(SHARED / "quizzes" / "qti-cases")

every_case = pytest.mark.parametrize(
    ("content", "case", "seed"), [pytest.param(*rest, id=name) for name, *rest in CASES]
)


@needs_shared
def test_the_suite_is_there():
    assert len({name.split(":")[0] for name, *_ in CASES}) >= 60


@every_case
def test_a_case_of_the_suite_has_its_outcomes(content, case, seed):
    result = run_case(content, case, seed)

    assert differences(case, result) == {}


@every_case
def test_a_case_of_the_suite_has_its_outcomes_in_the_spelling_of_qti_3(content, case, seed):
    result = run_case(as_qti_3(content), case, seed)

    assert differences(case, result) == {}
