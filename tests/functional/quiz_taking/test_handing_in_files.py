"""Files that are handed in."""

import re

import pytest
from webtest import Upload
from ZODB.POSException import ConflictError

from assessments.views import attempting
from tests.functional.quiz_taking.pages import ESSAY


@pytest.fixture
def letter(taker):
    """An attempt in which a file was handed in."""
    learner = taker((ESSAY,))
    learner.start()
    learner.sheet["q1-text"] = "Rest."
    learner.sheet["q1-files"] = [Upload("diary <1>.txt", b"a walk", "text/plain")]
    learner.page = learner.press("save")
    return learner


def test_a_file_that_was_handed_in_can_be_saved_and_is_never_shown(letter):
    answer = letter.page.click("diary")
    assert answer.body == b"a walk"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_file_that_was_handed_in_is_kept_until_it_is_taken_out(letter):
    assert "diary" in letter.press("save")
    box = next(
        field for field in letter.sheet.fields["q1-files"] if field.attrs.get("type") == "checkbox"
    )
    box.checked = False
    assert "diary" not in letter.press("save")


def test_a_file_is_whole_when_the_request_met_another_one_and_was_done_again(taker, monkeypatch):
    learner = taker((ESSAY,))
    learner.start()
    learner.sheet["q1-files"] = [Upload("diary.txt", b"a walk", "text/plain")]
    close, met = attempting.close, []

    def meet_once(*what):
        if not met:
            met.append(True)
            raise ConflictError
        close(*what)

    monkeypatch.setattr(attempting, "close", meet_once)
    page = learner.press("save")
    assert page.click("diary").body == b"a walk"


def test_a_page_from_before_a_file_came_does_not_take_it_out(taker):
    learner = taker((ESSAY,))
    old = learner.look_at(learner.start())
    learner.sheet["q1-files"] = [Upload("diary.txt", b"a walk", "text/plain")]
    learner.press("save")
    old["q1-text"] = "Rest."
    old.submit("do", value="save", expect_errors=True)
    assert "diary.txt" in learner.look(1)


def test_a_file_of_another_type_is_refused_in_words_and_the_text_is_saved(taker):
    learner = taker((ESSAY,))
    learner.start()
    learner.sheet["q1-text"] = "Rest."
    learner.sheet["q1-files"] = [Upload("run.exe", b"MZ", "application/x-msdownload")]
    page = learner.sheet.submit("do", value="save")
    assert "A file of this type cannot be handed in here." in page
    assert page.forms["answers"]["q1-text"].value == "Rest."


def test_markers_can_save_what_was_handed_in_and_learners_cannot_by_that_address(site, letter):
    key = letter.page.html.find("a", string=re.compile("diary"))["href"].rpartition("/")[2]
    assert site.signed_in("author").get(f"{letter.path}handed-in/{key}").body == b"a walk"
    letter.browser.get(f"{letter.path}handed-in/{key}", status=403)
    site.signed_in("author").get(f"{letter.path}uploads/{key}", status=403)
    letter.browser.get(f"{letter.path}uploads/other", status=404)
