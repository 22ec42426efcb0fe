"""What had to be done, in words."""

import pytest

from certificates.badges.criteria import english, narrative


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (["completed"], "Everything was completed."),
        (["passed"], "The examination was passed."),
        (["score", 80], "The result was at least 80 %."),
        (["lessons", ["a", "b"]], "Parts completed, of those that count: 2."),
        (["minutes", 60], "Minutes of work, at least: 60."),
        (["between", "2026-01-01", "2026-12-31"], "It was done between 2026-01-01 and 2026-12-31."),
        (["attended", 75], "At least 75 % of the session was attended."),
        (["courses", ["x", "y", "z"]], "Courses completed: 3."),
    ],
)
def test_each_condition_is_a_sentence(condition, words):
    assert narrative([condition]) == words


def test_several_are_a_list():
    found = narrative((("completed",), ("score", 80), ("some", "later", "condition")))
    assert found == "- Everything was completed.\n- The result was at least 80 %."


def test_a_rule_that_nobody_remembers_asks_to_complete():
    assert narrative(()) == "Everything was completed."


def test_they_are_in_the_language_that_is_asked_for():
    assert narrative([["passed"]], lambda message: english(message).upper()).isupper()
