"""How a certificate looks: what a design may say, and which one a certificate was issued with."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from certificates import designs
from certificates.designs import INCLUDED, Design, DesignRefused, Signatory, Words
from certificates.resources import Certificates, Template, TemplateVersion

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FULL = Design(
    layout="frame",
    paper="letter",
    orientation="portrait",
    shown=frozenset({"qr", "score"}),
    seal="seal",
    background="background",
    background_strength=15,
    signatories=(Signatory("Ada Ruiz", "Head of training", "signature-1"),),
    words={"en": Words(heading="Thank you", statement="has finished {title} in {hours} hours")},
)


def refused(design: Design, images=()) -> dict[str, str]:
    with pytest.raises(DesignRefused) as caught:
        designs.checked(design, images)
    return {field: words.interpolate() for field, words in caught.value.problems.items()}


@pytest.mark.parametrize("design", [*INCLUDED.values(), FULL], ids=[*INCLUDED, "full"])
def test_a_design_is_the_same_after_it_was_kept_as_plain_data(design):
    assert Design.from_plain(design.to_plain()) == design


def test_plain_data_is_made_of_primitives():
    plain = FULL.to_plain()
    assert plain["shown"] == ["score", "qr"]
    assert plain["signatories"] == [
        {"name": "Ada Ruiz", "role": "Head of training", "image": "signature-1"}
    ]
    assert type(plain["words"]["en"]) is dict


def test_what_an_older_design_does_not_say_is_as_usual():
    assert Design.from_plain({"layout": "band", "gone": 1}) == Design(layout="band")


@pytest.mark.parametrize("plain", [{"signatories": [{"x": 1}]}, {"words": []}, {"shown": 1}])
def test_what_is_no_design_is_refused(plain):
    with pytest.raises(DesignRefused, match="not the design"):
        Design.from_plain(plain)


@pytest.mark.parametrize("name", INCLUDED)
def test_the_included_designs_can_be_printed(name):
    assert designs.checked(INCLUDED[name]) is INCLUDED[name]


def test_a_design_with_its_images_can_be_printed():
    assert designs.checked(FULL, {"seal", "background", "signature-1"}) is FULL


def test_a_missing_image_is_told():
    assert "missing" in refused(FULL, {"seal", "background"})["images"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("layout", "../quiet"),
        ("paper", "a3"),
        ("orientation", "round"),
        ("shown", frozenset({"name"})),
        ("accent", "red"),
        ("ink", "#12345g"),
        ("ground", ""),
        ("background_strength", 101),
        ("background_strength", -1),
        ("background_strength", "20"),
    ],
)
def test_what_is_not_offered_is_refused_by_field(field, value):
    assert list(refused(replace(Design(), **{field: value}))) == [field]


def test_colours_that_cannot_be_read_are_refused():
    problems = refused(Design(ink="#cccccc", accent="#f0f0f0", ground="#ffffff"))
    assert set(problems) == {"ink", "accent"}


def test_contrast_is_that_of_the_guidelines():
    assert designs.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert designs.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(
    ("signatories", "said"),
    [
        ((Signatory("A"),) * 5, "at most 4"),
        ((Signatory("  "),), "needs a name"),
        ((Signatory("A", "r" * 81),), "80 characters"),
        ((Signatory("A\nB"),), "cannot be printed"),
    ],
)
def test_signatories_are_few_and_named(signatories, said):
    assert said in refused(Design(signatories=signatories))["signatories"]


@pytest.mark.parametrize(
    ("language", "words", "said"),
    [
        ("en", Words(heading="h" * 301), "300"),
        ("en", Words(before="a\x00"), "cannot be printed"),
        ("en", Words(statement="has {name}"), "nothing else in braces"),
        ("en", Words(closing="{title"), "nothing else in braces"),
        ("english please", Words(), "is not a language"),
    ],
)
def test_words_are_short_and_hold_known_placeholders(language, words, said):
    assert said in refused(Design(words={language: words}))["words"]


def test_all_problems_are_told_at_once():
    problems = refused(Design(layout="x", ink="y", background_strength=-1))
    assert set(problems) == {"layout", "ink", "background_strength"}


@pytest.mark.parametrize(
    ("language", "heading"), [("pt-BR", "b"), ("pt_br", "b"), ("pt-PT", "p"), ("fr", "")]
)
def test_words_are_found_by_the_nearest_language(language, heading):
    design = Design(words={"pt": Words(heading="p"), "pt-BR": Words(heading="b")})
    assert design.words_in(language).heading == heading


def test_an_old_certificate_looks_quiet():
    assert designs.design_of(Certificates(), {}) == (INCLUDED["quiet"], {})


def test_a_certificate_keeps_the_version_it_was_issued_with():
    certificates = Certificates()
    template = Template("t1", "Ours", NOW)
    template.versions[1] = TemplateVersion(1, FULL.to_plain(), {"seal": b"1"}, NOW)
    template.versions[2] = TemplateVersion(2, Design().to_plain(), {}, NOW)
    certificates.templates.add(template)
    found = designs.design_of(certificates, {"template": "t1", "template_version": 1})
    assert found == (FULL, {"seal": b"1"})
