"""Courses as authors, admins and members meet them: settings, enrolment, report, My learning."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from webtest import AppError

import smallest
from lms.evolution import STEPS
from lms.resources.courses import Enrolment
from lms.services import courses, people
from sites import NOW, upload


def form_with(page, field):
    return next(form for form in page.forms.values() if field in form.fields)


def form_to(page, word):
    return next(form for form in page.forms.values() if word in form.action)


@pytest.fixture
def course(site, tmp_path):
    """A published course on the smallest package; its address."""
    author = site.signed_in("author")
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    package = upload(author, "smallest.zip", path.read_bytes())
    form = form_with(author.get(package.html.find("a", string="Make a course")["href"]), "title")
    form["title"] = "Listening"
    edit = form.submit().follow()
    form = form_with(edit, "summary")
    form["published"] = True
    form["content_note"] = "Nothing that may distress."
    form["summary"] = "How to listen."
    form.submit()
    return "/courses/listening/"


class Attempt:
    """A member's launched course; values are set as content would."""

    def __init__(self, site, course, username="member", *, look=False):
        self.member = site.signed_in(username)
        self.number = 0
        form = form_to(self.member.get(course), "launch")
        if look:
            form["look"] = True
        address = form.submit().location
        self.content, self.capability = site.content(address)
        self.content.post_json(f"/{self.capability}/start", {"session": "-"})

    def set(self, **values):
        self.number += 1
        pairs = [[f"cmi.{name}", value] for name, value in values.items()]
        entry = {"number": self.number, "kind": "set", "activity": "i", "values": pairs}
        self.content.post_json(f"/{self.capability}/commit", {"entries": [entry]})

    def send(self, kind, **more):
        self.number += 1
        entry = {"number": self.number, "kind": kind, "activity": "i", **more}
        return self.content.post_json(f"/{self.capability}/commit", {"entries": [entry]}).json

    def score(self, scaled):
        self.number += 1
        entry = {
            "number": self.number,
            "kind": "set",
            "activity": "i",
            "values": [["cmi.score.scaled", scaled]],
        }
        self.content.post_json(f"/{self.capability}/commit", {"entries": [entry]})


def settings(site, course, **values):
    form = form_with(site.signed_in("author").get(f"{course}edit"), "summary")
    for name, value in values.items():
        form[name] = value
    return form.submit(expect_errors=True)


def retire_certificate(site, course):
    author = site.signed_in("author")
    form_to(author.get(f"{course}certificates"), "retire").submit()


def text_of(browser, path):
    return browser.get(path).html.find("main").get_text(" ", strip=True)


def test_a_member_sees_published_courses_alone(site, course):
    member = site.signed_in("member")
    assert "Listening" in text_of(member, "/courses/")
    settings(site, course, published=False)
    assert "Listening" not in text_of(member, "/courses/")
    member.get(course, status=403)
    assert "not published" in text_of(site.signed_in("author"), course)


def test_a_course_that_is_withdrawn_keeps_what_people_did_in_it(site, course):
    attempt = Attempt(site, course)
    attempt.score("0.5")
    member = attempt.member
    form = form_to(member.get(course), "launch")
    settings(site, course, published=False)
    assert "Listening" not in text_of(member, "/courses/")
    assert "withdrawn" in text_of(member, course)
    assert "launch" not in member.get(course).html.find("main").decode()
    assert "withdrawn" in text_of(member, "/learning/")
    assert "in progress" in text_of(member, "/learning/")
    assert member.get("/learning/").html.find("a", string="Resume") is None
    assert "withdrawn" in form.submit().follow().text
    attempt.set(completion_status="completed")
    assert member.get(course).html.find("a", string="Certificate")


def test_the_way_through_a_course_is_told_in_words(site, course):
    member = site.signed_in("member")
    assert "You have not started yet" in text_of(member, course)
    assert "not enrolled in a course yet" in text_of(member, "/learning/")
    attempt = Attempt(site, course)
    attempt.set(location="1", session_time="PT65M")
    assert "Still missing: 1 part (One)" in text_of(member, "/learning/")
    assert member.get(course).html.find("button", string="Resume")
    attempt.set(completion_status="completed")
    assert "You have completed this course" in text_of(member, course)
    assert member.get(course).html.find("button", string="Resume")
    attempt.send("terminate")
    assert member.get(course).html.find("button", string="Review")
    assert member.get("/learning/").html.find("a", string="Certificate")


