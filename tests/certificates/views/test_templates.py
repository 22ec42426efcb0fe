"""Templates on their pages: listed, made, copied, retired, carried; every id under its owner."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

import images
from certificates import designing, pictures, template_files
from certificates.designs import INCLUDED, Design
from certificates.resources import Award

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADMIN = "role:admin"
ROOM = "/awards/templates/"
SEAL = pictures.cleaned(images.png(), "seal")


@pytest.fixture
def make(site):
    """Makes templates in the site's database; their addresses."""

    def made(name="Ours", design=INCLUDED["quiet"], found=None) -> str:
        with site.transaction() as tree:
            template = designing.make(
                tree["awards"], name, design, found or {}, NOW, lambda n: name.encode()[:n]
            )
            return f"{ROOM}{template.__name__}/"

    return made


def stored(site, name="Ours"):
    """What the database has of a template: number and layout of each version, and what it is."""
    with site.transaction() as tree:
        found = [each for each in tree["awards"].templates.values() if each.name == name]
        assert len(found) == 1
        versions = [(each.number, each.design["layout"]) for each in found[0].versions.values()]
        return versions, found[0].retired is not None


def post(site, path: str, *, status=303, **fields):
    """Send a form of a page that has several: by the address it is sent to."""
    token = site.get(ROOM + "new", ADMIN).form["csrf_token"].value
    headers = {"X-Principals": ADMIN}
    return site.app.post(path, {"csrf_token": token, **fields}, headers=headers, status=status)


def test_the_list_has_the_included_ones_and_the_sites_own_with_their_pictures(site, make):
    make("Zebra")
    shown = site.get(ROOM, ADMIN).html
    assert [each.text for each in shown.select("li h3")] == ["Zebra", "Quiet", "Frame", "Band"]
    assert [each["src"].partition(ROOM)[2] for each in shown.select("li img")] == [
        "5a65627261/1/small.png",
        "quiet/small.png",
        "frame/small.png",
        "band/small.png",
    ]


def test_the_list_counts_the_awards_that_use_each(site):
    with site.transaction() as tree:
        for key in "12":
            award = Award(key, subject="course/x", kind="achievement", created=NOW)
            award.template = "band"
            tree["awards"].awards.add(award)
    hints = [each.text.strip() for each in site.get(ROOM, ADMIN).html.select("li .hint")]
    assert hints == ["0 awards use it.", "0 awards use it.", "2 awards use it."]
    assert "course/x" in site.get(ROOM + "band/", ADMIN).text


@pytest.mark.parametrize("name", list(INCLUDED))
def test_an_included_one_is_shown_as_a_picture_in_any_language(site, name):
    answer = site.get(f"{ROOM}{name}/preview.png", ADMIN)
    page = Image.open(io.BytesIO(answer.body))
    assert (page.format, page.width > 1000, page.width > page.height) == ("PNG", True, True)
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    arabic = site.get(f"{ROOM}{name}/preview.png?language=ar", ADMIN).body
    assert arabic != answer.body
    strange = site.get(f"{ROOM}{name}/preview.png?language=../../x", ADMIN).body
    assert strange == answer.body


def test_a_small_picture_is_small(site):
    answer = site.get(ROOM + "quiet/small.png", ADMIN)
    page = Image.open(io.BytesIO(answer.body)).convert("RGB")
    assert (page.width, page.getpixel((1, 1))) == (480, (255, 255, 255))
    assert len(answer.body) < 25_000


def test_a_page_that_no_font_can_print_is_no_picture_and_says_why(make_site, tmp_path):
    site = make_site(fonts=str(tmp_path))
    answer = site.get(f"{ROOM}quiet/preview.png?language=ar", ADMIN, status=503)
    assert "no font for the Arabic script" in answer.text


def test_an_included_one_can_be_copied_and_not_changed(site):
    shown = site.get(ROOM + "band/", ADMIN)
    assert shown.html.h1.text == "Band"
    (link,) = shown.html.select(".actions .button")
    assert link.text == "Copy"
    form = site.get(link["href"].removeprefix("http://localhost"), ADMIN).form
    assert form["base"].value == "band"
    form["name"] = "Ours"
    answer = form.submit(headers={"X-Principals": ADMIN})
    assert answer.status_int == 303
    assert answer.location.endswith("/edit")
    assert stored(site) == ([(1, "band")], False)


def test_a_copy_of_an_own_one_begins_with_its_pictures(site, make):
    make("Ours", Design("frame", seal="seal"), {"seal": SEAL})
    with site.transaction() as tree:
        (template,) = tree["awards"].templates.values()
        key = template.__name__
    site.fill(ROOM + "new", ADMIN, name="Theirs", base=key, status=303)
    assert stored(site, "Theirs") == ([(1, "frame")], False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " ", "base": "quiet"}, "Give the template a name"),
        ({"name": "quiet", "base": "quiet"}, "Another template has this name"),
        ({"name": "New", "base": "nothing"}, "Choose a template to begin with"),
    ],
)
def test_a_new_one_that_cannot_be_is_told_and_nothing_typed_is_lost(site, fields, words):
    answer = post(site, ROOM + "new", status=400, **fields)
    assert words in answer.html.find(class_="errors").text
    assert answer.form["name"].value == fields["name"]


def test_its_page_has_its_versions_with_what_changed_and_its_pictures(site, make):
    path = make()
    with site.transaction() as tree:
        (template,) = tree["awards"].templates.values()
        designing.save(template, Design("band", accent="#1f3f6e"), {}, NOW)
    shown = site.get(path, ADMIN).html
    assert [each.text for each in shown.select("li h3")] == ["Version 2", "Version 1"]
    assert [each.text for each in shown.select("li .hint")] == [
        "24 Nov 2026 09:00 UTC · Changed: Layout, Accent · used for new certificates",
        "24 Nov 2026 09:00 UTC",
    ]
    assert shown.select("img.page")[0]["src"].endswith("/2/preview.png")
    assert site.get(path + "2/small.png", ADMIN).body != site.get(path + "1/small.png", ADMIN).body
    assert "Use this version again" in site.get(path + "1/", ADMIN).text
    assert "Use this version again" not in site.get(path + "2/", ADMIN).text


