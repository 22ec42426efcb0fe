"""Scenarios and reflections."""

from pathlib import Path

import pytest

from course_pages import REFLECTION, SCENARIO, languages, part

pytestmark = pytest.mark.browser
STANDARDS = ["2004", "1.2"]


@pytest.fixture
def open_site(launched):
    def of(standard="2004", **options):
        return launched({"part-3.html": part(standard, SCENARIO + REFLECTION)}, standard, **options)

    return of


def focused(frame):
    return frame.evaluate("document.activeElement.textContent.trim()")


def visible_steps(frame):
    return frame.locator("section.step:visible").evaluate_all("all => all.map(each => each.id)")


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_decision_shows_what_comes_of_it_and_is_reported_without_a_grade(open_site, standard):
    site = open_site(standard)
    frame = site.open()
    assert visible_steps(frame) == ["p3-offer-start"]
    frame.get_by_role("link", name="Ask for an interpreter from outside").press("Enter")
    assert visible_steps(frame) == ["p3-offer-out-side"]
    assert focused(frame) == "The end: A good way"
    (record,) = site.records("interactions")
    if standard == "2004":
        assert record["learner_response"] == "out_side"
        assert record["description"] == "{lang=en}A friend offers to interpret. What do you do?"
    else:
        assert record["student_response"] == "b"
        assert record["id"] == "p3-offer-start-a-friend-offers-to-interpret-what-do-you-do"
    assert (record["type"], record["result"]) == ("choice", "neutral")
    assert "correct_responses.0.pattern" not in record


def test_a_scenario_goes_on_where_it_was_left_and_back_to_its_beginning(open_site):
    site = open_site()
    frame = site.open()
    frame.get_by_role("link", name="Accept the offer").click()
    frame.get_by_role("link", name="Go back and choose again").click()
    frame.get_by_role("link", name="Ask for an interpreter from outside").click()
    site.leave()
    frame = site.open()
    assert visible_steps(frame) == ["p3-offer-out-side"]
    frame.get_by_role("button", name="Go back to the beginning").click()
    assert (visible_steps(frame), focused(frame)) == (["p3-offer-start"], "Step")


def test_without_script_the_steps_are_linked_sections(open_site):
    page = open_site(java_script_enabled=False).page
    page.goto("http://course.test/part-3.html")
    assert page.locator("section.step:visible").count() == 3
    page.get_by_role("link", name="Accept the offer").click()
    assert page.url.endswith("#p3-offer-accept")
    assert not page.get_by_role("button", name="Send").is_visible()


def test_what_is_written_stays_in_this_window_and_reaches_the_site_only_when_sent(open_site):
    site = open_site()
    frame = site.open()
    frame.get_by_label("What is missing?").fill("A quiet room.\nAnd time.")
    site.leave()
    assert "quiet" not in str(site.values())
    frame = site.open()
    assert frame.get_by_label("What is missing?").input_value() == "A quiet room.\nAnd time."
    frame.get_by_role("button", name="Send").click()
    (comment,) = site.records("comments_from_learner")
    assert comment["comment"] == "{lang=en}What is missing? / A quiet room. / And time."
    assert comment["location"] == "p3-month"
    assert frame.locator(".told").inner_text().startswith("Sent.")
    site.leave()
    assert site.open().locator(".told").inner_text().startswith("Sent.")


def test_in_12_what_is_sent_is_a_comment_and_another_follows_it(open_site):
    site = open_site("1.2")
    frame = site.open()
    for words in ("One.", "Two."):
        frame.get_by_label("What is missing?").fill(words)
        frame.get_by_role("button", name="Send").click()
    assert site.values()["cmi.comments"] == "What is missing?\nOne.\n\nWhat is missing?\nTwo."


@pytest.mark.parametrize("standard", STANDARDS)
def test_what_is_too_long_is_not_cut_but_told(open_site, standard):
    site = open_site(standard)
    frame = site.open()
    frame.get_by_label("What is missing?").fill("x" * 5000)
    frame.get_by_role("button", name="Send").click()
    assert frame.locator(".told").inner_text().startswith("This is too long to be sent: 50")
    assert "xxx" not in str(site.values())


def test_what_the_site_does_not_take_is_still_there(open_site):
    site = open_site()
    frame = site.open()
    site.page.evaluate("host.full.add('cmi.comments_from_learner.0.comment')")
    frame.get_by_label("What is missing?").fill("Time.")
    frame.get_by_role("button", name="Send").click()
    assert frame.locator(".told").inner_text().startswith("This could not be sent.")
    assert frame.get_by_label("What is missing?").input_value() == "Time."


def test_it_can_be_kept_as_a_file_and_nothing_makes_no_file(open_site):
    site = open_site()
    frame = site.open()
    frame.get_by_role("button", name="Keep as a file").click()
    assert frame.locator(".told").inner_text() == "Nothing is written yet."
    frame.get_by_label("What is there already?").fill("A door.")
    frame.get_by_label("What is missing?").fill("A key.")
    with site.page.expect_download() as download:
        frame.get_by_role("button", name="Keep as a file").click()
    assert download.value.suggested_filename == "p3-month.txt"
    text = Path(download.value.path()).read_text("utf-8")
    assert text == "What is there already?\nA door.\n\nWhat is missing?\nA key.\n"


def test_clearing_asks_first(open_site):
    site = open_site()
    frame = site.open()
    frame.get_by_label("What is missing?").fill("Time.")
    frame.get_by_role("button", name="Clear").click()
    assert frame.get_by_label("What is missing?").input_value() == "Time."
    assert frame.locator(".told").inner_text().startswith("Press “Clear” once more")
    frame.get_by_role("button", name="Clear").click()
    assert frame.get_by_label("What is missing?").input_value() == ""
    assert frame.locator(".told").inner_text() == "What you wrote here is deleted."
    site.leave()
    assert site.open().get_by_label("What is missing?").input_value() == ""


def test_nothing_can_be_sent_where_there_is_nobody_to_send_it_to(open_site):
    page = open_site().page
    page.goto("http://course.test/part-3.html")
    page.get_by_role("button", name="Keep as a file").wait_for()
    assert not page.get_by_role("button", name="Send").is_visible()


def test_where_a_window_may_keep_nothing_another_language_still_has_what_was_written(launched):
    has = {"en": "part-3.html", "fr": "fr/part-3.html"}
    site = launched(
        {
            "part-3.html": part("2004", REFLECTION, links=languages("en", has)),
            "fr/part-3.html": part("2004", REFLECTION, language="fr"),
        }
    )
    site.page.add_init_script(
        "if (window !== top) Object.defineProperty(window, 'sessionStorage',"
        " { get: () => { throw new DOMException('denied', 'SecurityError') } })"
    )
    frame = site.open()
    frame.get_by_label("What is missing?").fill("Time.")
    frame.get_by_role("link", name="Français").click()
    frame.locator("html[lang=fr]").wait_for()
    assert frame.get_by_label("What is missing?").input_value() == "Time."
