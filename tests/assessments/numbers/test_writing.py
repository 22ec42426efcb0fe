"""Numbers are shown in the reader's format."""

from decimal import Decimal, localcontext

import pytest

from assessments.numbers import ENGLISH, format_of, write


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", "12345.60", "12,345.60"),
        ("fr", "12345.60", "12\u202f345,60"),
        ("es", "12345.60", "12.345,60"),
        ("ar", "-12345.60", "\u200e-12,345.60"),
        ("pt-BR", "1234567", "1.234.567"),
        ("en", "1234", "1234"),
        ("en", "-0.5", "-0.5"),
        ("en", "-0", "0"),
        ("en", "0.00", "0.00"),
        ("en", "1E+3", "1000"),
        ("en", "1E+20", "100,000,000,000,000,000,000"),
        ("en", "1E+21", "1×10²¹"),
        ("fr", "-1.50E-9", "-1,50×10⁻⁹"),
        ("en", "0.0000001", "0.0000001"),
    ],
)
def test_a_number_is_written_in_a_language(language, value, text):
    assert write(Decimal(value), format_of(language)) == text


@pytest.mark.parametrize("language", ["xx", "", "not a language", "en"])
def test_a_language_that_is_not_known_is_written_as_english(language):
    assert format_of(language) == ENGLISH


def test_no_digit_is_lost_whatever_the_decimal_context_is():
    long = "1." + "123456789" * 5
    with localcontext(prec=3):
        assert write(Decimal(long)) == long
        assert write(Decimal(f"{long}e30")) == f"{long}×10³⁰"
