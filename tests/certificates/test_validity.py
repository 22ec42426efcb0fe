"""How long certificates hold, when they can be renewed, when their holders are reminded."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import validity
from certificates.resources import Award, Certificate
from certificates.validity import Reminder

ISSUED = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
END = datetime(2028, 1, 31, 9, 30, tzinfo=UTC)
SNAPSHOT = {"kind": "achievement", "title": "Listening", "language": "en", "issuer": "Tutela"}


def award(**settings) -> Award:
    made = Award("a", subject="course/listening", kind="achievement", created=ISSUED)
    made.validity = ("months", 24)
    for name, value in settings.items():
        setattr(made, name, value)
    return made


def certificate(end: datetime | None = END, **became) -> Certificate:
    made = Certificate(
        "code", learner_id="l", award="a", snapshot=SNAPSHOT, issued=ISSUED, valid_until=end
    )
    for name, value in became.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("said", "end"),
    [
        (("forever",), None),
        (("until", "2027-12-31"), datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (("months", 1), datetime(2026, 2, 28, 9, 30, tzinfo=UTC)),
        (("months", 25), datetime(2028, 2, 29, 9, 30, tzinfo=UTC)),
        (("months", 3), datetime(2026, 4, 30, 9, 30, tzinfo=UTC)),
        (("months", 11), datetime(2026, 12, 31, 9, 30, tzinfo=UTC)),
    ],
)
def test_months_are_those_of_the_calendar_and_a_last_day_is_held_through(said, end):
    assert validity.valid_until(said, ISSUED) == end


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(-240, 240))
def test_so_many_months_later_is_the_same_day_or_the_last_of_its_month(day, months):
    moment = datetime.combine(day, time(9, 30, tzinfo=UTC))
    found = validity.months_later(moment, months)
    assert (found.year - moment.year) * 12 + found.month - moment.month == months
    assert found.day == moment.day or (found + timedelta(days=1)).month != found.month


@pytest.mark.parametrize(
    ("now", "since"),
    [
        (datetime(2027, 10, 31, 9, 29, tzinfo=UTC), None),
        (datetime(2027, 10, 31, 9, 30, tzinfo=UTC), datetime(2027, 10, 31, 9, 30, tzinfo=UTC)),
        (datetime(2029, 6, 1, tzinfo=UTC), datetime(2027, 10, 31, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_certificate_can_be_renewed_from_its_window_on_and_after_it_has_expired(now, since):
    assert validity.anew_since(certificate(), award(renewal=3), now) == since


@pytest.mark.parametrize(
    ("held", "settings"),
    [
        ({}, {"renewal": 0}),
        ({"end": None}, {}),
        ({"revoked": ISSUED}, {}),
        ({"suspended": ISSUED}, {}),
        ({}, {"retired": ISSUED}),
        ({}, {"validity": ("until", "2027-12-31")}),
    ],
)
def test_what_may_not_be_renewed_or_would_not_last_longer_is_not(held, settings):
    given_award = award(**{"renewal": 3, **settings})
    assert validity.anew_since(certificate(**held), given_award, END) is None


def test_what_is_valid_for_ever_now_outlasts_what_was_not():
    found = validity.anew_since(certificate(), award(renewal=3, validity=("forever",)), END)
    assert found == datetime(2027, 10, 31, 9, 30, tzinfo=UTC)


def test_a_window_longer_than_the_validity_opens_with_the_issue():
    assert validity.opens(certificate(), award(renewal=36)) == ISSUED


@pytest.mark.parametrize(
    ("before", "days"),
    [
        (timedelta(days=91), None),
        (timedelta(days=90), 90),
        (timedelta(days=30), 30),
        (timedelta(days=8), 30),
        (timedelta(seconds=1), 7),
        (timedelta(), None),
    ],
)
def test_a_reminder_is_due_from_its_day_until_the_end(before, days):
    found = validity.due(certificate(), award(renewal=2), END - before)
    opens = datetime(2027, 11, 30, 9, 30, tzinfo=UTC)
    assert found == (None if days is None else Reminder(days, END, opens))


@pytest.mark.parametrize("became", [{"revoked": ISSUED}, {"renewed_by": "x"}, {"end": None}])
def test_nobody_is_reminded_of_what_was_taken_back_or_followed(became):
    held, now = certificate(**became), END - timedelta(days=1)
    assert validity.due(held, award(), now) is None
