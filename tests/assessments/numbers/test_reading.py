"""Numbers are read as people type them, in English, French, Spanish, Arabic and other habits."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assessments.numbers import NumberRefused, format_of, read, write

LANGUAGES = ["en", "fr", "es", "ar", "de", "pt-BR", "de-CH", "sv", "fa", "hi"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", "5"),
        ("+5", "5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("– 5", "-5"),
        ("\u200e-5", "-5"),
        ("-0", "0"),
        ("007", "7"),
        ("3.14", "3.14"),
        ("3,14", "3.14"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", "5"),
        ("1.2,", "1.2"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,5", "1234.5"),  # narrow no-break space
        ("1\u00a0234\u00a0567", "1234567"),
        ("1'234.5", "1234.5"),
        ("1’234’567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("12,34,567.8", "1234567.8"),  # India
        ("12,34,567", "1234567"),
        ("1,23,456", "123456"),
        ("٣٫١٤", "3.14"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("٣،١٤", "3.14"),
        ("-٥", "-5"),
        ("۱۲۳", "123"),  # Persian
        ("१२.५", "12.5"),  # Devanagari
        ("１２．５", "12.5"),  # full width
        ("1.2e3", "1200"),
        ("1.2E+3", "1200"),
        ("1,2e-3", "0.0012"),
        ("1.2×10^3", "1200"),
        ("1.2 x 10^3", "1200"),
        ("1.2*10**3", "1200"),
        ("1.2·10^-3", "0.0012"),
        ("1.2×10³", "1200"),
        ("1.2 × 10⁻³", "0.0012"),
        ("١٫٢×١٠^٣", "1200"),
        ("10^5", "100000"),
        ("-10⁵", "-100000"),
        ("− 10^5", "-100000"),
        ("  12  ", "12"),
        ("x = 5", "5"),
        ("= 5", "5"),
    ],
)
def test_a_number_has_its_value(text, value):
    reading = read(text)
    assert (reading.value, reading.before, reading.after) == (Decimal(value), "", "")
    assert not (reading.value.is_signed() and reading.value == 0)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1,234", "1234"),
        ("en", "1.234", "1.234"),
        ("ar", "1,234", "1234"),
        ("es", "1.234", "1234"),
        ("es", "1,234", "1.234"),
        ("de", "-123.456 m", "-123456"),
        ("fr", "1,234", "1.234"),
        # The point is no mark of French; telephones and calculators type it for decimals.
        ("fr", "1.234", "1.234"),
    ],
)
def test_what_could_be_groups_or_decimals_is_read_as_the_language_has_it(language, text, value):
    reading = read(text, format_of(language))
    assert reading.value == Decimal(value)
    assert reading.ambiguous


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.123", "0.123"),
        ("0,123", "0.123"),
        ("1234.567", "1234.567"),
        ("12,34", "12.34"),
        ("1,2345", "1.2345"),
        ("1 234.567", "1234.567"),
        (",123", "0.123"),
        ("1٬234", "1234"),
        ("1٫234", "1.234"),
    ],
)
def test_everything_else_is_read_alike_in_every_language(language, text, value):
    reading = read(text, format_of(language))
    assert reading.value == Decimal(value)
    assert not reading.ambiguous


@pytest.mark.parametrize(
    ("text", "value", "before", "after"),
    [
        ("5 m", "5", "", "m"),
        ("5m", "5", "", "m"),
        ("5.m", "5", "", "m"),
        ("5 m²", "5", "", "m²"),
        ("5 m/s", "5", "", "m/s"),
        ("5 /s", "5", "", "/s"),
        ("5 kg/100 g", "5", "", "kg/100 g"),
        ("5 %", "5", "", "%"),
        ("5°", "5", "", "°"),
        ("5'", "5", "", "'"),
        ("5 eV", "5", "", "eV"),
        ("5e3eV", "5000", "", "eV"),
        ("3x10^-8 m/s", "3e-8", "", "m/s"),
        ("٥ م", "5", "", "م"),
        ("1 000 m", "1000", "", "m"),
        ("5 x", "5", "", "x"),
        ("$5", "5", "$", ""),
        ("$ 1,000.50", "1000.50", "$", ""),
        ("$.50", "0.5", "$", ""),
        ("-$5", "-5", "$", ""),
        ("$-5", "-5", "$", ""),
        ("£1,234,567", "1234567", "£", ""),
        ("Rs.500", "500", "Rs.", ""),
        ("Rs. 500", "500", "Rs.", ""),
        ("v = 5 m/s", "5", "", "m/s"),
    ],
)
def test_the_text_beside_a_number_is_its_unit(text, value, before, after):
    reading = read(text)
    assert (reading.value, reading.before, reading.after) == (Decimal(value), before, after)
    assert reading.unit == before + after


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This is no number"),
        ("   ", "This is no number"),
        ("five", "This is no number"),
        ("m", "This is no number"),
        (".", "This is no number"),
        ("--5", "This is no number"),
        ("-$-5", "This is no number"),
        ("1/3", "A fraction is not read here"),
        ("1 1/2", "A fraction is not read here"),
        ("1⁄2", "A fraction is not read here"),
        ("½", "A fraction is not read here"),
        ("1½", "A fraction is not read here"),
        ("5-6", "“-6” after the number is no unit"),
        ("12:30", "“:30” after the number is no unit"),
        ("1.2×103", "“×103” after the number is no unit"),
        ("3 + 4", "“+ 4” after the number is no unit"),
        ("$5 USD", "on one side only"),
        ("about 5 m", "on one side only"),
        ("1 2", "do not part groups of three"),
        ("1,2,3", "do not part groups of three"),
        ("1.2.3", "do not part groups of three"),
        ("1,23.5", "do not part groups of three"),
        ("1 234,567.8", "do not part groups of three"),
        ("1234,567,890", "do not part groups of three"),
        ("1٫2٫3", "do not part groups of three"),
        ("1٫2,3", "do not part groups of three"),
        ("5e301", "too large or too small"),
        ("5e-301", "too large or too small"),
        ("5e" + "9" * 90, "too large or too small"),
        ("1" * 101, "longer than 100 characters"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(text, words):
    with pytest.raises(NumberRefused) as refused:
        read(text)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "least", "most", "decimals"),
    [
        ("12", 2, 2, 0),
        ("1200", 2, 4, 0),
        ("1200.", 2, 4, 0),
        ("1.200", 4, 4, 3),
        ("0.00120", 3, 3, 5),
        ("007", 1, 1, 0),
        ("1.20e5", 3, 3, 2),
        ("1,200.0", 5, 5, 1),
        ("0", 1, 1, 0),
        ("0.00", 1, 1, 2),
    ],
)
def test_the_figures_that_were_given_are_counted(text, least, most, decimals):
    reading = read(text)
    assert (reading.least_figures, reading.most_figures, reading.decimals) == (
        least,
        most,
        decimals,
    )
    assert [figures for figures in range(8) if reading.may_have_figures(figures)] == list(
        range(least, most + 1)
    )


numbers = st.builds(
    lambda digits, exponent, negative: (
        Decimal((int(negative and digits > 0), (0,), 0))
        if digits == 0
        else Decimal(f"{'-' if negative else ''}{digits}e{exponent}")
    ),
    st.integers(0, 10**30),
    st.integers(-200, 200),
    st.booleans(),
)


@given(numbers, st.sampled_from(LANGUAGES))
@example(Decimal("-12345.60"), "es")
@example(Decimal("123456"), "en")
@example(Decimal("1.234"), "de")
def test_what_is_written_in_a_language_is_read_back_in_it(value, language):
    form = format_of(language)
    assert read(write(value, form), form).value == value


@given(st.decimals(-(10**9), 10**9, places=3))
def test_decimals_that_are_written_are_counted_when_read(value):
    assert read(write(value)).decimals == 3


@given(
    st.text(max_size=120) | st.text("0123456789.,٫٬' -+eExX×*^/10⁵$m=\u00a0\u200e٣", max_size=30)
)
def test_any_text_is_read_or_refused(text):
    try:
        reading = read(text)
    except NumberRefused:
        return
    assert reading.value.is_finite()
    assert 1 <= reading.least_figures <= reading.most_figures
    assert not (reading.before and reading.after)
