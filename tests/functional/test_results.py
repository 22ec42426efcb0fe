"""What authors do with results: mark, mark anew, look at the figures, list, export."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

import smallest
from assessments.attempts.files import attach
from assessments.attempts.finish import finish
from assessments.attempts.save import save
from assessments.attempts.start import start
from assessments.bank import items
from assessments.exchange.entries import QuestionFile
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import Criterion, EssayQuestion, Level
from assessments.questions.html import Html
from assessments.quizzes.plan import Settings, to_plain
from lms.services import audit, courses, outbox, quizzes, regrades
from quizzes import add_quiz
from sites import NOW, upload
from tests.assessments.attempts.making import say, single

RUBRIC = (
    Criterion(
        "clear",
        Html("Is it clear?"),
        (Level("no", Html("Not clear"), Fraction(0)), Level("yes", Html("Clear"), Fraction(2))),
    ),
    Criterion(
        "kind",
        Html("Is it kind?"),
        (Level("no", Html("Not kind"), Fraction(0)), Level("yes", Html("Kind"), Fraction(1))),
    ),
)
ESSAY = EssayQuestion(
    name="A letter", body=Html("<p>Write a letter.</p>"), files=2, mark=Fraction(3)
)
LATER = NOW + timedelta(minutes=5)


def form_to(page, word):
    return next(form for form in page.forms.values() if form.action.endswith(word))


def content_form(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def said(page) -> str:
    return page.html.find("main").get_text(" ", strip=True)


@pytest.fixture
def author(site):
    return site.signed_in("author")


@pytest.fixture
def make(site):
    """Makes a quiz of these questions."""

    def make(*questions, **settings):
        with site.write() as root:
            add_quiz(root["site"], list(questions), Settings(**settings))

    return make


@pytest.fixture
def takes(site):
    """Somebody hands in an attempt: choices by author's keys, texts as they are."""

    def takes(learner, *answers, hand_in=True, minutes=0):
        with site.write() as root:
            quiz = root["site"].quizzes["quiz"]
            now = NOW + timedelta(minutes=minutes)
            random = Random(f"{learner}{minutes}")
            attempt = start(root["site"].bank, quiz, learner, (), now, random=random)
            for position, words in enumerate(answers):
                if words is None:
                    continue
                if isinstance(attempt.answers[position].version.question, EssayQuestion):
                    save(attempt, position, revision=0, posted={"text": [words]}, now=now)
                else:
                    say(attempt, position, words, now=now)
            if hand_in:
                finish(attempt, now=now + timedelta(minutes=1))
            return attempt.__name__

    return takes


def member_id(site, username="member") -> str:
    with site.write() as root:
        return root["site"].people.by_username(username).learner_id


def second_author(site):
    with site.write() as root:
        if root["site"].people.by_username("colleague") is None:
            site.add_person(root["site"], "colleague", "author")
    return site.signed_in("colleague")


def begin_marking(browser):
    page = browser.get("/quizzes/quiz/marking")
    link = next(each for each in page.html.find_all("a") if "question=" in each.get("href", ""))
    return browser.get(link["href"]).follow()


