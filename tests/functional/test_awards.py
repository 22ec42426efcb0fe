"""Certificates of courses, paths and sessions, as authors, members and admins meet them."""

from datetime import UTC, datetime, timedelta

import pytest

from certificates import awarding
from certificates.events import Attended
from earners import add_courses, held, learn
from learners import add_award
from lms.services import audit, awards
from lms.zodb import in_transaction
from sites import NOW

COURSE = "/courses/rest/"


@pytest.fixture
def course(site, tmp_path):
    """A published course on the smallest package, beside another one; its address."""
    add_courses(site, tmp_path)
    return COURSE


def add(site, address, username="author", **values):
    """Fill in the form that adds something, and send it."""
    browser = site.signed_in(username)
    form = browser.get(address).forms["form"]
    for name, value in values.items():
        form[name] = value
    return form.submit(expect_errors=True)


def text_of(page) -> str:
    return " ".join(page.html.main.get_text(" ").split())


def shown(site, address, username="member") -> str:
    return text_of(site.signed_in(username).get(address))


def test_an_author_adds_a_certificate_of_participation_and_members_read_what_it_asks_for(
    site, course
):
    learn(site, course, **{"score.scaled": "0.72"})
    page = add(
        site,
        f"{course}certificates/add",
        kind="participation",
        completed=False,
        score="80",
        hours="1,50",
        validity="months",
        months="24",
        renewal="3",
    ).follow()
    assert "The certificate is saved." in page.text
    text = text_of(page)
    assert "Certificate of participation Score at least 80 %. Valid for 24 months." in text
    assert "CPD hours: 1.5." in text
    said = "Still missing: score 80 %, you have 72 %."
    assert said in shown(site, course)
    assert f"Certificate of participation: {said}" in shown(site, "/learning/")


def test_who_has_earned_it_already_gets_it_when_it_is_added(site, course):
    learn(site, course, completion_status="completed", **{"score.scaled": "0.9"})
    assert len(held(site)) == 1
    add(site, f"{course}certificates/add", kind="participation", completed=False, score="80")
    page = site.signed_in("member").get(course)
    assert len(page.html.find_all("a", string="Certificate")) == 2
    assert "Certificate of participation" in text_of(page)


def test_the_pages_of_awards_say_what_they_are_for(site, course):
    author = site.signed_in("author")
    page = author.get(f"{course}certificates/").click("Add a certificate")
    assert page.html.h1.text == "Add a certificate"
    add(site, f"{course}certificates/add", title="Ready", hours="1,5")
    page = author.get(f"{course}certificates/")
    (edit,) = [each for each in page.html.find_all("a") if each.text.startswith("Edit Ready")]
    assert author.get(edit["href"]).html.h1.text == "Ready: Certificate of achievement"
    author.set_cookie("tutela-language", "fr")
    assert "1,5." in text_of(author.get(f"{course}certificates/"))


def test_a_title_of_another_direction_does_not_turn_the_sentence_around(site, course):
    add(site, f"{course}certificates/add", title="مستعد")
    name = "\u2068مستعد\u2069: Certificate of achievement"
    assert name in shown(site, course)
    assert name in shown(site, f"{course}certificates/", "author")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"completed": False}, "completed"),
        ({"hours": "many"}, "hours"),
        ({"validity": "until"}, "until"),
        ({"validity": "months"}, "months"),
        ({"reminders": "soon"}, "reminders"),
        ({"reminders": "1, 2, 3, 4, 5, 6"}, "reminders"),
        ({"first": "2027-01-01"}, "last"),
        ({"last": "2027-01-01"}, "first"),
        ({"first": "2027-02-01", "last": "2027-01-01"}, "last"),
    ],
)
def test_the_form_says_what_an_award_needs(site, course, values, field):
    page = add(site, f"{course}certificates/add", **values)
    assert page.status_int == 400
    assert page.html.find(id=f"form-{field}-problem") is not None
    with site.write() as root:
        assert len(awards.of_course(root["site"], root["site"].courses["rest"])) == 1


def test_the_form_shows_what_was_decided(site, course):
    add(
        site,
        f"{course}certificates/add",
        title="Deep rest",
        passed=True,
        lessons=["i"],
        minutes="30",
        first="2026-01-01",
        last="2030-12-31",
        validity="until",
        until="2031-01-01",
        reminders="7,30",
    )
    author = site.signed_in("author")
    page = author.get(f"{course}certificates")
    assert "Deep rest: Certificate of achievement" in text_of(page)
    link = next(a for a in page.html.main.find_all("a") if "Deep rest" in a.get_text())["href"]
    form = author.get(link).forms["form"]
    values = {name: form[name].value for name in ("minutes", "first", "last", "until", "reminders")}
    assert values == {
        "minutes": "30",
        "first": "2026-01-01",
        "last": "2030-12-31",
        "until": "2031-01-01",
        "reminders": "30, 7",
    }
    rows = [row.get_text() for row in page.html.main.select("li.row")]
    again = form.submit().follow()
    assert [row.get_text() for row in again.html.main.select("li.row")] == rows


