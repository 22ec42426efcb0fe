"""A quiz is marked anew after a key was mended."""

from lms.services import outbox
from tests.assessments.attempts.making import single
from tests.functional.quiz_results.pages import (
    apply_regrade,
    audited,
    content_form,
    fraction,
    member_id,
    mend,
    preview_regrade,
    right_is,
    said,
)


def test_a_mended_key_is_seen_before_it_counts(site, author, make, takes):
    make(single(), pass_percent=50)
    one, two = takes(member_id(site), "wrong"), takes("l-2", "right")
    mend(site, 0, right_is("wrong"))

    page = preview_regrade(author)

    assert "2: more 1, less 1" in said(page)
    facts = dict(
        zip(
            (each.get_text() for each in page.html.select(".facts dt")),
            (each.get_text() for each in page.html.select(".facts dd")),
            strict=True,
        )
    )
    assert (facts["Newly passed"], facts["Passed no longer"]) == ("1", "1")
    row = page.html.find("a", string="Member").find_parent("tr")
    cells = [each.get_text(strip=True) for each in row.find_all("td")]
    assert cells == ["1", "0 %", "100 %", "not passed", "passed"]
    assert fraction(site, one) == "0"

    page = apply_regrade(page)

    assert "What was changed" in said(page)
    assert (fraction(site, one), fraction(site, two)) == ("1", "0")
    (noted,) = audited(site, "quiz regraded")
    assert noted["details"]["reason"] == "The key was wrong."
    look = author.get(f"/quizzes/quiz/{one}/look")
    assert "It was 0 before." in said(look)
    assert "Version 2" in said(look)


def test_nothing_counts_without_a_reason(site, author, make, takes):
    make(single())
    one = takes("l-1", "wrong")
    mend(site, 0, right_is("wrong"))
    page = apply_regrade(preview_regrade(author), reason=" ")
    assert page.status_int == 400
    assert fraction(site, one) == "0"


def test_by_the_versions_that_were_asked_nothing_changes(site, author, make, takes):
    make(single())
    takes("l-1", "wrong")
    mend(site, 0, right_is("wrong"))
    assert "Nothing would change." in said(preview_regrade(author, versions="pinned"))


def test_at_least_one_question_is_chosen(author, make):
    make(single())
    page = content_form(author.get("/quizzes/quiz/regrade"), "versions").submit(status=400)
    assert "Choose at least one question." in said(page)


def test_one_attempt_can_be_marked_anew_alone(site, author, make, takes):
    make(single())
    one, two = takes("l-1", "wrong"), takes("l-2", "wrong")
    mend(site, 0, right_is("wrong"))
    page = author.get(f"/quizzes/quiz/{one}/look").click("Regrade this attempt")
    form = content_form(page, "versions")
    assert form["attempts"].value == one
    form.get("question", 0).checked = True
    apply_regrade(form.submit().follow())
    assert (fraction(site, one), fraction(site, two)) == ("1", "0")


def test_a_large_quiz_is_marked_anew_in_the_background(site, author, make, takes):
    make(single())
    for number in range(120):
        takes(f"l-{number}", "wrong")
    mend(site, 0, right_is("wrong"))

    page = apply_regrade(preview_regrade(author))

    assert "120: more 120, less 0" in said(page)
    with site.write() as root:
        quiz = root["site"].quizzes["quiz"]
        assert {each.answers[0].fraction for each in quiz.attempts.values()} == {"1"}
        assert {len(each.answers[0].marking) for each in quiz.attempts.values()} == {1}
        assert not list(root["site"].outbox.values())


def test_without_a_background_the_page_says_how_far_it_is_and_goes_on(site, author, make, takes):
    make(single())
    for number in range(30):
        takes(f"l-{number}", "wrong")
    mend(site, 0, right_is("wrong"))
    site.app.site.registry["wake"] = lambda: None
    page = preview_regrade(author)
    assert "Attempts that were looked at: 20 of 30" in said(page)
    page = content_form(page, "do").submit("do", value="go-on").follow()
    assert "30: more 30, less 0" in said(page)
    assert "looked at, changes nothing yet" in said(author.get("/quizzes/quiz/regrade"))


def test_a_regrade_that_was_given_up_says_how_far_it_is(site, author, make, takes):
    make(single())
    for number in range(30):
        takes(f"l-{number}", "wrong")
    site.app.site.registry["wake"] = lambda: None
    address = preview_regrade(author).request.path
    with site.write() as root:
        (job,) = root["site"].outbox.values()
        job.attempts = outbox.ATTEMPTS
    site.work()
    with site.write() as root:
        (job,) = root["site"].outbox.values()
        assert job.state == "failed"
    assert "Attempts that were looked at: 20 of 30" in said(author.get(address))