def give(page, **typed):
    form = content_form(page, "comment")
    for name, value in typed.items():
        form[name.replace("_", "-")] = value
    answer = form.submit(expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


def fraction(site, attempt, position=0):
    with site.write() as root:
        return root["site"].quizzes["quiz"].attempts[attempt].answers[position].fraction


def audited(site, action):
    with site.write() as root:
        found, _before = audit.page(root["site"].audit)
        return [each for each in found if each["action"] == action]


# Marking


def test_an_author_marks_one_answer_after_the_other_without_names(site, author, make, takes):
    make(ESSAY)
    first, second = takes(member_id(site), "My letter."), takes("l-2", "Another.")

    page = begin_marking(author)
    assert "Answer 1 of 2. Waiting for you: 2." in said(page)
    assert "Member" not in said(page)
    assert first not in page.text
    assert second not in page.text
    page = give(page, points="1 1/2", comment="**Well** done.", note="Generous?")
    assert "This is the next answer." in said(page)
    page = give(page, points="2/3")
    assert "No other answer to this question waits for you." in said(page)

    assert {fraction(site, first), fraction(site, second)} == {"1/2", "2/9"}


def in_a_course(site, author, folder):
    """The quiz is what a course asks for, which the member is in; what they have in it."""
    path = smallest.write(folder / "smallest.zip", "2004")
    upload(author, "smallest.zip", path.read_bytes())
    with site.write() as root:
        found = root["site"]
        package = next(iter(found.packages.values()))
        course = courses.create(found.courses, package, title="Smallest", slug="s", now=NOW)
        course.published = True
        quizzes.add(course, found.quizzes["quiz"], needs="passed")
        courses.enrol(course, found.people.by_username("member"), NOW)

    def known():
        with site.write() as root:
            enrolment = root["site"].people.by_username("member").enrolments["s"]
            return dict(enrolment.quizzes.get("quiz", {}))

    return known


def test_the_course_of_the_quiz_follows_a_mark(site, author, make, takes, tmp_path):
    make(ESSAY, pass_percent=50)
    known = in_a_course(site, author, tmp_path)
    takes(member_id(site), "My letter.")

    give(begin_marking(author), points="3")

    assert known() == {"finished": True, "passed": True, "percent": "100"}


def test_the_course_of_the_quiz_follows_what_is_marked_anew_in_the_background(
    site, author, make, takes, tmp_path
):
    make(single(), pass_percent=50)
    known = in_a_course(site, author, tmp_path)
    takes(member_id(site), "wrong")
    for number in range(100):
        takes(f"l-{number}", "wrong")
    mend(site, 0, right_is("wrong"))

    apply_regrade(preview_regrade(author))

    assert known() == {"finished": True, "passed": True, "percent": "100"}


def test_a_regrade_whose_quiz_is_gone_is_no_work_for_ever(site, author, make, takes):
    make(single())
    with site.write() as root:
        outbox.ask(root["site"].outbox, regrades.KIND, "gone/gone", NOW)
    site.work()
    with site.write() as root:
        assert not list(root["site"].outbox.values())


def test_a_regrade_that_was_given_up_says_how_far_it_is(site, author, make, takes):
    make(single())
    for number in range(60):
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
    assert "Attempts that were looked at: 50 of 60" in said(author.get(address))


def test_a_quiz_that_shows_names_shows_them_to_those_who_mark(site, author, make, takes):
    make(ESSAY, anonymous=False)
    takes(member_id(site), "My letter.")
    assert "Answer of Member." in said(begin_marking(author))


def test_a_rubric_makes_the_mark(site, author, make, takes):
    make(replace(ESSAY, rubric=RUBRIC))
    attempt = takes("l-1", "My letter.")
    page = begin_marking(author)
    unfinished = give(page, rubric_clear="yes")
    assert unfinished.status_int == 400
    assert "Choose a level." in said(unfinished)
    give(unfinished, rubric_kind="no")
    assert fraction(site, attempt) == "2/3"


@pytest.mark.parametrize("double", [False, True])
def test_nobody_marks_their_own_answer(site, author, make, takes, double):
    make(ESSAY, double=double)
    own = takes(member_id(site, "author"), "My own letter.")
    takes("l-1", "My letter.")
    page = begin_marking(author)
    assert "Answer 1 of 1. Waiting for you: 1." in said(page)
    links = author.get(f"/quizzes/quiz/{own}/look").html.find_all("a")
    (address,) = (each["href"] for each in links if "/mark/" in each.get("href", ""))
    form = content_form(page, "comment")
    form["points"], form.action = "3", address
    for refused in (author.get(address).follow(), form.submit().follow()):
        assert "This answer is your own. Another person has to mark it." in said(refused)
    assert fraction(site, own) is None
    give(begin_marking(second_author(site)), points="3")
    give(begin_marking(site.signed_in("admin")), points="3")


@pytest.mark.parametrize("points", ["", "4", "-1", "much"])
def test_what_is_no_mark_is_refused_and_nothing_is_lost(site, author, make, takes, points):
    make(ESSAY)
    takes("l-1", "My letter.")
    page = give(begin_marking(author), points=points, comment="Long thoughts.")
    assert page.status_int == 400
    assert "Write a number from 0 to 3" in said(page)
    assert content_form(page, "comment")["comment"].value == "Long thoughts."


def test_two_who_mark_the_same_answer_at_the_same_time_lose_nothing(site, author, make, takes):
    make(ESSAY)
    attempt = takes("l-1", "My letter.")
    colleague = second_author(site)
    mine, theirs = begin_marking(author), begin_marking(colleague)
    give(theirs, points="3", comment="Good.")

    page = give(mine, points="1", comment="Not so good.")

    assert page.status_int == 400
    assert "Somebody else has marked this answer while you were." in said(page)
    assert fraction(site, attempt) == "1"
    form = content_form(page, "comment")
    assert (form["points"].value, form["comment"].value) == ("1", "Not so good.")
    give(page, reason="Too kind.")
    assert fraction(site, attempt) == "1/3"


def test_of_two_markers_the_second_does_not_see_the_first_and_a_third_decides(
    site, author, make, takes
):
    make(ESSAY, double=True)
    attempt = takes("l-1", "My letter.")
    colleague, admin = second_author(site), site.signed_in("admin")
    give(begin_marking(author), points="0", comment="Nothing in it.")
    page = begin_marking(colleague)
    assert "Nothing in it." not in page.text
    give(page, points="3")
    assert fraction(site, attempt) is None
    page = begin_marking(admin)
    assert "Two marks that differ" in said(page)
    assert "Nothing in it." in said(page)
    assert "Colleague" not in said(page)
    give(page, points="2")
    assert fraction(site, attempt) == "2/3"


def test_a_marker_waits_for_the_second_and_can_change_their_own_mark(site, author, make, takes):
    make(ESSAY, double=True)
    attempt = takes("l-1", "My letter.")
    page = begin_marking(author)
    own = page.request.path
    give(page, points="1")
    assert "No answer to this question waits for you." in said(
        author.get("/quizzes/quiz/marking?question=item0").follow()
    )
    page = author.get(own)
    assert "waits for another person" in said(page)
    page = give(page, points="2", reason="Read again.")
    assert "The mark is corrected." in said(page)
    give(begin_marking(second_author(site)), points="2")
    assert fraction(site, attempt) == "2/3"


def test_a_correction_needs_a_reason_keeps_what_was_and_is_noted(site, author, make, takes):
    make(single())
    attempt = takes("l-1", "wrong")
    page = author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark")
    refused = give(page, points="1/2")
    assert "Say why." in said(refused)
    page = give(refused, reason="The words were unclear.")

    assert fraction(site, attempt) == "1/2"
    assert "It was 0 before." in said(page)
    (noted,) = audited(site, "quiz mark corrected")
    assert noted["details"]["reason"] == "The words were unclear."
    assert (noted["details"]["was"], noted["details"]["fraction"]) == ("0", "1/2")


def test_a_correction_that_is_sent_twice_is_noted_once(site, author, make, takes):
    make(single())
    attempt = takes("l-1", "wrong")
    form = content_form(
        author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark"), "comment"
    )
    form["points"], form["reason"] = "1/2", "The words were unclear."
    assert [form.submit().status_int for _time in range(2)] == [303, 303]
    (noted,) = audited(site, "quiz mark corrected")
    assert (noted["details"]["was"], noted["details"]["fraction"]) == ("0", "1/2")


def test_a_correction_begins_with_the_mark_that_counts(site, author, make, takes):
    """Not with a person's that was marked anew since."""
    make(single())
    attempt = takes("l-1", "wrong")
    page = author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark")
    give(page, points="1/2", reason="The words were unclear.")
    mend(site, 0, right_is("wrong"))
    apply_regrade(preview_regrade(author, persons=True))
    page = author.get(f"/quizzes/quiz/{attempt}/look").click("Correct the mark")
    assert content_form(page, "comment")["points"].value == "1"


def test_files_are_saved_under_names_that_tell_nothing(site, author, make, takes):
    make(ESSAY)
    attempt = takes("l-1", None, hand_in=False)
    with site.write() as root:
        found = root["site"].quizzes["quiz"].attempts[attempt]
        now = NOW + timedelta(seconds=5)
        attach(found, 0, "Jane Doe.txt", "text/plain", b"Hello", now, random=Random(1))
        finish(found, now=LATER)
    page = begin_marking(author)
    assert "Jane" not in page.text
    answer = page.click("Save file 1")
    assert answer.body == b"Hello"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="answer-1.txt"')
    look = author.get(f"/quizzes/quiz/{attempt}/look").click("Jane Doe.txt")
    assert look.body == b"Hello"


def test_pictures_of_a_question_are_there_for_those_who_mark(site, author):
    question = replace(ESSAY, body=Html('<p><img src="files/door.png" alt="A door"></p>'))
    with site.write() as root:
        file = QuestionFile("image/png", b"picture")
        add_quiz(root["site"], [question], files={"door.png": file})
        quiz = root["site"].quizzes["quiz"]
        attempt = start(root["site"].bank, quiz, "l-1", (), NOW, random=Random(1))
        save(attempt, 0, revision=0, posted={"text": ["A door."]}, now=NOW)
        finish(attempt, now=LATER)
        look = f"/quizzes/quiz/{attempt.__name__}/look"
    for page in (begin_marking(author), author.get(look)):
        source = page.html.find("img", alt="A door")["src"]
        assert author.get(source).body == b"picture"


def test_the_learner_reads_the_comment_made_safe(site, author, make, takes):
    make(ESSAY)
    attempt = takes(member_id(site), "My letter.")
    give(begin_marking(author), points="3", comment="Good <script>x()</script> *work*", note="Hm.")
    page = site.signed_in("member").get(f"/quizzes/quiz/{attempt}/review")
    comment = page.html.find(class_="comment")
    assert comment.find("em").get_text() == "work"
    assert not comment.find("script")
    assert "Hm." not in page.text


@pytest.mark.parametrize(
    "address",
    [
        "mark/x/1",
        "mark/x",
        "mark/x/y",
        "mark/x/1/files/1",
        "regrade/nothing",
        "statistics.csv?table=x",
    ],
)
def test_an_address_that_leads_nowhere_says_so(author, make, address):
    make(ESSAY)
    author.get(f"/quizzes/quiz/{address}", status=404)


@pytest.mark.parametrize(
    "name", ["results", "marking", "statistics", "statistics.csv", "regrade", "export"]
)
def test_results_are_not_for_learners(site, make, name):
    make(ESSAY)
    site.signed_in("member").get(f"/quizzes/quiz/{name}", status=403)


# Marking anew


def mend(site, position, question):
    """A new version of a question of the quiz."""
    with site.write() as root:
        item = root["site"].bank.items[f"item{position}"]
        items.save(item, question, {}, now=LATER, by="person:author")


def right_is(key) -> ChoiceQuestion:
    question = single()
    choices = tuple(replace(each, fraction=Fraction(each.key == key)) for each in question.choices)
    return replace(question, choices=choices)


def preview_regrade(browser, **fields):
    page = browser.get("/quizzes/quiz/regrade")
    form = content_form(page, "versions")
    form.get("question", 0).checked = True
    for name, value in fields.items():
        form[name] = value
    return form.submit().follow()


def apply_regrade(page, reason="The key was wrong."):
    form = content_form(page, "reason")
    form["reason"] = reason
    answer = form.submit("do", value="apply", expect_errors=True)
    return answer.follow() if answer.status_int == 303 else answer


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
    for number in range(60):
        takes(f"l-{number}", "wrong")
    mend(site, 0, right_is("wrong"))
    site.app.site.registry["wake"] = lambda: None
    page = preview_regrade(author)
    assert "Attempts that were looked at: 50 of 60" in said(page)
    page = content_form(page, "do").submit("do", value="go-on").follow()
    assert "60: more 60, less 0" in said(page)
    assert "looked at, changes nothing yet" in said(author.get("/quizzes/quiz/regrade"))


# The attempts


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


def table_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))


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


def test_the_answers_of_fewer_than_five_people_are_not_given_out(author, make, takes):
    make(single())
    for number in range(4):
        takes(f"l-{number}", "wrong")
    page = export(author, "answers")
    assert page.status_int == 400
    assert "Fewer than five people" in said(page)


# Statistics


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
