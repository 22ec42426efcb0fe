"""The designer without script: a form that is previewed, saved, or told what cannot be so."""

import base64
import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from webtest import Upload

import images
from certificates import designing, pictures
from certificates.designs import INCLUDED, Design, Signatory, Words

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADMIN = {"X-Principals": "role:admin"}
SEAL = pictures.cleaned(images.png(), "seal")
RICH = Design(
    layout="frame",
    paper="letter",
    orientation="portrait",
    shown=frozenset({"qr"}),
    seal="seal",
    background="background",
    background_strength=35,
    signatories=(Signatory("Ana", "Director", "signature-1"), Signatory("Bo")),
    words={"en": Words(heading="Well done"), "pt-BR": Words(closing="Em {date}")},
)
IMAGES = {
    "seal": SEAL,
    "background": pictures.cleaned(images.jpeg(), "background"),
    "signature-1": pictures.cleaned(images.png((60, 20)), "signature-1"),
}


class Designer:
    """One template of a site, and its designer."""

    def __init__(self, site, design=INCLUDED["quiet"], found=None):
        self.site = site
        with site.transaction() as tree:
            template = designing.make(
                tree["awards"], "Ours", design, found or {}, NOW, lambda n: bytes(n)
            )
            self.path = f"/awards/templates/{template.__name__}/"

    def form(self):
        return self.page().forms["design"]

    def page(self):
        return self.site.get(f"{self.path}edit", "role:admin")

    def send(self, form, do="save", status=303):
        return form.submit("do", value=do, headers=ADMIN, status=status)

    def drawn(self, form) -> dict:
        """What the script is told of a form."""
        fields = [(name, value) for name, value in form.submit_fields() if name != "do"]
        texts = [each for each in fields if not isinstance(each[1], Upload)]
        files = [
            (name, file.filename, file.content)
            for name, file in fields
            if (name, file) not in texts
        ]
        return self.site.app.post(
            f"{self.path}picture-of", texts, upload_files=files, headers=ADMIN
        ).json

    def versions(self):
        """The designs of all versions."""
        with self.site.transaction() as tree:
            (template,) = tree["awards"].templates.values()
            return [Design.from_plain(each.design) for each in template.versions.values()]

    def now(self):
        """The newest design, its pictures, and what the template is called."""
        with self.site.transaction() as tree:
            (template,) = tree["awards"].templates.values()
            return (
                Design.from_plain(template.current.design),
                template.current.images,
                template.name,
            )


@pytest.fixture
def designer(site):
    return Designer(site)


def problems(answer) -> dict[str, str]:
    """What the summary on top says, by the field that it leads to."""
    links = answer.html.find(class_="errors").find_all("a")
    assert all(answer.html.find(id=link["href"][1:]) for link in links)
    return {link["href"][1:]: link.parent.text.partition(": ")[2] for link in links}


def test_a_form_that_nobody_changed_saves_nothing(site):
    designer = Designer(site, RICH, IMAGES)
    answer = designer.send(designer.form())
    assert answer.location.endswith("?said=as+it+was")
    assert designer.versions() == [RICH]


def test_everything_in_a_design_can_be_chosen(designer):
    form = designer.form()
    form["name"] = "Ours, in blue"
    form["layout"], form["paper"], form["orientation"] = "band", "letter", "portrait"
    form["accent"], form["ink"], form["ground"] = "#1f3f6e", "#101010", "#fffff0"
    form["shown-score"], form["shown-qr"] = False, False
    form["upload:seal"] = Upload("seal.png", images.png_with_a_secret())
    form["upload:background"] = Upload("x.jpg", images.jpeg())
    form["background_strength"] = " 40 "
    form["signatory-2-name"], form["signatory-2-role"] = "Bo", "Trainer"
    form["upload:signature-2"] = Upload("bo.webp", images.webp())
    form["words-en-heading"], form["words-en-closing"] = "Well  done", "On {date}: {title}"
    answer = designer.send(form)
    assert answer.location == f"http://localhost{designer.path}?said=saved"
    design, found, name = designer.now()
    assert design == Design(
        layout="band",
        paper="letter",
        orientation="portrait",
        accent="#1f3f6e",
        ink="#101010",
        ground="#fffff0",
        shown=frozenset({"hours", "length", "validity"}),
        seal="seal",
        background="background",
        background_strength=40,
        signatories=(Signatory("Bo", "Trainer", "signature-1"),),
        words={"en": Words(heading="Well done", closing="On {date}: {title}")},
    )
    assert set(found) == {"seal", "background", "signature-1"}
    assert images.SECRET not in found["seal"]
    assert name == "Ours, in blue"
    assert designer.versions()[0] == INCLUDED["quiet"]


