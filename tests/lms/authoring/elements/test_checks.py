"""Checks in the text: choice, true or false, several, and pairs."""

import pytest

from course_pages import EVEN, SKY, SORT, check, part

pytestmark = pytest.mark.browser
STANDARDS = ["2004", "1.2"]
RESPONSE = {"2004": "learner_response", "1.2": "student_response"}


@pytest.fixture
def open_site(launched):
    def of(standard="2004", **options):
        text = check(SKY, EVEN, SORT)
        return launched({"part-3.html": part(standard, text)}, standard, **options)

    return of


def group(frame, name):
    return frame.get_by_role("group", name=name)


def press(frame, name):
    frame.locator("form", has=group(frame, name)).get_by_role("button").click()


def feedback(frame, identifier):
    lines = frame.locator(f"#{identifier}-feedback").inner_text().split("\n")
    return [line for line in lines if line]


@pytest.mark.parametrize("standard", STANDARDS)
def test_pairs_are_chosen_checked_and_reported(open_site, standard):
    site = open_site(standard)
    frame = site.open()
    sort = group(frame, "Which is which?")
    sort.get_by_label("Oak").select_option("A tree")
    press(frame, "Which is which?")
    assert feedback(frame, "p3-sort") == ["! Choose an answer in every box first."]
    sort.get_by_label("Trout").select_option("A tree")
    sort.get_by_label("Pike").select_option("A fish")
    press(frame, "Which is which?")
    assert feedback(frame, "p3-sort") == [
        "✗ Not right",
        "2 of 3 pairs are right.",
        "Because of p3-sort.1",
    ]
    assert sort.locator(".pair .verdict").all_inner_texts() == ["✓ Right", "✗ Not right", "✓ Right"]
    (record,) = site.records("interactions")
    patterns = {
        "2004": ("a[.]1[,]b[.]2[,]c[.]2", "a[.]1[,]b[.]1[,]c[.]2"),
        "1.2": ("a.1,b.2,c.2", "a.1,b.1,c.2"),
    }[standard]
    assert (record["correct_responses.0.pattern"], record[RESPONSE[standard]]) == patterns
    assert (record["type"], record["weighting"]) == ("matching", "1")


def test_pairs_are_there_on_return_with_what_was_said(open_site):
    site = open_site()
    sort = group(site.open(), "Which is which?")
    for name, choice in (("Oak", "A tree"), ("Trout", "A fish"), ("Pike", "A fish")):
        sort.get_by_label(name).select_option(choice)
    press(site.page.frame("sco"), "Which is which?")
    site.leave()
    frame = site.open()
    assert group(frame, "Which is which?").get_by_label("Trout").input_value() == "2"
    assert feedback(frame, "p3-sort") == ["✓ Right", "Because of p3-sort.1"]
    assert len(site.records("interactions")) == 1


def test_a_changed_answer_takes_back_what_was_said(open_site):
    site = open_site()
    frame = site.open()
    group(frame, "Is the sky blue?").get_by_label("False").check()
    press(frame, "Is the sky blue?")
    assert feedback(frame, "p3-sky") == ["✗ Not right", "Look up.", "Because of p3-sky.1"]
    group(frame, "Is the sky blue?").get_by_label("True").check()
    assert feedback(frame, "p3-sky") == []
    press(frame, "Is the sky blue?")
    assert feedback(frame, "p3-sky") == ["✓ Right", "Yes.", "Because of p3-sky.1"]
    assert [each["result"] for each in site.records("interactions")] == ["incorrect", "correct"]


def test_half_of_several_says_what_is_missing_and_none_says_to_choose(open_site):
    frame = open_site().open()
    press(frame, "Which are even?")
    assert feedback(frame, "p3-even") == ["! Choose an answer first."]
    group(frame, "Which are even?").get_by_label("Two").check()
    press(frame, "Which are even?")
    assert "A right answer is still missing." in feedback(frame, "p3-even")


def test_what_is_said_of_several_answers_names_each(open_site):
    frame = open_site().open()
    for name in ("Two", "Five"):
        group(frame, "Which are even?").get_by_label(name).check()
    press(frame, "Which are even?")
    assert feedback(frame, "p3-even")[1:3] == ["Five", "Odd."]


def test_right_answers_are_marked_once_they_were_given_and_not_before(open_site):
    frame = open_site().open()
    even = group(frame, "Which are even?")
    even.get_by_label("Two").check()
    press(frame, "Which are even?")
    assert even.locator(".choice .verdict").count() == 0
    even.get_by_label("Four").check()
    press(frame, "Which are even?")
    assert even.locator(".choice").all_inner_texts() == [
        "Two\n✓ Right answer, chosen by you",
        "Four\n✓ Right answer, chosen by you",
        "Five",
    ]
    even.get_by_label("Five").check()
    assert even.locator(".choice .verdict").count() == 0


def test_a_problem_stands_on_a_ground_of_its_own_and_is_spoken(open_site):
    frame = open_site().open()
    press(frame, "Which are even?")
    problem = frame.locator("#p3-even-feedback > .problem")
    ground = "e => getComputedStyle(e).backgroundColor"
    assert problem.evaluate(ground) != frame.locator(".check").evaluate(ground)
    assert problem.locator(".sign").get_attribute("aria-hidden") == "true"
    assert frame.locator("#p3-even-feedback").get_attribute("role") == "status"


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_report_can_be_read(open_site, standard):
    site = open_site(standard)
    frame = site.open()
    group(frame, "Is the sky blue?").get_by_label("True").check()
    press(frame, "Is the sky blue?")
    (record,) = site.records("interactions")
    if standard == "2004":
        assert (record["id"], record["description"]) == ("p3-sky", "{lang=en}Is the sky blue?")
    else:
        assert record["id"] == "p3-sky-is-the-sky-blue"
    assert record["latency"].startswith("PT0H0M" if standard == "2004" else "00:00:")


def test_the_focus_stays_on_the_button_and_a_status_speaks(open_site):
    frame = open_site().open()
    group(frame, "Is the sky blue?").get_by_label("True").check()
    press(frame, "Is the sky blue?")
    button = frame.get_by_role("button", name="Check again")
    assert button.evaluate("e => e === document.activeElement")
    assert frame.locator("#p3-sky-feedback").get_attribute("role") == "status"