@pytest.mark.parametrize(
    ("rule", "before", "after", "done"),
    [
        (
            {"rule": "score", "percent": "80"},
            "a score of at least 80 %",
            "score 80 %, you have 50 %",
            "0.8",
        ),
    ],
)
def test_a_course_is_completed_by_its_score(site, course, rule, before, after, done):
    settings(site, course, **rule)
    attempt = Attempt(site, course)
    attempt.set(location="1")
    member = site.signed_in("member")
    assert before in text_of(member, course)
    assert "Score at least 80 %" in text_of(member, course)
    attempt.score("0.5")
    assert after in text_of(member, course)
    attempt.score("0.796")
    assert "score 80 %, you have 79 %" in text_of(member, course)
    attempt.score(done)
    assert "You have completed this course" in text_of(member, course)


def test_what_is_done_after_the_rule_was_met_is_kept(site, course):
    settings(site, course, rule="score", percent="50")
    first = Attempt(site, course)
    first.set(location="1", exit="suspend")
    first.score("0.6")
    assert "You have completed this course" in text_of(first.member, course)
    assert first.member.get(course).html.find("button", string="Resume")
    again = Attempt(site, course)
    again.score("0.9")
    assert "score 90 %" in text_of(first.member, "/learning/")


def test_a_changed_rule_completes_the_course_for_those_who_meet_it(site, course):
    settings(site, course, rule="score", percent="80")
    retire_certificate(site, course)
    attempt = Attempt(site, course)
    attempt.score("0.6")
    assert "Still missing" in text_of(attempt.member, course)
    page = settings(site, course, rule="score", percent="60").follow()
    assert "1 person has completed it by what is decided now" in page.text
    assert "You have completed this course" in text_of(attempt.member, course)
    assert attempt.member.get(course).html.find("a", string="Certificate") is None
    author = site.signed_in("author")
    page = form_to(author.get(f"{course}certificates"), "restore").submit().follow()
    assert "The certificate is issued again." in page.text
    assert attempt.member.get(course).html.find("a", string="Certificate")
    assert "course completed" in site.signed_in("admin").get("/admin/audit").text


def test_who_brings_a_package_in_and_makes_a_course_is_noted(site, course):
    text = site.signed_in("admin").get("/admin/audit").text
    assert "package imported" in text
    assert "course created" in text


def test_a_closed_account_learns_no_more(site, course):
    attempt = Attempt(site, course)
    with site.write() as root:
        everybody = root["site"].people
        people.close(everybody, everybody.by_username("member"))
    for path in ("start", "commit"):
        answer = attempt.content.post_json(f"/{attempt.capability}/{path}", {}, status=403)
        assert "account is closed" in answer.json["message"]
    with pytest.raises(AppError, match="account is closed"):
        attempt.set(completion_status="completed")
    with site.write() as root:
        assert root["site"].people.by_username("member").enrolments["listening"].completed is None


def test_a_course_is_completed_by_passing(site, course):
    settings(site, course, rule="passed")
    retire_certificate(site, course)
    attempt = Attempt(site, course)
    attempt.set(completion_status="completed")
    member = site.signed_in("member")
    assert "Still missing: pass the course" in text_of(member, course)
    attempt.set(success_status="passed")
    assert "You have completed this course" in text_of(member, course)
    assert member.get(course).html.find("a", string="Certificate") is None


def test_a_course_is_completed_by_the_parts_that_were_chosen(site, course):
    settings(site, course, rule="lessons", lessons=["i"])
    attempt = Attempt(site, course)
    attempt.set(location="1")
    member = site.signed_in("member")
    assert "Complete these parts: One" in text_of(member, course)
    assert "Still missing: 1 part (One)" in text_of(member, course)
    attempt.set(completion_status="completed")
    assert "You have completed this course" in text_of(member, course)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"rule": "score", "percent": ""}, "Say which score completes the course"),
        ({"rule": "lessons"}, "Choose"),
        ({"title": ""}, "Title"),
    ],
)
def test_settings_that_cannot_be_are_said_to_be_and_kept_in_the_form(site, course, wrong, words):
    page = settings(site, course, summary="A long text.", **wrong)
    assert page.status_int == 400
    assert words in page.html.find("main").get_text(" ")
    assert form_with(page, "summary")["summary"].value == "A long text."


