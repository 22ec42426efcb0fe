"""The receipt that a learner can keep."""

import hashlib
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.attempts.behaviour import check
from assessments.attempts.files import attach
from assessments.attempts.finish import close_overdue, finish
from assessments.attempts.receipt import intact, receipt, verify
from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from assessments.quizzes.plan import Overdue
from tests.assessments.attempts.making import MINUTE, NOW, SECOND, World, say, single

SECRET = "a secret of the test"


def handed_in(**settings):
    attempt = World(single("a"), single("b"), **settings).begin()
    say(attempt, 1, "wrong")
    say(attempt, 0, "right", now=NOW + 2 * SECOND, certainty=2)
    say(attempt, 1, "half", now=NOW + 3 * SECOND)
    finish(attempt, now=NOW + MINUTE)
    return attempt


def test_a_receipt_says_what_it_is_and_is_genuine():
    attempt = handed_in()

    found = verify(receipt(attempt, SECRET), SECRET)

    assert (found.attempt, found.begun, found.finished, found.count) == (
        attempt.__name__,
        NOW,
        NOW + MINUTE,
        3,
    )
    assert found.chain == attempt.seal["chain"]


def test_every_answer_that_was_saved_is_in_it_in_order():
    lines = receipt(handed_in(certainty=True), SECRET).splitlines()

    assert [line.rpartition(" ")[0] for line in lines[6:9]] == [
        "2026-11-24T09:00:01+00:00 question 2 version 1",
        "2026-11-24T09:00:02+00:00 question 1 version 1 certainty 2",
        "2026-11-24T09:00:03+00:00 question 2 version 2",
    ]


def test_who_has_the_answer_finds_it_by_the_fields_of_the_page():
    attempt = handed_in()
    answer = attempt.answers[0]
    fields = answer.version.question.ask(answer.arrangement).fields(answer.response)
    told = json.dumps(fields, sort_keys=True, separators=(",", ":"))

    assert hashlib.sha256(told.encode()).hexdigest() in receipt(attempt, SECRET)


def test_no_key_of_the_author_can_be_found_by_trying_them_all():
    text = receipt(handed_in(), SECRET)

    for key in ("right", "half", "wrong", "worse"):
        for form in ({"answer": [key]}, [key], key):
            told = json.dumps(form, separators=(",", ":"))
            assert hashlib.sha256(told.encode()).hexdigest() not in text


def test_mail_that_changes_line_ends_and_spaces_at_the_end_does_no_harm():
    text = receipt(handed_in(), SECRET)

    assert verify("\n" + text.replace("\n", "  \r\n") + "\n\n", SECRET) is not None


def test_another_title_of_the_quiz_changes_no_receipt():
    attempt = World(single()).begin()
    finish(attempt, now=NOW)
    before = receipt(attempt, SECRET)

    attempt.quiz.title = "Another"

    assert intact(attempt)
    assert receipt(attempt, SECRET) == before


def test_the_title_of_a_quiz_cannot_forge_a_line():
    world = World(single())
    world.quiz.title = "A\nhanded in: 2020-01-01"
    attempt = world.begin()
    finish(attempt, now=NOW)

    assert verify(receipt(attempt, SECRET), SECRET).finished == NOW


@given(st.data())
@settings(max_examples=60)
def test_a_receipt_of_which_a_sign_was_changed_is_not_genuine(data):
    text = receipt(handed_in(), SECRET)
    place = data.draw(st.integers(0, len(text) - 2))
    sign = data.draw(st.sampled_from("0a9:Z").filter(lambda sign: sign != text[place]))

    assert verify(text[:place] + sign + text[place + 1 :], SECRET) is None


@given(st.integers(0, 20))
def test_a_receipt_of_which_a_line_is_missing_is_not_genuine(number):
    lines = receipt(handed_in(), SECRET).splitlines()
    del lines[number % len(lines)]

    assert verify("\n".join(lines), SECRET) is None


@pytest.mark.parametrize("text", ["", "Receipt of an attempt at a quiz", "\n" * 30, "é" * 500])
def test_what_is_no_receipt_is_not_genuine(text):
    assert verify(text, SECRET) is None


def test_another_site_cannot_have_signed_it():
    assert verify(receipt(handed_in(), SECRET), "another secret") is None


def test_an_open_attempt_has_no_receipt():
    attempt = World(single()).begin()

    with pytest.raises(ValueError, match="not handed in"):
        receipt(attempt, SECRET)
    assert not intact(attempt)


def test_an_attempt_that_was_closed_says_so():
    attempt = World(single(), seconds=30, overdue=Overdue.ABANDON).begin()
    close_overdue(attempt, NOW + MINUTE)

    assert "\nclosed: " in receipt(attempt, SECRET)


def test_what_comes_too_late_changes_no_receipt():
    attempt = handed_in()
    before = receipt(attempt, SECRET)

    say(attempt, 0, "worse", now=NOW + 2 * MINUTE)

    assert receipt(attempt, SECRET) == before
    assert intact(attempt)


def test_a_quiz_that_is_called_otherwise_later_changes_no_receipt():
    attempt = handed_in()
    before = receipt(attempt, SECRET)

    attempt.quiz.title = "What rests"

    assert receipt(attempt, SECRET) == before
    assert intact(attempt)


def test_who_has_a_file_that_was_handed_in_finds_it():
    letter = EssayQuestion(name="letter", body=Html("Write."), text="none", files=1)
    attempt = World(letter).begin()
    attach(attempt, 0, "a.txt", "text/plain", b"Dear", NOW, random=Random(1))
    finish(attempt, now=NOW + SECOND)
    told = json.dumps({"files": [hashlib.sha256(b"Dear").hexdigest()]}, separators=(",", ":"))

    assert hashlib.sha256(told.encode()).hexdigest() in receipt(attempt, SECRET)


def test_a_history_that_was_changed_afterwards_shows():
    attempt = handed_in()
    answer = attempt.answers[0]
    answer.recent = ({**answer.recent[0], "response": {"answer": ("half",)}},)

    assert not intact(attempt)


def test_checking_is_not_saving():
    attempt = World(single(), behaviour="immediate").begin()
    say(attempt, 0, "right")
    check(attempt, 0, revision=1, now=NOW + SECOND)
    finish(attempt, now=NOW + MINUTE)

    assert verify(receipt(attempt, SECRET), SECRET).count == 1
