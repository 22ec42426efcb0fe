"""Templates of certificates on the whole site: what its own rules for forms leave of a picture."""

import pytest
from webtest import Upload

import images

ROOM = "/certificates/templates/"


@pytest.fixture
def admin(site):
    return site.signed_in("admin")


@pytest.fixture
def form(admin):
    """The designer of a new template."""
    page = admin.get(f"{ROOM}new")
    new = next(each for each in page.forms.values() if "base" in each.fields)
    new["name"] = "Ours"
    return new.submit().follow().forms["design"]


def test_an_admin_finds_the_templates(admin):
    page = admin.get("/admin/").click("Certificate templates")
    assert [each.text for each in page.html.select("li h3")] == ["Quiet", "Frame", "Band"]


def test_the_words_can_be_in_every_language_of_the_site(form):
    assert [value for value, _chosen, _label in form["language"].options] == [
        "en",
        "fr",
        "es",
        "ar",
    ]


def test_a_picture_stays_although_the_answer_is_one_about_mistakes(admin, form):
    form["upload:seal"] = Upload("seal.png", images.png())
    form["ink"] = "#eeeeee"
    answer = form.submit("do", value="save", status=400)
    picture = answer.html.select("[data-slot=seal] .kept img")[0]["src"]
    assert admin.get(picture).content_type == "image/png"
    form = answer.forms["design"]
    form["ink"] = "#111111"
    page = form.submit("do", value="save").follow()
    assert "Changed: Text, Seal" in page.text


def test_a_mistake_saves_nothing_else(admin, form):
    form["name"], form["ink"] = "Theirs", "#eeeeee"
    form.submit("do", value="save", status=400)
    assert admin.get(ROOM).html.select_one("li h3").text == "Ours"


@pytest.mark.parametrize("username", ["member", "author"])
def test_nobody_else_sees_them(site, form, username):
    other = site.signed_in(username)
    other.get(ROOM, status=403)
    other.get(form.action.removeprefix("http://localhost:6543"), status=403)
