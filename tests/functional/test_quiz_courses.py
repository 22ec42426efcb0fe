"""Courses of quizzes alone: made, published, taken, completed, reported on; and their package that
comes later."""

import csv
import io
from decimal import Decimal

import pytest

import smallest
from assessments.quizzes.plan import See, Settings, When, to_plain
from lms.services import awards, courses, quizzes
from quizzes import Taker, add_quiz
from sites import NOW, upload
from tests.assessments.examples import TRUTH

RIGHT, WRONG = ("True", "False") if TRUTH.right else ("False", "True")
COURSE = "/courses/a-beginning/"


@pytest.fixture
def made(site):
    """A course that its author makes by the forms: a pre-test to be handed in, and a post-test to
    be passed."""
    with site.write() as root:
        add_quiz(root["site"], [TRUTH], key="before", title="Before", takers=())
        settings = Settings(pass_percent=Decimal(80), pre_test="before")
        add_quiz(root["site"], [TRUTH], settings, key="after", title="After", takers=())
    author = site.signed_in("author")
    form = author.get("/courses/add").forms["form"]
    form["title"] = "A beginning"
    page = form.submit("create").follow()
    assert page.request.path == f"{COURSE}parts"
    for quiz in ("after", "before"):
        form = page.forms["form"]
        form["quiz"] = quiz
        page = form.submit("save").follow()
    form = page.forms["form"]
    form.set("needs", "passed", index=0)
    form.set("needs", "finished", index=1)
    form.set("place", "1", index=1)
    form.submit("save")
    publish(author)
    return site


def publish(author, published=True):
    form = author.get(f"{COURSE}edit").forms["form"]
    form["content_note"] = "Nothing that may distress"
    form["published"] = published
    return form.submit("save", expect_errors=True)


def words(page) -> str:
    return " ".join(page.html.find("main").get_text(" ").split())


def press(browser, button: str):
    """Press the course page's button; the page that it leads to."""
    page = browser.get(COURSE)
    form = next(form for form in page.forms.values() if form.action.endswith("/quiz"))
    assert page.html.select_one("main form.actions button.primary").get_text() == button
    return form.submit().follow()


def take(site, quiz: str, answer: str, username: str = "member") -> None:
    taker = Taker(site, username, quiz)
    taker.start()
    taker.answer(1, answer)
    taker.hand_in()


def test_a_course_with_nothing_in_it_is_not_published(site):
    author = site.signed_in("author")
    form = author.get("/courses/add").forms["form"]
    form["title"] = "A beginning"
    form.submit("create")

    assert "Add a quiz or a package before the course is published." in words(publish(author))
    assert "There is nothing in this course yet." in words(author.get(COURSE))


def test_its_page_has_its_quizzes_in_order_and_says_nothing_of_a_download(made):
    page = made.signed_in("member").get(COURSE)

    assert [" ".join(each.get_text().split()) for each in page.html.select("main ol > li")] == [
        "Before Quiz, to be handed in",
        "After Quiz, to be passed",
    ]
    names = [each.get_text() for each in page.html.select("dl.facts dt")]
    assert "Download" not in names
    assert "Complete all parts of the course." in words(page)
    assert "kB" not in words(made.signed_in("member").get("/courses/"))


def test_its_button_leads_to_what_is_to_be_done_next_until_it_is_completed(made):
    member = made.signed_in("member")
    assert press(member, "Start").html.find("h1").get_text() == "Before"
    take(made, "before", WRONG)
    assert press(member, "Resume").html.find("h1").get_text() == "After"
    take(made, "after", WRONG)
    assert "Still missing: 1 part (After)." in words(member.get(COURSE))
    take(made, "after", RIGHT)

    assert "You have completed this course." in words(member.get(COURSE))
    assert press(member, "Review").html.find("h1").get_text() == "Before"
    learning = words(member.get("/learning/"))
    assert "completed · score 100 %" in learning
    assert "min" not in learning
    with made.write() as root:
        found = root["site"]
        member = found.people.by_username("member")
        (certificate,) = awards.held_in(found, member.learner_id, found.courses["a-beginning"])
        snapshot = certificate.snapshot
    assert (snapshot["score"], snapshot["version"]) == (100, None)
    assert [each["title"] for each in snapshot["quizzes"]] == ["Before", "After"]