def test_an_earlier_version_is_used_again_as_a_new_one(site, make):
    path = make()
    with site.transaction() as tree:
        (template,) = tree["awards"].templates.values()
        designing.save(template, Design("band"), {}, NOW)
    answer = post(site, path + "1/again")
    assert answer.location.endswith("?said=saved")
    assert stored(site) == ([(1, "quiet"), (2, "band"), (3, "quiet")], False)
    assert "A new version is saved" in site.get(path + "?said=saved", ADMIN).text
    assert post(site, path + "3/again").location.endswith("?said=as+it+was")


def test_it_is_retired_and_brought_back(site, make):
    path = make()
    assert post(site, path + "retire").location.endswith("?said=retired")
    assert stored(site)[1] is True
    assert "is retired" in site.get(path, ADMIN).text
    assert "Retired" in site.get(ROOM, ADMIN).text
    post(site, path + "bring-back")
    assert stored(site)[1] is False


def test_it_is_carried_to_another_site(site, make, make_site):
    path = make("Été 2026", Design("band", seal="seal"), {"seal": SEAL})
    answer = site.get(path + "export", ADMIN)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="t-2026.zip"'
    other = make_site()
    form = other.get(ROOM + "import", ADMIN).form
    form["upload:template"] = ("any.zip", answer.body)
    headers = {"X-Principals": ADMIN}
    assert form.submit(headers=headers).location.endswith("?said=taken+in")
    assert stored(other, "Été 2026") == ([(1, "band")], False)
    form = other.get(ROOM + "import", ADMIN).form
    form["upload:template"], form["name"] = ("any.zip", answer.body), "Again"
    form.submit(headers=headers, status=303)
    assert stored(other, "Again") == ([(1, "band")], False)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (None, "Choose a file to take in"),
        (b"no zip", "no template of a certificate"),
        (template_files.written("Quiet", Design(), {}), "Another template has this name"),
        (template_files.written("New", Design(ink="#ffffff"), {}), "hard to read"),
        (template_files.written("New", Design(seal="seal"), {"seal": images.SVG}), "not a PNG"),
    ],
    ids=["no file", "no zip", "name", "design", "picture"],
)
def test_a_file_that_cannot_be_taken_in_is_told(site, sent, words):
    form = site.get(ROOM + "import", ADMIN).form
    if sent is not None:
        form["upload:template"] = ("any.zip", sent)
    answer = form.submit(headers={"X-Principals": ADMIN}, status=400)
    assert words in answer.html.find(id="template-problem").text


def test_a_picture_has_an_address_under_its_own_template_alone(site, make):
    ours = make("Ours", Design(seal="seal"), {"seal": SEAL})
    theirs = make("Theirs")
    digest = designing.digest_of(SEAL)
    answer = site.get(f"{ours}picture/{digest}", ADMIN)
    assert (answer.content_type, answer.body) == ("image/png", SEAL)
    site.get(f"{theirs}picture/{digest}", ADMIN, status=404)
    site.get(f"{ours}picture/{digest}/x", ADMIN, status=404)
    site.get(f"{ours}picture/..%2f{digest}", ADMIN, status=404)


def test_a_version_of_another_template_is_not_found(site, make):
    ours, theirs = make("Ours"), make("Theirs")
    with site.transaction() as tree:
        template = next(each for each in tree["awards"].templates.values() if each.name == "Ours")
        designing.save(template, Design("band"), {}, NOW)
    assert site.get(ours + "2/", ADMIN).status_int == 200
    site.get(theirs + "2/", ADMIN, status=404)
    site.get(theirs + "2/preview.png", ADMIN, status=404)
    post(site, theirs + "2/again", status=404)


@pytest.mark.parametrize("principals", [(), ("learner:learner-1",), ("role:author",)], ids=str)
@pytest.mark.parametrize(
    "page",
    [
        *("", "new", "import", "band/", "band/preview.png", "band/small.png"),
        *("4f757273/", "4f757273/edit", "4f757273/export", "4f757273/1/", "4f757273/1/small.png"),
        *("4f757273/1/preview.png", "4f757273/picture/x"),
    ],
)
def test_the_pages_are_for_admins_alone(site, make, principals, page):
    make("Ours")
    site.get(ROOM + page, *principals, status=403)


@pytest.mark.parametrize("principals", [(), ("role:author",)], ids=str)
@pytest.mark.parametrize(
    "page", ["edit", "picture-of", "retire", "bring-back", "1/again", "../new", "../import"]
)
def test_nobody_else_changes_anything(site, make, principals, page):
    path = make("Ours")
    headers = {"X-Principals": " ".join(principals)}
    page = page.replace("../", "")
    place = ROOM if page in ("new", "import") else path
    site.app.post(place + page, {"name": "x"}, headers=headers, status=403)


@pytest.mark.parametrize("page", ["edit", "picture-of", "retire", "bring-back", "1/again"])
def test_a_form_from_elsewhere_is_refused(site, make, page):
    path = make("Ours")
    site.app.post(path + page, {}, headers={"X-Principals": ADMIN}, status=400)


@pytest.mark.parametrize("page", ["new", "import"])
def test_a_form_from_elsewhere_makes_nothing(site, page):
    sent = {"name": "x", "base": "quiet"}
    site.app.post(ROOM + page, sent, headers={"X-Principals": ADMIN}, status=400)