def test_where_an_admin_enrols_a_member_cannot_enrol_alone(site, course):
    settings(site, course, enrolment="admin")
    member = site.signed_in("member")
    assert "An admin enrols people" in text_of(member, course)
    token = form_with(member.get("/learning/"), "csrf_token")["csrf_token"].value
    page = member.post(f"{course}launch", {"csrf_token": token}).follow()
    assert "Ask your coordinator" in page.text
    assert member.get(f"{course}launch").location.endswith(course)

    admin = site.signed_in("admin")
    form = form_with(admin.get(f"{course}enrol"), "usernames")
    form["usernames"] = "member\nnobody"
    refused = form.submit(status=400)
    assert "These usernames do not exist: nobody." in refused.text
    assert form_with(refused, "usernames")["usernames"].value == "member\nnobody"
    with site.write() as root:
        gone = site.add_person(root["site"], "gone", "member")
        people.close(root["site"].people, gone)
    form["usernames"] = "member\ngone"
    assert "These accounts are closed: gone." in form.submit(status=400).text
    assert not member.get(course).html.find("button", string="Start")
    form["usernames"] = "member\n\nauthor\nMEMBER"
    assert "2 people are enrolled" in form.submit().follow().text
    assert "people enrolled" in admin.get("/admin/audit").text
    assert member.get(course).html.find("button", string="Start")


def test_an_admin_reads_a_course_report_as_table_and_as_csv(site, course):
    with site.write() as root:
        site.add_person(root["site"], "amina", "member")
        amina = root["site"].people.by_username("amina")
        amina.display_name = '=HYPERLINK("http://evil")'
    Attempt(site, course).set(completion_status="completed", session_time="PT30M")
    failed = Attempt(site, course, "amina")
    failed.set(success_status="failed")
    failed.score("0.4")
    admin = site.signed_in("admin")
    for sort in ("name", "score", "minutes", "nonsense"):
        page = admin.get(f"{course}report?sort={sort}")
        assert len(page.html.find("tbody").find_all("tr")) == 2
    text = admin.get(f"{course}report.csv")
    assert text.content_type == "text/csv"
    rows = {row["username"]: row for row in csv.DictReader(io.StringIO(text.text.lstrip("\ufeff")))}
    assert rows["member"]["status"] == "completed"
    assert rows["amina"]["status"] == "failed"
    assert rows["amina"]["score"] == "40"
    assert rows["amina"]["name"].startswith("'=")
    site.signed_in("author").get(f"{course}report", status=403)


def test_an_admin_issues_a_certificate_and_a_revoked_one_is_not_issued_by_itself(site, course):
    attempt = Attempt(site, course)
    attempt.set(completion_status="completed")
    admin = site.signed_in("admin")
    member = site.signed_in("member")
    first = member.get(course).html.find("a", string="Certificate")["href"]
    form = form_with(admin.get(f"{first}/revoke"), "reason")
    form["reason"] = "Somebody else sat there."
    form.submit()
    assert "certificate revoked" in admin.get("/admin/audit").text
    attempt.set(location="again")
    assert member.get(course).html.find("a", string="Certificate")["href"] == first

    for path in (course, "/learning/"):
        assert "revoked" in text_of(member, path)

    token = form_with(member.get("/learning/"), "csrf_token")["csrf_token"].value
    assert member.post(f"{course}certify", {"csrf_token": token}, status=403)
    form = form_to(admin.get(f"{course}report"), "certify")
    page = form.submit().follow()
    assert "The certificate is issued" in page.text
    assert not [other for other in page.forms.values() if "certify" in other.action]
    assert member.get(course).html.find("a", string="Certificate")["href"] != first
    assert "revoked" not in text_of(member, course)
    form["person"] = "nobody"
    assert "not enrolled" in form.submit().follow().text