def test_its_result_is_not_told_before_the_quiz_tells_it(made):
    hidden = dict.fromkeys(When, frozenset({See.RESPONSES}))
    with made.write() as root:
        quiz = root["site"].quizzes["after"]
        quiz.settings = to_plain(Settings(pass_percent=Decimal(80), review=hidden))
    member = made.signed_in("member")
    press(member, "Start")
    take(made, "after", WRONG)

    assert "score" not in words(member.get("/learning/"))
    assert "failed" not in words(member.get(COURSE))


def test_an_admin_sees_how_each_person_stands_in_each_quiz(made):
    press(made.signed_in("member"), "Start")
    take(made, "before", RIGHT)
    take(made, "after", WRONG)
    admin = made.signed_in("admin")
    page = admin.get(f"{COURSE}report")

    cells = {
        each.get("data-label"): " ".join(each.get_text().split())
        for each in page.html.select("tbody td")
    }
    assert cells["Before"] == "completed 100 %"
    assert cells["After"] == "failed 0 %"
    assert cells["Status"] == "failed"
    assert cells["Score"] == "0 %"
    assert not {"Minutes", "Version"} & set(cells)
    assert admin.get(page.html.find("a", string="After")["href"]).status_int == 200
    gained = page.html.find("a", href=lambda to: to and to.endswith("statistics#gain"))
    assert gained.get_text() == "After"
    sheet = admin.get(f"{COURSE}report.csv").body.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(sheet))
    assert row["quiz: Before"] == "completed"
    assert row["quiz: After (percent)"] == "0"


def test_its_report_is_empty_while_nobody_is_in_it(made):
    admin = made.signed_in("admin")
    assert "Nobody is enrolled yet." in words(admin.get(f"{COURSE}report"))
    assert "username" in admin.get(f"{COURSE}report.csv").body.decode("utf-8-sig")


def test_its_settings_ask_nothing_about_a_package(made):
    fields = made.signed_in("author").get(f"{COURSE}edit").forms["form"].fields
    assert not {"rule", "percent", "lessons"} & set(fields)


def test_there_is_nothing_to_launch(made):
    member = made.signed_in("member")
    token = member.get(COURSE).html.find("input", {"name": "csrf_token"})["value"]
    answer = member.post(f"{COURSE}launch", {"csrf_token": token})
    assert answer.location.endswith(COURSE)


def test_its_package_comes_later_and_has_to_be_completed_too(made, tmp_path):
    author = made.signed_in("author")
    upload(author, "a.zip", smallest.write(tmp_path / "a.zip", "2004").read_bytes())
    press(made.signed_in("member"), "Start")
    take(made, "before", RIGHT)
    page = author.get(f"{COURSE}parts")
    form = page.forms["form"]
    (key,) = [value for value, _chosen, _words in form["package"].options if value]
    form["package"] = key
    page = form.submit("save").follow()
    assert "package" not in page.forms["form"].fields
    form = page.forms["form"]
    form.set("place", "2", index=2)
    form.submit("save")
    take(made, "after", RIGHT)

    page = made.signed_in("member").get(COURSE)
    titles = [each.find("bdi").get_text() for each in page.html.select("main ol > li")]
    assert (titles[0], titles[-1], len(titles)) == ("Before", "After", 3)
    assert "Download" in words(page)
    assert "Still missing" in words(page)
    with made.write() as root:
        course = root["site"].courses["a-beginning"]
        assert course.package.__name__ == key
        with pytest.raises(courses.CourseRefused):
            courses.add_package(course, course.package)


def test_a_quiz_for_practice_touches_neither_completion_nor_progress(made):
    with made.write() as root:
        found = root["site"]
        practice = add_quiz(
            found, [TRUTH], Settings(practice=True), key="tries", title="Tries", takers=()
        )
        quizzes.add(found.courses["a-beginning"], practice, needs="passed")
    member = made.signed_in("member")
    page = member.get(COURSE)
    assert "Tries Quiz, if you like" in words(page)
    press(member, "Start")
    taker = Taker(made, "member", "tries")
    taker.start()
    taker.answer(1, RIGHT)
    taker.hand_in()

    with made.write() as root:
        enrolment = root["site"].people.by_username("member").enrolments["a-beginning"]
        assert (enrolment.started, dict(enrolment.quizzes), enrolment.last) == (None, {}, None)
    assert "Tries" not in words(made.signed_in("admin").get(f"{COURSE}report"))
    form = made.signed_in("author").get(f"{COURSE}parts").forms["form"]
    assert len(form.fields["needs"]) == 2
    take(made, "before", RIGHT)
    take(made, "after", RIGHT)
    assert "You have completed this course." in words(member.get(COURSE))


