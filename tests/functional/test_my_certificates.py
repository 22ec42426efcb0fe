"""My certificates on the whole site: how a member gets there, and what they can still earn."""

import secrets

import pytest

import smallest
from certificates import awarding
from lms.services import courses
from sites import NOW, upload

MINE = "/certificates/mine/"


@pytest.fixture
def begun(site, tmp_path):
    """A course that gives a certificate, which the member has begun and is on a path through."""
    author = site.signed_in("author")
    path = smallest.write(tmp_path / "smallest.zip", "2004")
    package = upload(author, "smallest.zip", path.read_bytes())
    page = author.get(package.html.find("a", string="Make a course")["href"])
    form = next(form for form in page.forms.values() if "title" in form.fields)
    form["title"] = "Listening"
    form.submit()
    with site.write() as root:
        here = root["site"]
        course, member = here.courses["listening"], here.people.by_username("member")
        course.published, course.content_note = True, "Nothing that may distress."
        courses.enrol(course, member, NOW).started = NOW
        awards = here.certificates.awards
        award = awarding.create(
            awards,
            subject=courses.subject_of(course.__name__),
            now=NOW,
            random=secrets.token_bytes,
        )
        awarding.change(award, {"rule": (("minutes", 60),)})
        path = awarding.create(awards, subject="", now=NOW, random=secrets.token_bytes)
        awarding.change(
            path, {"title": "First steps", "rule": (("courses", ("listening",)),), "language": "en"}
        )


def rows(page) -> dict[str, str]:
    heading = page.html.find("h2", string="What you can still earn")
    if heading is None:
        return {}
    items = heading.find_next("ul").find_all("li")
    return {item.h3.text: " ".join(item.p.get_text(" ").split()) for item in items}


def test_my_learning_leads_there(site):
    page = site.signed_in("member").get("/learning/").click("My certificates", index=0)
    assert page.html.h1.text == "My certificates"
    assert "You have none yet" in page.text


def test_what_is_missing_for_a_course_and_for_a_path_is_said(site, begun):
    found = rows(site.signed_in("member").get(MINE))
    assert set(found) == {"Listening", "First steps"}
    assert found["First steps"] == "Listening"
    assert "1 h 0 min in the course" in found["Listening"]


def test_a_course_that_has_not_begun_is_not_on_the_way(site, begun):
    with site.write() as root:
        member = root["site"].people.by_username("member")
        member.enrolments["listening"].started = None
    assert set(rows(site.signed_in("member").get(MINE))) == {"First steps"}


def test_who_is_not_signed_in_is_asked_to(site):
    answer = site.browser().get(MINE)
    assert answer.status_int == 303
    assert "/sign-in" in answer.location
