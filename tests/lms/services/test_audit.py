from datetime import UTC, datetime, timedelta, timezone

import pytest

from lms.resources.audit import AuditTrail
from lms.services import audit

NOW = datetime(2027, 3, 31, 9, 0, tzinfo=UTC)


@pytest.fixture
def trail():
    return AuditTrail()


def record(trail, now=NOW, subject="first-steps", **details):
    return audit.record(
        trail, now=now, actor="a1", action="course changed", subject=subject, details=details
    )


def test_an_entry_says_who_did_what_to_what_and_when(trail):
    record(trail, published=True)
    assert audit.page(trail)[0] == [
        {
            "time": "2027-03-31T09:00:00.000000+00:00",
            "actor": "a1",
            "action": "course changed",
            "subject": "first-steps",
            "details": {"published": True},
        }
    ]


def test_times_are_kept_in_utc(trail):
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    entry = record(trail, NOW.astimezone(kathmandu))
    assert entry["time"].startswith("2027-03-31T09:00:00")


def test_the_callers_details_can_change_without_changing_the_entry(trail):
    details = {"rows": 1}
    audit.record(trail, now=NOW, actor="a", action="b", subject="c", details=details)
    details["rows"] = 2
    assert audit.page(trail)[0][0]["details"] == {"rows": 1}


def test_pages_follow_each_other_without_a_gap(trail):
    for number in range(23):
        record(trail, NOW + timedelta(days=9 * number), subject=str(number))
    seen, before = [], None
    while True:
        entries, before = audit.page(trail, before=before, size=10)
        seen += [entry["subject"] for entry in entries]
        if before is None:
            break
    assert seen == [str(number) for number in reversed(range(23))]


@pytest.mark.parametrize("before", ["", "\0", "x", "2027-03", "9999/00000000"])
def test_a_position_that_was_made_up_is_the_newest_page(trail, before):
    record(trail)
    assert len(audit.page(trail, before=before)[0]) == 1
