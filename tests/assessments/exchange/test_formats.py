"""What texts of a file become on their way into a question."""

import pytest

from assessments.exchange.formats import one_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two\n words\t", "two words"),
        ("a\x00b\x07c", "a b c"),
        ("می‌روم", "می‌روم"),
        ("👩‍⚕️ ka", "👩‍⚕️ ka"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("\u200b \u200f", ""),
    ],
)
def test_a_name_is_one_line_that_keeps_how_it_is_spelt_and_turns_nothing_around_it(text, line):
    assert one_line(text) == line
