"""What the answers say of the questions, and of nobody."""

from random import Random

from assessments.attempts.finish import finish
from assessments.attempts.start import start
from assessments.questions.description import DescriptionQuestion
from assessments.questions.html import Html
from assessments.quizzes.plan import Settings, to_plain
from quizzes import add_quiz
from sites import NOW
from tests.assessments.attempts.making import say, single
from tests.functional.quiz_results.pages import LATER, member_id, said, table_of


def test_statistics_tell_of_questions_and_of_nobody(site, author, make, takes):
    make(single("one"), single("two"))
    takes(member_id(site), "right", "right")
    for number in range(9):
        takes(f"l-{number}", "right" if number < 5 else "wrong", "wrong")

    page = author.get("/quizzes/quiz/statistics")

    assert "from 10 attempts that are wholly marked" in said(page)
    assert "Of each person the best attempt is counted" in said(page)
    assert "Member" not in page.html.find("main").get_text()
    assert "l-1" not in page.html.find("main").get_text()
    row = page.html.select_one("#place1 tbody tr")
    assert row.select('[data-label="Facility index (%)"]')[0].get_text() == "60"
    assert page.html.select("#place1 svg")
    assert "Nobody chooses “The half”." in said(page)


def test_fewer_than_five_people_are_told_nothing_of(author, make, takes):
    make(single())
    for number in range(4):
        takes(f"l-{number}", "right")
    page = author.get("/quizzes/quiz/statistics")
    assert "Fewer than five people" in said(page)
    assert not page.html.select("main svg")
    for name in ("quiz", "questions", "answers"):
        table = table_of(author.get(f"/quizzes/quiz/statistics.csv?table={name}"))
        assert "100" not in str(table)


def test_a_quiz_without_attempts_says_what_the_page_is_for(author, make):
    make(single())
    assert "Here you find what the answers say" in said(author.get("/quizzes/quiz/statistics"))
    assert "as soon as the first one begins" in said(author.get("/quizzes/quiz/results"))
    assert "Nothing waits now." in said(author.get("/quizzes/quiz/marking"))


def test_a_quiz_of_texts_to_read_has_figures_of_nothing(author, make, takes):
    make(DescriptionQuestion(name="Read", body=Html("<p>Read this.</p>")))
    for number in range(6):
        takes(f"l-{number}")
    assert "6" in said(author.get("/quizzes/quiz/statistics"))
    assert author.get("/quizzes/quiz/statistics.csv?table=quiz").status_int == 200


def test_practice_makes_no_statistics(author, make, takes):
    make(single(), practice=True)
    for number in range(6):
        takes(f"l-{number}", "right")
    assert "for practice" in said(author.get("/quizzes/quiz/statistics"))


def test_tables_for_a_spreadsheet_print_when_they_were_made(author, make, takes):
    make(single(), certainty=True)
    for number in range(6):
        takes(f"l-{number}", "right")
    for name in ("quiz", "questions", "answers", "certainty"):
        table = table_of(author.get(f"/quizzes/quiz/statistics.csv?table={name}"))
        assert table[-2][0] == "Worked out (UTC)"
        assert table[-1] == ["Attempts", "6"]
    assert "Answers by certainty" in said(author.get("/quizzes/quiz/statistics"))
    author.get("/quizzes/quiz/statistics.csv?table=gain", status=404)


def test_a_question_that_is_marked_the_wrong_way_round_is_pointed_out(author, make, takes):
    make(single("one"), single("two"), single("three"))
    for number in range(6):
        takes(f"good-{number}", "wrong", "right", "right")
        takes(f"bad-{number}", "right", "wrong", "wrong")
    page = author.get("/quizzes/quiz/statistics")
    assert "Look at this question’s key" in page.html.select_one("#place1").get_text()
    assert "Is it right after all?" in page.html.select_one("#place1").get_text()
    assert "Look at this question’s key" not in page.html.select_one("#place2").get_text()


def test_what_people_gained_since_the_pre_test_is_told(site, author, make, takes):
    make(single("one"))
    for number in range(6):
        takes(f"l-{number}", "wrong")
    with site.write() as root:
        before = root["site"].quizzes["quiz"]
        after = add_quiz(
            root["site"], [single("other")], Settings(pre_test="quiz"), key="after", title="After"
        )
        after.sections = before.sections
        after.settings = to_plain(Settings(pre_test="quiz"))
        for number in range(6):
            attempt = start(root["site"].bank, after, f"l-{number}", (), NOW, random=Random(number))
            say(attempt, 0, "right")
            finish(attempt, now=LATER)
    page = author.get("/quizzes/after/statistics")
    assert "What people gained" in said(page)
    table = table_of(author.get("/quizzes/after/statistics.csv?table=gain"))
    assert table[1][2:6] == ["6", "0.0", "100.0", "100.0"]
