"""What a built page does in a browser, and that what it reports is right by the data models."""

import re

import pytest

from lms.authoring import build
from scorm.cmi import DataModel

pytestmark = pytest.mark.browser

STANDARDS = ["2004", "1.2"]
STATUS = {"2004": "cmi.completion_status", "1.2": "cmi.core.lesson_status"}
LOCATION = {"2004": "cmi.location", "1.2": "cmi.core.lesson_location"}
SCORE = {"2004": "cmi.score.", "1.2": "cmi.core.score."}


@pytest.fixture
def open_site(course, tmp_path, learning_site):
    def of(standard, **options):
        return learning_site(build(course, tmp_path / "x.zip", standard).file, **options)

    return of


def interactions(values):
    """The values of the recorded interactions, by number and name."""
    found = {}
    for name, value in values.items():
        if match := re.fullmatch(r"cmi\.interactions\.(\d+)\.(.+)", name):
            found.setdefault(int(match[1]), {})[match[2]] = value
    return [found[number] for number in sorted(found)]


def refusals(standard, calls):
    """Each set that the data model refuses, with its error code."""
    model = DataModel(standard, {})
    codes = [(call[1], call[2], model.set(*call[1:])) for call in calls if call[0] == "set"]
    return [refused for refused in codes if refused[2] != 0]


def answer_quiz(frame, first, second):
    frame.get_by_role("group", name="One and one?").get_by_label(first).check()
    for label in second:
        frame.get_by_role("group", name="Which are even?").get_by_label(label, exact=True).check()
    frame.get_by_role("button", name="Hand in").click()


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_part_is_completed_by_its_button_and_not_before(open_site, standard):
    site = open_site(standard)
    frame = site.open("part-1.html")
    assert site.values()[STATUS[standard]] == "incomplete"
    frame.get_by_role("button", name="Mark as done").click()
    assert site.values()[STATUS[standard]] == "completed"
    assert site.calls()[-1] == ["commit"]
    assert frame.get_by_text("This part is marked as done.").is_visible()


def test_progress_stays_whole_once_the_part_is_done(open_site):
    site = open_site("2004")
    site.open("part-1.html").get_by_role("button", name="Mark as done").click()
    site.wait_for("cmi.location", "h1")
    assert site.values()["cmi.progress_measure"] == "1"


@pytest.mark.parametrize("standard", STANDARDS)
def test_everything_a_part_reports_is_accepted_by_the_data_model(open_site, standard):
    site = open_site(standard)
    frame = site.open("part-1.html")
    site.wait_for(LOCATION[standard], "h1")
    frame.get_by_label("False").check()
    frame.get_by_role("button", name="Check").click()
    frame.get_by_role("button", name="Mark as done").click()
    assert refusals(standard, site.leave()) == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_everything_a_quiz_reports_is_accepted_by_the_data_model(open_site, standard):
    site = open_site(standard)
    answer_quiz(site.open("quiz.html"), "2", ["2", "4"])
    assert refusals(standard, site.leave()) == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_check_says_what_is_so_and_is_reported(open_site, standard):
    site = open_site(standard)
    frame = site.open("part-1.html")
    frame.get_by_role("button", name="Check").click()
    assert frame.get_by_text("Choose an answer first.").is_visible()
    frame.get_by_label("False").check()
    frame.get_by_role("button", name="Check").click()
    feedback = frame.locator(".feedback").inner_text().split("\n")
    assert [line for line in feedback if line] == ["✗ Not right", "Look up.", "It scatters light."]
    (record,) = interactions(site.values())
    expected = {
        "2004": {
            "learner_response": "false",
            "result": "incorrect",
            "correct_responses.0.pattern": "true",
            "description": "{lang=en}Is the sky blue?",
        },
        "1.2": {"student_response": "f", "result": "wrong", "correct_responses.0.pattern": "t"},
    }[standard]
    name = {"2004": "p1-sky", "1.2": "p1-sky-is-the-sky-blue"}[standard]
    assert (record["id"], record["type"]) == (name, "true-false")
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_passed_quiz_reports_score_status_and_every_answer(open_site, standard):
    site = open_site(standard)
    frame = site.open("quiz.html")
    answer_quiz(frame, "2", ["2", "4"])
    values = site.values()
    score = {name: values[SCORE[standard] + name] for name in ("raw", "min", "max")}
    assert score == {"raw": "100", "min": "0", "max": "100"}
    if standard == "2004":
        assert (values["cmi.score.scaled"], values["cmi.success_status"]) == ("1", "passed")
        assert values["cmi.completion_status"] == "completed"
    else:
        assert values["cmi.core.lesson_status"] == "passed"
    response = "learner_response" if standard == "2004" else "student_response"
    names = {
        "2004": ["quiz-first", "quiz-second"],
        "1.2": ["quiz-first-one-and-one", "quiz-second-which-are-even"],
    }[standard]
    assert [(each["id"], each[response], each["result"]) for each in interactions(values)] == [
        (names[0], "a", "correct"),
        (names[1], "a[,]b" if standard == "2004" else "a,b", "correct"),
    ]
    assert frame.get_by_text("2 of 2 right: 100 %.").is_visible()
    assert frame.locator("#result-heading").evaluate("e => e === document.activeElement")


