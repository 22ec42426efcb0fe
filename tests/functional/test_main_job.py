"""The main job as browsers without scripts see it: upload, course, launch, commit, certificate."""

from shared import SHARED, needs_shared
from sites import upload

GOLF = SHARED / "scorm" / "golf"
BASIC = "RuntimeBasicCalls_SCORM12.zip"


def form_with(page, field):
    return next(number for number, form in page.forms.items() if field in form.fields)


def submit(page, field, **values):
    form = page.forms[form_with(page, field)]
    for name, value in values.items():
        form[name] = value
    return form.submit()


def course_of(site, package=BASIC, **settings):
    """An author uploads a package and publishes a course on it; the course's address."""
    author = site.signed_in("author")
    page = upload(author, package, (GOLF / package).read_bytes())
    form_page = author.get(page.html.find("a", string="Make a course")["href"])
    edit = submit(form_page, "title", title="Golf explained").follow()
    form = edit.forms[form_with(edit, "summary")]
    form["published"] = True
    form["content_note"] = "Nothing that may distress."
    for name, value in settings.items():
        form[name] = value
    course = form.submit().follow()
    return course.request.path


def launch(site, browser, course):
    """Press the course page's button; a browser on the content host, its capability, the view."""
    page = browser.get(course)
    answer = page.forms[form_with_action(page, "launch")].submit()
    content, capability = site.content(answer.location)
    settings = content.get(f"/{capability}/play").html.find(id="player-settings").string
    assert capability in settings
    view = content.post_json(f"/{capability}/start", {"session": "-"}).json
    return content, capability, view


def form_with_action(page, word):
    return next(number for number, form in page.forms.items() if word in form.action)


def commit(content, capability, *entries):
    return content.post_json(f"/{capability}/commit", {"entries": list(entries)}).json


@needs_shared
def test_a_course_is_taken_from_upload_to_certificate(site):
    course = course_of(site)
    member = site.signed_in("member")
    assert "Golf explained" in member.get("/courses/").text

    content, capability, view = launch(site, member, course)
    item = view["delivery"]["activity"]
    commit(
        content,
        capability,
        {"number": 1, "activity": item, "kind": "initialize"},
        {
            "number": 2,
            "activity": item,
            "kind": "set",
            "values": [
                ["cmi.core.lesson_status", "passed"],
                ["cmi.core.score.raw", "90"],
                ["cmi.core.session_time", "0000:05:00"],
            ],
        },
        {"number": 3, "activity": item, "kind": "terminate", "request": "_none_"},
    )
    page = member.get(course)
    certificate = page.html.find("a", string="Certificate")["href"]
    assert "Review" in page.text
    stranger = site.browser()
    assert "This certificate is valid" in stranger.get(certificate).text
    assert "Member" not in stranger.get(certificate).html.find("main").text