def test_another_name_alone_makes_no_version(designer):
    form = designer.form()
    form["name"] = "Theirs"
    assert designer.send(form).location.endswith("?said=renamed")
    assert designer.now()[2] == "Theirs"
    assert len(designer.versions()) == 1


@pytest.mark.parametrize(
    ("field", "value", "at", "words"),
    [
        ("name", " ", "name", "Give the template a name."),
        ("name", "Band", "name", "Another template has this name."),
        ("ink", "#eeeeee", "ink", "This text is hard to read on this paper."),
        ("accent", "#ffffee", "accent", "This accent is hard to see on this paper."),
        ("ground", "white", "ground", "A colour is written like"),
        ("background_strength", "101", "background_strength", "Write a number from 0 to 100."),
        ("background_strength", "", "background_strength", "Write a number from 0 to 100."),
        ("signatory-3-role", "Director", "signatory-3-name", "A signatory needs a name."),
        ("words-en-before", "To {name}", "words-en-before", "A text can hold {title}"),
        ("upload:seal", Upload("x.png", images.SVG), "seal", "This is not a PNG, JPEG or WebP"),
        ("upload:signature-1", Upload("x.png", images.bomb(9000, 9000)), "signature-1", "This pic"),
        ("picture-seal", "0" * 64, "seal", "This picture is not kept any more."),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_nothing_typed_is_lost(
    designer, field, value, at, words
):
    form = designer.form()
    form["words-en-heading"] = "Kept"
    form[field] = value
    answer = designer.send(form, status=400)
    assert list(problems(answer)) == [at]
    assert problems(answer)[at].startswith(words)
    assert answer.html.find(id=f"{at}-problem").text.startswith(words)
    assert answer.forms["design"]["words-en-heading"].value == "Kept"
    if isinstance(value, str):
        assert answer.forms["design"][field].value == value
    assert len(designer.versions()) == 1


@pytest.mark.parametrize("field", ["layout", "paper", "orientation"])
def test_a_choice_that_is_not_offered_is_refused(designer, field):
    form = designer.form()
    form[field].force_value("../x")
    assert problems(designer.send(form, status=400)) == {field: "Choose one of the answers."}


def test_all_that_is_wrong_is_told_at_once(designer):
    form = designer.form()
    form["ink"], form["background_strength"], form["name"] = "#eeeeee", "strong", ""
    form["signatory-1-role"], form["words-en-before"] = "Director", "{x}"
    answer = designer.send(form, status=400)
    assert list(problems(answer)) == [
        "name",
        "background_strength",
        "signatory-1-name",
        "words-en-before",
        "ink",
    ]


def test_a_picture_that_came_stays_when_something_else_is_wrong(designer):
    form = designer.form()
    form["upload:seal"] = Upload("seal.png", images.png())
    form["ink"] = "#eeeeee"
    answer = designer.send(form, status=400)
    assert answer.headers["X-Tm"] == "commit"
    picture = answer.html.select("[data-slot=seal] .kept img")[0]["src"]
    shown = designer.site.get(picture.removeprefix("http://localhost"), "role:admin")
    assert shown.body == SEAL
    form = answer.forms["design"]
    form["ink"] = "#111111"
    designer.send(form)
    assert designer.now()[1] == {"seal": SEAL}


def test_a_picture_is_taken_out(site):
    designer = Designer(site, RICH, IMAGES)
    form = designer.form()
    form["without-seal"], form["without-signature-1"] = True, True
    designer.send(form)
    design, found, _name = designer.now()
    assert (design.seal, design.signatories[0].image, set(found)) == (None, None, {"background"})


def test_the_preview_button_shows_the_page_and_saves_nothing(designer):
    form = designer.form()
    form["layout"] = "band"
    answer = designer.send(form, "preview", status=200)
    source = answer.html.select("page-preview img")[0]["src"]
    page = base64.b64decode(source.removeprefix("data:image/png;base64,"), validate=True)
    assert Image.open(io.BytesIO(page)).format == "PNG"
    assert answer.forms["design"]["layout"].value == "band"
    assert len(designer.versions()) == 1


def test_room_for_words_in_another_language_is_made(designer):
    form = designer.form()
    form["another"] = "pt-BR"
    answer = designer.send(form, "language", status=200)
    form = answer.forms["design"]
    assert form["language"].value == "pt-BR"
    assert "português (Brasil) (pt-BR)" in answer.text
    form["words-pt-BR-heading"] = "Parabéns"
    designer.send(form)
    assert designer.now()[0].words == {"pt-BR": Words(heading="Parabéns")}


@pytest.mark.parametrize("typed", ["", "Portuguese language", "../x", "e", "pt_"])
def test_what_is_no_language_gets_no_room(designer, typed):
    form = designer.form()
    form["another"] = typed
    answer = designer.send(form, "language", status=400)
    assert problems(answer) == {"another": "Write the code of a language, such as pt or pt-BR."}
    assert answer.forms["design"]["another"].value == typed


def test_a_language_that_nobody_knows_goes_by_its_code(designer):
    form = designer.form()
    form["another"] = "qqx"
    answer = designer.send(form, "language", status=200)
    assert answer.forms["design"]["language"].options[-1][0] == "qqx"
    assert designer.drawn(answer.forms["design"])["picture"]


def test_who_works_on_an_older_version_is_told_before_it_is_saved(designer):
    form, other = designer.form(), designer.form()
    other["layout"] = "band"
    designer.send(other)
    form["layout"] = "frame"
    answer = designer.send(form, status=400)
    assert "Somebody saved another version" in answer.html.find(class_="errors").text
    assert [each.layout for each in designer.versions()] == ["quiet", "band"]
    designer.send(answer.forms["design"])
    assert [each.layout for each in designer.versions()] == ["quiet", "band", "frame"]


def test_the_script_is_given_the_page_as_it_would_be(designer):
    form = designer.form()
    before = designer.drawn(form)
    form["words-en-heading"] = "Well done"
    drawn = designer.drawn(form)
    assert drawn["picture"].startswith("data:image/png;base64,")
    assert drawn["picture"] != before["picture"]
    assert (drawn["remarks"], drawn["kept"], drawn["refused"]) == ([], {}, [])
    assert len(designer.versions()) == 1


def test_the_script_sends_a_picture_once(designer):
    form = designer.form()
    form["upload:seal"] = Upload("seal.png", images.png())
    first = designer.drawn(form)
    digest = designing.digest_of(SEAL)
    assert first["kept"]["seal"]["digest"] == digest
    assert first["kept"]["seal"]["address"].endswith(f"{designer.path}picture/{digest}")
    form = designer.form()
    form["picture-seal"] = digest
    assert designer.drawn(form)["picture"] == first["picture"]


def test_the_script_is_told_what_is_hard_to_read(designer):
    form = designer.form()
    form["ink"] = "#dddddd"
    form["upload:seal"] = Upload("seal.png", b"none")
    drawn = designer.drawn(form)
    assert drawn["picture"] is None
    assert drawn["refused"] == ["seal"]
    assert sorted(words[:12] for words in drawn["remarks"]) == ["This is not ", "This text is"]


def test_a_script_without_a_font_is_told_in_words(make_site, tmp_path):
    designer = Designer(make_site(fonts=str(tmp_path)))
    form = designer.form()
    form["words-en-heading"] = "হ্যালো"
    drawn = designer.drawn(form)
    assert drawn["picture"] is None
    assert "no font for the Bengali script" in drawn["remarks"][0]


def test_the_preview_in_arabic_has_a_name_in_arabic_from_right_to_left(site):
    designer = Designer(site)
    site.registry["certificates.languages"] = {"en": "English", "ar": "العربية"}
    form = designer.form()
    english = designer.drawn(form)["picture"]
    form["language"] = "ar"
    assert designer.drawn(form)["picture"] != english
    form["language"].force_value("xx")
    assert designer.drawn(form)["picture"] == english


def test_the_houses_own_words_stand_beside_the_fields(designer):
    hint = designer.page().html.find(id="words-en-before-hint")
    assert hint.text == "Without words of yours: This is to certify that"