def test_a_reloaded_player_is_led_back_to_its_course(site, course):
    attempt = Attempt(site, course)
    way_back = attempt.content.get("/", status=303).location
    path = way_back.partition("localhost:6543")[2]
    assert attempt.member.get(path).location.endswith(course)
    assert site.browser().get(path).location.startswith("http://localhost:6543/sign-in")
    assert attempt.member.get("/learning/resume").location.endswith("/learning/")
    attempt.member.get("/learning/resume/none", status=404)


def test_an_admin_lets_a_package_call_a_host_and_it_is_noted(site, course):
    admin = site.signed_in("admin")
    with site.write() as root:
        package = next(iter(root["site"].packages.values())).__name__
    path = f"/packages/{package}/"
    form = form_with(admin.get(path), "host")
    form["host"], form["reason"] = "cdn.example.org", ""
    assert "Say why" in form.submit(status=422).text
    form["host"], form["reason"] = "http://x/y", "needed"
    assert "Give the name of one host" in form.submit(status=422).text
    form["host"], form["reason"] = "CDN.example.org ", "Its player needs it."
    page = form.submit().follow()
    assert "cdn.example.org" in page.text
    attempt = Attempt(site, course)
    with site.write() as root:
        version = next(iter(root["site"].packages.values())).newest.key
    file = attempt.content.get(f"/{attempt.capability}/{version}/page.html")
    assert "cdn.example.org" in file.headers["Content-Security-Policy"]
    assert "package hosts changed" in admin.get("/admin/audit").text
    next(form for form in page.forms.values() if "remove" in form.fields).submit("remove")
    assert "cdn.example.org" not in admin.get(path).html.find("main").get_text(" ")
    site.signed_in("author").post(f"{path}hosts", {"host": "a.b"}, status=(400, 403))


def test_progress_of_somebody_who_is_gone_is_nobodys(site, course):
    attempt = Attempt(site, course)
    with site.write() as root:
        person = root["site"].people.by_username("member")
        del person.enrolments["listening"]
    attempt.set(completion_status="completed")
    assert "not enrolled in a course yet" in text_of(site.signed_in("member"), "/learning/")


def test_what_a_completed_course_rests_on_is_not_overwritten_by_a_later_look(site, course):
    settings(site, course, rule="passed")
    first = Attempt(site, course)
    first.set(completion_status="incomplete", success_status="passed")
    first.score("0.9")
    first.send("terminate")
    first.send("navigate", request="exitAll")
    assert first.member.get(course).html.find("button", string="Review")
    again = Attempt(site, course)
    again.set(success_status="failed")
    again.score("0.1")
    assert "score 90 %" in text_of(first.member, "/learning/")


def test_a_better_result_of_a_later_attempt_counts(site, course):
    settings(site, course, rule="passed")
    first = Attempt(site, course)
    first.set(completion_status="completed", success_status="passed", session_time="PT5M")
    first.score("0.6")
    first.send("terminate")
    first.send("navigate", request="exitAll")
    again = Attempt(site, course)
    assert "score 60 %" in text_of(first.member, "/learning/")
    again.set(completion_status="incomplete", success_status="passed", session_time="PT5M")
    again.score("0.9")
    again.send("terminate")
    assert "score 90 % · 10 min" in text_of(first.member, "/learning/")
    assert "completed" in text_of(first.member, "/learning/")


def test_a_course_that_is_over_is_truly_begun_again(site, course):
    first = Attempt(site, course)
    first.set(completion_status="completed", location="7")
    first.send("terminate")  # and the tab is closed
    again = Attempt(site, course)
    data = again.content.post_json(f"/{again.capability}/start", {}).json["delivery"]["data"]
    assert (data["cmi.entry"], data.get("cmi.location")) == ("ab-initio", None)
    assert "completed" in text_of(first.member, "/learning/")


def test_who_only_looks_at_a_completed_course_leaves_no_trace(site, course):
    first = Attempt(site, course)
    first.set(completion_status="completed")
    first.score("0.6")
    first.send("terminate")
    first.send("navigate", request="exitAll")
    look = Attempt(site, course, look=True)
    look.score("1.0")
    look.send("terminate")
    look.send("navigate", request="exitAll")
    assert "score 60 %" in text_of(first.member, "/learning/")