def test_half_right_in_a_choice_of_several_is_not_right_and_says_what_is_missing(open_site):
    frame = open_site("2004").open("quiz.html")
    answer_quiz(frame, "2", ["2"])
    assert frame.get_by_text("A right answer is still missing.").is_visible()
    assert frame.get_by_text("1 of 2 right: 50 %.").is_visible()


@pytest.mark.parametrize("standard", STANDARDS)
def test_trying_again_cannot_lose_a_better_result(open_site, standard):
    site = open_site(standard)
    frame = site.open("quiz.html")
    answer_quiz(frame, "2", ["2", "4"])
    frame.get_by_role("button", name="Try again").click()
    answer_quiz(frame, "3", ["5"])
    assert site.values()[SCORE[standard] + "raw"] == "100"
    assert frame.get_by_text("Your best result so far: 100 %.").is_visible()
    assert len(interactions(site.values())) == 4


def test_a_quiz_that_is_not_passed_says_so_and_is_completed(open_site):
    site = open_site("2004")
    answer_quiz(site.open("quiz.html"), "3", ["5"])
    values = site.values()
    assert (values["cmi.success_status"], values["cmi.score.scaled"]) == ("failed", "0")
    assert values["cmi.completion_status"] == "completed"


def test_open_questions_are_pointed_out_and_nothing_is_marked(open_site):
    site = open_site("2004")
    frame = site.open("quiz.html")
    frame.get_by_role("button", name="Hand in").click()
    frame.get_by_role("link", name="Question 2").click()
    second = frame.get_by_role("group", name="Which are even?")
    assert second.get_by_label("2").evaluate("e => e === document.activeElement")
    assert "cmi.score.raw" not in site.values()


@pytest.mark.parametrize("standard", STANDARDS)
def test_answers_given_before_leaving_are_there_on_return(open_site, standard):
    site = open_site(standard)
    frame = site.open("quiz.html")
    frame.get_by_label("3", exact=True).check()
    site.leave()
    frame = site.open("quiz.html")
    assert frame.get_by_label("3", exact=True).is_checked()
    assert frame.get_by_role("button", name="Hand in").is_visible()


