"""Awards: making and changing them, and how they are found."""

import secrets
from datetime import UTC, datetime

import pytest

from certificates import awarding
from certificates.awarding import AwardRefused
from certificates.resources import Awards

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def awards():
    return Awards()


def make(awards, subject="course/listening"):
    return awarding.create(
        awards, subject=subject, title="Listening", now=NOW, random=secrets.token_bytes
    )


def test_a_new_award_is_an_achievement_for_completing_its_subject(awards):
    made = make(awards)
    assert (made.kind, made.rule, made.validity) == ("achievement", (("completed",),), ("forever",))
    assert awards.of_subject("course/listening") == [made]
    assert awards.of_subject("course/listen") == []
    assert made.__name__ in awards
    assert awards[made.__name__] is made


def test_a_path_is_its_own_subject_and_is_found_by_its_courses(awards):
    made = make(awards, "")
    assert made.subject == f"path/{made.__name__}"
    awarding.change(made, {"rule": (("courses", ("a", "b")),)})
    awarding.change(made, {"rule": (("courses", ("b", "c")),)})
    assert [awards.naming(slug) for slug in "abc"] == [[], [made], [made]]


def test_changes_are_counted_and_no_change_is_none(awards):
    made = make(awards)
    assert awarding.change(made, {"title": "Hearing", "hours": "1.5"})
    assert not awarding.change(made, {"title": "Hearing"})
    assert (made.version, made.title, made.hours) == (2, "Hearing", "1.5")


@pytest.mark.parametrize(
    "settings",
    [
        {"kind": "prize"},
        {"rule": ()},
        {"hours": "many"},
        {"validity": ("months", 0)},
        {"validity": ("months", 121)},
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(awards, settings):
    made = make(awards)
    before = awarding.settings_of(made)
    with pytest.raises(AwardRefused):
        awarding.change(made, {"title": "Other", **settings})
    assert awarding.settings_of(made) == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,50", "1.5"), (" 10 ", "10"), ("0.25", "0.25"), ("0", None), ("-1", None), ("1000", None),
     ("1.555", None), ("", None), ("٣", None)],
)  # fmt: skip
def test_hours_are_kept_as_decimal_text(typed, kept):
    assert awarding.hours_of(typed) == kept


def test_a_retired_award_keeps_its_day_and_is_taken_up_again(awards):
    made = make(awards)
    awarding.retire(made, NOW)
    awarding.retire(made, datetime(2027, 1, 1, tzinfo=UTC))
    assert made.retired == NOW
    awarding.restore(made)
    assert made.retired is None