def test_a_test_after_completion_still_counts_when_the_course_is_resumed(site, course):
    first = Attempt(site, course)
    first.set(completion_status="completed", location="quiz", exit="suspend", session_time="PT5M")
    first.send("terminate")
    first.send("navigate", request="suspendAll")
    assert first.member.get(course).html.find("button", string="Resume")
    again = Attempt(site, course)
    again.set(success_status="passed", session_time="PT5M")
    again.score("0.9")
    again.send("terminate")
    again.send("navigate", request="exitAll")
    assert "score 90 % · 10 min" in text_of(first.member, "/learning/")
    assert first.member.get(course).html.find("button", string="Review")


def test_a_review_keeps_nothing_from_counting_that_another_device_still_holds(site, course):
    first = Attempt(site, course)
    first.set(completion_status="completed")
    first.send("terminate")
    review = Attempt(site, course, look=True)
    assert review.content.post_json(f"/{review.capability}/start", {}).json["delivery"]
    first.score("0.9")
    assert "score 90 %" in text_of(first.member, "/learning/")


def rest(site, attempt, hours=25):
    """So long ago was the course opened, and last used."""
    with site.write() as root:
        for registration in root["site"].registrations.values():
            for session in registration.sessions.values():
                session.last -= timedelta(hours=hours)
    capabilities = site.app.content.registry["scorm.capabilities"]
    read = capabilities.read
    found = read(attempt.capability)
    aged = replace(found, signed=found.signed - timedelta(hours=hours))
    capabilities.read = lambda text: aged if text == attempt.capability else read(text)


def test_signing_in_lets_a_course_go_on_in_its_window_after_it_rested_for_a_day(site, course):
    attempt = Attempt(site, course)
    rest(site, attempt)
    refused = attempt.content.post_json(f"/{attempt.capability}/commit", {}, status=403).json
    assert "rested for long" in refused["message"]
    way = refused["sign_in_url"].removeprefix("http://localhost:6543")

    visitor = site.browser()
    asked = visitor.get(way, status=303)
    assert urlsplit(asked.location).path == "/sign-in"
    assert parse_qs(urlsplit(asked.location).query)["next"] == [way]
    site.signed_in("admin").get(way, status=404)
    attempt.content.post_json(f"/{attempt.capability}/commit", {}, status=403)

    page = attempt.member.get(way)
    assert page.html.h1.string == "You are signed in again"
    assert page.html.main.find("bdi").string == "Listening"
    attempt.set(location="7")


def test_what_one_course_stores_for_others_reaches_the_same_persons_other_courses(site, course):
    with site.write() as root:
        everybody = root["site"].people
        learning = [
            courses.registration_for(
                root["site"].registrations,
                Enrolment(person.id, root["site"].courses["listening"], NOW),
                person,
                site_url="http://site.test",
                now=NOW,
            )
            for person in map(everybody.by_username, ("member", "member", "author"))
        ]
    one, two, of_another = learning
    assert one.learner is two.learner
    assert one.learner is not of_another.learner
    assert one.learner_id != two.learner_id, "Content cannot tell that it is the same person."


def test_a_page_that_another_has_followed_is_not_renewed_but_led_to_the_course(site, course):
    attempt = Attempt(site, course)
    rest(site, attempt)
    refused = attempt.content.post_json(f"/{attempt.capability}/commit", {}, status=403).json
    Attempt(site, course)
    way = refused["sign_in_url"].removeprefix("http://localhost:6543")
    assert attempt.member.get(way, status=303).location.endswith(course)
    attempt.member.get("/learning/renew", status=404)


def test_older_registrations_get_the_stores_of_their_person(site, course):
    attempt = Attempt(site, course)
    attempt.set(location="7")
    with site.write() as root:
        (registration,) = root["site"].registrations.values()
        registration.__dict__["state"] = registration.tree.plain
        del registration.tree, registration.learner
    with site.write() as root:
        next(step for step in STEPS if step.name == "rewrite-run-time-records").run(root)
    with site.write() as root:
        (registration,) = root["site"].registrations.values()
        member = root["site"].people.by_username("member")
        assert registration.learner is root["site"].registrations.learner(member.learner_id)
        assert registration.tree.plain["current"] == "i"
    assert attempt.send("set", values=[["cmi.location", "8"]])["acknowledged"] == 2