def test_a_course_of_practice_alone_is_never_completed_and_says_so(site):
    with site.write() as root:
        found = root["site"]
        course = courses.create(found.courses, None, title="A beginning", slug=None, now=NOW)
        course.published = True
        quizzes.add(course, add_quiz(found, [TRUTH], Settings(practice=True), takers=()))
    member = site.signed_in("member")
    press(member, "Start")
    taker = Taker(site, "member")
    taker.start()
    taker.hand_in()

    page = words(member.get(COURSE))
    assert page.count("Nothing in this course has to be done.") == 2
    assert "You have completed this course." not in page


def test_an_admin_opens_it_to_everybody_of_a_centre(made):
    with made.write() as root:
        found = root["site"]
        for name in ("ana", "ben", "gone"):
            made.add_person(found, name, "member").centre = "Nairobi"
        found.people.by_username("gone").closed = True
    admin = made.signed_in("admin")
    form = admin.get(f"{COURSE}enrol").forms["form"]
    refused = form.submit("enrol", expect_errors=True)
    assert "Write usernames, or choose a centre." in words(refused)
    form["centre"] = "Nairobi"
    form["usernames"] = "member\nana"
    page = form.submit("enrol").follow()

    assert "3 people are enrolled." in words(page)
    names = [each.select_one(".hint").get_text() for each in page.html.select("tbody th")]
    assert sorted(names) == ["ana", "ben", "member"]


def test_where_nobody_is_of_a_centre_none_is_offered(made):
    form = made.signed_in("admin").get(f"{COURSE}enrol").forms["form"]
    assert "centre" not in form.fields
    assert form.submit("enrol", expect_errors=True).status_int == 400


@pytest.fixture
def taken(made):
    """A member has passed the post-test in the one attempt that it allows; another course has it,
    and nothing else."""
    with made.write() as root:
        found = root["site"]
        quiz = found.quizzes["after"]
        quiz.settings = to_plain(Settings(pass_percent=Decimal(80), attempts=1))
        course = courses.create(found.courses, None, title="Again", slug="again", now=NOW)
        course.published = True
    press(made.signed_in("member"), "Start")
    take(made, "after", RIGHT)
    return made


def put_in_again(site) -> None:
    form = site.signed_in("author").get("/courses/again/parts").forms["form"]
    form["quiz"] = "after"
    form = form.submit("save").follow().forms["form"]
    form["needs"] = "passed"
    form.submit("save")


def enrol_herself(site) -> None:
    page = site.signed_in("member").get("/courses/again/")
    next(form for form in page.forms.values() if form.action.endswith("/quiz")).submit()


def be_enrolled(site) -> None:
    form = site.signed_in("admin").get("/courses/again/enrol").forms["form"]
    form["usernames"] = "member"
    form.submit("enrol")


@pytest.mark.parametrize(
    "steps",
    [(put_in_again, enrol_herself), (put_in_again, be_enrolled), (be_enrolled, put_in_again)],
    ids=["enrols", "is-enrolled", "was-enrolled"],
)
def test_what_was_passed_in_another_course_counts_in_this_one_too(taken, steps):
    for step in steps:
        step(taken)

    page = words(taken.signed_in("member").get("/courses/again/"))
    assert "You have completed this course." in page
    assert "passed 100 %" in page


@pytest.mark.parametrize(
    ("rule", "value"), [("pass_percent", "50"), ("practice", True)], ids=["pass-mark", "practice"]
)
def test_a_quiz_that_asks_for_less_completes_the_course_of_who_has_done_that(made, rule, value):
    with made.write() as root:
        found = root["site"]
        settings = Settings(pass_percent=Decimal(80))
        both = add_quiz(found, [TRUTH, TRUTH], settings, key="both", title="Both", takers=())
        quizzes.add(found.courses["a-beginning"], both, needs="passed")
    press(made.signed_in("member"), "Start")
    take(made, "before", RIGHT)
    take(made, "after", RIGHT)
    take(made, "both", RIGHT)
    assert "Still missing: 1 part (Both)." in words(made.signed_in("member").get(COURSE))

    page = made.signed_in("author").get("/quizzes/both/edit")
    form = next(form for form in page.forms.values() if rule in form.fields)
    form[rule] = value
    form.submit("do", value="save").follow()

    assert "You have completed this course." in words(made.signed_in("member").get(COURSE))