def test_the_audit_trail_says_what_was_decided_about_an_award(site, course):
    add(site, f"{course}certificates/add", title="Deep rest", score="80")
    author = site.signed_in("author")
    link = next(
        link
        for link in author.get(f"{course}certificates").html.main.find_all("a")
        if "Deep rest" in link.get_text()
    )["href"]
    form = author.get(link).forms["form"]
    form["score"], form["validity"], form["months"] = "70", "months", "24"
    form.submit()
    with site.write() as root:
        entries, _further = audit.page(root["site"].audit)
    found = [entry["details"] for entry in entries if entry["action"].startswith("award ")]
    changed, added = found
    assert changed.keys() == {"award", "title", "rule", "validity"}
    assert changed["rule"] == [["completed"], ["score", 70]]
    assert changed["validity"] == ["months", 24]
    assert (added["award"], added["title"]) == (changed["award"], "Deep rest")
    assert added["rule"] == [["completed"], ["score", 80]]


def test_an_award_of_another_course_is_not_found_on_this_one(site, course):
    author = site.signed_in("author")
    with site.write() as root:
        (other,) = awards.of_course(root["site"], root["site"].courses["work"])
        key = other.__name__
    author.get(f"/courses/work/certificates/{key}/", status=200)
    author.get(f"{course}certificates/{key}/", status=404)
    author.get(f"/certificates/awards/{key}/edit", status=403)
    site.signed_in("admin").get(f"/certificates/awards/{key}/edit", status=404)
    site.signed_in("member").get(f"{course}certificates", status=403)


def test_an_admin_gives_a_reason_for_what_was_not_earned(site, course):
    learn(site, course, completion_status="incomplete")
    admin = site.signed_in("admin")
    report = admin.get(f"{course}report")
    form = next(form for form in report.forms.values() if "certify" in form.action)
    page = form.submit(expect_errors=True)
    assert page.status_int == 400
    assert "has not earned the certificate" in page.text
    form = page.forms["form"]
    form["reason"] = "She taught the course."
    assert "The certificate is issued." in form.submit().follow().text
    assert len(held(site)) == 1
    assert "She taught the course." in admin.get("/admin/audit").text
    assert admin.get(f"{course}certify").location.endswith("/report")
    other = next(f for f in report.forms.values() if "certify" in f.action)
    other["award"] = "elsewhere"
    assert other.submit(expect_errors=True).status_int == 404


def test_a_certificate_whose_last_day_is_over_is_promised_to_nobody(site, course):
    words = "certificate for completing it"
    assert words in shown(site, "/courses/")
    add(site, "/certificates/awards/add", "admin", title="Ready", courses=["rest"])
    learn(site, course, completion_status="incomplete")
    assert "Ready" in shown(site, "/learning/")
    with site.write() as root:
        for award in root["site"].certificates.awards.values():
            awarding.change(award, {"validity": ("until", "2026-01-01")})
    assert words not in shown(site, "/courses/")
    assert "Ready" not in shown(site, "/learning/")


# Renewal


def ends_soon(site, days: int) -> str:
    """The member's certificate of the course ends in so many days; its code."""
    with site.write() as root:
        person = root["site"].people.by_username("member")
        course = root["site"].courses["rest"]
        (certificate,) = awards.held_in(root["site"], person.learner_id, course)
        now = datetime.now(UTC)
        certificate.valid_until = now + timedelta(days=days)
        certificate.issued = now - timedelta(days=700)
        enrolment = person.enrolments["rest"]
        enrolment.begun = (1, certificate.issued, 0)
        enrolment.fulfilled = (certificate.issued, enrolment.fulfilled[1])
        return certificate.code


@pytest.fixture
def renewable(site, course):
    """The course's certificate is valid for two years, and can be renewed three months before."""
    author = site.signed_in("author")
    page = author.get(f"{course}certificates")
    form = author.get(page.html.main.select("li a.button")[0]["href"]).forms["form"]
    form["validity"], form["months"], form["renewal"] = "months", "24", "3"
    form.submit()
    return course


@pytest.mark.parametrize("days", [20, -20], ids=["before the end", "after it"])
def test_taking_the_course_anew_in_the_window_renews_the_certificate_once(site, renewable, days):
    terminate = learn(site, renewable, completion_status="completed", session_time="PT1H")
    terminate()
    first = ends_soon(site, days)

    terminate = learn(site, renewable, location="1")
    assert [code for code, *_more in held(site)] == [first]
    terminate()
    learn(site, renewable, completion_status="completed")

    ((second, renews, until),) = held(site)
    assert (second != first, renews) == (True, first)
    assert until > datetime.now(UTC) + timedelta(days=700)
    learn(site, renewable, completion_status="completed")
    assert [code for code, *_more in held(site)] == [second]


