"""An author takes a quiz in an attempt that counts nowhere."""

from assessments.quizzes import editing
from sites import NOW
from tests.functional.quiz_authoring.pages import form_to, messages, stored


def test_an_author_takes_the_quiz_in_an_attempt_that_counts_nowhere(site, author, quiz):
    page = author.get(f"{quiz}/preview")

    attempt = form_to(page, "start").submit().follow()

    assert attempt.status_int == 200
    assert "one?" in attempt
    assert stored(site, lambda found: editing.begun(found)) == 0
    assert stored(site, lambda found: [each.preview for each in found.attempts.values()]) == [True]
    assert author.get(f"{quiz}/preview").click("Go on with the last one").status_int == 200


def test_a_preview_says_what_a_learner_would_stumble_over(site, author, quiz):
    with site.write() as root:
        root["site"].bank.items["item0"].state = "draft"
        (section,) = root["site"].quizzes["quiz"].sections
        root["site"].quizzes["quiz"].sections = ({**section, "pick": 9},)

    page = author.get(f"{quiz}/preview")

    said = [each.get_text(" ", strip=True) for each in page.html.select(".notice li")]
    assert said == [
        "Section 1: This section is to ask 9 of its questions, and has only 3. It asks all.",
        "Question 1: This question is a draft. Nobody is asked it until it is ready.",
    ]


def test_a_quiz_that_nobody_can_begin_has_no_button(site, author):
    with site.write() as root:
        made = editing.make(root["site"].quizzes, "Empty", now=NOW).__name__

    page = author.get(f"/quizzes/{made}/preview")

    assert "There are no questions yet." in messages(page)
    assert "Begin a preview" not in page


def test_the_pages_of_a_quiz_lead_to_each_other(author, quiz):
    for name in ("edit", "questions", "exceptions", "preview"):
        tabs = author.get(f"{quiz}/{name}").html.select(".tabs a")

        assert [each.string for each in tabs] == [
            "Settings",
            "Questions",
            "Exceptions",
            "Preview",
            "Results",
        ]
        (current,) = (each for each in tabs if each.has_attr("aria-current"))
        assert current["href"].endswith(f"/{name}")