def test_a_result_is_there_on_return(open_site):
    site = open_site("2004")
    answer_quiz(site.open("quiz.html"), "2", ["2", "4"])
    site.leave()
    frame = site.open("quiz.html")
    assert frame.get_by_text("2 of 2 right: 100 %.").is_visible()
    assert [call[0] for call in site.calls() if call[0] != "commit"] == ["initialize"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_reader_comes_back_to_the_heading_they_had_reached(open_site, standard, course):
    long = "\n\n".join(f"Paragraph {number}." for number in range(80))
    part = course / "01-first.md"
    part.write_text(part.read_text() + f"\n{long}\n\n## Far\n\n{long}\n")
    site = open_site(standard, viewport={"width": 360, "height": 640})
    frame = site.open("part-1.html")
    site.wait_for(LOCATION[standard], "h1")
    frame.get_by_role("heading", name="Far").scroll_into_view_if_needed()
    site.wait_for(LOCATION[standard], "h2")
    site.leave()
    frame = site.open("part-1.html")
    assert frame.get_by_text("You are back where you stopped.").is_visible()
    assert frame.get_by_role("heading", name="Far").evaluate("e => e === document.activeElement")


@pytest.mark.parametrize("standard", STANDARDS)
def test_leaving_early_suspends_with_the_time_spent(open_site, standard):
    site = open_site(standard)
    site.open("part-1.html")
    calls = site.leave()
    values = site.values()
    assert calls[-1] == ["terminate"]
    assert values["cmi.exit" if standard == "2004" else "cmi.core.exit"] == "suspend"
    time = values["cmi.session_time" if standard == "2004" else "cmi.core.session_time"]
    assert re.fullmatch(r"PT0H0M\d+S" if standard == "2004" else r"00:00:\d\d", time)


@pytest.mark.parametrize(("standard", "way_out"), [("2004", "suspend"), ("1.2", "")])
def test_a_part_that_is_done_stays_done_when_it_is_opened_again(open_site, standard, way_out):
    site = open_site(standard)
    site.open("part-1.html").get_by_role("button", name="Mark as done").click()
    site.leave()
    assert site.values()["cmi.exit" if standard == "2004" else "cmi.core.exit"] == way_out
    frame = site.open("part-1.html")
    assert frame.get_by_text("This part is marked as done.").is_visible()
    assert site.values()[STATUS[standard]] == "completed"


def test_the_next_part_is_asked_for_when_the_site_allows_it(open_site):
    site = open_site("2004")
    frame = site.open("part-1.html", "?continue=true")
    frame.get_by_role("button", name="Mark as done").click()
    frame.get_by_role("button", name="Go to the next part").click()
    assert ["set", "adl.nav.request", "continue"] in site.calls()
    assert site.calls()[-1] == ["terminate"]


def test_there_is_no_next_part_where_the_site_does_not_allow_it(open_site):
    frame = open_site("2004").open("part-1.html")
    frame.get_by_role("button", name="Mark as done").click()
    assert not frame.get_by_role("button", name="Go to the next part").is_visible()


def test_a_part_with_a_content_note_can_be_done_unread(open_site):
    site = open_site("2004")
    frame = site.open("part-2.html")
    assert not frame.get_by_text("A word.").is_visible()
    frame.get_by_role("button", name="Mark as done").click()
    assert site.values()["cmi.completion_status"] == "completed"


def test_a_text_once_shown_is_shown_on_return(open_site):
    site = open_site("2004")
    frame = site.open("part-2.html")
    frame.get_by_text("Show the text of this part").click()
    site.page.wait_for_function("(stored['cmi.suspend_data'] || '').includes('s;')")
    site.leave()
    assert site.open("part-2.html").get_by_text("A word.").is_visible()


@pytest.mark.parametrize("standard", STANDARDS)
def test_in_review_nothing_is_recorded(open_site, standard):
    site = open_site(standard)
    mode = "cmi.mode" if standard == "2004" else "cmi.core.lesson_mode"
    site.page.goto("http://course.test/")
    site.page.evaluate(
        "mode => sessionStorage.setItem('stored', JSON.stringify({[mode]: 'review'}))", mode
    )
    frame = site.open("part-1.html")
    frame.get_by_label("True").check()
    frame.get_by_role("button", name="Check").click()
    assert not frame.get_by_role("button", name="Mark as done").is_visible()
    assert [call[0] for call in site.leave()] == ["initialize", "terminate"]


def test_a_value_the_site_refuses_is_told(open_site):
    site = open_site("2004")
    frame = site.open("part-1.html")
    site.page.evaluate("window.refusing = 'cmi.suspend_data'")
    frame.get_by_label("True").check()
    assert frame.get_by_text("This could not be saved just now.").is_visible()
    site.page.evaluate("window.refusing = null")
    frame.get_by_label("False").check()
    assert not frame.get_by_text("This could not be saved just now.").is_visible()


def test_stored_data_that_was_cut_short_does_no_harm(open_site):
    site = open_site("1.2")
    site.page.goto("http://course.test/")
    site.page.evaluate(
        '() => sessionStorage.setItem(\'stored\', \'{"cmi.suspend_data": "{\\\\"answ"}\')'
    )
    assert site.open("part-1.html").get_by_role("button", name="Mark as done").is_visible()


def test_without_a_learning_site_the_page_reads_and_leads_on(open_site):
    site = open_site("2004")
    page = site.page
    page.goto("http://course.test/part-1.html")
    assert page.get_by_text("This page is open outside a learning site").is_visible()
    page.get_by_label("True").check()
    page.get_by_role("button", name="Check").click()
    assert page.get_by_text("It scatters light.").last.is_visible()
    page.get_by_role("navigation", name="Parts of this course").get_by_text("The quiz").click()
    answer_quiz(page, "2", ["2", "4"])
    assert page.get_by_text("2 of 2 right: 100 %.").is_visible()


def test_without_script_text_questions_and_answers_can_be_read(open_site):
    page = open_site("2004", java_script_enabled=False).page
    page.goto("http://course.test/part-1.html")
    page.get_by_text("Answers").click()
    assert page.get_by_text("It scatters light.").is_visible()
    assert not page.get_by_role("button", name="Check").is_visible()


@pytest.mark.parametrize("path", ["part-1.html", "part-2.html", "quiz.html"])
def test_nothing_is_wider_than_a_small_screen(open_site, path):
    frame = open_site("2004", viewport={"width": 320, "height": 640}).open(path)
    assert frame.evaluate("document.documentElement.scrollWidth") == 320


def test_the_quiz_can_be_taken_by_keyboard_alone(open_site):
    site = open_site("2004")
    frame = site.open("quiz.html")
    keys = site.page.keyboard
    frame.get_by_label("3", exact=True).focus()
    keys.press("ArrowUp")
    for key in ("Tab", "Space", "Tab", "Space", "Tab", "Tab", "Enter"):
        keys.press(key)
    assert frame.get_by_text("2 of 2 right: 100 %.").is_visible()
