"""Exceptions of a quiz for single learners and centres."""

from datetime import timedelta

import pytest

from assessments.attempts.timing import left
from assessments.quizzes.exceptions import override_of
from assessments.quizzes.plan import Settings, to_plain
from lms.services import audit
from tests.functional.quiz_authoring.pages import (
    begin,
    form_with,
    form_with_button,
    messages,
    press,
    stored,
)


@pytest.fixture
def ana(site):
    """A learner of a centre; her id."""
    with site.write() as root:
        found = root["site"]
        person = site.add_person(found, "ana", "member")
        person.centre = "Tbilisi"
        found.quizzes["quiz"].settings = to_plain(Settings(seconds=1800))
        return person.learner_id


def go_on(page, **typed):
    ((name, text),) = typed.items()
    form = form_with(page, name)
    form[name] = text
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def test_an_exception_is_told_before_it_is_kept_and_reaches_the_open_attempt(
    site, author, quiz, ana
):
    begin(site, ana)
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ANA")
    shown = press(page, "look", factor="1.5", reason="reads by ear")
    before = stored(site, lambda found: override_of(found, ana))

    after = press(shown, "save")

    said = shown.html.select_one("#effect").get_text(" ", strip=True)
    assert "What is different for Ana:" in said
    assert "Time for an attempt: 45 minutes instead of 30 minutes." in said
    assert "1 attempt is open now. It gets this at once." in said
    assert before is None
    assert "The exception for Ana is saved." in messages(after)
    with site.write() as root:
        (attempt,) = root["site"].quizzes["quiz"].attempts.values()
        assert left(attempt, attempt.started + timedelta(minutes=31)) == 14 * 60


def test_an_exception_for_a_centre_is_chosen_from_the_centres_that_there_are(
    site, author, quiz, ana
):
    page = author.get(f"{quiz}/exceptions")
    assert [each.string for each in page.html.select("#group option")] == ["Tbilisi"]

    shown = press(go_on(page, group="centre:Tbilisi"), "look", extra="10", reason="slow line")
    listed = press(shown, "save")

    assert "Exception for Tbilisi" in shown
    assert "It holds for everybody in this group" in shown
    row = listed.html.select_one("tbody tr").get_text(" ", strip=True)
    assert "Tbilisi" in row
    assert "+ 10 min" in row
    assert "slow line" in row


def test_every_part_of_an_exception_is_listed(site, author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")

    shown = press(
        page,
        "look",
        factor="2",
        opens="2027-03-01T09:00",
        closes="2027-03-05T17:00",
        attempts="0",
        reason="was away",
    )
    listed = press(shown, "save")

    row = listed.html.select_one("tbody tr").get_text(" ", strip=True)
    for said in ("× 2", "2027-03-01 09:00 UTC", "2027-03-05 17:00 UTC", "as many as they like"):
        assert said in row


def test_a_username_that_nobody_has_is_told(author, quiz):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="nobody")

    assert page.status_int == 400
    assert page.html.select_one("#learner")["value"] == "nobody"
    assert "Nobody has this username" in page


def test_an_exception_that_cannot_be_so_comes_back_with_the_reason(site, author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")

    refused = press(page, "look", factor="1.5", reason="")

    assert refused.status_int == 400
    assert refused.html.select_one(".errors a")["href"] == "#reason"
    assert refused.html.select_one("#factor")["value"] == "1.5"
    assert stored(site, lambda found: len(found.overrides)) == 0


def test_an_exception_without_a_difference_says_so(author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")

    shown = press(page, "look", factor="1", reason="asked for")

    assert "For Ana nothing is different from now." in messages(shown)


def test_an_exception_is_taken_back_on_a_page_of_its_own(site, author, quiz, ana):
    shown = press(
        go_on(author.get(f"{quiz}/exceptions"), learner="ana"), "look", factor="2", reason="x"
    )
    page = press(shown, "save").click("Ana").click("Take this exception back")

    after = form_with_button(page, "Take it back").submit().follow()

    assert "Time for an attempt: 30 minutes instead of 60 minutes." in messages(page)
    assert "There is no exception for Ana any more." in messages(after)
    assert stored(site, lambda found: len(found.overrides)) == 0
    again = author.get(f"{quiz}/exception-remove?who={ana}").follow()
    assert again.request.path.endswith("/exceptions")


def test_exceptions_are_noted_in_the_audit_trail(site, author, quiz, ana):
    page = go_on(author.get(f"{quiz}/exceptions"), learner="ana")
    page = press(press(page, "look", extra="5", reason="slow line"), "save")
    page = page.click("Ana").click("Take this exception back")
    button = form_with_button(page, "Take it back")
    button.submit()
    button.submit()

    with site.write() as root:
        entries, _further = audit.page(root["site"].audit)
    noted = [entry for entry in entries if entry["action"] == "quiz exception"]
    assert {entry["subject"] for entry in noted} == {"quiz"}
    assert [entry["details"] for entry in noted] == [
        {"for": ana, "exception": None},
        {"for": ana, "exception": {"extra": 300, "reason": "slow line"}},
    ]


@pytest.mark.parametrize("query", ["", "?who=", f"?who={'x' * 301}"])
def test_an_exception_for_nobody_is_not_found(author, quiz, query):
    assert author.get(f"{quiz}/exception{query}", status=404)
