"""The attempts at a quiz are listed, closed and exported."""

from webtest import TestRequest

from sites import SITE
from tests.assessments.attempts.making import single
from tests.functional.quiz_results.pages import (
    ESSAY,
    audited,
    content_form,
    fraction,
    member_id,
    said,
    table_of,
)


def form_to(page, word):
    return next(form for form in page.forms.values() if form.action.endswith(word))


def test_attempts_are_listed_with_what_their_author_wants_to_know(site, author, make, takes):
    make(single(), ESSAY, pass_percent=50)
    takes(member_id(site), "right", "Text.")
    takes("l-2", "right", hand_in=False)

    page = author.get("/quizzes/quiz/results")

    row = page.html.find("a", string="Member").find_parent("tr")
    cells = {each["data-label"]: each.get_text(strip=True) for each in row.select("[data-label]")}
    assert cells["State"] == "handed in"
    assert (cells["Time taken"], cells["Result"]) == ("1 min", "25 %")
    assert cells["Needs marking"] == "yes"
    assert "2: handed in 1, going on 1, time is up 0" in said(page)


def test_attempts_are_put_in_order_without_script(author, make, takes):
    make(single())
    takes("l-1", "right")
    takes("l-2", "wrong")
    takes("l-3", "half")

    def names(page):
        return [each.get_text() for each in page.html.select("tbody th")]

    page = author.get("/quizzes/quiz/results").click("^Result$")
    assert names(page) == ["l-2", "l-3", "l-1"]
    assert names(page.click("^Result$")) == ["l-1", "l-3", "l-2"]


def test_an_overdue_attempt_is_closed_as_of_its_deadline(site, author, make, takes):
    make(single(), seconds=600)
    attempt = takes("l-1", "right", hand_in=False)
    page = author.get("/quizzes/quiz/results")
    page = form_to(page, "/close").submit().follow()
    assert "The attempt is closed, as of 2026-11-24 09:10 UTC." in said(page)
    assert fraction(site, attempt) == "1"
    assert "Close" not in said(author.get("/quizzes/quiz/results"))


def test_an_attempt_that_goes_on_is_not_closed(site, author, make, takes):
    make(single())
    attempt = takes("l-1", "right", hand_in=False)
    token = author.get("/quizzes/quiz/export").html.find("input", {"name": "csrf_token"})["value"]
    page = author.post("/quizzes/quiz/close", {"attempt": attempt, "csrf_token": token}).follow()
    assert "This attempt is not overdue. Nothing was changed." in said(page)
    author.post("/quizzes/quiz/close", {"attempt": "x", "csrf_token": token}, status=404)


def export(browser, what, purpose="For the yearly report"):
    form = content_form(browser.get("/quizzes/quiz/export"), "purpose")
    form["what"], form["purpose"] = what, purpose
    return form.submit(expect_errors=True)


def test_results_are_exported_with_names_when_the_purpose_is_said(site, author, make, takes):
    make(single())
    takes(member_id(site), "half")
    takes("=1+1", "right")
    refused = export(author, "results", purpose=" ")
    assert refused.status_int == 400
    assert "Say what the table is for." in said(refused)

    table = table_of(export(author, "results"))

    assert {row[0] for row in table[1:]} == {"Member", "'=1+1"}
    assert {row[6] for row in table[1:]} == {"50", "100"}
    (noted,) = audited(site, "quiz results exported")
    assert noted["details"] == {"what": "results", "purpose": "For the yearly report"}


def test_answers_are_exported_without_names_and_harmless(site, author, make, takes):
    make(single(), ESSAY)
    takes(member_id(site), "right", '=HYPERLINK("x")')
    for number in range(4):
        takes(f"l-{number}", "wrong", f"Text {number}")

    table = table_of(export(author, "answers"))

    assert "Member" not in str(table)
    assert "l-1" not in str(table)
    assert [row[0] for row in table[1:]] == ["1", "2", "3", "4", "5"]
    assert '\'=HYPERLINK("x")' in {row[9] for row in table[1:]}
    assert {row[4] for row in table[1:]} == {"The right", "The wrong"}


def test_who_goes_away_half_way_leaves_no_connection_open(site, author, make, takes):
    make(single())
    for number in range(5):
        takes(f"l-{number}", "right")
    form = content_form(author.get("/quizzes/quiz/export"), "purpose")
    form["what"], form["purpose"] = "answers", "For the yearly report"
    cookies = "; ".join(f"{name}={value}" for name, value in author.cookies.items())
    request = TestRequest.blank(
        "/quizzes/quiz/export",
        base_url=SITE,
        headers={"Cookie": cookies, "Origin": SITE},
        POST=form.submit_fields(),
    )

    status, _headers, parts = request.call_application(author.app)
    opened = [connections(site)]
    assert status == "200 OK"
    next(iter(parts))
    opened.append(connections(site))
    parts.close()

    assert [*opened, connections(site)] == [0, 1, 0]


def connections(site):
    return sum(bool(each["opened"]) for each in site.database.connectionDebugInfo())


def test_the_answers_of_fewer_than_five_people_are_not_given_out(author, make, takes):
    make(single())
    for number in range(4):
        takes(f"l-{number}", "wrong")
    page = export(author, "answers")
    assert page.status_int == 400
    assert "Fewer than five people" in said(page)
