"""Questions in the language that they are read in."""

from dataclasses import replace
from decimal import Decimal

from assessments.questions.html import Html
from quizzes import Taker
from tests.assessments.examples import SHORT, SINGLE, TRUTH


def test_a_question_in_another_language_says_which_and_how_it_is_written(taker):
    arabic = replace(TRUTH, language="ar", body=Html("<p>أسأل ثانية؟</p>"))
    question = taker((arabic,)).start().html.find(id="q1")
    assert (question["lang"], question["dir"]) == ("ar", "rtl")


def reading(taker: Taker, language: str) -> Taker:
    """The same member, whose pages are in another language."""
    form = Taker.form(taker.browser.get("/language"), "/language")
    form.submit("language", value=language)
    return taker


def test_a_translated_question_says_the_language_that_it_is_read_in(taker):
    question = replace(TRUTH, language="en", translations={"ar": {"body": "<p>جملة</p>"}})
    taken = reading(taker((question,)), "ar")
    page = taken.start()

    def said(page):
        html = page.html
        asked = html.find(id="q1")
        return [asked.get("lang", html.html["lang"]), asked.get("dir", html.html["dir"])]

    assert "جملة" in page.text
    assert said(page) == ["ar", "rtl"]
    assert said(reading(taken, "en").look()) == ["ar", "rtl"]


def test_a_question_that_says_no_language_is_in_that_of_its_quiz(taker):
    page = reading(taker((TRUTH,)), "ar").start()

    asked, title = page.html.find(id="q1"), page.html.h1
    assert (asked["lang"], asked["dir"]) == ("en", "ltr")
    assert (title["lang"], title["dir"]) == ("en", "auto")


def test_an_answer_in_the_language_of_the_question_is_right_and_that_is_the_one_told(taker):
    question = replace(
        SHORT,
        language="en",
        translations={"ar": {"body": "ما المدينة؟", "answers/0/text": "إسطنبول"}},
    )
    learner = reading(taker((question,)), "ar")
    assert "إسطنبول" not in learner.start().text
    learner.sheet["q1-answer"] = "اسطنبول"
    page = learner.hand_in()
    assert page.html.find(id="q1").find(class_="verdict")["data-verdict"] == "wrong"
    assert "إسطنبول" in page.html.find(id="right1").text
    again = learner.start()
    assert "إسطنبول" not in again.text
    learner.sheet["q1-answer"] = "إِسطنبول"
    page = learner.hand_in()
    assert page.html.find(id="q1").find(class_="verdict")["data-verdict"] == "right"


def test_numbers_are_written_as_the_language_of_the_page_has_them(taker):
    learner = reading(taker((SINGLE, TRUTH), pass_percent=Decimal("62.5")), "fr")
    assert "62,5" in " ".join(learner.rules().values())
    learner.start()
    learner.answer(1, "The rules of the house")
    page = learner.hand_in()
    assert "0,5" in page
    assert "25 %" in page.text.replace("\N{NARROW NO-BREAK SPACE}", " ")