def test_going_on_in_the_old_attempt_or_before_the_window_renews_nothing(site, renewable):
    terminate = learn(site, renewable, completion_status="completed")
    first = ends_soon(site, 200)
    terminate()
    learn(site, renewable, completion_status="completed")()
    assert [code for code, *_more in held(site)] == [first]


def test_home_reminds_calmly_of_a_certificate_that_is_about_to_expire(site, renewable):
    learn(site, renewable, completion_status="completed")()
    assert "is valid until" not in shown(site, "/learning/")
    ends_soon(site, 20)
    page = site.signed_in("member").get("/").follow()
    notice = page.html.select_one("p.notice").get_text(" ", strip=True)
    assert notice.startswith("Your certificate “Rest” is valid until ")
    assert "Take the course again to renew it." in notice
    with site.write() as root:
        (award,) = awards.of_course(root["site"], root["site"].courses["rest"])
        award.renewal = 0
    assert "Take the course again" not in shown(site, "/learning/")


def test_nobody_is_told_to_take_a_course_again_that_was_withdrawn(site, renewable):
    learn(site, renewable, completion_status="completed")()
    ends_soon(site, 20)
    assert "Take the course again" in shown(site, "/learning/")
    with site.write() as root:
        root["site"].courses["rest"].published = False
    text = shown(site, "/learning/")
    assert "is valid until" in text
    assert "Take the course again" not in text


def test_time_that_is_not_enough_for_a_certificate_is_not_shown_as_if_it_were(site, course):
    add(site, f"{course}certificates/add", completed=False, minutes="60")
    learn(site, course, session_time="PT59M45S")()
    text = shown(site, "/learning/")
    assert "Still missing: 1 h 0 min in the course, you have 59 min." in text
    assert "1 h 0 min ·" not in text
    assert site.signed_in("admin").get(f"{course}report").html.find("td", string="59") is not None


# Paths


def test_an_admin_makes_a_path_and_members_see_how_far_they_are(site, course):
    page = add(
        site,
        "/certificates/awards/add",
        "admin",
        title="Ready for work",
        description="Rest and work.",
        courses=["rest", "work"],
    ).follow()
    assert "The path is saved." in page.text
    assert "Ready for work Rest and work. Complete these courses: Rest, Work." in text_of(page)
    learn(site, course, completion_status="completed")
    text = shown(site, "/learning/")
    assert "Ready for work Rest and work. 1 of 2 courses Still missing: Work" in text

    learn(site, "/courses/work/", completion_status="completed")

    page = site.signed_in("member").get("/learning/")
    assert "2 of 2 courses" in text_of(page)
    assert len(page.html.find_all("a", string="Certificate")) == 3


def test_a_path_is_changed_retired_and_taken_up_again(site, course):
    add(site, "/certificates/awards/add", "admin", title="Ready", courses=["rest"])
    admin = site.signed_in("admin")
    page = admin.get(admin.get("/admin/").html.main.find("a", string="Paths")["href"])
    edit, issue = page.html.main.select("li a.button")
    assert "Ready" in admin.get(issue["href"]).text
    form = admin.get(edit["href"]).forms["form"]
    form["title"] = "Ready for work"
    page = form.submit().follow()
    assert "Ready for work" in text_of(page)
    retire = next(form for form in page.forms.values() if form.action.endswith("/retire"))
    page = retire.submit().follow()
    assert "Those that were issued stay." in page.text
    learn(site, course, completion_status="completed")
    assert "Ready for work" not in shown(site, "/learning/")
    restore = next(form for form in page.forms.values() if form.action.endswith("/restore"))
    restore.submit()
    assert "1 of 1 courses" in shown(site, "/learning/")
    assert add(site, "/certificates/awards/add", "admin", title="Empty").status_int == 400


# Sessions


def test_a_session_that_was_attended_earns_its_certificate_once(site):
    with site.write() as root:
        add_award(
            root["site"],
            "webinar/7",
            NOW,
            title="",
            kind="participation",
            rule=(("attended", 75),),
            hours="1.5",
        )
        learner_id = root["site"].people.by_username("member").learner_id

    def tell(connection):
        event = Attended(
            learner_id=learner_id,
            subject="webinar/7",
            title="Listening, live",
            share=80,
            minutes=72,
            started=NOW,
            ended=NOW + timedelta(minutes=90),
            language="en",
            registry=site.app.site.registry,
            connection=connection,
        )
        event.registry.notify(event)

    for _twice in range(2):
        in_transaction(site.database, tell)

    with site.write() as root:
        (certificate,) = root["site"].certificates.of_learner(learner_id)
        code = certificate.code
        assert (certificate.snapshot["kind"], certificate.snapshot["hours"]) == (
            "participation",
            "1.5",
        )
    assert "This certificate is valid" in site.browser().get(f"/certificates/{code}").text
    admin = site.signed_in("admin").get("/admin/audit").text
    assert admin.count("certificate issued") == 1
