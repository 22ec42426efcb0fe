import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.cmi.time import LONGEST, format_12, format_2004, parse_12, parse_2004


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("PT1H2M3S", 372_300),
        ("PT0.5S", 50),
        ("PT0.05S", 5),
        ("PT01H059M020S", 716_000),
        ("P1Y", 3_153_600_000),
        ("P1M", 262_802_900),
        ("P1D", 8_640_000),
        ("P1Y6M014DT4H15M6.34S", 3_153_600_000 + 6 * 262_802_900 + 14 * 8_640_000 + 1_530_634),
    ],
)
def test_a_2004_duration_is_read_in_hundredths_of_a_second(text, total):
    assert parse_2004(text) == total


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "1H", "PT1.123S", "PT1.5M", "P1W", "PT1S\n", "-PT1S", "PT٣S"]
)
def test_what_is_no_2004_duration_is_refused(text):
    with pytest.raises(ValueError, match="is no duration"):
        parse_2004(text)


@pytest.mark.parametrize(
    "text", [f"PT{'9' * 5000}S", f"P{'9' * 15}Y", f"PT{'0' * 5000}9{'0' * 99}H"]
)
def test_a_duration_beyond_all_sense_counts_as_the_longest(text):
    assert parse_2004(text) == LONGEST


@pytest.mark.parametrize(
    ("text", "total"),
    [("00:00:10", 1000), ("0001:02:03.5", 372_350), ("30:99:40", 11_398_000), ("", 0)],
)
def test_a_12_time_span_is_read_in_hundredths_of_a_second(text, total):
    assert parse_12(text) == total


@pytest.mark.parametrize("text", ["1:00:00", "3330:30:1.34", "33330:30:40", "00:00", "PT1S"])
def test_what_is_no_12_time_span_is_refused(text):
    with pytest.raises(ValueError, match="is no time span"):
        parse_12(text)


@pytest.mark.parametrize(
    ("total", "text"),
    [(0, "PT0S"), (372_300, "PT1H2M3S"), (50, "PT0.50S"), (360_000, "PT1H"), (6005, "PT1M0.05S")],
)
def test_a_duration_is_written_as_2004_has_it(total, text):
    assert format_2004(total) == text


def test_a_duration_is_written_as_12_has_it():
    assert format_12(372_300) == "0001:02:03.00"


def test_adl_s_sessions_add_up():
    assert format_12(parse_12("03:01:39.52") + parse_12("00:12:48.22")) == "0003:14:27.74"
    assert parse_2004("PT01H059M020S") + parse_2004("PT1M") == parse_2004("PT2H20S")
    assert parse_2004("PT1H0.15S") + parse_2004("PT23H0.4S") == parse_2004("P1DT0.55S")


@given(st.integers(0, LONGEST))
def test_what_is_written_is_read_back_in_2004(total):
    assert parse_2004(format_2004(total)) == total


@given(st.integers(0, LONGEST))
def test_what_is_written_is_read_back_in_12_up_to_9999_hours(total):
    assert parse_12(format_12(total)) == min(total, 3_599_999_999)
